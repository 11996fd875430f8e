#include "engine/rule_block.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "vocabulary/toml_reader.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

struct KindWord {
  std::string_view word;
  FactKind kind;
};
constexpr KindWord fact_words[] = {
    {"call", FactKind::Call},        {"assign", FactKind::Assign}, {"entry", FactKind::Entry},
    {"env-read", FactKind::EnvRead}, {"image", FactKind::Image},   {"dependency", FactKind::Dependency},
    {"import", FactKind::Import},    {"branch", FactKind::Branch}, {"command", FactKind::Command}};

constexpr std::pair<std::string_view, uint32_t> flag_words[] = {{"function", context::InFunction},
                                                                {"loop", context::InLoop},
                                                                {"condition", context::InCondition},
                                                                {"try", context::InTry},
                                                                {"main", context::InMain},
                                                                {"dev-guard", context::DevGuard},
                                                                {"annotation", context::Annotation},
                                                                {"development", context::Development},
                                                                {"background", context::Background},
                                                                {"pipe-out", context::PipeOut},
                                                                {"pipe-in", context::PipeIn},
                                                                {"exec", context::Exec},
                                                                {"shell-form", context::ShellForm},
                                                                {"final-stage", context::FinalStage},
                                                                {"and-next", context::AndNext},
                                                                {"substitution", context::Substitution},
                                                                {"nohup", context::Nohup},
                                                                {"setsid", context::Setsid},
                                                                {"sudo", context::Sudo},
                                                                {"negated", context::Negated},
                                                                {"locked", context::Locked},
                                                                {"sourced", context::Sourced},
                                                                {"loop-forever", context::LoopForever}};

constexpr std::array role_words = {"other"sv, "start"sv, "release"sv, "build"sv, "ci"sv, "cron"sv, "health"sv};
constexpr std::array severity_words = {"note"sv, "warning"sv, "error"sv};
constexpr std::array confidence_words = {"low"sv, "medium"sv, "high"sv};
constexpr std::array kind_words = {"app"sv, "library"sv, "tool"sv, "infrastructure"sv};
constexpr std::array value_words = {"absent"sv, "null"sv,     "bool"sv, "number"sv, "string"sv,   "env"sv,    "call"sv,
                                    "name"sv,   "template"sv, "list"sv, "map"sv,    "function"sv, "unknown"sv};
constexpr std::array reach_words = {"same"sv, "siblings"sv, "function"sv, "file"sv, "component"sv, "project"sv};
constexpr std::array development_words = {"note"sv, "exempt"sv, "same"sv};

class BlockParser {
 public:
  BlockParser(std::string_view file, uint32_t line_offset, const Vocabulary& vocabulary, Rule& rule)
      : file_(file), line_offset_(line_offset), vocabulary_(vocabulary), rule_(rule) {}

  std::optional<Error> run(std::string_view block) {
    Result<toml::table> document = parse_toml(file_, block, line_offset_);
    if (!document) return document.error();
    TomlReader reader(*document, file_, line_offset_, error_);
    read_head(reader);
    for (const toml::table* table : reader.tables("match")) rule_.matches.push_back(read_match(*table));
    for (const toml::table* table : reader.tables("require")) rule_.requirements.push_back(read_requirement(*table));
    reader.finish("the rule block");
    if (!error_ && !rule_.native && rule_.matches.empty() && rule_.requirements.empty()) {
      reader.fail_at(1, "the rule has no [[match]], no [[require]] and no engine = \"native\"");
    }
    return error_;
  }

 private:
  // Index of a word in a list of valid ones; a mistake names the nearest.
  template <size_t n>
  size_t choose(TomlReader& reader, const toml::node& where, std::string_view word,
                const std::array<std::string_view, n>& words) {
    std::vector<std::string> candidates;
    for (size_t i = 0; i < n; ++i) {
      if (words[i] == word) return i;
      candidates.emplace_back(words[i]);
    }
    std::string near = nearest(word, candidates);
    reader.fail(where, "'" + std::string(word) + "' is not valid here",
                near.empty() ? "" : "did you mean '" + near + "'?");
    return 0;
  }

