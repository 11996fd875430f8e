// Reads one table of a rule block by its keys: what is asked for must be in the table's rows (pages/block_keys.h) with
// that type, and what stands in the block must be asked for by somebody.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/derived_kinds.h"
#include "pages/block_keys.h"
#include "pages/rule.h"
#include "vocabulary/toml_reader.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

// What all readers of one block share.
struct BlockSource {
  std::string_view file;
  uint32_t line_offset = 0;
  Vocabulary& vocabulary;
  size_t patterns = 0;  // read so far, sets counted by their size
  std::optional<Error> error;
};

class BlockReader {
 public:
  // Every key of the table must be one of the rows of the name's.
  BlockReader(const toml::table& table, std::string_view name, BlockSource& source);

  const toml::node* node(std::string_view key) { return reader_.node(key); }
  bool has(std::string_view key) { return reader_.has(key); }
  std::string text(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::optional<double> number(std::string_view key);
  std::vector<std::string> words(std::string_view key);
  std::vector<int> numbers(std::string_view key);
  std::vector<std::string> formats(std::string_view key);
  // The number of an edition among those of the vocabulary.
  std::optional<uint32_t> edition(std::string_view key);
  std::vector<FixExample> examples(std::string_view key);
  Patterns patterns(std::string_view key);
  // Of "program word word": each word is a pattern.
  std::vector<Patterns> sequences(std::string_view key);
  std::vector<std::vector<std::string>> triggers(std::string_view key);
  std::vector<const toml::table*> tables(std::string_view key);
  // The index of the word, or of each, among the key's choices, which stand in the enumeration's order.
  template <typename Enum>
  std::optional<Enum> choice(std::string_view key) {
    std::vector<size_t> found = chosen(key, KeyType::Choice);
    return found.empty() ? std::nullopt : std::optional(static_cast<Enum>(found[0]));
  }
  template <typename Enum>
  std::vector<Enum> choices(std::string_view key) {
    std::vector<Enum> out;
    for (size_t index : chosen(key, KeyType::Choices)) out.push_back(static_cast<Enum>(index));
    return out;
  }
  // The words themselves, each one of the key's choices.
  std::vector<std::string_view> chosen_words(std::string_view key);
  // A message whose every {placeholder} is known; the columns of its subject are, too, and {with.X} of a companion's.
  // Without a subject those of every kind are, as the page's own message serves all its matches.
  std::string message(std::string_view key, std::string_view otherwise = {}, const DerivedKind* subject = nullptr);

  void fail(const toml::node& where, std::string message, std::string hint = {}) {
    reader_.fail(where, std::move(message), std::move(hint));
  }
  void fail(std::string message) { reader_.fail_at(line(), std::move(message)); }
  std::string what() const { return std::string(keys_.what); }                         // "a match"
  uint32_t line() const { return static_cast<uint32_t>(table_.source().begin.line); }  // within the block
  uint32_t page_line() const { return reader_.line(); }
  BlockSource& source() { return source_; }

 private:
  void check_keys();
  const BlockKey& ask(std::string_view key, KeyType type);
  std::vector<size_t> chosen(std::string_view key, KeyType type);
  Pattern pattern(const toml::node& where, const std::string& text);
  std::optional<Pattern> pattern_around_set(const toml::node& where, const std::string& text);
  const WordSet* set_of(const toml::node& where, const std::string& text);

  const toml::table& table_;
  const BlockTable& keys_;
  BlockSource& source_;
  TomlReader reader_;
};

}  // namespace tfcheck
