// What the build puts into the binary from rules/: the pages, the vocabularies and the table of native rules.
#pragma once

#include <span>
#include <string_view>

namespace tfcheck {

class NativeContext;

struct EmbeddedFile {
  std::string_view path;  // "logs/log-file.md", "vocabulary/streams.toml"
  std::string_view text;
};

struct NativeRule {
  std::string_view id;
  void (*check)(NativeContext& context) = nullptr;
};

std::span<const EmbeddedFile> embedded_files();
std::span<const NativeRule> native_rules();

}  // namespace tfcheck
