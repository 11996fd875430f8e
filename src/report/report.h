// The result of an audit as plain values, with every position resolved and every secret masked. Emitters only format
// it: they see no source text, no rule set and no project.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/factors.h"
#include "base/result.h"
#include "base/span.h"
#include "base/work.h"
#include "engine/finding.h"
#include "pages/page_source.h"

namespace tfcheck {

// A region of a file: 1-based lines, 1-based UTF-16 columns, end exclusive.
struct Region {
  std::string path;  // relative to the repository's root, '/' separators, raw bytes
  Place start;
  Place end;
};

// One source line of a code frame: masked, tabs expanded to spaces, control characters escaped.
struct FrameLine {
  uint32_t line = 1;
  std::string text;
  uint32_t mark_begin = 0;  // marked range in display columns of `text` (0-based, end exclusive); equal: no mark
  uint32_t mark_end = 0;
};

struct ReportPlace {
  Region region;
  std::string note;
  std::vector<FrameLine> frame;
};

// Known: active, and a baseline has it.
enum class FindingState : uint8_t { Active, Suppressed, Known };

// Why a finding fired. Texts are "" where there is nothing of the kind.
struct ReportCause {
  std::string page;                // of the rule, as messages name it
  std::optional<uint32_t> line;    // of the match in the page; none: C++ beside the page decided
  std::string fact;                // what it found, as `tfcheck facts` writes it
  std::string scope;               // where that stands in its file: a function, a key
  std::vector<std::string> flags;  // and how: "dev-guard", "loop"
  std::string command;             // what a command is for: "start", "build"
  std::string format;              // of the finding's file
  std::string role;                // of it: "development"; "" for ordinary source and configuration
  std::string component;           // its root, "." for the repository's
  std::string component_kind;
};

// Where in a history a secret was found; `tfcheck history` only.
struct ReportCommit {
  std::string id;       // of the first commit with this place, or of the object that a reference names
  std::string date;     // when it was committed, as "2026-11-28T09:12:34Z"; "" of no commit
  size_t versions = 1;  // of files that hold the secret
  bool in_head = false;
};

struct ReportFinding {
  std::string rule;     // "logs/log-file"
  uint32_t rule_index;  // into Report::rules
  Severity severity;
  Confidence confidence;
  std::string message;
  ReportPlace primary;
  std::vector<ReportPlace> related;
  std::string fingerprint;   // tfcheck/v1: stable under line moves
  std::string content_hash;  // of what it is and where it stands in its file (report/fingerprint.h)
  std::string place_hash;
  std::string line_hash;  // GitHub's primaryLocationLineHash
  // Several places with the same trouble may be one finding: how many, and content_hash of the first others.
  size_t places = 1;
  std::vector<std::string> joined_hashes;
  size_t known_places = 0;  // of an active finding: a baseline has it, with no more places than these
  FindingState state = FindingState::Active;
  std::string suppression_reason;  // of a suppressed finding
  std::string suppression_mark;    // "gitleaks:allow": another tool's mark suppresses it; "" when it is ours
  // What a note is about that no deploy runs: "development", "examples", "CI", "seed data" or "trials"; "" for all
  // others. A text report counts them; those of the first two stay out of code scanning and of the gate.
  std::string aside;
  std::string why;                    // why it matters, one sentence; "": what its rule says
  std::string fix;                    // what to do, one sentence without its full stop, in the language at hand
  std::optional<LaterEdition> later;  // it came with an edition that is not in force: it costs nothing, stops nobody
  double cost = 0;                    // points of the overall score that mending it would win back
  std::optional<ReportCause> because;
  std::optional<ReportCommit> commit;
};

// A note about what only developers or readers of examples run: it is shown, and stops nobody.
bool is_theirs_alone(const ReportFinding& finding);

// Where something is done right. Nothing of the text is shown.
struct PracticePlace {
  Region region;
  bool whole_file = false;              // the region is line 1
  std::vector<std::string> components;  // roots of those that it speaks for, "." for the repository's
};

// Something that is done right (engine/seen_practices.h).
struct ReportPractice {
  std::string factor;                 // "dependencies"
  std::string name;                   // "lock-file", of the rule
  std::string rule;                   // whose page describes it
  std::string message;                // a few words
  size_t count = 0;                   // of files that show it
  std::vector<PracticePlace> places;  // the first in each component, in the order of files
};

// What a report says of an enabled rule, whether or not it fired.
struct ReportRule {
  std::string id;
  std::string title;    // one line, no full stop
  std::string summary;  // first paragraph
  std::string why;      // first paragraph of "Why it matters"
  std::string fix;      // first paragraph of "What to do"
  PageSource page;      // the whole page in Markdown (pages/rule_page.h)
  Severity severity;
  Confidence confidence;
  std::optional<double> security_severity;  // 0–10; only rules about secrets
  std::string edition = {};                 // that it came with, "" for the program's own and for packs that say none
};

enum class Assessment : uint8_t {
  Assessed,
  PartlyAssessed,  // something that its rules would have looked at was not: the points are the most it can have
  NotApplicable,
  NotAssessed,
};

// What the findings of one rule, or its findings about one kind of fact, take off a factor of a component.
struct RuleLoss {
  std::string rule;
  std::string fact;   // "" for all but those that weigh by their fact
  std::string cause;  // rules of one cause count as repeats of each other; "": the rule's
  std::array<std::array<uint32_t, 3>, 3> findings{};  // how many count, by severity and confidence
  double load = 0;                                    // what they weigh together
  double points = 0;                                  // their share of the points lost
};

struct FactorScore {
  Assessment assessment = Assessment::NotAssessed;
  double points = 0;                  // 0–100 when assessed, also in part
  std::string reason;                 // why it is not applicable or not wholly assessed, "" otherwise
  bool incomplete = false;            // something was not looked at: partly assessed, or not assessed for that reason
  bool only_findings = false;         // nothing but its findings shows that it was looked at
  std::string looked_at = {};         // of a component's: "source, configuration"
  std::vector<RuleLoss> losses = {};  // of a component's, the heaviest first
};

struct ComponentScore {
  std::string root;  // "." for the repository itself
  std::string kind;  // "app", "library", "tool", "infrastructure"
  std::vector<std::string> languages;
  std::array<FactorScore, 12> factors;
  std::optional<double> overall;  // nothing assessed: none
  bool incomplete = false;        // something was not looked at: `overall` is the most it can be
};

// What the overall score wins back when all findings of a rule are mended.
struct RuleGain {
  std::string rule;
  std::array<size_t, 3> counts{};  // of its findings that count, by severity
  double points = 0;

