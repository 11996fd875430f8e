#include <fmt/format.h>

#include <thread>

#include "base/text.h"
#include "base/version.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "masking/sensitive_text.h"
#include "masking/text_patterns.h"
#include "pages/embedded.h"
#include "session/load.h"

namespace tfcheck {

// An error quotes what the audited tree wrote, its configuration and packs, and may come before rules could be read.
int fail(const Error& error) {
  std::unique_ptr<Vocabulary> vocabulary = built_in_vocabulary();
  TextPatterns patterns(*vocabulary);
  MaskWords words(*vocabulary);
  auto shown = [&](const std::string& text) {
    std::vector<Span> secrets = sensitive_parts(words, text, TextKind::Prose);
    std::vector<Span> tokens = patterns.find_in(text);
    secrets.insert(secrets.end(), tokens.begin(), tokens.end());
    return printable(mask_spans(text, merge_spans(std::move(secrets))));
  };
  Error safe{shown(error.message), shown(error.file), error.line, shown(error.hint)};
  tell(fmt::format("tfcheck: error: {}\n", to_string(safe)));
  return exit_trouble;
}

std::string version_line() {
  return fmt::format("tfcheck {} (edition {} of the rules)", program_version(), embedded_rules().edition);
}

int run_version() {
  return print_and_exit(version_line() + "\n", exit_clean);
}

unsigned thread_count(const Options& options) {
  unsigned cores = std::thread::hardware_concurrency();
  return options.jobs ? options.jobs : cores ? cores : 1;
}

}  // namespace tfcheck
