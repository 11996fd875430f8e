#include "pages/block_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "vocabulary/editions.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr std::array placeholders = {"name"sv,    "value"sv, "argument"sv, "path"sv, "scope"sv,
                                     "command"sv, "unit"sv,  "count"sv,    "more"sv, "others"sv};

// What a message may ask of a fact: those of every fact, and the columns of what the model adds.
std::vector<std::string> placeholders_of(const DerivedKind* subject) {
  std::vector<std::string> words(placeholders.begin(), placeholders.end());
  auto add = [&](const DerivedKind& kind) {
    for (const DerivedColumn& column : kind.columns) {
      if (!column.name.empty() && !column.flag) words.emplace_back(column.name);
    }
  };
  if (subject) return add(*subject), words;
  for (const DerivedKind& kind : derived_kinds()) add(kind);
  return words;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates, std::string_view before) {
  std::string near = nearest(word, candidates);
  return near.empty() ? "" : fmt::format("did you mean '{}{}'?", before, near);
}

template <typename Words>
std::vector<std::string> strings(const Words& words) {
  return {words.begin(), words.end()};
}

// "@name" is a set, "@@name" the text "@name"; what no set can be called ("@scope/package", "@Inject(") is text.
bool names_set(std::string_view text) {
  if (text.size() < 2 || text[0] != '@') return false;
  return std::all_of(text.begin() + 1, text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  });
}

}  // namespace

BlockReader::BlockReader(const toml::table& table, std::string_view name, BlockSource& source)
    : table_(table),
      keys_(block_table(name)),
      source_(source),
      reader_(table, source.file, source.line_offset, source.error) {
  check_keys();
}

const BlockKey& BlockReader::ask([[maybe_unused]] std::string_view key, [[maybe_unused]] KeyType type) {
  const BlockKey* row = keys_.find(key);
  assert(row && row->type == type);
  return *row;
}

std::string BlockReader::text(std::string_view key) {
  ask(key, KeyType::Text);
  return reader_.text(key);
}

std::optional<bool> BlockReader::boolean(std::string_view key) {
  ask(key, KeyType::Boolean);
  return reader_.boolean(key);
}

std::optional<double> BlockReader::number(std::string_view key) {
  ask(key, KeyType::Number);
  std::optional<double> number = reader_.number(key);
  if (number && (*number < 0 || *number > 10)) fail(*node(key), fmt::format("'{}' must be a number from 0 to 10", key));
  return number;
}

std::vector<std::string> BlockReader::words(std::string_view key) {
  ask(key, KeyType::Words);
  return reader_.texts(key);
}

std::vector<int> BlockReader::numbers(std::string_view key) {
  ask(key, KeyType::Numbers);
  std::vector<int> out;
  for (const std::string& word : reader_.texts(key)) {
    constexpr size_t most_digits = 4;
    if (is_digits(word) && word.size() <= most_digits)
      out.push_back(std::stoi(word));
    else
      fail(*node(key), fmt::format("'{}' must be a number counted from 0", key));
  }
  return out;
}

std::vector<std::string> BlockReader::formats(std::string_view key) {
  ask(key, KeyType::Format);
  std::vector<std::string> words = reader_.texts(key);
  for (const std::string& word : words) {
    const std::vector<std::string>& known = format_words();
    if (!std::binary_search(known.begin(), known.end(), word))
      fail(*node(key), "'" + word + "' is no language and no format", did_you_mean(word, known, ""));
  }
  return words;
}

std::optional<uint32_t> BlockReader::edition(std::string_view key) {
  ask(key, KeyType::Edition);
  const toml::node* found = node(key);
  std::string name = reader_.text(key);
  if (!found || !found->is_string()) return std::nullopt;
  std::vector<Edition> known = editions_of(source_.vocabulary);
  std::optional<uint32_t> number = find_edition(known, name);
  if (number) return number;
  Error wrong = no_such_edition(known, name);
  fail(*found, wrong.message, wrong.hint);
  return std::nullopt;
}

