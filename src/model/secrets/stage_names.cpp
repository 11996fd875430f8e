#include "model/secrets/stage_names.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

bool StageNames::is_in(const Fact& fact, const WordSet& words) const {
  auto among = [&](std::string_view word) { return words.contains(word); };
  std::vector<std::string_view> sections = split(fact.name, '.');
  sections.pop_back();  // what the value itself is called
  if (std::any_of(sections.begin(), sections.end(), among)) return true;
  if (fact.kind == FactKind::Entry && fact.context.scope == fact.name.substr(0, fact.context.scope.size()))
    return false;
  for (std::string_view part : split(fact.context.scope, '.')) {
    std::string snake = snake_case(part);
    std::replace(snake.begin(), snake.end(), ':', '_');  // "scripts.test:unit"
    std::vector<std::string_view> parts = split(snake, '_');
    if (std::any_of(parts.begin(), parts.end(), among)) return true;
  }
  return false;
}

}  // namespace tfcheck
