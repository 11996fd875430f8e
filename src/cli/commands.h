// One function per command; each lives in a file of its name. They return the program's exit code.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/options.h"
#include "config/config.h"
#include "pages/rule_set.h"
#include "repo/file_set.h"

namespace tfcheck {

int run_check(const Options& options);
int run_explain(const Options& options);
int run_rules(const Options& options);
int run_files(const Options& options);
int run_facts(const Options& options);
int run_version();

// Shared by the commands (shared.cpp).

// Prints "tfcheck: error: …", without secrets that it quotes, and returns the exit code of trouble.
int fail(const Error& error);
// The configuration in force: the file's, or none when isolated; the flags laid over it.
Result<Config> load_config(const Options& options);
// Which files the flags and the configuration mean.
FileSetOptions file_set_options(const Options& options, const Config& config);
// The embedded rules and the packs of flags and configuration.
Result<RuleSet> load_rules(const Options& options, const Config& config);
// The embedded rules and packs: `packs` as they are read, then the folders and pages that the user named, of which a
// checkout of this project replaces the embedded rules.
Result<RuleSet> load_packs(const std::vector<std::string>& paths, std::vector<RulePack> packs = {});
unsigned thread_count(const Options& options);

}  // namespace tfcheck
