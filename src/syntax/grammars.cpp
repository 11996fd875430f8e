#include "syntax/grammars.h"

#include <meter.h>
#include <src/parser.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

namespace tfcheck {

namespace {

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

}  // namespace

namespace scanner {

bool scan(const TSLanguage& original, void* payload, TSLexer* lexer, const bool* valid) {
  ++tf_parse_meter.work;
  return !tf_parse_meter.stopped && original.external_scanner.scan(payload, lexer, valid);
}

unsigned serialize(const TSLanguage& original, void* payload, char* buffer) {
  alignas(uint32_t) thread_local std::array<char, scanner_room> room;
  unsigned length = original.external_scanner.serialize(payload, room.data());
  if (length > largest_state) {
    tf_parse_meter.scanner_overflow = tf_parse_meter.stopped = true;
    return 0;
  }
  tf_parse_meter.work += length / state_bytes_per_unit;
  std::memcpy(buffer, room.data(), length);
  return length;
}

void deserialize(const TSLanguage& original, void* payload, const char* buffer, unsigned length) {
  tf_parse_meter.work += length / state_bytes_per_unit;
  original.external_scanner.deserialize(payload, buffer, length);
}

const TSLanguage* guarded_copy(const TSLanguage& original, const Guard& guard) {
  static const bool allocates = (ts_set_allocator(allocate, allocate_zeroed, reallocate, std::free), true);
  auto copy = std::make_unique<TSLanguage>(copy_of(original));
  if (allocates && copy->external_scanner.states) {
    copy->external_scanner.scan = guard.scan;
    copy->external_scanner.serialize = guard.serialize;
    copy->external_scanner.deserialize = guard.deserialize;
  }
  return copy.release();
}

}  // namespace scanner

TSSymbol node_symbol(Grammar grammar, std::string_view name) {
  TSSymbol symbol = ts_language_symbol_for_name(grammar(), name.data(), static_cast<uint32_t>(name.size()), true);
  if (symbol == 0) broken_grammar("the grammar has no such node", name);
  return symbol;
}

TSSymbol token_symbol(Grammar grammar, std::string_view token) {
  TSSymbol symbol = ts_language_symbol_for_name(grammar(), token.data(), static_cast<uint32_t>(token.size()), false);
  if (symbol == 0) broken_grammar("the grammar has no such token", token);
  return symbol;
}

TSFieldId field_id(Grammar grammar, std::string_view name) {
  TSFieldId id = ts_language_field_id_for_name(grammar(), name.data(), static_cast<uint32_t>(name.size()));
  if (id == 0) broken_grammar("the grammar has no such field", name);
  return id;
}

}  // namespace tfcheck

extern "C" void tf_foreign_assert_failed(const char* what, const char*, int) {
  throw tfcheck::ForeignAssertion(what);
}
