#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "engine/embedded.h"

namespace tfcheck {

const char* version() {
  return TFCHECK_VERSION;
}

int fail(const Error& error) {
  Error safe{printable(error.message), printable(error.file), error.line, printable(error.hint)};
  tell(fmt::format("tfcheck: error: {}\n", to_string(safe)));
  return exit_trouble;
}

int run_version() {
  return print_and_exit(fmt::format("tfcheck {}\n", version()), exit_clean);
}

FileSetOptions file_set_options(const Options& options, const Config& config) {
  FileSetOptions set;
  set.source = options.staged             ? FileSource::Index
               : options.revision.empty() ? FileSource::WorkTree
                                          : FileSource::Commit;
  set.revision = options.revision;
  set.exclude = config.exclude;
  return set;
}

Result<Config> load_config(const Options& options) {
  Config config;
  std::string file = options.config;
  if (file.empty() && !options.isolated) file = find_config(options.path);
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

namespace {

namespace fs = std::filesystem;

// The folder of a page or folder of pages that holds a vocabulary and the built-in rules; "" when there is none.
fs::path checkout_of(const fs::path& path) {
  std::error_code failed;
  for (fs::path folder = fs::absolute(path, failed); folder.has_relative_path(); folder = folder.parent_path()) {
    if (fs::exists(folder / "logs" / "log-file.md", failed) && fs::is_directory(folder / "vocabulary", failed))
      return folder;
  }
  return {};
}

}  // namespace

// Pages of a checkout of this project stand for the built-in ones, so that editing a page needs no build.
Result<RuleSet> load_packs(const std::vector<std::string>& paths) {
  std::vector<std::string> packs;
  bool replaces = false;
  for (const std::string& path : paths) {
    fs::path own = checkout_of(path);
    replaces |= !own.empty();
    packs.push_back(own.empty() ? path : own.string());
  }
  std::sort(packs.begin(), packs.end());
  packs.erase(std::unique(packs.begin(), packs.end()), packs.end());
  return RuleSet::load(replaces ? std::span<const EmbeddedFile>{} : embedded_files(), native_rules(), packs);
}

Result<RuleSet> load_rules(const Options& options, const Config& config) {
  std::vector<std::string> packs = config.packs;
  packs.insert(packs.end(), options.packs.begin(), options.packs.end());
  return load_packs(packs);
}

unsigned thread_count(const Options& options) {
  unsigned cores = std::thread::hardware_concurrency();
  return options.jobs ? options.jobs : cores ? cores : 1;
}

}  // namespace tfcheck
