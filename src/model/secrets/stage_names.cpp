#include "model/secrets/stage_names.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

bool StageNames::is_in(const Fact& fact, const WordSet& words) const {
  auto among = [&](std::string_view word) { return words.contains(word); };
  auto any_word = [&](std::string_view name) {
    std::string snake = snake_case(name);
    std::replace(snake.begin(), snake.end(), ':', '_');  // "test:unit"
    std::vector<std::string_view> parts = split(snake, '_');
    return std::any_of(parts.begin(), parts.end(), among);
  };
  // A script of a package.json.
  if (fact.kind == FactKind::Entry && fact.name.starts_with("scripts.") && any_word(fact.name.substr(8))) return true;
  std::vector<std::string_view> sections = split(fact.name, '.');
  sections.pop_back();  // what the value itself is called
  if (std::any_of(sections.begin(), sections.end(), among)) return true;
  if (fact.kind == FactKind::Entry && fact.context.scope == fact.name.substr(0, fact.context.scope.size()))
    return false;
  std::vector<std::string_view> scopes = split(fact.context.scope, '.');
  return std::any_of(scopes.begin(), scopes.end(), any_word);
}

bool StageNames::is_in_example(const Fact& fact) const {
  std::string_view scope = fact.context.scope;
  return fact.context.has(context::InFunction) && examples_.contains(snake_case(scope.substr(scope.rfind('.') + 1)));
}

void StageNames::set_file(const ProjectFile& file) {
  told_.clear(), developers_certificate_ = false;
  if (!file.tells(tells::Environment)) return;
  for (const Fact& fact : view_.facts(file)) {
    size_t dot = fact.name.rfind('.');
    bool variable = fact.kind == FactKind::Entry && dot != std::string_view::npos && fact.value.is(ValueKind::String);
    if (variable && variables_.contains(fact.name.substr(dot + 1)) && values_.contains(fact.value.text))
      told_.emplace(fact.name.substr(0, dot), fact.context.index);
    developers_certificate_ |= fact.kind == FactKind::Entry && certificate_folders_.contains(fact.value.text);
  }
}

// Also "env.1.value" of Kubernetes, beside "env.APP_ENV".
bool StageNames::is_told_so(const Fact& fact) const {
  if (told_.empty()) return false;
  std::string_view name = fact.name;
  if (name.ends_with(".value")) name.remove_suffix(6);
  size_t dot = name.rfind('.');
  return dot != std::string_view::npos && told_.contains({name.substr(0, dot), fact.context.index});
}

}  // namespace tfcheck
