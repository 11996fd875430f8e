// How reports read the audited tree. Indices are those of findings; what is left empty is not known.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "facts/file_facts.h"
#include "masking/sensitive_text.h"

namespace tfcheck {

struct Sources {
  const MaskWords* words = nullptr;                     // by which secrets are known; never null
  std::function<std::string(uint32_t file)> text;       // decoded as the rules saw it; "" when it cannot be read
  std::function<std::string_view(uint32_t file)> path;  // relative to the root, raw bytes
  std::function<std::string_view(uint32_t rule)> rule_id;
  // What rules and patterns recognised as secrets of a file, whether or not a finding tells of them.
  std::function<std::span<const Span>(uint32_t file)> secrets = {};
  std::function<const FileFacts*(uint32_t file)> facts = {};  // null when it was not parsed
  std::function<TextKind(uint32_t file)> kind = {};
  std::function<std::vector<Span>(std::string_view text)> recognise = {};  // tokens in a text of no file
  uint32_t files = 0;                                                      // how many there are
};

}  // namespace tfcheck
