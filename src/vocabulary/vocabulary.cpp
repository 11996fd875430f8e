#include "vocabulary/vocabulary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

#include "vocabulary/text_regex.h"
#include "vocabulary/token_shape.h"
#include "vocabulary/toml_reader.h"

namespace tfcheck {

const WordSet* Vocabulary::find(std::string_view name) const {
  auto found = sets_.find(name);
  return found == sets_.end() ? nullptr : &found->second;
}

const WordSet& Vocabulary::intern(WordSet set) {
  std::string name = set.name();
  return sets_.try_emplace(std::move(name), std::move(set)).first->second;
}

std::vector<std::string> Vocabulary::names() const {
  std::vector<std::string> out;
  for (const auto& [name, set] : sets_) {
    if (name.find('@') == std::string::npos) out.push_back(name);
  }
  return out;
}

namespace {

// Fails at the line of a key.
void fail_at_key(TomlReader& reader, std::string_view key, std::string message) {
  const toml::node* node = reader.node(key);
  reader.fail_at(node ? static_cast<uint32_t>(node->source().begin.line) : reader.line(), std::move(message));
}

void need(TomlReader& reader, std::initializer_list<std::string_view> keys, std::string_view what) {
  for (std::string_view key : keys) {
    if (reader.text(key).empty()) fail_at_key(reader, key, fmt::format("{} needs '{}'", what, key));
  }
}

void check_keyword(TomlReader& reader, std::string_view key, const TextPattern& pattern, std::string_view keyword) {
  if (keyword.size() >= shortest_word && keyword.size() <= longest_word) return;
  fail_at_key(reader, key,
              fmt::format("the keyword of '{}' has {} bytes; it must have {} to {}", pattern.id, keyword.size(),
                          shortest_word, longest_word));
}

template <typename T>
T one_of(TomlReader& reader, std::string_view key, T otherwise,
         std::initializer_list<std::pair<std::string_view, T>> words) {
  std::string said = reader.text(key);
  if (said.empty()) return otherwise;
  std::vector<std::string> known;
  for (const auto& [word, value] : words) {
    if (word == said) return value;
    known.emplace_back(word);
  }
  fail_at_key(reader, key, fmt::format("'{}' must be one of: {}", key, fmt::join(known, ", ")));
  return otherwise;
}

Severity read_severity(TomlReader& reader) {
  return one_of(
      reader, "severity", Severity::Error,
      {std::pair{std::string_view("warning"), Severity::Warning}, std::pair{std::string_view("note"), Severity::Note}});
}

TextPattern read_text_pattern(TomlReader& reader, std::string_view file) {
  TextPattern pattern;
  pattern.id = reader.text("id");
  pattern.title = reader.text("title");
  pattern.keywords = reader.texts("keyword");
  pattern.regex = reader.text("regex");
  pattern.file = file;
  pattern.entropy = reader.number("entropy").value_or(0);
  pattern.in_object = reader.boolean("object").value_or(false);
  pattern.is_public = reader.boolean("public").value_or(false);
  pattern.severity = read_severity(reader);
  reader.finish("a text pattern");
  need(reader, {"id", "title", "regex"}, "a text pattern");
  if (pattern.keywords.empty() || pattern.keywords[0].empty()) need(reader, {"keyword"}, "a text pattern");
  for (const std::string& keyword : pattern.keywords) check_keyword(reader, "keyword", pattern, keyword);
  std::string trouble = text_regex_trouble(pattern.regex);
  if (!trouble.empty())
    fail_at_key(reader, "regex", fmt::format("the regex of '{}' does not compile: {}", pattern.id, trouble));
  return pattern;
}

TextPattern read_token(TomlReader& reader, std::string_view file) {
  TextPattern pattern;
  pattern.id = reader.text("id");
  pattern.title = reader.text("title");
  pattern.shape = reader.text("shape");
  pattern.file = file;
  pattern.keywords = reader.texts("name");
  pattern.named = !pattern.keywords.empty();
  pattern.is_public = reader.boolean("public").value_or(false);
  pattern.check = one_of(
      reader, "check", TokenCheck::None,
      {std::pair{std::string_view("crc32"), TokenCheck::Crc32}, std::pair{std::string_view("crc16"), TokenCheck::Crc16},
       std::pair{std::string_view("jwt"), TokenCheck::Jwt}});
  pattern.severity = read_severity(reader);
  reader.finish("a token");
  need(reader, {"id", "title", "shape"}, "a token");
  if (pattern.shape.size() > longest_pattern)
    fail_at_key(reader, "shape", fmt::format("the shape of '{}' has more than {} bytes", pattern.id, longest_pattern));
  std::variant<TokenShape, std::string> shape = TokenShape::read(pattern.shape);
  if (const auto* trouble = std::get_if<std::string>(&shape)) {
    fail_at_key(reader, "shape", fmt::format("the shape of '{}' cannot be read: {}", pattern.id, *trouble));
    return pattern;
  }
  if (!pattern.named && !pattern.is_public) pattern.keywords = std::get<TokenShape>(shape).keywords();
  if (pattern.keywords.empty() && !pattern.is_public)
    fail_at_key(reader, "shape",
                fmt::format("nothing of '{}' can be searched for: its shape begins with no word of {} bytes, and no "
                            "'name' says what holds it",
                            pattern.id, shortest_word));
  for (const std::string& keyword : pattern.keywords)
    check_keyword(reader, pattern.named ? "name" : "shape", pattern, keyword);
  return pattern;
}

}  // namespace

// One file: the sets, tables and text patterns in it, and the first mistake.
class Vocabulary::FileReader {
 public:
  FileReader(Vocabulary& vocabulary, const toml::table& document, std::string_view file)
      : vocabulary_(vocabulary), document_(document), file_(file) {}

