// JavaScript and TypeScript, JSX and TSX: one table of node kinds and one set of idioms for three grammars.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& javascript_adapter();
const Adapter& typescript_adapter();

}  // namespace tfcheck
