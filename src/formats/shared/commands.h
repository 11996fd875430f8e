// Commands of formats: shell text and lists of words whose role the format knows.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "facts/file_facts.h"
#include "languages/shell/shell.h"

namespace tfcheck {

// add_shell() for text whose commands have a role. The result is the first Context.index that they leave free, so that
// two texts never share one.
uint32_t add_commands(FileFacts& facts, const ShellText& shell, CommandRole role);

// Where a list of words stands.
struct WordsPlace {
  Span span;
  std::string_view scope;
  uint32_t index = 0;
  uint32_t flags = 0;
};
// A program of Windows by the name that it has elsewhere: "C:\shop\shop.exe" is "C:/shop/shop".
std::string windows_program(std::string_view written);
// add_exec() likewise.
uint32_t add_command_words(FileFacts& facts, std::span<const Arg> words, const WordsPlace& place, CommandRole role);

}  // namespace tfcheck