  size_t findings() const { return counts[0] + counts[1] + counts[2]; }
};

struct Score {
  std::array<FactorScore, 12> factors;  // of the whole repository: its apps
  std::optional<double> overall;
  std::string no_overall;   // why there is no number
  bool incomplete = false;  // as of a component
  std::vector<ComponentScore> components;
  std::vector<RuleGain> gains = {};  // of the rules whose findings cost something, the dearest first
};

struct GateResult {
  std::string text;  // "--fail-on warning", "--min-score 80"
  bool passed = true;
  std::string why = {};  // it failed, where the report does not show it
};

struct StageTime {
  std::string name;
  double seconds = 0;
};

struct Statistics {
  size_t files_listed = 0;   // in the audited folder
  size_t files_checked = 0;  // read and looked at
  size_t files_skipped = 0;  // vendored, generated, binary, too large …
  size_t files_beside = 0;   // read outside of the audited folder, for what they say of it
  size_t files_parsed = 0;
  uint64_t bytes_read = 0;
  uint64_t bytes_parsed = 0;
  size_t facts = 0;
  Work work;
  double seconds = 0;
  std::vector<StageTime> stages;
  std::vector<std::pair<std::string, double>> slowest_files;  // path, seconds
};

// A file or folder, or a part of a file, that was not looked at.
struct UnreadPlace {
  std::string path;  // "" for the audit as a whole
  Unread why = Unread::None;
  std::string detail;      // one short clause
  bool in_scope = true;    // neither its role nor its kind leaves it out
  bool is_partly = false;  // a part of the file was looked at
};

// What the configuration file takes away from an audit; flags are the user's own and need no telling.
struct ReportConfiguration {
  std::string file;                                       // as reports name it, "" when none was read
  std::vector<std::string> rules_off;                     // ids
  std::vector<std::string> rules_not_selected;            // ids; by flags, so that the two are told apart
  std::string gate;                                       // "never" or "error" when the file loosens it, else ""
  std::vector<std::string> excluded;                      // path globs
  std::vector<std::pair<std::string, Severity>> lowered;  // rule and its severity
  struct Exception {
    std::string rule, path, key;  // globs; key "" for the whole file
  };
  std::vector<Exception> exceptions;
  std::vector<std::string> components;  // roots whose kind it sets
  std::string edition;                  // that it pins, where there is a later one
};

// A finding that a team knows (report/baseline.h).
struct BaselineEntry {
  std::string fingerprint;  // tfcheck/v1 as it was when the entry was written; no two entries share one
  std::string rule;
  std::string path;     // as reports show it; one that is not UTF-8 percent-encoded
  std::string content;  // as content_hash and place_hash
  std::string place;
  size_t places = 1;                   // that the finding stood for
  std::vector<std::string> also = {};  // content_hash of the first others

