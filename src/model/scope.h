// What a file is for: the role of its path in the repository. Rules look at app source and deploy configuration; tests,
// documentation, examples, generated, vendored and minified files are out of scope unless a rule asks for them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

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

// The scope that a path shows by itself.
uint32_t scope_of_path(std::string_view path);
// The two halves of it, for callers that go through a folder's files: what the folders say, and what the name says.
uint32_t scope_of_folder(std::string_view folder);
uint32_t scope_of_name(std::string_view folder, std::string_view name);
// What only the text shows: a "generated" header, minified lines. Looks at the first kilobytes.
uint32_t scope_of_text(std::string_view path, std::string_view text);
// "test, vendored"; "" for ordinary files.
std::string scope_names(uint32_t scope);
// The bit of a scope's name, 0 when there is no such scope.
uint32_t scope_bit(std::string_view name);

}  // namespace tfcheck
