// Settings that a program takes from its environment or its command line through a library, told of the facts of one
// file: fields of settings classes, options of parsers, schemas of variables. They become reads of the environment with
// a default, so that every rule judges them as such.
#pragma once

#include "facts/file_facts.h"

namespace tfcheck {

void find_settings(FileFacts& facts);

}  // namespace tfcheck