  template <typename Enum, size_t n>
  std::optional<Enum> choice(TomlReader& reader, std::string_view key, const std::array<std::string_view, n>& words) {
    const toml::node* found = reader.node(key);
    if (!found) return std::nullopt;
    return static_cast<Enum>(choose(reader, *found, reader.text(key), words));
  }

  void read_head(TomlReader& reader) {
    rule_.severity = choice<Severity>(reader, "severity", severity_words).value_or(Severity::Warning);
    rule_.confidence = choice<Confidence>(reader, "confidence", confidence_words).value_or(Confidence::High);
    rule_.development =
        choice<DevelopmentPolicy>(reader, "development", development_words).value_or(DevelopmentPolicy::Note);
    rule_.message = reader.text("message");
    rule_.native = reader.text("engine") == "native";
    rule_.security_severity = reader.number("security-severity");
    rule_.yields_to = reader.texts("yields-to");
    reader.text("scope");
    for (const std::string& kind : reader.texts("applies")) {
      rule_.applies.push_back(static_cast<ComponentKind>(choose(reader, *reader.node("applies"), kind, kind_words)));
    }
    if (rule_.applies.empty()) rule_.applies = {ComponentKind::App};
    for (const std::string& name : reader.texts("scopes")) {
      uint32_t bit = tfcheck::scope_bit(name);
      if (!bit) reader.fail(*reader.node("scopes"), "unknown scope '" + name + "'");
      rule_.scopes |= bit;
    }
    rule_.triggers = triggers(reader, "triggers");
    rule_.environment_triggers = triggers(reader, "environment-triggers");
  }

  std::vector<std::vector<std::string>> triggers(TomlReader& reader, std::string_view key) {
    std::vector<std::vector<std::string>> out;
    const toml::node* found = reader.node(key);
    const toml::array* list = found ? found->as_array() : nullptr;
    if (found && !list) reader.fail(*found, "'" + std::string(key) + "' must be a list of words or lists of words");
    if (!list) return out;
    for (const toml::node& item : *list) {
      out.push_back(reader.texts_of(item, key));
      for (const std::string& word : out.back()) {
        const WordSet* set = word.starts_with('@') ? vocabulary_.find(word.substr(1)) : nullptr;
        rule_.pattern_count += set ? set->patterns().size() : 1;
        if (word.empty() || word.size() > longest_word)
          reader.fail(item,
                      fmt::format("a word of '{}' has {} bytes; it must have 1 to {}", key, word.size(), longest_word));
      }
    }
    return out;
  }

  Pattern pattern(TomlReader& reader, const toml::node& where, const std::string& text) {
    Pattern made{text, text.find_first_of("*?") != std::string::npos, nullptr};
    ++rule_.pattern_count;
    if (text.size() > longest_pattern)
      reader.fail(where, fmt::format("a pattern has {} bytes, more than {}", text.size(), longest_pattern));
    if (!text.starts_with('@') || text.size() < 2 || text.find_first_of("/.:*") != std::string::npos) return made;
    made.set = vocabulary_.find(text.substr(1));
    if (made.set) rule_.pattern_count += made.set->patterns().size();
    if (!made.set && text.find('-') != std::string::npos) {
      std::string near = nearest(text.substr(1), vocabulary_.names());
      reader.fail(where, "unknown vocabulary set '" + text + "'", near.empty() ? "" : "did you mean '@" + near + "'?");
    }
    return made;
  }

  Patterns patterns(TomlReader& reader, std::string_view key) {
    const toml::node* found = reader.node(key);
    Patterns out;
    if (!found) return out;
    for (const std::string& text : reader.texts_of(*found, key)) out.push_back(pattern(reader, *found, text));
    return out;
  }

