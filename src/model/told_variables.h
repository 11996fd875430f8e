// Variables of the environment that texts for people name: documents, and the comments of an example of settings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/vocabulary.h"

namespace tfcheck {

struct ToldVariable {
  std::string name;
  uint32_t at = 0;        // byte offset into the decoded text
  bool assigned = false;  // written as what is set: `NAME=`, `-e NAME`, `export NAME`
};

class VariableTexts {
 public:
  // Throws std::logic_error when a set is missing. The vocabulary must outlive it.
  explicit VariableTexts(const Vocabulary& vocabulary);

  // The variables that a text names, each once where it is first told best, in order of their names, at most two
  // thousand; none in a text that is neither a document nor a file of variables.
  std::vector<ToldVariable> of(std::string_view path, std::string_view text) const;

 private:
  const WordSet &documents_, &files_;
};

}  // namespace tfcheck
