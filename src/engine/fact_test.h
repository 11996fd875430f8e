// Whether a fact is what a data rule asks for, without what must stand beside it.
#pragma once

#include "pages/rule.h"
#include "model/project.h"

namespace tfcheck {

// True when a fact passes a test, companions left aside.
bool passes(const FactTest& test, const Project& project, FactRef ref);

}  // namespace tfcheck
