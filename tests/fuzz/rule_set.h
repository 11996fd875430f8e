// The built-in rules, loaded once for all harnesses.
#pragma once

#include "engine/prefilter.h"
#include "pages/rule_set.h"

namespace tfcheck::fuzz {

const RuleSet& rules();
const Prefilter& prefilter();

}  // namespace tfcheck::fuzz
