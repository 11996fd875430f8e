#include "model/base_settings.h"

#include "base/text.h"

namespace tfcheck {

bool is_base_of(const ProjectFile& base_file, const ProjectFile& other_file) {
  std::string_view base = base_file.path, other = other_file.path;
  auto is_settings = [](const ProjectFile& file) { return file.adapter && file.adapter->kind == AdapterKind::Config; };
  if (dir_name(base) != dir_name(other) || !is_settings(base_file) || !is_settings(other_file)) return false;
  if (base_file.format() == "spring" && other_file.format() == "properties") return true;
  std::string_view stem = before_first(base_name(base), '.'), longer = before_first(base_name(other), '.');
  if (stem == longer) return base_name(base).size() < base_name(other).size();
  return longer.size() > stem.size() && longer.starts_with(stem) &&
         std::string_view("-_.").find(longer[stem.size()]) != std::string_view::npos;
}

}  // namespace tfcheck