std::vector<FixExample> BlockReader::examples(std::string_view key) {
  ask(key, KeyType::ByFormat);
  std::vector<FixExample> out;
  const toml::node* found = node(key);
  const toml::table* table = found ? found->as_table() : nullptr;
  if (found && !table) fail(*found, "'" + std::string(key) + "' is a table of texts by language or format");
  if (!table) return out;
  for (const auto& [name, text] : *table) {
    const std::vector<std::string>& known = format_words();
    std::string word(name.str());
    if (!std::binary_search(known.begin(), known.end(), word))
      fail(text, "'" + word + "' is no language and no format", did_you_mean(word, known, ""));
    out.push_back({{word}, text.value_or(std::string())});
    if (out.back().text.empty()) fail(text, "the example for '" + word + "' must be a text");
  }
  return out;
}

std::vector<size_t> BlockReader::chosen(std::string_view key, KeyType type) {
  const BlockKey& row = ask(key, type);
  std::vector<size_t> out;
  std::vector<std::string> words;
  if (type == KeyType::Choices)
    words = reader_.texts(key);
  else if (reader_.has(key))
    words.push_back(reader_.text(key));
  for (const std::string& word : words) {
    auto found = std::find(row.choices.begin(), row.choices.end(), word);
    if (found != row.choices.end())
      out.push_back(static_cast<size_t>(found - row.choices.begin()));
    else
      fail(*node(key), "'" + word + "' is not valid here", did_you_mean(word, strings(row.choices), ""));
  }
  return out;
}

std::vector<std::string_view> BlockReader::chosen_words(std::string_view key) {
  std::vector<std::string_view> out;
  for (size_t index : chosen(key, KeyType::Choices)) out.push_back(keys_.find(key)->choices[index]);
  return out;
}

const WordSet* BlockReader::set_of(const toml::node& where, const std::string& text) {
  const WordSet* set = source_.vocabulary.find(text.substr(1));
  if (!set)
    fail(where, "unknown vocabulary set '" + text + "'", did_you_mean(text.substr(1), source_.vocabulary.names(), "@"));
  return set;
}

