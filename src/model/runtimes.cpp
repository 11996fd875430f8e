#include "model/runtimes.h"

namespace tfcheck {

bool is_program(const ProjectFile& file) {
  return file.adapter && (file.adapter->kind == AdapterKind::Code || file.format() == "shell");
}

std::string_view runtime_of(std::string_view format) {
  if (format == "javascript" || format == "typescript" || format == "tsx") return "node";
  if (format == "kotlin") return "java";
  return format == "c++" ? "c" : format;  // one program is often both
}

}  // namespace tfcheck
