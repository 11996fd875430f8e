// Directives as entries whose paths are the blocks that they stand in: "http.upstream.backend.ip_hash".
#pragma once

#include <span>
#include <string_view>

#include "facts/file_facts.h"
#include "formats/directives/scanner.h"

namespace tfcheck {

// How a format's directives become entries.
struct DirectiveDialect {
  DirectiveStyle style = {};
  std::span<const std::string_view> named = {};     // blocks whose argument is part of their path
  std::span<const std::string_view> sections = {};  // open a block that the next of them ends; named by an argument
  bool (*is_foreign)(std::string_view block) = nullptr;  // blocks of another language: nothing in them is read
  // The value of a directive's arguments, which stand at `span`; `quoted` when they are one word in quotes.
  Value (*read)(FileFacts& facts, std::string_view text, Span span, bool quoted) = nullptr;
  bool lower_case = false;  // names mean the same in any case
  // Directives whose first argument is the name of what the others are: an entry more, "proxy_set_header.Host".
  std::span<const std::string_view> setters = {};
};

// Adds an Entry for each directive, and for each block with arguments. Context.index numbers the blocks of a file, so
// that directives of one block are known as siblings.
void add_directives(FileFacts& facts, std::string_view text, const DirectiveDialect& dialect);

}  // namespace tfcheck
