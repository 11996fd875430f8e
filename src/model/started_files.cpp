#include "model/started_files.h"

#include <algorithm>

#include "base/text.h"
#include "vocabulary/word_set.h"

namespace tfcheck {

StartedFiles::StartedFiles(const Project& project) {
  for (FactRef ref : project.start_commands()) {
    for (const Arg& arg : project.fact(ref).args()) {
      if (arg.name.empty() || arg.name == "path") words_.emplace(base_name(arg.value.text));
    }
    words_.emplace(project.fact(ref).name);
  }
}

// A file of TypeScript is started by the name of what its compiler writes.
bool StartedFiles::contains(std::string_view path) const {
  std::string_view name = base_name(path);
  if (words_.contains(name)) return true;
  if (name.ends_with("ts") && words_.contains(std::string(name.substr(0, name.size() - 2)) + "js")) return true;
  std::string module(path.substr(0, path.rfind('.')));
  std::replace(module.begin(), module.end(), '/', '.');
  return words_.contains(module) || words_.contains(before_first(name, '.'));
}

bool in_folder(std::string_view path, const WordSet& names) {
  std::vector<std::string_view> parts = split(dir_name(path), '/');
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return names.contains(part); });
}

}  // namespace tfcheck
