#include <fmt/format.h>

#include <thread>

#include "base/text.h"
#include "base/version.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/safe_text.h"
#include "pages/embedded.h"
#include "session/load.h"

namespace tfcheck {

SafeText::SafeText() : vocabulary_(built_in_vocabulary()), patterns_(*vocabulary_), words_(*vocabulary_) {}

std::string SafeText::operator()(const std::string& text) {
  std::vector<Span> secrets = sensitive_parts(words_, text, TextKind::Prose);
  std::vector<Span> tokens = patterns_.find_in(text);
  secrets.insert(secrets.end(), tokens.begin(), tokens.end());
  return printable(mask_spans(text, merge_spans(std::move(secrets))));
}

// An error quotes what the audited tree wrote, its configuration and packs.
int fail(const Error& error) {
  SafeText safe;
  Error shown{safe(error.message), safe(error.file), error.line, safe(error.hint)};
  tell(fmt::format("tfcheck: error: {}\n", to_string(shown)));
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
