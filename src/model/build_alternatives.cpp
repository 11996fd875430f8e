#include "model/build_alternatives.h"

#include "base/text.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t most_choices = 100;

// "php81" of "${PHP_VERSION:-php81}".
std::string_view default_of(std::string_view reference) {
  size_t sign = reference.find('-');
  return sign == std::string_view::npos ? std::string_view{} : reference.substr(sign + 1);
}

}  // namespace

BuildAlternatives::BuildAlternatives(const ProjectView& view) {
  for (const ProjectFile& file : view.project.files) {
    if (file.format() != "compose" || file.scope & scope::Outside) continue;
    std::string context;  // of the service whose Dockerfile follows
    for (const Fact& fact : view.facts(file)) {
      if (fact.kind != FactKind::Entry || choices_.size() == most_choices) continue;
      bool folder = fact.name.ends_with(".build") || fact.name.ends_with(".build.context");
      if (folder) context = fact.value.is(ValueKind::String) ? fact.value.text : std::string_view{};
      if (!fact.value.is(ValueKind::Template)) continue;
      if (folder) note(dir_name(file.path), fact.value.text);
      if (fact.name.ends_with(".build.dockerfile") && !context.empty())
        note(join_path(dir_name(file.path), context), fact.value.text);
    }
  }
}

void BuildAlternatives::note(std::string_view folder, std::string_view text) {
  size_t begin = text.find("${"), end = text.find('}', std::min(begin, text.size()));
  if (begin == 0 || end == std::string_view::npos || text.find("${", end) != std::string_view::npos) return;
  // The sign keeps the end of the folder's name apart.
  std::string prefix = join_path(folder, std::string(text.substr(0, begin)).append("*"));
  if (!prefix.ends_with('*') || prefix.size() < 2) return;
  prefix.pop_back();
  std::string_view suffix = text.substr(end + 1);
  while (suffix.ends_with('/')) suffix.remove_suffix(1);
  choices_.push_back({prefix, std::string(suffix), std::string(default_of(text.substr(begin + 2, end - begin - 2)))});
}

bool BuildAlternatives::contains(std::string_view path) const {
  for (const Choice& choice : choices_) {
    if (!path.starts_with(choice.prefix)) continue;
    std::string_view rest = path.substr(choice.prefix.size());
    size_t end = choice.suffix.empty() ? std::min(rest.find('/'), rest.size()) : rest.find(choice.suffix);
    if (end == 0 || end == std::string_view::npos || rest.substr(0, end).find('/') != std::string_view::npos) continue;
    if (rest.substr(0, end) != choice.taken) return true;
  }
  return false;
}

}  // namespace tfcheck
