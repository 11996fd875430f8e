// The few shapes of Ruby that manifests are written in: a word, then strings, symbols, arrays and keywords. Anything
// else is a token without meaning.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tfcheck {

struct RubyToken {
  enum class Kind : uint8_t { String, Symbol, Key, Word, Mark };
  Kind kind = Kind::Mark;
  std::string_view text;  // content of a string, name of a symbol or key (`name:`), the characters of a mark
  Span span;
};

// A statement: the tokens of one line and of those that plainly continue it.
using RubyStatement = std::vector<RubyToken>;

std::vector<RubyStatement> read_ruby_statements(std::string_view text);

}  // namespace tfcheck
