// .gitattributes: `pattern attribute …` lines. Per attribute an Entry (name: the attribute, value: the pattern).
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& gitattributes_adapter();

}  // namespace tfcheck
