// Fluentd (`<match **>` … `</match>`) and the classic files of Fluent Bit (`[OUTPUT]`, `Key value`): what takes logs to
// where they are kept. The files that they name are those of others.
#pragma once

#include <string_view>

#include "facts/adapter.h"

namespace tfcheck {

// By what only its files begin with.
bool looks_like_fluent(std::string_view text);
const Adapter& fluent_adapter();

}  // namespace tfcheck
