// Words that belong together in rows: a program with its role and its port, a manifest with its lock files. Every
// column is a set, too: a page names the words of program's column pid-file as "@program.pid-file".
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "vocabulary/word_set.h"

namespace tfcheck {

class WordTable {
 public:
  // A row's words by column, in the order of columns(); none where the row says nothing.
  struct Row {
    std::vector<std::vector<std::string>> cells;
    uint32_t line = 0;  // 1-based, in the table's file

    std::span<const std::string> all(size_t column) const { return cells[column]; }
    // The only word of a column, "" when there is none.
    std::string_view one(size_t column) const { return cells[column].empty() ? std::string_view{} : cells[column][0]; }
    bool has(size_t column, std::string_view word) const;
  };

  WordTable() = default;
  // The first column is the key: every row has words there, and they are globs as in a set.
  WordTable(std::string name, std::string file, std::vector<std::string> columns, bool ignore_case);

  const std::string& name() const { return name_; }
  const std::string& file() const { return file_; }
  const std::vector<std::string>& columns() const { return columns_; }
  bool ignore_case() const { return ignore_case_; }
  const std::vector<Row>& rows() const { return rows_; }
  // The number of a column; throws std::logic_error when there is none, as C++ asks for what it knows.
  size_t column(std::string_view name) const;
  // The first row whose key is a word: a plain key goes before a glob. Null when there is none.
  const Row* find(std::string_view word) const;

  void add(Row row);
  // The words of one column, as the set "table.column".
  WordSet set_of(size_t column) const;
  // The keys of the rows that hold a word in a column, as a set: "the programs whose role is shell".
  WordSet keys_with(std::string_view column, std::string_view word) const;

 private:
  std::string name_;
  std::string file_;
  std::vector<std::string> columns_;
  bool ignore_case_ = false;
  std::vector<Row> rows_;
  std::unordered_map<std::string, uint32_t> plain_;  // key → row
  struct Glob {
    std::string text;
    LetterSet letters;
    uint32_t row = 0;
  };
  std::vector<Glob> globs_;  // in file order
};

}  // namespace tfcheck
