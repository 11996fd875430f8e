// The grammars of npm, guarded: their tables are tree-sitter's, but every call of a grammar's external scanner
// (hand-written C that trusts its input) goes through a check of ours. Nothing lists them: whoever reads with a grammar
// declares it, and the linker takes what is declared.
//
//   extern "C" const TSLanguage* tree_sitter_json();
//   constexpr Grammar json = guarded<tree_sitter_json>;
#pragma once

#include <tree_sitter/api.h>

#include <cstdint>
#include <stdexcept>
#include <string_view>

struct TSLexer;

namespace tfcheck {

// Gives the guarded tables of a grammar, the same at every call.
using Grammar = const TSLanguage* (*)();

// Symbol and field ids by name; a name that the grammar lacks ends the program, so a renamed node shows on the first
// run.
TSSymbol node_symbol(Grammar grammar, std::string_view name);
TSSymbol token_symbol(Grammar grammar, std::string_view token);
TSFieldId field_id(Grammar grammar, std::string_view name);

// An assertion of tree-sitter or of a grammar that failed while a file was parsed: a bug of theirs that costs this
// file. The parser that threw it must not be used again.
struct ForeignAssertion : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The scanner of a grammar behind its guard. Plain functions are all that a TSLanguage takes, so each grammar has its
// own set.
namespace scanner {
bool scan(const TSLanguage& original, void* payload, TSLexer* lexer, const bool* valid);
unsigned serialize(const TSLanguage& original, void* payload, char* buffer);
void deserialize(const TSLanguage& original, void* payload, const char* buffer, unsigned length);

struct Guard {
  bool (*scan)(void*, TSLexer*, const bool*);
  unsigned (*serialize)(void*, char*);
  void (*deserialize)(void*, const char*, unsigned);
};
// A copy of a grammar's tables with the guard in them; it is never freed.
const TSLanguage* guarded_copy(const TSLanguage& original, const Guard& guard);
}  // namespace scanner

template <const TSLanguage* (*original)()>
const TSLanguage* guarded() {
  static constexpr scanner::Guard guard{
      [](void* payload, TSLexer* lexer, const bool* valid) {
        return scanner::scan(*original(), payload, lexer, valid);
      },
      [](void* payload, char* buffer) { return scanner::serialize(*original(), payload, buffer); },
      [](void* payload, const char* buffer, unsigned length) {
        scanner::deserialize(*original(), payload, buffer, length);
      }};
  static const TSLanguage* const copy = scanner::guarded_copy(*original(), guard);
  return copy;
}

}  // namespace tfcheck
