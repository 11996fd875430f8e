// What the build puts into the binary from rules/: the pages, what was made of them and of the vocabularies, and the
// table of native rules.
#pragma once

#include <span>
#include <string_view>

namespace tfcheck {

class NativeContext;

struct BuiltInFile {
  std::string_view path;  // "logs/log-file.md", "vocabulary/streams.toml"
  std::string_view text;
};

// The built-in rules as the build's own program (src/rulec) left them: parsed, checked, compiled.
struct EmbeddedRules {
  std::string_view rules;              // RuleSet::archive()
  std::string_view words;              // of scan/prefilter.h, as is the next
  std::string_view database;           // that searches for them
  std::span<const BuiltInFile> pages;  // in the order of their ids
  std::string_view edition;            // the newest, so that asking for the version loads no rules
};

struct NativeRule {
  std::string_view id;
  void (*check)(NativeContext& context) = nullptr;
};

const EmbeddedRules& embedded_rules();
std::span<const NativeRule> native_rules();

}  // namespace tfcheck