  ValueTest read_value(TomlReader& parent, std::string_view key) {
    const toml::node* found = parent.node(key);
    if (!found) return {};
    if (const toml::table* table = found->as_table()) {
      TomlReader reader(*table, file_, line_offset_, error_);
      ValueTest test = read_value_keys(reader);
      reader.finish("a value test");
      return test;
    }
    ValueTest test;
    test.is = patterns(parent, key);
    return test;
  }

  ValueTest read_value_keys(TomlReader& reader) {
    ValueTest test;
    test.literal = reader.boolean("literal");
    test.given = reader.boolean("given");
    test.path = reader.boolean("path").value_or(false);
    test.nonempty = reader.boolean("nonempty").value_or(false);
    for (const std::string& kind : reader.texts("kind")) {
      test.kinds.push_back(static_cast<ValueKind>(choose(reader, *reader.node("kind"), kind, value_words)));
    }
    test.is = patterns(reader, "is");
    test.is_not = patterns(reader, "not");
    return test;
  }

  ArgumentTest read_argument(const toml::table& table) {
    TomlReader reader(table, file_, line_offset_, error_);
    ArgumentTest argument;
    argument.names = reader.texts("name");
    for (const std::string& position : reader.texts("position")) {
      constexpr size_t most_digits = 4;
      if (is_digits(position) && position.size() <= most_digits)
        argument.positions.push_back(std::stoi(position));
      else
        reader.fail(*reader.node("position"), "'position' must be a number counted from 0");
    }
    argument.key = reader.text("key");
    argument.test = read_value_keys(reader);
    reader.finish("an argument test");
    return argument;
  }

  void read_flags(TomlReader& reader, std::string_view key, uint32_t& bits) {
    for (const std::string& word : reader.texts(key)) {
      uint32_t bit = 0;
      for (auto [name, value] : flag_words) {
        if (name == word) bit = value;
      }
      if (!bit) reader.fail(*reader.node(key), "unknown flag '" + word + "'");
      bits |= bit;
    }
  }

  void read_command(TomlReader& parent, FactTest& test) {
    const toml::node* found = parent.node("command");
    const toml::table* table = found->as_table();
    if (!table) return parent.fail(*found, "'command' must be a table with role, run, option, redirect …");
    TomlReader reader(*table, file_, line_offset_, error_);
    for (const std::string& role : reader.texts("role")) {
      test.roles.push_back(static_cast<CommandRole>(choose(reader, *reader.node("role"), role, role_words)));
    }
    for (const std::string& run : reader.texts("run")) {
      std::vector<Pattern> words;
      for (std::string_view word : split_words(run))
        words.push_back(pattern(reader, *reader.node("run"), std::string(word)));
      test.runs.push_back(std::move(words));
    }
    test.options = patterns(reader, "option");
    test.not_options = patterns(reader, "not-option");
    test.redirect = patterns(reader, "redirect");
    reader.finish("a command test");
  }

  // The keys that select a fact and test it. Returns false when none selects a kind.
  bool read_test(TomlReader& reader, FactTest& test) {
    bool selected = false;
    ++rule_.pattern_count;
    for (const KindWord& word : fact_words) {
      if (!reader.has(word.word)) continue;
      if (selected) reader.fail(*reader.node(word.word), "one match selects one kind of fact");
      selected = true;
      test.kind = word.kind;
      if (word.kind == FactKind::Command)
        read_command(reader, test);
      else
        test.name = patterns(reader, word.word);
    }
    test.formats = reader.texts("format");
    test.paths = patterns(reader, "path");
    test.value = read_value(reader, "value");
    if (reader.has("default")) test.value = read_value(reader, "default");
    for (const toml::table* table : reader.tables("argument")) test.arguments.push_back(read_argument(*table));
    read_flags(reader, "flags", test.flags);
    read_flags(reader, "not-flags", test.not_flags);
    test.scope = patterns(reader, "in");
    test.development = reader.boolean("development");
    return selected;
  }

