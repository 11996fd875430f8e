// The lines of a Dockerfile as instructions. Their text keeps the length of what stands in the file, so that every
// position in it is a position in the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tfcheck::dockerfile {

struct Instruction {
  std::string keyword;  // upper case; the inner one of ONBUILD
  Span span;            // in the file, from the keyword to the last character
  // Behind the keyword. Line continuations are "\" and a line end whatever the escape character is, comments and empty
  // lines between them are blanks, here-documents follow as they stand.
  std::string text;
  uint32_t offset = 0;      // of text in the file
  std::string_view script;  // the body of `RUN <<EOF`: shell text that stands in the file, "" otherwise
  uint32_t script_offset = 0;
};

std::vector<Instruction> read_instructions(std::string_view text);

// `--name=value` flags in front of an instruction's arguments.
struct InstructionFlag {
  std::string_view name;
  std::string_view value;
};

struct Arguments {
  std::vector<InstructionFlag> flags;
  std::string_view rest;
};

Arguments split_flags(std::string_view text);

// A word with its position in the text it was read from; quotes and continuations are still in it.
struct RawWord {
  std::string_view text;
  uint32_t begin = 0;
};

// Words between blanks and continuations; quoted blanks do not separate.
std::vector<RawWord> raw_words(std::string_view text);
// As above, but the expression of a template ({{ x }}, <%= x %>) is one word, whatever blanks are in it.
std::vector<RawWord> words_with_expressions(std::string_view text);

// A JSON array of strings: the decoded strings and their positions with quotes. `valid` is false when the text only
// resembles one ('single quotes', a missing comma): Docker then takes it for shell text.
struct ExecForm {
  struct Item {
    std::string text;
    Span span;
  };
  std::vector<Item> items;
  bool valid = false;
};

// Reads the exec form; no items when the text is plain shell text.
ExecForm read_exec_form(std::string_view text);

}  // namespace tfcheck::dockerfile
