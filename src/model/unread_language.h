// Languages that no adapter reads yet. Their files are listed, make components and are searched for what secrets look
// like anywhere; what else they say is not known, and reports say so by the language's name.
#pragma once

#include <string_view>

#include "vocabulary/vocabulary.h"

namespace tfcheck {

// The rows of the vocabulary's table "unread-language".
class UnreadLanguages {
 public:
  // Throws std::logic_error when there is no such table.
  explicit UnreadLanguages(const Vocabulary& vocabulary);
  // The language of a path by its extension ("kotlin", "c++"); "" when it is none of these.
  std::string_view of(std::string_view path) const;

 private:
  const WordTable& rows_;
  size_t name_;
};

}  // namespace tfcheck
