#include "model/project_templates.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

ProjectTemplates::ProjectTemplates(const ProjectView& view)
    : view_(view), words_(view.set("project-template-word")), files_(view.set("manifest-template-file")) {}

bool ProjectTemplates::leaves_out_lock(uint32_t file, const Manifest& manifest) const {
  const ProjectFile& asked = view_.project.files[file];
  return is_template(asked) && is_ignored(dir_name(asked.path), manifest);
}

// "slim/slim-skeleton"; a folder that holds the template of a generator.
bool ProjectTemplates::is_template(const ProjectFile& file) const {
  const Fact* name = find_entry(file, "name");
  std::string told = name && name->value.is(ValueKind::String) ? snake_case(base_name(name->value.text)) : "";
  std::vector<std::string_view> words = split(told, '_');
  if (std::any_of(words.begin(), words.end(), [&](std::string_view word) { return words_.contains(word); }))
    return true;
  std::string_view folder = dir_name(file.path);
  return std::any_of(files_.patterns().begin(), files_.patterns().end(), [&](const std::string& one) {
    return view_.project.find_file(folder.empty() ? one : join_path(folder, one)) != no_index;
  });
}

bool ProjectTemplates::is_ignored(std::string_view folder, const Manifest& manifest) const {
  for (std::string_view above = folder;; above = dir_name(above)) {
    uint32_t rules = view_.project.find_file(above.empty() ? ".gitignore" : join_path(above, ".gitignore"));
    std::string_view inside = above.empty() ? folder : folder.substr(std::min(folder.size(), above.size() + 1));
    bool out = false;
    for (const NamedFile& rule : rules == no_index ? std::vector<NamedFile>{} : view_.project.files[rules].named) {
      std::string_view glob = rule.name;
      bool kept = glob.starts_with('!');
      if (kept) glob.remove_prefix(1);
      bool hit = std::any_of(manifest.locks.begin(), manifest.locks.end(), [&](std::string_view lock) {
        return path_match(glob, inside.empty() ? std::string(lock) : join_path(inside, lock));
      });
      if (hit && kept) return false;
      out |= hit;
    }
    if (out) return true;
    if (above.empty()) return false;
  }
}

}  // namespace tfcheck
