#include "model/runtimes.h"

namespace tfcheck {

bool is_program(const ProjectFile& file) {
  return file.adapter && (file.adapter->kind == AdapterKind::Code || file.format() == "shell");
}

bool is_command_script(const ProjectFile& file) {
  std::string_view format = file.format();
  return format == "shell" || format == "batch" || format == "powershell";
}

std::string_view runtime_of(std::string_view format) {
  if (format == "javascript" || format == "typescript" || format == "tsx") return "node";
  if (format == "vue" || format == "svelte") return "browser";
  if (format == "notebook") return "python";
  if (format == "kotlin") return "java";
  return format == "c++" ? "c" : format;  // one program is often both
}

}  // namespace tfcheck
