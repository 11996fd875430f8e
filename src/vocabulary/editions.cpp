#include "vocabulary/editions.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

namespace {

// "2026.12" as two numbers; none for other words.
std::optional<std::pair<unsigned, unsigned>> numbers_of(std::string_view name) {
  constexpr size_t most_digits = 6;
  std::vector<std::string_view> parts = split(name, '.');
  bool is_name = parts.size() == 2 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
                   return is_digits(part) && part.size() <= most_digits;
                 });
  if (!is_name) return std::nullopt;
  return std::pair(static_cast<unsigned>(std::stoul(std::string(parts[0]))),
                   static_cast<unsigned>(std::stoul(std::string(parts[1]))));
}

}  // namespace

std::vector<Edition> editions_of(const Vocabulary& vocabulary) {
  if (!vocabulary.find("edition.name")) return {};
  const WordTable& table = vocabulary.table("edition");
  size_t date = table.column("date");
  std::vector<Edition> editions;
  for (const WordTable::Row& row : table.rows())
    editions.push_back({std::string(row.one(0)), std::string(row.one(date))});
  return editions;
}

std::optional<uint32_t> find_edition(std::span<const Edition> editions, std::string_view name) {
  for (uint32_t i = 0; i < editions.size(); ++i) {
    if (editions[i].name == name) return i;
  }
  return std::nullopt;
}

Error no_such_edition(std::span<const Edition> editions, std::string_view name) {
  Error error{"there is no edition '" + std::string(name) + "'", "", 0, ""};
  std::vector<std::string> names;
  for (const Edition& edition : editions) names.push_back(edition.name);
  if (names.empty()) return error;
  auto asked = numbers_of(name), newest = numbers_of(names.back());
  std::string near = nearest(name, names);
  if (asked && newest && *asked > *newest)
    error.hint = "the newest that this tfcheck knows is '" + names.back() + "'";
  else
    error.hint = near.empty() ? "the newest is '" + names.back() + "'" : "did you mean '" + near + "'?";
  return error;
}

}  // namespace tfcheck
