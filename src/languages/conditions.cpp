#include "languages/conditions.h"

#include <array>

#include "base/words.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr std::array development_names = {"development"sv, "dev"sv, "local"sv, "test"sv, "testing"sv, "debug"sv};
constexpr std::array production_names = {"production"sv, "prod"sv};
// Last words of names that are true in development or production, by themselves.
constexpr std::array development_words = {"debug"sv,        "debug?"sv,        "is_debug"sv,       "isdebug"sv,
                                          "development?"sv, "local?"sv,        "test?"sv,          "isdev"sv,
                                          "is_dev"sv,       "isdevelopment"sv, "is_development"sv, "istesting"sv,
                                          "testing"sv,      "dev"sv,           "islocal"sv,        "__dev__"sv};
// Names that are true, or false, when the file itself is the program; and what they are compared with.
constexpr std::array main_names = {"require.main"sv, "import.meta.main"sv, "import.meta.url"sv, "$0"sv,
                                   "$PROGRAM_NAME"sv};
constexpr std::array not_main_names = {"module.parent"sv, "require.main.parent"sv};
constexpr std::array production_words = {"production?"sv, "isproduction"sv, "is_production"sv, "isprod"sv,
                                         "is_prod"sv,     "prod"sv,         "production"sv};

Guard guard_of_word(std::string_view name) {
  if (name == "import.meta.main") return Guard::Main;
  std::string_view last = last_word(name);
  if (contains_in_any_case(development_words, last)) return Guard::Development;
  if (contains_in_any_case(production_words, last)) return Guard::Production;
  return Guard::None;
}

// A variable of the environment that switches development on: SHOP_DEBUG, APP_DEV.
Guard guard_of_variable(std::string_view name) {
  return guard_of_word(name.substr(name.rfind('_') + 1));
}

bool is_on(const Value& value) {
  static constexpr std::array words = {"1"sv, "true"sv, "yes"sv, "on"sv};
  return value.is_literal() && contains_in_any_case(words, value.text);
}

Guard guard_of_literal(std::string_view text) {
  if (contains_in_any_case(development_names, text)) return Guard::Development;
  if (contains_in_any_case(production_names, text)) return Guard::Production;
  return text == "__main__" ? Guard::Main : Guard::None;
}

// env.acceptsProfiles(Profiles.of("dev")), env.IsEnvironment("Development"): their argument decides. A database in the
// process's memory is a profile of developers, too.
bool asks_profile(std::string_view callee) {
  std::string_view last = last_word(callee);
  return last == "acceptsProfiles" || last == "IsEnvironment";
}

Guard guard_of_profile(const Value& asked) {
  if (!asked.item_count) return Guard::None;
  const Value& first = asked.items()[0].value;
  const Value& name = first.is(ValueKind::Call) && first.item_count ? first.items()[0].value : first;
  static constexpr std::array in_memory = {"h2"sv, "hsqldb"sv, "derby"sv, "embedded"sv};
  return contains_in_any_case(in_memory, name.text) ? Guard::Development : guard_of_literal(name.text);
}

Guard guard_of_comparison(const Value& test) {
  if (test.item_count == 2) {
    const Value &left = test.items()[0].value, &right = test.items()[1].value;
    const Value& variable = left.is(ValueKind::Env) ? left : right;
    Guard guard = variable.is(ValueKind::Env) ? guard_of_variable(variable.text) : Guard::None;
    if (guard != Guard::None && is_on(&variable == &left ? right : left))
      return test.text == "!=" ? opposite(guard) : guard;
  }
  // strcmp(a, "x") == 0
  if (test.text == "==" && test.item_count == 2 && test.items()[0].value.is(ValueKind::Call) &&
      test.items()[0].value.text == "!=" && test.items()[1].value.text == "0")
    return opposite(guard_of_comparison(test.items()[0].value));
  for (const Arg& side : test.items()) {
    bool program = side.value.is(ValueKind::Name) && contains_in_any_case(main_names, side.value.text);
    if (program) return test.text == "==" ? Guard::Main : Guard::None;
    if (!side.value.is(ValueKind::String)) continue;
    Guard guard = guard_of_literal(side.value.text);
    return test.text == "!=" ? opposite(guard) : guard;
  }
  return Guard::None;
}

// Variables make conditions of conditions; `a = a && a` doubles with every line.
constexpr int deepest_condition = 6;

Guard guard_at(const Value& test, int depth) {
  if (depth > deepest_condition) return Guard::None;
  if (test.is(ValueKind::Env)) return guard_of_variable(test.text);
  if (test.is(ValueKind::Name)) return guard_of_word(test.text);
  if (!test.is(ValueKind::Call)) return Guard::None;
  if (test.text == "==" || test.text == "!=") return guard_of_comparison(test);
  if (test.text == "!" && test.item_count == 1) {
    const Value& operand = test.items()[0].value;
    if (operand.is(ValueKind::Name) && contains_in_any_case(not_main_names, operand.text)) return Guard::Main;
    return opposite(guard_at(operand, depth + 1));
  }
  if (test.text == "&&") {
    for (const Arg& side : test.items()) {
      if (Guard guard = guard_at(side.value, depth + 1); guard != Guard::None) return guard;
    }
    return Guard::None;
  }
  if (test.text == "||") {  // development or test: each side must say so
    Guard guard = test.item_count ? guard_at(test.items()[0].value, depth + 1) : Guard::None;
    for (const Arg& side : test.items()) {
      if (guard_at(side.value, depth + 1) != guard) return Guard::None;
    }
    return guard;
  }
  if (asks_profile(test.text)) return guard_of_profile(test);
  return guard_of_word(test.text);
}

}  // namespace

Guard opposite(Guard guard) {
  if (guard == Guard::Development) return Guard::Production;
  if (guard == Guard::Production) return Guard::Development;
  return Guard::None;
}

bool declares_development_command(const Value& call) {
  static constexpr std::array declaring = {"command"sv, "addcommand"sv, "add_command"sv, "subcommand"sv, "task"sv};
  static constexpr std::array words = {"dev"sv, "develop"sv, "development"sv, "devserver"sv, "dev-server"sv};
  if (!call.is(ValueKind::Call) || !call.item_count || !contains_in_any_case(declaring, last_word(call.text)))
    return false;
  const Value& name = call.items()[0].value;
  return name.is(ValueKind::String) && contains_in_any_case(words, name.text.substr(0, name.text.find(' ')));
}

bool asks_command_line(std::string_view language, std::string_view condition) {
  constexpr size_t longest = 300;
  static constexpr std::string_view anywhere[] = {"sys.argv", "process.argv", "os.Args",
                                                  "flag.Arg", "flag.NArg",    "$argv",
                                                  "ARGV",     "Deno.args",    "GetCommandLineArgs"};
  static constexpr std::string_view parameter[] = {"args.", "args[", "args is", "args,"};
  condition = condition.substr(0, longest);
  auto has = [&](std::string_view word) { return condition.find(word) != std::string_view::npos; };
  bool named = language == "csharp" || language == "java" || language == "kotlin" || language == "python";
  if (language == "rust") return has("env::args") || has("args.len");
  if (language == "c" || language == "c++") return has("argv") || has("argc") || has("optarg");
  return std::any_of(std::begin(anywhere), std::end(anywhere), has) ||
         (named && std::any_of(std::begin(parameter), std::end(parameter), has));
}

Guard guard_of(const Value& test) {
  return guard_at(test, 0);
}

}  // namespace tfcheck
