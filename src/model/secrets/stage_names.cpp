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

}  // namespace tfcheck
