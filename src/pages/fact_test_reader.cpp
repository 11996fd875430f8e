#include "pages/fact_test_reader.h"

#include "model/derived_kinds.h"

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

constexpr std::string_view path_join_set = "path-join";

ValueTest read_value_keys(BlockReader& reader) {
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

ValueTest read_value(BlockReader& parent, std::string_view key) {
  const toml::node* found = parent.node(key);
  const toml::array* list = found ? found->as_array() : nullptr;
  if (list && !list->empty() && list->get(0)->is_table()) {
    ValueTest test;
    for (const toml::table* table : parent.tables(key)) {
      BlockReader reader(*table, "value", parent.source());
      test.all.push_back(read_value_keys(reader));
    }
    return test;
  }
  if (const toml::table* table = found ? found->as_table() : nullptr) {
    BlockReader reader(*table, "value", parent.source());
    ValueTest test = read_value_keys(reader);
    return test;
  }
  ValueTest test;
  test.joiners = parent.source().vocabulary.find(path_join_set);
  test.is = parent.patterns(key);
  return test;
}

ArgumentTest read_argument(const toml::table& table, BlockSource& source) {
  BlockReader reader(table, "argument", source);
  ArgumentTest argument;
  argument.names = reader.words("name");
  argument.positions = reader.numbers("position");
  argument.key = reader.text("key");
  argument.test = read_value_keys(reader);
  return argument;
}

uint32_t flags(BlockReader& reader, std::string_view key) {
  uint32_t bits = 0;
  for (std::string_view word : reader.chosen_words(key)) {
    for (const FlagName& flag : flag_names()) bits |= flag.name == word ? flag.bit : 0;
  }
  return bits;
}

void read_run(BlockReader& reader, FactTest& test) {
  test.runs = reader.sequences("run");
  test.options = reader.patterns("option");
  test.not_options = reader.patterns("not-option");
  test.redirect = reader.patterns("redirect");
  test.words = reader.patterns("word");
}

void read_command(BlockReader& parent, FactTest& test) {
  const toml::table* table = parent.node("command")->as_table();
  if (!table)
    return parent.fail(*parent.node("command"), "'command' must be a table with role, run, option, redirect …");
  BlockReader reader(*table, "command", parent.source());
  test.roles = reader.choices<CommandRole>("role");
  read_run(reader, test);
}

// A fact of the model: by its name, or by a table of its columns.
void read_row(BlockReader& parent, const DerivedKind& kind, FactTest& test) {
  const toml::table* table = parent.node(kind.word)->as_table();
  if (!table) {
    test.name = parent.patterns(kind.word);
    return;
  }
  BlockReader reader(*table, kind.word, parent.source());
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

}  // namespace

bool read_fact_test(BlockReader& reader, FactTest& test) {
  bool selected = false;
  ++reader.source().patterns;
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
  for (const toml::table* table : reader.tables("argument"))
    test.arguments.push_back(read_argument(*table, reader.source()));
  test.flags = flags(reader, "flags");
  test.not_flags = flags(reader, "not-flags");
  test.scope = reader.patterns("in");
  test.development = reader.boolean("development");
  return selected;
}

}  // namespace tfcheck
