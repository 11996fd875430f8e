// Which words the rules ask for: a name pattern asks for all of its words together, so that broad ones ("run",
// "daemon") never send a file to the parser alone.
#pragma once

#include "pages/rule_set.h"
#include "scan/scan_words.h"

namespace tfcheck {

// Whose words: what the program was built with, what packs add to it, or both where nothing was built in.
enum class WordOrigin : uint8_t { BuiltIn, Packs, All };

// The words of the rules and text patterns of an origin; `embedded_patterns` is how many of the latter are built in.
ScanWords collect_words(const RuleSet& rules, WordOrigin origin, size_t embedded_patterns = 0);

}  // namespace tfcheck
