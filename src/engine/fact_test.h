// Whether a fact is what a data rule asks for, without what must stand beside it.
#pragma once

#include "model/project.h"
#include "pages/rule.h"

namespace tfcheck {

// True when facts of a file could pass a test, by the file's format and path.
bool fits_file(const FactTest& test, const ProjectFile& file);

// True when a fact passes a test, companions left aside.
bool passes(const FactTest& test, const Project& project, FactRef ref);

}  // namespace tfcheck
