// Names of calls, imports or settings by the runtime that they belong to, from a table of the vocabulary whose first
// column holds the names and whose `runtime` column says of what.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/word_table.h"

namespace tfcheck {

class RuntimeWords {
 public:
  explicit RuntimeWords(const WordTable& table);
  // The rows of a runtime that hold a name, the first of them; null when there is none.
  const WordTable::Row* find(std::string_view runtime, std::string_view name) const;

 private:
  std::map<std::string, WordTable, std::less<>> by_runtime_;
};

}  // namespace tfcheck
