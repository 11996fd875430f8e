// A language and a format that only this test knows.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& toy_adapter();
const Adapter& toy_settings_adapter();

}  // namespace tfcheck