  Result<bool> run() {
    TomlReader top(document_, file_, 0, error_);
    if (document_.contains("table")) declare_tables(top);
    for (const auto& [key, node] : document_) {
      std::string name(key.str());
      if (error_) break;
      if (name == "table") continue;
      if (name == "text") {
        for (const toml::table* table : top.tables(name)) text_pattern(*table, read_text_pattern);
      } else if (name == "token") {
        for (const toml::table* table : top.tables(name)) text_pattern(*table, read_token);
      } else if (node.is_array_of_tables()) {
        rows(name, *node.as_array());
      } else if (const toml::table* table = node.as_table()) {
        word_set(name, *table);
      } else {
        top.fail(node, "'" + name + "' must be a table");
      }
    }
    for (WordTable& table : tables_) keep(table);
    if (error_) return *error_;
    return true;
  }

 private:
  void text_pattern(const toml::table& table, TextPattern (*read)(TomlReader&, std::string_view)) {
    TomlReader reader(table, file_, 0, error_);
    TextPattern pattern = read(reader, file_);
    std::vector<TextPattern>& all = vocabulary_.text_patterns_;
    if (const TextPattern* known = vocabulary_.text_pattern(pattern.id))
      reader.fail_at(reader.line(), "the text pattern '" + pattern.id + "' is defined already, in " + known->file);
    if (all.size() >= most_text_patterns)
      reader.fail_at(reader.line(), fmt::format("there are more than {} text patterns", most_text_patterns));
    for (const std::string& keyword : pattern.keywords) {
      auto of_keyword = [&](const TextPattern& other) {
        return std::find(other.keywords.begin(), other.keywords.end(), keyword) != other.keywords.end();
      };
      if (std::count_if(all.begin(), all.end(), of_keyword) >= most_of_a_keyword)
        reader.fail_at(reader.line(),
                       fmt::format("more than {} text patterns have the keyword '{}'", most_of_a_keyword, keyword));
    }
    if (!error_) all.push_back(std::move(pattern));
  }

  void word_set(const std::string& name, const toml::table& table) {
    TomlReader reader(table, file_, 0, error_);
    bool ignore_case = reader.boolean("ignore-case").value_or(false);
    std::vector<std::string> patterns = reader.texts("values");
    reader.finish("a word set");
    if (!patterns.empty()) check_lengths(reader, patterns, name, *reader.node("values"));
    define(WordSet(name, std::string(file_), std::move(patterns), ignore_case), reader);
  }

