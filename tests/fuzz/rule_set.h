// The built-in rules, loaded once for all harnesses.
#pragma once

#include "pages/rule_set.h"
#include "scan/prefilter.h"

namespace tfcheck::fuzz {

const RuleSet& rules();

}  // namespace tfcheck::fuzz
