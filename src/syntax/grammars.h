// The grammars that the build links, guarded: their tables are tree-sitter's, but every call of a grammar's external
// scanner (hand-written C that trusts its input) goes through a check of ours.
#pragma once

#include <tree_sitter/api.h>

#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace tfcheck {

// The id is the name of the generated tree_sitter_<name>() function.
enum class Grammar : uint8_t {
  Bash,
  CSharp,
  Go,
  Java,
  JavaScript,
  Json,
  Php,
  Python,
  Ruby,
  Toml,
  Tsx,
  TypeScript,
  Xml,
  Yaml,
  Count
};

const TSLanguage* grammar_language(Grammar grammar);
// Symbol and field ids by name; a name that the grammar lacks ends the program, so a renamed node shows on the first
// run.
TSSymbol node_symbol(Grammar grammar, std::string_view name);
TSFieldId field_id(Grammar grammar, std::string_view name);

// An assertion of tree-sitter or of a grammar that failed while a file was parsed: a bug of theirs that costs this
// file. The parser that threw it must not be used again.
struct ForeignAssertion : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace tfcheck
