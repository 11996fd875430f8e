// The keys of a rule block that select a fact, what it says or what the model adds, and test it.
#pragma once

#include "pages/block_reader.h"
#include "pages/rule.h"

namespace tfcheck {

// Reads them into `test`. Returns false when none selects a kind of fact.
bool read_fact_test(BlockReader& reader, FactTest& test);

}  // namespace tfcheck
