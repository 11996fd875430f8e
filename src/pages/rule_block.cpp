#include "pages/rule_block.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "formats/adapters.h"
#include "model/derived_kinds.h"
#include "model/scope.h"
#include "pages/block_reader.h"
#include "pages/fact_test_reader.h"
#include "pages/search_words.h"

namespace tfcheck {

namespace {

constexpr Reach once_reaches[] = {Reach::Function,  Reach::File,    Reach::Unit,
                                  Reach::Component, Reach::Project, Reach::Same};

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
    for (const toml::table* table : reader.tables("practice")) read_practice(*table);
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
    rule_.asked_for = reader.choice<Severity>("asked-for");
    rule_.message = reader.message("message");
    rule_.native = reader.choice<int>("engine").has_value();
    rule_.once = read_once(reader);
    rule_.per_language = reader.choice<int>("per").has_value();
    rule_.security_severity = reader.number("security-severity");
    rule_.stand_in = reader.text("stand-in");
    rule_.yields_to = reader.words("yields-to");
    rule_.aliases = reader.words("aliases");
    rule_.since = reader.edition("since");
    rule_.applies = reader.choices<ComponentKind>("applies");
    if (rule_.applies.empty()) rule_.applies = {ComponentKind::App};
    for (std::string_view name : reader.chosen_words("scopes")) rule_.scopes |= scope_bit(name);
    rule_.triggers.push_back({reader.triggers("triggers"), {}, false, {}});
    rule_.triggers.push_back({reader.triggers("environment-triggers"), {}, true, {}});
    for (const toml::table* table : reader.tables("trigger")) {
      BlockReader trigger(*table, "trigger", source_);
      rule_.triggers.push_back({trigger.triggers("words"), trigger.formats("format"), false, trigger.patterns("path")});
    }
    std::erase_if(rule_.triggers, [](const TriggerWords& trigger) { return trigger.groups.empty(); });
  }

  static std::optional<Reach> read_once(BlockReader& reader) {
    std::optional<size_t> once = reader.choice<size_t>("once");
    return once ? std::optional(once_reaches[*once]) : std::nullopt;
  }

  // What came with its page widens nothing.
  std::optional<uint32_t> read_since(BlockReader& reader) const {
    std::optional<uint32_t> since = reader.edition("since");
    if (since && rule_.since.value_or(0) >= *since)
      reader.fail(*reader.node("since"), "'since' of a match names a later edition than its page's");
    return since;
  }

  // The page's own companions, before any match asks for one.
  void read_named(BlockReader& reader) {
    const toml::node* node = reader.node("companion");
    const toml::table* names = node ? node->as_table() : nullptr;
    if (node && !names) reader.fail(*node, "a companion has a name: [[companion.NAME]]");
    if (!names) return;
    for (const auto& [name, tables] : *names) {
      const toml::array* list = tables.as_array();
      if (list)
        named_.emplace(name.str(), read_alternatives(reader, *list));
      else
        reader.fail(tables, "a companion has a name: [[companion.NAME]]");
    }
  }

  // Several tables of one name: any of them.
  Companion read_alternatives(BlockReader& reader, const toml::array& list) {
    std::optional<Companion> all;
    for (const toml::node& item : list) {
      const toml::table* table = item.as_table();
      if (!table) {
        reader.fail(item, "a companion is a table");
        continue;
      }
      Companion made = read_companion(*table);
      if (all)
        all->or_else.push_back(std::move(made));
      else
        all = std::move(made);
    }
    return all.value_or(Companion{});
  }

  Companion read_companion(const toml::table& table) {
    BlockReader reader(table, "companion", source_);
    Companion companion;
    bool selected = read_fact_test(reader, companion.test);
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
    read_selection(reader, match);
    if (match.files.empty()) check_words(reader, match);
    match.once = read_once(reader);
    match.since = read_since(reader);
    match.severity = reader.choice<Severity>("severity");
    match.confidence = reader.choice<Confidence>("confidence");
    match.message = reader.message("message", rule_.message, derived_kind(match.test.kind));
    match.fix = reader.text("fix");
    match.fix_examples = reader.examples("example");
    if (match.message.empty()) reader.fail("neither the rule nor this match has a message");
    return match;
  }

  // What a match and a practice select.
  void read_selection(BlockReader& reader, Match& match) {
    match.line = reader.page_line();
    match.files = reader.patterns("file");
    bool selects = read_fact_test(reader, match.test) || !match.files.empty();
    if (!selects)
      reader.fail(reader.what() + " needs a fact or a file: call, assign, entry, env-read, command, image, process …");
    match.with = companions(reader, "with");
    match.unless = companions(reader, "unless");
    for (std::vector<Companion>* list : {&match.with, &match.unless}) {
      for (Companion& companion : *list) ask_same(companion, match.test.kind);
    }
  }

  void read_practice(const toml::table& table) {
    BlockReader reader(table, "practice", source_);
    Practice practice;
    practice.name = reader.text("name");
    practice.in_ci = !reader.chosen_words("scopes").empty();
    read_selection(reader, practice.match);
    bool is_named = !practice.name.empty() &&
                    practice.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
    if (!is_named) reader.fail("a practice has a name of lower-case words with hyphens: name = \"lock-file\"");
    rule_.practices.push_back(std::move(practice));
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
      if (read_fact_test(inner, test)) requirement.when.push_back(std::move(test));
    }
    const toml::node* one = reader.node("one");
    const toml::array* list = one ? one->as_array() : nullptr;
    if (one && (one->is_table() || (list && !list->empty() && list->get(0)->is_table()))) {
      for (const toml::table* test : reader.tables("one")) requirement.one.push_back(read_one(*test));
    } else {
      requirement.one_files = reader.patterns("one");
    }
    requirement.unless = companions(reader, "unless");
    requirement.since = read_since(reader);
    requirement.severity = reader.choice<Severity>("severity");
    requirement.confidence = reader.choice<Confidence>("confidence");
    requirement.message = reader.message("message", rule_.message,
                                         requirement.when.empty() ? nullptr : derived_kind(requirement.when[0].kind));
    requirement.fix = reader.text("fix");
    requirement.fix_examples = reader.examples("example");
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
