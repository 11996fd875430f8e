#include "vocabulary/word_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/text.h"

namespace tfcheck {

bool WordTable::Row::has(size_t column, std::string_view word) const {
  return std::find(cells[column].begin(), cells[column].end(), word) != cells[column].end();
}

WordTable::WordTable(std::string name, std::string file, std::vector<std::string> columns, bool ignore_case)
    : name_(std::move(name)), file_(std::move(file)), columns_(std::move(columns)), ignore_case_(ignore_case) {}

size_t WordTable::column(std::string_view name) const {
  auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) throw std::logic_error(fmt::format("the table '{}' has no column '{}'", name_, name));
  return static_cast<size_t>(found - columns_.begin());
}

const WordTable::Row* WordTable::find(std::string_view word) const {
  std::string key = ignore_case_ ? lower(word) : std::string(word);
  if (auto found = plain_.find(key); found != plain_.end()) return &rows_[found->second];
  if (globs_.empty()) return nullptr;
  LetterSet letters(key);
  for (const Glob& glob : globs_) {
    if (!letters.lacks(glob.letters) && glob_match(glob.text, key, '\0')) return &rows_[glob.row];
  }
  return nullptr;
}

void WordTable::add(Row row) {
  auto number = static_cast<uint32_t>(rows_.size());
  for (std::string& key : row.cells[0]) {
    if (ignore_case_) key = lower(key);
    if (key.find_first_of("*?") == std::string::npos)
      plain_.emplace(key, number);
    else
      globs_.push_back({key, LetterSet::of_glob(key), number});
  }
  rows_.push_back(std::move(row));
}

WordSet WordTable::set_of(size_t column) const {
  std::vector<std::string> words;
  std::set<std::string_view> known;
  for (const Row& row : rows_) {
    for (const std::string& word : row.all(column)) {
      if (known.insert(word).second) words.push_back(word);
    }
  }
  return {name_ + "." + columns_[column], file_, std::move(words), ignore_case_};
}

WordSet WordTable::keys_with(std::string_view column_name, std::string_view word) const {
  size_t asked = column(column_name);
  std::vector<std::string> keys;
  for (const Row& row : rows_) {
    if (row.has(asked, word)) keys.insert(keys.end(), row.cells[0].begin(), row.cells[0].end());
  }
  return {fmt::format("{}.{}={}", name_, column_name, word), file_, std::move(keys), ignore_case_};
}

}  // namespace tfcheck
