#include "pages/rule_block.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "model/adapters.h"
#include "model/derived_kinds.h"
#include "model/scope.h"
#include "pages/block_reader.h"
#include "pages/search_words.h"

namespace tfcheck {

namespace {

struct KindWord {
  std::string_view word;
  FactKind kind;
};
constexpr KindWord fact_words[] = {{"call", FactKind::Call},     {"assign", FactKind::Assign},
                                   {"entry", FactKind::Entry},   {"env-read", FactKind::EnvRead},
                                   {"branch", FactKind::Branch}, {"dependency", FactKind::Dependency},
                                   {"import", FactKind::Import}, {"command", FactKind::Command}};

constexpr Reach once_reaches[] = {Reach::Function, Reach::File, Reach::Unit, Reach::Component};

constexpr std::pair<std::string_view, uint32_t> flag_bits[] = {{"function", context::InFunction},
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

constexpr std::string_view path_join_set = "path-join";

class BlockParser {
 public:
  BlockParser(BlockSource& source, Rule& rule) : source_(source), rule_(rule) {}

  std::optional<Error> run(std::string_view block) {
    Result<toml::table> document = parse_toml(source_.file, block, source_.line_offset);
    if (!document) return document.error();
    BlockReader reader(*document, "rule", source_);
    read_head(reader);
    read_named(reader);
    for (const toml::table* table : reader.tables("match")) rule_.matches.push_back(read_match(*table));
    for (const toml::table* table : reader.tables("require")) rule_.requirements.push_back(read_requirement(*table));
    if (!rule_.native && rule_.matches.empty() && rule_.requirements.empty())
      reader.fail("the rule has no [[match]], no [[require]] and no engine = \"native\"");
    rule_.pattern_count += source_.patterns;
    return source_.error;
  }

 private:
  void read_head(BlockReader& reader) {
    rule_.severity = reader.choice<Severity>("severity").value_or(Severity::Warning);
    rule_.confidence = reader.choice<Confidence>("confidence").value_or(Confidence::High);
    rule_.development = reader.choice<DevelopmentPolicy>("development").value_or(DevelopmentPolicy::Note);
    rule_.message = reader.message("message");
    rule_.native = reader.choice<int>("engine").has_value();
    rule_.once = read_once(reader);
    rule_.per_language = reader.choice<int>("per").has_value();
    rule_.security_severity = reader.number("security-severity");
    rule_.yields_to = reader.words("yields-to");
    rule_.aliases = reader.words("aliases");
    rule_.applies = reader.choices<ComponentKind>("applies");
    if (rule_.applies.empty()) rule_.applies = {ComponentKind::App};
    for (std::string_view name : reader.chosen_words("scopes")) rule_.scopes |= scope_bit(name);
    rule_.triggers = reader.triggers("triggers");
    rule_.environment_triggers = reader.triggers("environment-triggers");
  }

  static std::optional<Reach> read_once(BlockReader& reader) {
    std::optional<size_t> once = reader.choice<size_t>("once");
    return once ? std::optional(once_reaches[*once]) : std::nullopt;
  }

  // The page's own companions, before any match asks for one.
  void read_named(BlockReader& reader) {
    const toml::node* node = reader.node("companion");
    const toml::table* names = node ? node->as_table() : nullptr;
    if (node && !names) reader.fail(*node, "a companion has a name: [[companion.NAME]]");
    for (auto&& [name, tables] : names ? *names : toml::table{}) {
      Companion& named = named_[std::string(name.str())];
      bool first = true;
      const toml::array* list = tables.as_array();
      if (!list) reader.fail(tables, "a companion has a name: [[companion.NAME]]");
      for (const toml::node& item : list ? *list : toml::array{}) {
        const toml::table* table = item.as_table();
        if (!table) {
          reader.fail(item, "a companion is a table");
          continue;
        }
        Companion made = read_companion(*table);
        if (first)
          named = std::move(made);
        else
          named.or_else.push_back(std::move(made));
        first = false;
      }
    }
  }

  ValueTest read_value(BlockReader& parent, std::string_view key) {
    const toml::node* found = parent.node(key);
    const toml::array* list = found ? found->as_array() : nullptr;
    if (list && !list->empty() && list->get(0)->is_table()) {
      ValueTest test;
      for (const toml::table* table : parent.tables(key)) {
        BlockReader reader(*table, "value", source_);
        test.all.push_back(read_value_keys(reader));
      }
      return test;
    }
    if (const toml::table* table = found ? found->as_table() : nullptr) {
      BlockReader reader(*table, "value", source_);
      ValueTest test = read_value_keys(reader);
      return test;
    }
    ValueTest test;
    test.joiners = source_.vocabulary.find(path_join_set);
    test.is = parent.patterns(key);
    return test;
  }

  static ValueTest read_value_keys(BlockReader& reader) {
    ValueTest test;
    test.joiners = reader.source().vocabulary.find(path_join_set);
    test.literal = reader.boolean("literal");
    test.given = reader.boolean("given");
    test.path = reader.boolean("path").value_or(false);
    test.nonempty = reader.boolean("nonempty").value_or(false);
    test.kinds = reader.choices<ValueKind>("kind");
    test.is = reader.patterns("is");
    test.is_not = reader.patterns("not");
    test.contains = reader.patterns("contains");
    test.effective = reader.boolean("effective").value_or(false);
    test.below = reader.text("below");
    return test;
  }

  ArgumentTest read_argument(const toml::table& table) {
    BlockReader reader(table, "argument", source_);
    ArgumentTest argument;
    argument.names = reader.words("name");
    argument.positions = reader.numbers("position");
    argument.key = reader.text("key");
    argument.test = read_value_keys(reader);
    return argument;
  }

  static uint32_t flags(BlockReader& reader, std::string_view key) {
    uint32_t bits = 0;
    for (std::string_view word : reader.chosen_words(key)) {
      for (auto [name, bit] : flag_bits) bits |= name == word ? bit : 0;
    }
    return bits;
  }

  void read_command(BlockReader& parent, FactTest& test) {
    const toml::table* table = parent.node("command")->as_table();
    if (!table)
      return parent.fail(*parent.node("command"), "'command' must be a table with role, run, option, redirect …");
    BlockReader reader(*table, "command", source_);
    test.roles = reader.choices<CommandRole>("role");
    read_run(reader, test);
  }

  static void read_run(BlockReader& reader, FactTest& test) {
    test.runs = reader.sequences("run");
    test.options = reader.patterns("option");
    test.not_options = reader.patterns("not-option");
    test.redirect = reader.patterns("redirect");
    test.words = reader.patterns("word");
  }

  // A fact of the model: by its name, or by a table of its columns.
  void read_row(BlockReader& parent, const DerivedKind& kind, FactTest& test) {
    const toml::table* table = parent.node(kind.word)->as_table();
    if (!table) {
      test.name = parent.patterns(kind.word);
      return;
    }
    BlockReader reader(*table, kind.word, source_);
    for (size_t i = 0; i < kind.columns.size(); ++i) {
      const DerivedColumn& column = kind.columns[i];
      if (column.name.empty() || !reader.has(column.name)) continue;
      if (i == 0) {
        test.name = reader.patterns(column.name);
      } else if (i == 1) {
        test.value = read_value(reader, column.name);
      } else {
        ArgumentTest& argument = test.arguments.emplace_back();
        argument.names.emplace_back(column.name);
        if (column.flag)
          argument.test.flag = reader.boolean(column.name);
        else
          argument.test = read_value(reader, column.name);
      }
    }
    if (kind.kind == FactKind::Process) read_run(reader, test);
  }

  // The keys that select a fact and test it. Returns false when none selects a kind.
  bool read_test(BlockReader& reader, FactTest& test) {
    bool selected = false;
    ++source_.patterns;
    for (const KindWord& word : fact_words) {
      if (!reader.has(word.word)) continue;
      if (selected) reader.fail(*reader.node(word.word), "one match selects one kind of fact");
      selected = true;
      test.kind = word.kind;
      if (word.kind == FactKind::Command)
        read_command(reader, test);
      else
        test.name = reader.patterns(word.word);
    }
    for (const DerivedKind& kind : derived_kinds()) {
      if (!reader.has(kind.word)) continue;
      if (selected) reader.fail(*reader.node(kind.word), "one match selects one kind of fact");
      selected = true;
      test.kind = kind.kind;
      read_row(reader, kind, test);
    }
    test.formats = reader.formats("format");
    test.paths = reader.patterns("path");
    if (reader.has("default") || reader.has("value"))
      test.value = read_value(reader, reader.has("default") ? "default" : "value");
    for (const toml::table* table : reader.tables("argument")) test.arguments.push_back(read_argument(*table));
    test.flags = flags(reader, "flags");
    test.not_flags = flags(reader, "not-flags");
    test.scope = reader.patterns("in");
    test.development = reader.boolean("development");
    return selected;
  }

  Companion read_companion(const toml::table& table) {
    BlockReader reader(table, "companion", source_);
    Companion companion;
    bool selected = read_test(reader, companion.test);
    companion.reach = reader.choice<Reach>("reach").value_or(selected ? Reach::File : Reach::Same);
    if (reader.has("sibling")) {
      for (const std::string& key : reader.words("sibling"))
        companion.test.name.push_back({"**." + key, true, nullptr});
      companion.test.kind = FactKind::Entry;
      companion.reach = Reach::Siblings;
    }
    companion.files = reader.patterns("file");
    companion.label = reader.text("label");
    if (!companion.files.empty() && companion.reach < Reach::Component) companion.reach = Reach::Component;
    return companion;
  }

  std::vector<Companion> companions(BlockReader& reader, std::string_view key) {
    std::vector<Companion> out;
    const toml::node* found = reader.node(key);
    const toml::array* list = found ? found->as_array() : nullptr;
    if (!found) return out;
    auto take = [&](const toml::node& item) {
      if (const toml::table* table = item.as_table())
        out.push_back(read_companion(*table));
      else if (item.is_string())
        out.push_back(named(reader, item, *item.value<std::string>()));
      else
        reader.fail(item, "'" + std::string(key) + "' must hold tables or names of companions");
    };
    if (list)
      for (const toml::node& item : *list) take(item);
    else
      take(*found);
    return out;
  }

  Companion named(BlockReader& reader, const toml::node& where, const std::string& name) const {
    auto found = named_.find(name);
    if (found != named_.end()) return found->second;
    std::vector<std::string> known;
    for (const auto& [other, companion] : named_) known.push_back(other);
    std::string near = nearest(name, known);
    reader.fail(where, "the page has no companion '" + name + "'", near.empty() ? "" : "did you mean '" + near + "'?");
    return {};
  }

  // Does a file that holds one of these hold a word that can be looked for?
  bool leads(const Patterns& patterns) const {
    static const WordSet none;
    const WordSet* spelt_otherwise = source_.vocabulary.find("spelt-otherwise");
    bool all = !patterns.empty();
    for (const Pattern& pattern : patterns) {
      for (const std::string& text : pattern.set ? pattern.set->patterns() : std::vector<std::string>{pattern.text})
        all = all && !value_words(spelt_otherwise ? *spelt_otherwise : none, text).empty();
    }
    return all;
  }

  bool leads(const ValueTest& test) const {
    return leads(test.is) || leads(test.contains) ||
           std::any_of(test.all.begin(), test.all.end(), [&](const ValueTest& more) { return leads(more); });
  }

  // What narrows a name.
  bool leads(const FactTest& test) const {
    return leads(test.value) || std::any_of(test.arguments.begin(), test.arguments.end(),
                                            [&](const ArgumentTest& argument) { return leads(argument.test); });
  }

  // The first of the names that has no word; "" when all have one.
  static std::string wordless(const Patterns& names) {
    for (const Pattern& pattern : names) {
      for (const std::string& word : pattern.set ? pattern.set->patterns() : std::vector<std::string>{pattern.text}) {
        if (search_words(word).empty()) return word;
      }
    }
    return {};
  }

  // A name of code that no word leads to would never be looked for, and nobody would notice.
  void check_words(BlockReader& reader, const Match& match) const {
    static constexpr FactKind code[] = {FactKind::Call, FactKind::Assign, FactKind::EnvRead, FactKind::Import,
                                        FactKind::Branch};
    const FactTest& test = match.test;
    if (std::find(std::begin(code), std::end(code), test.kind) == std::end(code)) return;
    bool of_code = test.formats.empty() || std::any_of(test.formats.begin(), test.formats.end(), is_code);
    std::string name = of_code ? wordless(test.name) : "";
    if (name.empty() || leads(test)) return;
    for (const Companion& with : match.with) {
      bool same_file = with.reach < Reach::Unit && with.or_else.empty();
      bool named = with.reach != Reach::Same && !with.test.name.empty() && wordless(with.test.name).empty();
      if (same_file && (named || leads(with.test))) return;
    }
    reader.fail("no file would be parsed for '" + name +
                "': it has no word of two letters, and no value or companion of the same file has one");
  }

  static bool is_code(std::string_view format) {
    std::span<const Adapter* const> all = all_adapters();
    return std::any_of(all.begin(), all.end(), [&](const Adapter* adapter) {
      return adapter->kind == AdapterKind::Code && adapter->name == format;
    });
  }

  Match read_match(const toml::table& table) {
    BlockReader reader(table, "match", source_);
    Match match;
    match.line = reader.page_line();
    match.files = reader.patterns("file");
    if (!read_test(reader, match.test) && match.files.empty())
      reader.fail("a match needs a fact or a file: call, assign, entry, env-read, command, image, process …");
    match.with = companions(reader, "with");
    match.unless = companions(reader, "unless");
    for (std::vector<Companion>* list : {&match.with, &match.unless}) {
      for (Companion& companion : *list) ask_same(companion, match.test.kind);
    }
    if (match.files.empty()) check_words(reader, match);
    match.once = read_once(reader);
    match.severity = reader.choice<Severity>("severity");
    match.confidence = reader.choice<Confidence>("confidence");
    match.message = reader.message("message", rule_.message, derived_kind(match.test.kind));
    if (match.message.empty()) reader.fail("neither the rule nor this match has a message");
    return match;
  }

  // A companion of the same fact asks more of it, whatever its kind.
  static void ask_same(Companion& companion, FactKind kind) {
    if (companion.reach == Reach::Same) companion.test.kind = kind;
    for (Companion& other : companion.or_else) ask_same(other, kind);
  }

  Companion read_one(const toml::table& table) {
    BlockReader reader(table, "companion", source_);
    Companion one = read_companion(table);
    if (!reader.has("reach")) one.reach = Reach::Component;
    if (one.reach < Reach::Component) reader.fail("'one' is looked for in the component or the project");
    return one;
  }

  Requirement read_requirement(const toml::table& table) {
    BlockReader reader(table, "require", source_);
    Requirement requirement;
    requirement.line = reader.page_line();
    for (const toml::table* when : reader.tables("when")) {
      BlockReader inner(*when, "when", source_);
      requirement.when_files = inner.patterns("file");
      FactTest test;
      if (read_test(inner, test)) requirement.when.push_back(std::move(test));
    }
    const toml::node* one = reader.node("one");
    const toml::array* list = one ? one->as_array() : nullptr;
    if (one && (one->is_table() || (list && !list->empty() && list->get(0)->is_table()))) {
      for (const toml::table* test : reader.tables("one")) requirement.one.push_back(read_one(*test));
    } else {
      requirement.one_files = reader.patterns("one");
    }
    requirement.unless = companions(reader, "unless");
    requirement.severity = reader.choice<Severity>("severity");
    requirement.confidence = reader.choice<Confidence>("confidence");
    requirement.message = reader.message("message", rule_.message,
                                         requirement.when.empty() ? nullptr : derived_kind(requirement.when[0].kind));
    return requirement;
  }

  BlockSource& source_;
  Rule& rule_;
  std::map<std::string, Companion> named_;
};

}  // namespace

std::optional<Error> parse_rule_block(std::string_view file, uint32_t line_offset, std::string_view block,
                                      Vocabulary& vocabulary, Rule& rule) {
  BlockSource source{file, line_offset, vocabulary, 0, std::nullopt};
  return BlockParser(source, rule).run(block);
}

}  // namespace tfcheck
