#include "model/runtimes.h"

namespace tfcheck {

bool is_program(const ProjectFile& file) {
  return file.adapter && (file.adapter->kind == AdapterKind::Code || file.format() == "shell");
}

std::string_view runtime_of(std::string_view format) {
  return format == "javascript" || format == "typescript" || format == "tsx" ? "node" : format;
}

}  // namespace tfcheck
