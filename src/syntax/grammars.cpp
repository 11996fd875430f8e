#include "syntax/grammars.h"

#include <meter.h>
#include <src/parser.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

extern "C" {
const TSLanguage* tree_sitter_bash();
const TSLanguage* tree_sitter_c_sharp();
const TSLanguage* tree_sitter_go();
const TSLanguage* tree_sitter_java();
const TSLanguage* tree_sitter_javascript();
const TSLanguage* tree_sitter_json();
const TSLanguage* tree_sitter_php();
const TSLanguage* tree_sitter_python();
const TSLanguage* tree_sitter_ruby();
const TSLanguage* tree_sitter_toml();
const TSLanguage* tree_sitter_tsx();
const TSLanguage* tree_sitter_typescript();
const TSLanguage* tree_sitter_xml();
const TSLanguage* tree_sitter_yaml();
}

namespace tfcheck {

namespace {

constexpr size_t count = static_cast<size_t>(Grammar::Count);
constexpr std::array<const TSLanguage* (*)(), count> originals = {
    tree_sitter_bash, tree_sitter_c_sharp,    tree_sitter_go,     tree_sitter_java, tree_sitter_javascript,
    tree_sitter_json, tree_sitter_php,        tree_sitter_python, tree_sitter_ruby, tree_sitter_toml,
    tree_sitter_tsx,  tree_sitter_typescript, tree_sitter_xml,    tree_sitter_yaml};

// Scanners are told to stay within 1,024 bytes. Some test for the end before they write an entry of several bytes, some
// drop what does not fit: a state that comes this close to the end is taken for one that did not fit.
constexpr unsigned largest_state = TREE_SITTER_SERIALIZATION_BUFFER_SIZE - 4;
// Scanners rebuild lists of names from their state before every token.
constexpr unsigned state_bytes_per_unit = 8;
// What a scanner may write before its length is known.
constexpr size_t scanner_room = size_t{64} << 10;

[[noreturn]] void broken_grammar(const char* what, std::string_view name) {
  std::fprintf(stderr, "tfcheck: bug: %s: %.*s\n", what, static_cast<int>(name.size()), name.data());
  std::abort();
}

// Plain functions are all that a TSLanguage takes, so each grammar has its own set.
template <size_t I>
struct GuardedScanner {
  static bool scan(void* payload, TSLexer* lexer, const bool* valid) {
    ++tf_parse_meter.work;
    return !tf_parse_meter.stopped && originals[I]()->external_scanner.scan(payload, lexer, valid);
  }

  static unsigned serialize(void* payload, char* buffer) {
    alignas(uint32_t) thread_local std::array<char, scanner_room> room;
    unsigned length = originals[I]()->external_scanner.serialize(payload, room.data());
    if (length > largest_state) {
      tf_parse_meter.scanner_overflow = tf_parse_meter.stopped = true;
      return 0;
    }
    tf_parse_meter.work += length / state_bytes_per_unit;
    std::memcpy(buffer, room.data(), length);
    return length;
  }

  static void deserialize(void* payload, const char* buffer, unsigned length) {
    tf_parse_meter.work += length / state_bytes_per_unit;
    originals[I]()->external_scanner.deserialize(payload, buffer, length);
  }
};

// tree-sitter's own allocator ends the program when memory runs out; a C++ exception gets to the top, which says so.
void* checked(void* memory, size_t size) {
  if (!memory && size != 0) throw std::bad_alloc();
  return memory;
}

void* allocate(size_t size) {
  return checked(std::malloc(size), size);
}

void* allocate_zeroed(size_t many, size_t size) {
  return checked(std::calloc(many, size), many * size);
}

void* reallocate(void* old, size_t size) {
  return checked(std::realloc(old, size), size);
}

// The struct has grown: grammars of an older ABI end where it ended then.
TSLanguage copy_of(const TSLanguage& original) {
  if (original.abi_version > TREE_SITTER_LANGUAGE_VERSION) broken_grammar("a grammar of an unknown ABI", "");
  TSLanguage copy = {};
  std::memcpy(&copy, &original, original.abi_version < 15 ? offsetof(TSLanguage, name) : sizeof(TSLanguage));
  return copy;
}

template <size_t I>
void guard(TSLanguage& language) {
  if (!language.external_scanner.states) return;
  language.external_scanner.scan = GuardedScanner<I>::scan;
  language.external_scanner.serialize = GuardedScanner<I>::serialize;
  language.external_scanner.deserialize = GuardedScanner<I>::deserialize;
}

template <size_t... I>
std::array<TSLanguage, count> guarded(std::index_sequence<I...>) {
  std::array<TSLanguage, count> languages = {copy_of(*originals[I]())...};
  (guard<I>(languages[I]), ...);
  ts_set_allocator(allocate, allocate_zeroed, reallocate, std::free);
  return languages;
}

}  // namespace

const TSLanguage* grammar_language(Grammar grammar) {
  static const std::array<TSLanguage, count> languages = guarded(std::make_index_sequence<count>());
  return &languages[static_cast<size_t>(grammar)];
}

TSSymbol node_symbol(Grammar grammar, std::string_view name) {
  TSSymbol symbol =
      ts_language_symbol_for_name(grammar_language(grammar), name.data(), static_cast<uint32_t>(name.size()), true);
  if (symbol == 0) broken_grammar("the grammar has no such node", name);
  return symbol;
}

TSFieldId field_id(Grammar grammar, std::string_view name) {
  TSFieldId id =
      ts_language_field_id_for_name(grammar_language(grammar), name.data(), static_cast<uint32_t>(name.size()));
  if (id == 0) broken_grammar("the grammar has no such field", name);
  return id;
}

}  // namespace tfcheck

extern "C" void tf_foreign_assert_failed(const char* what, const char*, int) {
  throw tfcheck::ForeignAssertion(what);
}
