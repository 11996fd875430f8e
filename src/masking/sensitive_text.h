// What in a text is a secret by the place where it stands, whether or not a rule knows it: passwords of URLs, values
// given to a name that announces a secret, options of commands, authorization headers. One pass over a line of source
// or over words that are about to be shown; linear in their length.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "masking/literal_scan.h"
#include "masking/mask_words.h"

namespace tfcheck {

// Ascending, disjoint; only the secrets' own characters.
std::vector<Span> sensitive_parts(const MaskWords& words, std::string_view text, TextKind kind);
// The text with those masked.
std::string mask_sensitive(const MaskWords& words, std::string_view text, TextKind kind);
// The text with the spans (ascending, disjoint) masked.
std::string mask_spans(std::string_view text, const std::vector<Span>& spans);

}  // namespace tfcheck
