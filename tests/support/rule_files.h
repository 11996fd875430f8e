// Pages of a test's own together with the vocabulary that no rule set can do without.
#pragma once

#include <utility>
#include <vector>

#include "pages/embedded.h"
#include "support/vocabulary.h"

namespace tfcheck {

inline std::vector<BuiltInFile> with_vocabulary(std::vector<BuiltInFile> files) {
  for (const auto& [name, text] : vocabulary_files()) files.push_back({name, text});
  return files;
}

}  // namespace tfcheck
