#include "model/secrets/baked_files.h"

#include "base/text.h"
#include "base/words.h"

namespace tfcheck {

namespace {

constexpr Words options = {"-f", "--values"};
// Keys under which Argo CD, Flux and helmfile list such files.
constexpr Words lists = {"valueFiles", "valuesFiles", "values"};

}  // namespace

BakedFiles::BakedFiles(const ProjectView& view) : view_(view) {
  for (const ProjectFile& file : view.project.files) {
    for (const Fact& fact : view.facts(file)) {
      if (fact.kind == FactKind::Command && base_name(fact.name) == "helm") take_command(file, fact);
      bool listed = fact.kind == FactKind::Entry && fact.value.is(ValueKind::String) &&
                    is_digits(after_last(fact.name, '.')) &&
                    (fact.value.text.ends_with(".yaml") || fact.value.text.ends_with(".yml"));
      if (!listed) continue;
      std::string_view list = fact.name.substr(0, fact.name.rfind('.'));
      if (lists.contains(after_last(list, '.'))) take(file, fact.value.text);
    }
  }
}

// helm upgrade shop acme/shop -f shop.yaml --values=more.yaml
void BakedFiles::take_command(const ProjectFile& file, const Fact& command) {
  std::span<const Arg> args = command.args();
  for (size_t i = 0; i < args.size(); ++i) {
    std::string_view word = args[i].value.text;
    size_t equals = word.find('=');
    if (equals != std::string_view::npos && options.contains(word.substr(0, equals)))
      take(file, word.substr(equals + 1));
    else if (i + 1 < args.size() && options.contains(word))
      take(file, args[i + 1].value.text);
  }
}

// From the folder of whatever names it, or from the root.
void BakedFiles::take(const ProjectFile& file, std::string_view path) {
  constexpr size_t longest_path = 300;
  if (path.starts_with("./")) path.remove_prefix(2);
  if (path.empty() || path.front() == '/' || path.size() > longest_path) return;
  uint32_t found = view_.project.find_file(join_path(dir_name(file.path), path));
  if (found == no_index) found = view_.project.find_file(path);
  bool settings = found != no_index && view_.project.files[found].format() == "yaml";
  if (settings) values_.insert(found);
}

bool BakedFiles::contains(uint32_t file) const {
  return view_.project.files[file].tells(tells::Environment) || values_.contains(file);
}

}  // namespace tfcheck