  friend auto operator<=>(const BaselineEntry&, const BaselineEntry&) = default;
  friend bool operator==(const BaselineEntry&, const BaselineEntry&) = default;
};

// What an audit saw of an entry. NotLookedAt: its rule did not run, or its file was not read, or not wholly.
enum class EntryState : uint8_t { Found, Suppressed, Gone, NotLookedAt };

struct ReportBaseline {
  std::string file;   // as messages name it; "" of an audit with --since
  std::string since;  // "main at 0123456789ab": what there was at that commit is known
  struct Entry {
    BaselineEntry entry;
    EntryState state = EntryState::Gone;
    uint32_t finding = 0;  // of one that was found or is suppressed: into Report::findings
  };
  std::vector<Entry> entries;
  // The overall score if nothing new had come, and if there were nothing but what is new.
  std::optional<double> score_without_new, score_without_known;
};

// What a history was seen of.
struct ReportHistory {
  size_t references = 0;
  size_t commits = 0;
  size_t blobs = 0;   // contents of files, each once
  size_t judged = 0;  // of those, how many were looked at
  size_t unread = 0;  // and how many should have been, or commits and folders
  bool is_shallow = false;
  bool is_partial = false;
};

struct Report {
  std::string tool_version;
  std::string root;               // as the user named it
  std::string folder;             // path of the audited folder in its repository, "" for all of that and outside of one
  std::string edition;            // in force
  std::vector<ReportRule> rules;  // enabled ones, in id order
  std::vector<ReportFinding> findings;    // in order: path, place, rule
  std::vector<ReportPractice> practices;  // by factor
  std::vector<Notice> notices;
  std::vector<UnreadPlace> unread;   // refused ones first, then in path order
  bool execution_successful = true;  // false: the machine or the repository refused what was in scope
  ReportConfiguration configuration;
  Score score;
  std::vector<GateResult> gates;
  Statistics statistics;
  std::string revision;    // commit id of the audited tree, "" when unknown
  std::string remote_url;  // without credentials
  std::string branch;
  std::optional<ReportBaseline> baseline;  // that findings were held against
  std::optional<ReportHistory> history;    // of `tfcheck history` only
};

}  // namespace tfcheck