// A glob that holds a set, as the set of its members each in their place. "**." in front of a set also means nothing.
std::optional<Pattern> BlockReader::pattern_around_set(const toml::node& where, const std::string& text) {
  size_t at = std::min(text.find(".@"), text.find("/@"));
  if (at == std::string::npos || text.find("@@") != std::string::npos) return std::nullopt;
  std::string prefix = text.substr(0, at + 1), rest = text.substr(at + 2);
  size_t end = std::min(rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_."), rest.size());
  const WordSet* set = nullptr;
  for (std::string name = rest.substr(0, end); !set && !name.empty();) {
    set = source_.vocabulary.find(name);
    if (set) rest.erase(0, name.size());
    size_t dot = name.rfind('.');
    name.erase(dot == std::string::npos ? 0 : dot);
  }
  if (!set) {
    set_of(where, "@" + rest.substr(0, end));
    return std::nullopt;
  }
  std::vector<std::string> members;
  for (const std::string& member : set->patterns()) {
    if (prefix == "**.") members.push_back(member + rest);
    members.push_back(prefix + member + rest);
  }
  Pattern around{text, true, nullptr};
  around.set = &source_.vocabulary.intern({text, set->file(), std::move(members), set->ignore_case()});
  return around;
}

Pattern BlockReader::pattern(const toml::node& where, const std::string& text) {
  Pattern made{text, text.find_first_of("*?") != std::string::npos, nullptr};
  ++source_.patterns;
  if (text.empty()) return made;
  if (text.size() > longest_pattern)
    fail(where, fmt::format("a pattern has {} bytes, more than {}", text.size(), longest_pattern));
  if (text.starts_with("@@")) made.text.erase(0, 1);
  if (std::optional<Pattern> around = pattern_around_set(where, text)) {
    source_.patterns += around->set->patterns().size();
    return *around;
  }
  if (!names_set(text)) return made;
  made.set = set_of(where, text);
  if (made.set) source_.patterns += made.set->patterns().size();
  return made;
}

Patterns BlockReader::patterns(std::string_view key) {
  const BlockKey* row = keys_.find(key);
  assert(row && (row->type == KeyType::PatternList || row->type == KeyType::Value || row->type == KeyType::Any));
  const toml::node* found = node(key);
  Patterns out;
  if (!found) return out;
  for (const std::string& text : reader_.texts_of(*found, key)) out.push_back(pattern(*found, text));
  return out;
}

std::vector<Patterns> BlockReader::sequences(std::string_view key) {
  std::vector<Patterns> out;
  std::vector<std::string> sequences;
  for (std::string& word : words(key)) {
    // A set of whole commands stands for all of them.
    const WordSet* set = names_set(word) && word.find(' ') == std::string::npos ? set_of(*node(key), word) : nullptr;
    bool commands = set && std::any_of(set->patterns().begin(), set->patterns().end(),
                                       [](const std::string& one) { return one.find(' ') != std::string::npos; });
    if (commands)
      sequences.insert(sequences.end(), set->patterns().begin(), set->patterns().end());
    else
      sequences.push_back(std::move(word));
  }
  for (const std::string& sequence : sequences) {
    Patterns parts;
    for (std::string_view word : split_words(sequence)) parts.push_back(pattern(*node(key), std::string(word)));
    if (parts.empty()) fail(*node(key), fmt::format("'{}' has no program", key));
    out.push_back(std::move(parts));
  }
  return out;
}

std::vector<std::vector<std::string>> BlockReader::triggers(std::string_view key) {
  ask(key, KeyType::Triggers);
  std::vector<std::vector<std::string>> out;
  const toml::node* found = node(key);
  const toml::array* list = found ? found->as_array() : nullptr;
  if (found && !list) fail(*found, "'" + std::string(key) + "' must be a list of words or lists of words");
  if (!list) return out;
  for (const toml::node& item : *list) {
    out.push_back(reader_.texts_of(item, key));
    for (const std::string& word : out.back()) {
      const WordSet* set = names_set(word) ? set_of(item, word) : nullptr;
      source_.patterns += set ? set->patterns().size() : 1;
      if (word.empty() || word.size() > longest_word)
        fail(item, fmt::format("a word of '{}' has {} bytes; it must have 1 to {}", key, word.size(), longest_word));
    }
  }
  return out;
}

std::vector<const toml::table*> BlockReader::tables(std::string_view key) {
  const BlockKey* row = keys_.find(key);
  assert(row && !row->table.empty());
  return reader_.tables(key);
}

std::string BlockReader::message(std::string_view key, std::string_view otherwise, const DerivedKind* subject) {
  std::string text = has(key) ? this->text(key) : std::string(otherwise);
  constexpr std::string_view of_companion = "with.";
  for (size_t open = text.find('{'); has(key) && open != std::string::npos; open = text.find('{', open + 1)) {
    size_t close = text.find('}', open);
    std::string word = text.substr(open + 1, close == std::string::npos ? close : close - open - 1);
    bool with = word.starts_with(of_companion);
    std::vector<std::string> known = placeholders_of(with ? nullptr : subject);
    std::string_view asked = with ? std::string_view(word).substr(of_companion.size()) : std::string_view(word);
    if (close != std::string::npos && std::find(known.begin(), known.end(), asked) != known.end()) continue;
    fail(*node(key), "a message has no placeholder '{" + word + "}'", did_you_mean(word, known, ""));
  }
  return text;
}

void BlockReader::check_keys() {
  std::vector<std::string> known;
  for (const BlockTable* table = &keys_; table; table = table->base) {
    for (const BlockKey& key : table->keys) known.emplace_back(key.name);
  }
  for (const auto& [key, value] : table_) {
    if (keys_.find(key.str())) continue;
    std::string name(key.str());
    fail(value, "unknown key '" + name + "' in " + std::string(keys_.what), did_you_mean(name, known, ""));
  }
}

}  // namespace tfcheck
