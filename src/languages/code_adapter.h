// The adapter of a language: everything that an Adapter says is in the Language.
#pragma once

#include <vector>

#include "languages/language.h"

namespace tfcheck {

// Parses a file and adds its facts.
void extract_code(const CompiledLanguage& language, const SourceFile& file, FileFacts& facts);
// Adds its imports only, without a parse.
void scan_code(const Language& language, const SourceFile& file, FileFacts& facts);

template <const Language& language>
const CompiledLanguage& compiled() {
  static const CompiledLanguage made(language);
  return made;
}

// The formats of a language: its own, and those of the files that its code stands in.
std::vector<Format> formats_of(const Language& language);

// `const Adapter& kotlin_adapter() { return code_adapter<kotlin>(); }`
template <const Language& language>
const Adapter& code_adapter() {
  static const std::vector<Format> formats = formats_of(language);
  // No constant: with sanitizers g++ takes no function's address for one that is not null.
  static const Adapter adapter{
      .name = language.name,
      .kind = AdapterKind::Code,
      .version = 1,
      .patterns = language.files,
      .interpreters = language.interpreters,
      .test_files = language.test_files,
      .extract = [](const SourceFile& file, FileFacts& facts) { extract_code(compiled<language>(), file, facts); },
      .scan_imports = language.imports.finds()
                          ? +[](const SourceFile& file, FileFacts& facts) { scan_code(language, file, facts); }
                          : nullptr,
      .environment_words = language.environment.words,
      .command_calls = language.shell.calls,
      .more_command_calls = language.shell.calls_behind,
      .formats = formats};
  return adapter;
}

}  // namespace tfcheck
