// The lines of an INI file as keys and values, before any dialect gives them a meaning.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tfcheck {

// How dialects differ; bits of a mask.
namespace ini_style {
enum : uint32_t {
  Colon = 1u << 0,      // `key: value` too
  Indent = 1u << 1,     // an indented line continues the value above it
  Backslash = 1u << 2,  // a backslash at a line's end continues it
  Inline = 1u << 3,     // `value ; comment` and `value # comment`
  Quotes = 1u << 4,     // quotes round a whole value are no part of it
  BareKeys = 1u << 5,   // a line without a delimiter is a key
};
}  // namespace ini_style

struct IniEntry {
  std::string_view section;  // "" before the first one
  std::string_view key;
  std::string_view raw;  // the value as it stands, with the line ends and comments of continuation lines
  Span key_span;
  bool header = false;  // a [section] line: key is empty, key_span its own
  bool has_value = false;
  bool quoted = false;
  bool folded = false;  // raw has several lines

  // The value on one line per continuation line, without comments and empty lines.
  std::string text() const;
};

// Headers and entries in file order. The texts are views of the file's.
struct IniFile {
  std::vector<IniEntry> entries;
  bool has_errors = false;
};

IniFile read_ini(std::string_view text, uint32_t style);

}  // namespace tfcheck
