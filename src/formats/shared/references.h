// References inside the text of a configuration value: `${X:-d}`, `%X%`, `{{ x }}`, `<%= ENV['X'] %>` and their like.
// The one reader of them for all formats; tests/formats/references_test.cpp has the table of forms and formats.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "facts/fact.h"

namespace tfcheck {

// What a format knows beyond the forms that all have; bits of a mask, which scalar:: shares.
namespace references {
enum : uint32_t {
  AnyCase = 1u << 8,   // ${x} and $x are variables of the environment whatever their case
  Inside = 1u << 9,    // $X counts inside of a text; elsewhere only as the whole of it
  Doubled = 1u << 10,  // $$ is a dollar
  Parens = 1u << 11,   // $(x) is a variable whatever its case
  Percent = 1u << 12,  // %(x)s, %(x) is another key of the file
  Apart = 1u << 13,    // $x in small letters is a variable only where no letter or digit stands before it
};
// Of families of formats.
inline constexpr uint32_t tree = Inside | Doubled;                          // YAML and JSON
inline constexpr uint32_t shell_like = Inside | Doubled | AnyCase | Apart;  // .env
inline constexpr uint32_t ini = Percent;
}  // namespace references

// One reference of a text.
struct Reference {
  size_t begin = 0;
  size_t end = 0;
  // Env; Name (somebody else resolves it); Template (an expression of a template language, `name` is all of it);
  // Unknown (an expression that ends in a value).
  ValueKind kind = ValueKind::Name;
  std::string_view name = {};
  // What counts when it is not set: text that may hold references of its own, a string of a script, or its code.
  enum class Default : uint8_t { None, Text, String, Code };
  Default has = Default::None;
  std::string_view fallback = {};
};

// The first reference at or behind `from`. `budget` is how many more openings without an end are looked at.
std::optional<Reference> next_reference(std::string_view text, size_t from, uint32_t syntax, size_t& budget);
// How many such openings a text may have; one that has more is no template.
inline constexpr size_t most_unclosed = 64;

// ALL_CAPS: what names of environment variables look like.
bool env_like(std::string_view name);
// A text whose references are written `${X}`, for the shell adapter; nothing when there is no reference of another
// form.
std::optional<std::string> shell_references(std::string_view text);

}  // namespace tfcheck
