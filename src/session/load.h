// Where an audit's configuration, rules and files come from: what the user names, and what the audited tree brings
// along.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/config.h"
#include "pages/rule_set.h"
#include "repo/file_set.h"
#include "report/baseline.h"

namespace tfcheck {

// What a user says of an audit.
struct AuditSetup {
  std::string path = ".";
  bool staged = false;    // the index is audited
  std::string revision;   // or a commit; else the work tree
  std::string config;     // a configuration file, in place of the tree's own
  bool isolated = false;  // no configuration file
  ConfigFlags flags;      // what also a configuration could say
  std::vector<std::string> packs;
  std::string baseline;      // a file of known findings, in place of the tree's own
  bool no_baseline = false;  // none counts
  std::string since;  // what was there where the work left this commit or branch is known, in place of a baseline
};

// The configuration in force and the rules that it is about: all names that it has for rules are theirs.
struct LoadedSetup {
  Config config;
  RuleSet rules;
};

Result<LoadedSetup> load_setup(const AuditSetup& setup);
// The findings that are known: the user's file, or the nearest tfcheck-baseline.json of what is audited, which
// --isolated leaves alone as it does a configuration. Nothing where there is none.
Result<std::optional<Baseline>> load_baseline(const AuditSetup& setup);
// The commit that `since` of a setup leads to (repo/merge_base.h), "" when nothing was there yet.
Result<std::string> commit_since(const AuditSetup& setup);
// The files that are meant, without those of `exclude_paths`.
Result<FileSet> open_files(const AuditSetup& setup, const Config& config, std::vector<std::string> exclude_paths = {});

// The embedded rules and packs: `packs` as they are read, then the folders and pages that the user named, of which a
// checkout of this project replaces the embedded rules.
Result<RuleSet> load_rules(const std::vector<std::string>& paths, std::vector<RulePack> packs = {});

// What this program was built with, whatever packs there are.
std::unique_ptr<Vocabulary> built_in_vocabulary();

}  // namespace tfcheck