  void define(WordSet set, TomlReader& reader) {
    if (const WordSet* known = vocabulary_.find(set.name()))
      reader.fail_at(reader.line(), "the set '" + set.name() + "' is defined already, in " + known->file());
    std::string name = set.name();
    if (!error_) vocabulary_.sets_.emplace(std::move(name), std::move(set));
  }

  void check_lengths(TomlReader& reader, const std::vector<std::string>& patterns, std::string_view name,
                     const toml::node& where) {
    for (const std::string& pattern : patterns) {
      if (pattern.size() > longest_pattern)
        reader.fail(where, fmt::format("a value of '{}' has more than {} bytes", name, longest_pattern));
    }
  }

  void declare_tables(TomlReader& top) {
    const toml::table* declared = document_.get("table")->as_table();
    if (!declared) return top.fail(*document_.get("table"), "[table.NAME] declares the columns of a table");
    for (const auto& [key, node] : *declared) {
      std::string name(key.str());
      const toml::table* table = node.as_table();
      if (!table) return top.fail(node, "'" + name + "' must be a table with columns = [\"…\"]");
      TomlReader reader(*table, file_, 0, error_);
      bool ignore_case = reader.boolean("ignore-case").value_or(false);
      std::vector<std::string> columns = reader.texts("columns");
      reader.finish("a table's declaration");
      if (columns.empty()) reader.fail_at(reader.line(), "the table '" + name + "' needs columns, its key first");
      if (auto known = vocabulary_.tables_.find(name); known != vocabulary_.tables_.end())
        reader.fail_at(reader.line(), "the table '" + name + "' is defined already, in " + known->second.file());
      tables_.emplace_back(name, std::string(file_), std::move(columns), ignore_case);
    }
  }

  void rows(const std::string& name, const toml::array& list) {
    auto table = std::find_if(tables_.begin(), tables_.end(), [&](const WordTable& t) { return t.name() == name; });
    for (const toml::node& item : list) {
      TomlReader reader(*item.as_table(), file_, 0, error_);
      if (table == tables_.end())
        return reader.fail_at(reader.line(), "the table '" + name + "' is declared nowhere in this file",
                              "[table." + name + "] with columns = […] does");
      WordTable::Row row;
      row.line = reader.line();
      for (const std::string& column : table->columns()) {
        row.cells.push_back(reader.has(column) ? reader.texts(column) : std::vector<std::string>{});
        if (!row.cells.back().empty()) check_lengths(reader, row.cells.back(), column, *reader.node(column));
      }
      reader.finish("a row of '" + name + "'");
      if (row.cells[0].empty())
        reader.fail_at(reader.line(), fmt::format("a row of '{}' needs '{}'", name, table->columns()[0]));
      if (error_) return;
      table->add(std::move(row));
    }
  }

  void keep(WordTable& table) {
    TomlReader reader(document_, file_, 0, error_);
    for (size_t i = 0; i < table.columns().size(); ++i) define(table.set_of(i), reader);
    std::string name = table.name();
    if (!error_) vocabulary_.tables_.emplace(std::move(name), std::move(table));
  }

  Vocabulary& vocabulary_;
  const toml::table& document_;
  std::string_view file_;
  std::optional<Error> error_;
  std::vector<WordTable> tables_;  // that the file declares
};

Result<bool> Vocabulary::add(std::string_view file, std::string_view text) {
  Result<toml::table> document = parse_toml(file, text, 0);
  if (!document) return document.error();
  return FileReader(*this, *document, file).run();
}

const WordSet& Vocabulary::set(std::string_view name) const {
  if (const WordSet* found = find(name)) return *found;
  throw std::logic_error(fmt::format("the program needs the set '{}', which no vocabulary defines", name));
}

const WordTable& Vocabulary::table(std::string_view name) const {
  if (auto found = tables_.find(name); found != tables_.end()) return found->second;
  throw std::logic_error(fmt::format("the program needs the table '{}', which no vocabulary defines", name));
}

const TextPattern* Vocabulary::text_pattern(std::string_view id) const {
  auto found = std::find_if(text_patterns_.begin(), text_patterns_.end(),
                            [&](const TextPattern& pattern) { return pattern.id == id; });
  return found == text_patterns_.end() ? nullptr : &*found;
}

}  // namespace tfcheck
