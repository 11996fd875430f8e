// What the build puts into the binary from rules/: the pages, what was made of them and of the vocabularies, and the
// table of native rules.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace tfcheck {

class NativeContext;

struct BuiltInFile {
  std::string_view path;  // "logs/log-file.md", "vocabulary/streams.toml"
  std::string_view text;
};

// A page, and where its text stands among those of all.
struct EmbeddedPage {
  std::string_view path;
  size_t begin;
  size_t size;
};

// Bytes that the build deflated.
struct PackedBytes {
  std::string_view packed;
  size_t size;  // of what they were
};
std::string pack_bytes(std::string_view bytes);
std::string unpack_bytes(PackedBytes bytes);

// The built-in rules as the build's own program (src/rulec) left them: parsed, checked, compiled.
struct EmbeddedRules {
  std::string_view rules;               // RuleSet::archive()
  std::string_view words;               // of scan/prefilter.h, as is the next
  PackedBytes database;                 // that searches for them
  PackedBytes page_texts;               // one behind the other
  std::span<const EmbeddedPage> pages;  // in the order of their ids
  std::string_view edition;             // the newest, so that asking for the version loads no rules
};

// The text of a page by its place in `pages`; all are unpacked, once, and stay. From any thread.
std::string_view page_text_of(const EmbeddedRules& embedded, size_t number);

struct NativeRule {
  std::string_view id;
  void (*check)(NativeContext& context) = nullptr;
};

const EmbeddedRules& embedded_rules();
std::span<const NativeRule> native_rules();

}  // namespace tfcheck
