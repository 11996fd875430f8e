// The names of secrets as they end in source.
#pragma once

#include <set>
#include <string>

#include "vocabulary/vocabulary.h"

namespace tfcheck {

// "master_key", "masterkey" (of masterKey), "master-key", "master.key". Those in which a keyword stands are found by
// it.
std::set<std::string> secret_spellings(const Vocabulary& vocabulary, const WordSet& keywords);

}  // namespace tfcheck
