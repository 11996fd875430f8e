// One function per command; each lives in a file of its name. They return the program's exit code.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/options.h"

namespace tfcheck {

int run_check(const Options& options);
int run_explain(const Options& options);
int run_rules(const Options& options);
int run_rules_edition(const Options& options);  // `rules --edition`
int run_files(const Options& options);
int run_facts(const Options& options);
int run_derived_facts(const Options& options);  // `facts --derived`
int run_components(const Options& options);
int run_env(const Options& options);
int run_services(const Options& options);
int run_baseline(const Options& options);
int run_history(const Options& options);
int run_version();

// Shared by the commands (shared.cpp).

// Prints "tfcheck: error: …", without secrets that it quotes, and returns the exit code of trouble.
int fail(const Error& error);
// "tfcheck 0.1.0 (edition 2026.2 of the rules)".
std::string version_line();
// How many threads an audit has.
unsigned thread_count(const Options& options);

}  // namespace tfcheck
