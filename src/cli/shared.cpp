#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "engine/embedded.h"

namespace tfcheck {

const char* version() { return TFCHECK_VERSION; }

int fail(const Error& error) {
  Error safe{printable(error.message), printable(error.file), error.line, printable(error.hint)};
  fmt::print(stderr, "tfcheck: error: {}\n", to_string(safe));
  return exit_trouble;
}

int run_version() {
  fmt::print("tfcheck {}\n", version());
  return exit_clean;
}

Result<Config> load_config(const Options& options, const RepositoryInfo& repository) {
  Config config;
  std::string file = options.config;
  if (file.empty() && !options.isolated) file = find_config(options.path, repository.work_tree);
  if (!file.empty()) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return Error{"the configuration file cannot be read", file, 0, ""};
    std::stringstream text;
    text << stream.rdbuf();
    Result<Config> read = parse_config(file, text.str());
    if (!read) return read.error();
    config = std::move(*read);
  }
  if (!options.select.empty()) config.select = options.select;
  config.ignore.insert(config.ignore.end(), options.ignore.begin(), options.ignore.end());
  config.exclude.insert(config.exclude.end(), options.exclude.begin(), options.exclude.end());
  if (options.min_score) config.min_score = options.min_score;
  if (options.fail_on || !config.fail_on_set) {
    std::string word = options.fail_on.value_or("warning");
    config.fail_on.reset();
    if (word != "never") {
      Result<Severity> severity = parse_severity(word);
      if (!severity) return Error{"--fail-on: " + severity.error().message, "", 0, severity.error().hint};
      config.fail_on = *severity;
    }
  }
  return config;
}

Result<RuleSet> load_rules(const Options& options, const Config& config) {
  std::vector<std::string> packs = config.packs;
  packs.insert(packs.end(), options.packs.begin(), options.packs.end());
  return RuleSet::load(embedded_files(), native_rules(), packs);
}

unsigned thread_count(const Options& options) {
  unsigned cores = std::thread::hardware_concurrency();
  return options.jobs ? options.jobs : cores ? cores : 1;
}

}  // namespace tfcheck
