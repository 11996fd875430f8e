// The commands that stand in a text, as shell text or as lists of words, and the secrets among their words.
#pragma once

#include <string_view>
#include <vector>

#include "base/span.h"
#include "masking/literal_scan.h"
#include "masking/mask_words.h"

namespace tfcheck {

// By masking/sensitive_command.h. In code a word with `=` behind an option is an argument of a call, no value of it.
std::vector<Span> command_secrets(const MaskWords& words, std::string_view text, TextKind kind);

}  // namespace tfcheck
