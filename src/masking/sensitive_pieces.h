// A secret that is put together from pieces: what was written of it, where its text stands nowhere as a whole.
#pragma once

#include <string_view>
#include <vector>

#include "masking/sensitive_facts.h"

namespace tfcheck {

// The pieces of `secret` in the expression that gives it, as they are written: only those that no ordinary word looks
// like. Linear in both.
std::vector<std::string_view> secret_pieces(const MaskWords& words, std::string_view written, std::string_view secret);
// The texts of a file's constants that stand by their names in expressions that give one of `secrets`.
std::vector<std::string_view> secret_constants(const MaskWords& words, const FileFacts& facts, std::string_view text,
                                               const std::vector<SensitiveText>& secrets);
// The secret without its blanks when it has some: as lines are joined elsewhere. "" when it has none.
std::string without_blanks(std::string_view secret);

}  // namespace tfcheck
