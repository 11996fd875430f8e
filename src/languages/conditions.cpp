#include "languages/conditions.h"

#include <array>

#include "base/text.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr std::array development_names = {"development"sv, "dev"sv, "local"sv, "test"sv, "testing"sv, "debug"sv};
constexpr std::array production_names = {"production"sv, "prod"sv};
// Last words of names that are true in development or production, by themselves.
constexpr std::array development_words = {"debug"sv, "debug?"sv, "is_debug"sv, "isdebug"sv, "development?"sv, "local?"sv, "test?"sv,
                                          "isdev"sv, "is_dev"sv, "isdevelopment"sv, "is_development"sv, "istesting"sv, "testing"sv, "dev"sv,
                                          "islocal"sv};
constexpr std::array production_words = {"production?"sv, "isproduction"sv, "is_production"sv, "isprod"sv, "is_prod"sv, "prod"sv, "production"sv};

template <size_t n>
bool one_of(const std::array<std::string_view, n>& words, std::string_view word) {
  for (std::string_view candidate : words) {
    if (iequals(candidate, word)) return true;
  }
  return false;
}

Guard guard_of_word(std::string_view name) {
  std::string_view last = name.substr(name.rfind('.') + 1);
  if (one_of(development_words, last)) return Guard::Development;
  if (one_of(production_words, last)) return Guard::Production;
  return Guard::None;
}

Guard guard_of_literal(std::string_view text) {
  if (one_of(development_names, text)) return Guard::Development;
  if (one_of(production_names, text)) return Guard::Production;
  return text == "__main__" ? Guard::Main : Guard::None;
}

Guard guard_of_comparison(const Value& test) {
  for (const Arg& side : test.items()) {
    if (!side.value.is(ValueKind::String)) continue;
    Guard guard = guard_of_literal(side.value.text);
    return test.text == "!=" ? opposite(guard) : guard;
  }
  return Guard::None;
}

}  // namespace

Guard opposite(Guard guard) {
  if (guard == Guard::Development) return Guard::Production;
  if (guard == Guard::Production) return Guard::Development;
  return Guard::None;
}

Guard guard_of(const Value& test) {
  if (test.is(ValueKind::Name) || test.is(ValueKind::Env)) return guard_of_word(test.text);
  if (!test.is(ValueKind::Call)) return Guard::None;
  if (test.text == "==" || test.text == "!=") return guard_of_comparison(test);
  if (test.text == "!" && test.item_count == 1) return opposite(guard_of(test.items()[0].value));
  if (test.text == "&&") {
    for (const Arg& side : test.items()) {
      if (Guard guard = guard_of(side.value); guard != Guard::None) return guard;
    }
    return Guard::None;
  }
  return guard_of_word(test.text);
}

}  // namespace tfcheck
