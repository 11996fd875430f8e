// What is in force for a run: .tfcheck.toml of the audited tree or the user's own file, overlaid by flags. Strict
// reading: an unknown key is an error with the nearest spelling.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/component_kind.h"
#include "base/result.h"
#include "base/severity.h"
#include "vocabulary/editions.h"

namespace tfcheck {

struct RuleConfig {
  std::optional<bool> enabled;
  std::string reason;  // why a rule is off
  std::optional<Severity> severity;
};

// An exception that a file without comments cannot carry: this rule, this path, this key, this reason.
struct IgnoreConfig {
  std::string rule;
  std::string path;  // path glob
  std::string key;   // glob of the dotted key in the file; "": all of it
  std::string reason;
  uint32_t line = 0;  // of the file
};

// Whose word a configuration is: the user's, who named the file, or the audited tree's, in which it was found.
enum class ConfigOrigin : uint8_t { User, Tree };

// What the command line says of the same things: it stands over the file.
struct ConfigFlags {
  std::vector<std::string> select, ignore, exclude;
  std::optional<std::string> fail_on;
  std::optional<double> min_score;
  std::optional<std::string> edition = {};
};

struct Config {
  ConfigOrigin origin = ConfigOrigin::User;
  std::string file;                  // where it was read from, "" for none
  std::vector<std::string> select;   // rule globs; empty: all
  std::vector<std::string> ignore;   // rule globs
  std::vector<std::string> exclude;  // path globs
  std::string folder;                // that its paths count from, "" for the tree's root
  std::vector<std::string>
      packs;  // folders or pages of user rules: the user's file's against its folder, a tree's as written
  std::map<std::string, RuleConfig> rules;    // by id
  std::map<std::string, RuleConfig> factors;  // by factor
  ComponentKinds components;
  std::vector<IgnoreConfig> ignores;
  std::optional<Severity> fail_on;  // none: never
  bool fail_on_set = false;         // the file says something about it
  std::optional<double> min_score;
  std::string edition;        // that the rules are pinned to, "" for the newest
  uint32_t edition_line = 0;  // of the file; 0: a flag says so
  ConfigFlags flags;          // those that were laid over it
};

// Reads the text of a configuration file; `file` is it in messages. A tree's may name only packs that lie below its own
// folder. Lists and patterns have limits, so that no configuration makes an audit slow.
Result<Config> parse_config(std::string_view file, std::string_view text, ConfigOrigin origin = ConfigOrigin::User);
// Makes the paths of a file's configuration count from a folder of the tree: the one that it lies in.
void count_paths_from(Config& config, const std::string& folder);
// The globs of what is left out, all counted from the tree's root. Flags' do so as they are.
std::vector<std::string> excluded_globs(const Config& config);
// Is this exception of the configuration one for a rule and a file, by its path from the tree's root?
bool covers(const Config& config, const IgnoreConfig& exception, std::string_view rule, std::string_view file);
// Lays flags over a file's configuration (or over none): lists to ignore and exclude grow, everything else is replaced.
// The gate is at warnings when nobody says anything. An error when `fail_on` is no severity.
Result<Config> with_flags(Config config, ConfigFlags flags);
// The ids that rules had before, and what they are called now.
using RenamedRules = std::map<std::string, std::string, std::less<>>;
// Puts today's ids in the place of former ones.
void follow_renames(std::vector<std::string>& names, const RenamedRules& renamed);
void follow_renames(Config& config, const RenamedRules& renamed);
// Checks the rule names of a configuration against the rules that exist.
std::optional<Error> check_rule_names(const Config& config, const std::vector<std::string>& ids);

// Checks that the edition is one of those that there are.
std::optional<Error> check_edition(const Config& config, std::span<const Edition> editions);
// The number of the edition in force among those that there are: the newest where none is pinned.
uint32_t edition_in_force(const Config& config, std::span<const Edition> editions);

// True when the rule is on: selected, not ignored, neither it nor its factor switched off.
bool rule_enabled(const Config& config, std::string_view id);
// "logs", "logs/*", "*/hardcoded-*", "log-file" against "logs/log-file".
bool rule_glob_match(std::string_view pattern, std::string_view id);

Result<Severity> parse_severity(std::string_view word);

}  // namespace tfcheck