  Companion read_companion(const toml::table& table) {
    TomlReader reader(table, file_, line_offset_, error_);
    Companion companion;
    bool selected = read_test(reader, companion.test);
    companion.reach = choice<Reach>(reader, "reach", reach_words).value_or(selected ? Reach::File : Reach::Same);
    if (reader.has("sibling")) {
      for (const std::string& key : reader.texts("sibling"))
        companion.test.name.push_back({"**." + key, true, nullptr});
      companion.test.kind = FactKind::Entry;
      companion.reach = Reach::Siblings;
    }
    companion.files = patterns(reader, "file");
    if (!companion.files.empty() && companion.reach < Reach::Component) companion.reach = Reach::Component;
    reader.finish("a companion");
    return companion;
  }

  std::vector<Companion> companions(TomlReader& reader, std::string_view key) {
    std::vector<Companion> out;
    for (const toml::table* table : reader.tables(key)) out.push_back(read_companion(*table));
    return out;
  }

  Match read_match(const toml::table& table) {
    TomlReader reader(table, file_, line_offset_, error_);
    Match match;
    match.line = reader.line();
    match.triggers = triggers(reader, "triggers");
    if (!read_test(reader, match.test))
      reader.fail_at(static_cast<uint32_t>(table.source().begin.line),
                     "a match needs call, assign, entry, env-read, command, image, dependency, import or branch");
    match.with = companions(reader, "with");
    match.unless = companions(reader, "unless");
    for (std::vector<Companion>* list : {&match.with, &match.unless}) {
      for (Companion& companion : *list) {
        if (companion.reach == Reach::Same) companion.test.kind = match.test.kind;  // asks more of the same fact
      }
    }
    match.once = choice<Reach>(reader, "once", reach_words);
    match.severity = choice<Severity>(reader, "severity", severity_words);
    match.confidence = choice<Confidence>(reader, "confidence", confidence_words);
    match.message = reader.text("message", rule_.message);
    if (match.message.empty())
      reader.fail_at(static_cast<uint32_t>(table.source().begin.line), "neither the rule nor this match has a message");
    reader.finish("a match");
    return match;
  }

  Requirement read_requirement(const toml::table& table) {
    TomlReader reader(table, file_, line_offset_, error_);
    Requirement requirement;
    requirement.line = reader.line();
    for (const toml::table* when : reader.tables("when")) {
      TomlReader inner(*when, file_, line_offset_, error_);
      requirement.when_files = patterns(inner, "file");
      FactTest test;
      if (read_test(inner, test)) requirement.when = std::move(test);
      inner.finish("'when'");
    }
    if (const toml::node* one = reader.node("one")) {
      bool tables =
          one->is_table() || (one->is_array() && !one->as_array()->empty() && one->as_array()->get(0)->is_table());
      if (!tables) requirement.one_files = patterns(reader, "one");
      for (const toml::table* test : tables ? reader.tables("one") : std::vector<const toml::table*>{}) {
        TomlReader inner(*test, file_, line_offset_, error_);
        FactTest fact;
        if (!read_test(inner, fact))
          inner.fail_at(static_cast<uint32_t>(test->source().begin.line), "'one' must select a fact");
        requirement.one.push_back(std::move(fact));
        inner.finish("'one'");
      }
    }
    requirement.unless = companions(reader, "unless");
    requirement.severity = choice<Severity>(reader, "severity", severity_words);
    requirement.confidence = choice<Confidence>(reader, "confidence", confidence_words);
    requirement.message = reader.text("message", rule_.message);
    reader.finish("a requirement");
    return requirement;
  }

  std::string_view file_;
  uint32_t line_offset_;
  const Vocabulary& vocabulary_;
  Rule& rule_;
  std::optional<Error> error_;
};

}  // namespace

std::optional<Error> parse_rule_block(std::string_view file, uint32_t line_offset, std::string_view block,
                                      const Vocabulary& vocabulary, Rule& rule) {
  return BlockParser(file, line_offset, vocabulary, rule).run(block);
}

}  // namespace tfcheck
