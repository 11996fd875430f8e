// The words of a rule block: which keys each of its tables has, of which type, and what they mean. The parser may ask
// for no others, an unknown key is an error, and schemas/rule.schema.json is made of the same rows.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tfcheck {

enum class KeyType : uint8_t {
  Text,         // a string
  Number,       // 0 to 10
  Boolean,      // true or false
  Choice,       // one of the choices
  Choices,      // one or a list of them
  Words,        // a string or a list of strings
  Numbers,      // a number counted from 0, or a list of them
  PatternList,  // the same, each exact, a glob or a vocabulary set "@name"
  Triggers,     // a list of words or of lists of words
  Value,        // patterns, or a table of `table`
  Table,        // a table of `table`
  Tables,       // one or a list of them
  Any,          // patterns, or tables of `table`
  Companions,   // one or a list of tables of `table`, or of names of the page's own
  Named,        // tables of `table` by a name of the page's own
  Format,       // names of languages, formats and dialects
  ByFormat,     // a table of strings by such names
  Edition,      // the name of an edition of the rules
};

struct BlockKey {
  std::string_view name;
  KeyType type;
  std::string_view meaning;
  std::span<const std::string_view> choices = {};
  std::string_view table = {};  // the name of a BlockTable
};

struct BlockTable {
  std::string_view name;  // "match"
  std::string_view what;  // "a match", in messages
  std::span<const BlockKey> keys;
  const BlockTable* base = nullptr;  // whose keys it has, too

  // Null when it has no such key.
  const BlockKey* find(std::string_view key) const;
};

// All tables; the first is the block itself.
std::span<const BlockTable> block_tables();
// The table of a name; throws std::logic_error when there is none.
const BlockTable& block_table(std::string_view name);

// Names of languages, formats and dialects, sorted.
const std::vector<std::string>& format_words();

}  // namespace tfcheck
