// The editions of the rules, in their order: what a configuration pins, and what a page or a match came with. The
// built-in vocabulary lists them (rules/vocabulary/editions.toml); a pack cannot add one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tfcheck {

class Vocabulary;

struct Edition {
  std::string name;  // "2026.2"
  std::string date;  // on which it was closed, "2026-11-28"
};

// In their order, the newest last; none where the vocabulary lists none.
std::vector<Edition> editions_of(const Vocabulary& vocabulary);
// The number of an edition among them.
std::optional<uint32_t> find_edition(std::span<const Edition> editions, std::string_view name);
// Why there is none of that name, with the nearest one, or the newest where a later one is meant; without a place.
Error no_such_edition(std::span<const Edition> editions, std::string_view name);

}  // namespace tfcheck
