// What is in force for a run: .tfcheck.toml at the root of the audited tree, overlaid by flags. Discovery, strict
// reading (an unknown key is an error with the nearest spelling), and the merge.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/finding.h"
#include "model/project.h"

namespace tfcheck {

struct RuleConfig {
  std::optional<bool> enabled;
  std::string reason;  // why a rule is off
  std::optional<Severity> severity;
};

// An exception that a file without comments cannot carry: this rule, this path, this reason.
struct IgnoreConfig {
  std::string rule;
  std::string path;  // path glob
  std::string reason;
};

struct Config {
  std::string file;                           // where it was read from, "" for none
  std::vector<std::string> select;            // rule globs; empty: all
  std::vector<std::string> ignore;            // rule globs
  std::vector<std::string> exclude;           // path globs
  std::vector<std::string> packs;             // folders or pages of user rules, resolved against the file's folder
  std::map<std::string, RuleConfig> rules;    // by id
  std::map<std::string, RuleConfig> factors;  // by factor
  std::map<std::string, ComponentKind> components;  // kind by root ("." for the audit's root)
  std::vector<IgnoreConfig> ignores;
  std::optional<Severity> fail_on;  // none: never
  bool fail_on_set = false;         // the file says something about it
  std::optional<double> min_score;
};

// Reads the text of a configuration file. `rule_ids` are the known rules, for "did you mean".
Result<Config> parse_config(std::string_view file, std::string_view text);
// The .tfcheck.toml of a tree: in `root` or, inside a repository, in the folders above it up to the repository's root.
// "" when there is none.
std::string find_config(const std::string& root);
// Checks the rule names of a configuration against the rules that exist.
std::optional<Error> check_rule_names(const Config& config, const std::vector<std::string>& ids);

// True when the rule is on: selected, not ignored, neither it nor its factor switched off.
bool rule_enabled(const Config& config, std::string_view id);
// "logs", "logs/*", "*/hardcoded-*", "log-file" against "logs/log-file".
bool rule_glob_match(std::string_view pattern, std::string_view id);

Result<Severity> parse_severity(std::string_view word);

}  // namespace tfcheck
