#include "model/secrets/environment_files.h"

#include "base/text.h"

namespace tfcheck {

EnvironmentFiles::EnvironmentFiles(const ProjectView& view)
    : view_(view),
      templates_(view.set("template-file")),
      folders_(view.set("template-folder")),
      keys_(view.set("environment-file-key")),
      options_(view.set("environment-file-option")) {
  const auto& files = view.project.files;
  for (uint32_t file = 0; file < files.size(); ++file) {
    for (const Fact& fact : view.facts(files[file])) look_at(file, fact);
  }
}

bool EnvironmentFiles::is_template(std::string_view path) const {
  return templates_.contains(base_name(path)) || folders_.contains(base_name(dir_name(path)));
}

bool EnvironmentFiles::is_named_so(std::string_view path) const {
  std::string_view name = base_name(path);
  if (is_template(path)) return false;
  return name == ".env" || name == "env" || name.starts_with(".env.") || name.starts_with(".env_") ||
         name.starts_with(".env-") || name == ".envrc" || name == ".flaskenv" ||
         (name.ends_with(".env") && name.size() > 4);
}

void EnvironmentFiles::take_file(uint32_t file, std::string_view path) {
  if (path.starts_with("./")) path.remove_prefix(2);
  if (path.starts_with('-')) path.remove_prefix(1);  // systemd: it need not be there
  if (path.empty() || path.front() == '/' || path.size() > 300) return;
  loaded_.insert(join_path(dir_name(view_.project.files[file].path), path));
}

void EnvironmentFiles::look_at(uint32_t file, const Fact& fact) {
  if (fact.kind == FactKind::Entry && fact.value.is(ValueKind::String)) {
    std::string_view name = fact.name;
    if (name.ends_with(".path")) name.remove_suffix(5);
    while (!name.empty() && is_digits(after_last(name, '.'))) name.remove_suffix(after_last(name, '.').size() + 1);
    if (keys_.contains(after_last(name, '.'))) take_file(file, fact.value.text);
  } else if (fact.kind == FactKind::Command) {
    for (size_t i = 0; i < fact.args().size(); ++i) {
      std::string_view word = fact.args()[i].value.text;
      size_t equals = word.find('=');
      if (equals != std::string_view::npos && options_.contains(word.substr(0, equals)))
        take_file(file, word.substr(equals + 1));
      else if (i + 1 < fact.args().size() && options_.contains(word))
        take_file(file, fact.args()[i + 1].value.text);
    }
  }
}

}  // namespace tfcheck
