// What a file is for: the role of its path in the repository, by the rows of rules/vocabulary/roles.toml. Rules look at
// app source and deploy configuration; tests, documentation, examples, generated, vendored and minified files are out
// of scope unless a rule asks for them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/name_index.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

// Bits; a file can have several. None of them: ordinary source or configuration.
namespace scope {
inline constexpr uint32_t Test = 1u << 0;
inline constexpr uint32_t Documentation = 1u << 1;
inline constexpr uint32_t Example = 1u << 2;
inline constexpr uint32_t Generated = 1u << 3;
inline constexpr uint32_t Vendored = 1u << 4;
inline constexpr uint32_t Minified = 1u << 5;
inline constexpr uint32_t Development = 1u << 6;  // only used on a developer's machine
inline constexpr uint32_t Ci = 1u << 7;           // continuous integration
// What rules do not look at by default.
inline constexpr uint32_t Outside = Test | Documentation | Example | Generated | Vendored | Minified;
}  // namespace scope

// The rows of the vocabulary's table "role", made ready to be asked of every path.
class PathRoles {
 public:
  // Throws std::logic_error when a set or the table is missing, or a row is of no role.
  explicit PathRoles(const Vocabulary& vocabulary);

  // The scope that a path shows by itself.
  uint32_t of_path(std::string_view path) const;
  // The two halves of it, for callers that go through a folder's files: what the folders say, and what the name says.
  uint32_t of_folder(std::string_view folder) const;
  uint32_t of_name(std::string_view folder, std::string_view name) const;
  // What only the text shows: a "generated" header, minified lines. Looks at the first kilobytes.
  uint32_t of_text(std::string_view path, std::string_view text) const;

 private:
  NameIndex folders_, files_, stems_;
  std::unordered_map<std::string, uint32_t> folder_pairs_;  // "static/lib"
  const WordSet &environment_folders_, &package_roots_, &package_root_parents_, &generated_marks_;
};

// "test, vendored"; "" for ordinary files.
std::string scope_names(uint32_t scope);
// The bit of a scope's name, 0 when there is no such scope.
uint32_t scope_bit(std::string_view name);

}  // namespace tfcheck
