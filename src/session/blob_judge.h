// One file of a history, judged alone by the rules about secrets: the real stages of an audit on a project that has
// only this file. What other files would say of it (components, what sets a variable, what a deploy mounts) is not
// known.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "engine/audit.h"
#include "repo/history_walk.h"
#include "repo/object_store.h"
#include "report/report.h"
#include "report/rule_table.h"
#include "report/suppression.h"
#include "scan/scan.h"
#include "session/session.h"

namespace tfcheck {

// By which of several places of a secret it is told: an active one, then the gravest. Larger is told first.
using TellingRank = int;
inline constexpr TellingRank highest_rank = 100;

// A secret at a place.
struct FoundSecret {
  ObjectId key;       // of its value; of a file that is one as a whole, of its rule and path
  std::string value;  // as it is written, "" for a whole file: never for an output
  Severity severity = Severity::Note;
  std::optional<SuppressionReason> reason;  // it is suppressed here
  std::optional<ReportFinding> finding;     // where nothing told of it yet, or less

  TellingRank rank() const { return (reason ? 0 : 10) + static_cast<int>(severity); }
};

struct JudgedBlob {
  bool was_read = false;
  std::vector<FoundSecret> secrets;
  std::optional<HistoryGap> gap;  // without its commit
};

// How a secret is told so far, which needs no words below that; nothing when it is new. Asked by all threads.
using ToldRank = std::function<std::optional<TellingRank>(const ObjectId& key)>;

// What all threads share.
struct BlobRules {
  BlobRules(const Session& the_session, const Config& the_config);

  const Session& session;
  const Config& config;
  AuditOptions options;
  RuleTable table;
  std::vector<ReportRule> rules;  // of the report
  const WordSet& stores;          // files that are credentials whatever they hold
  const WordSet& keys;

  // Does some rule look at a file of this path?
  bool wants(std::string_view path) const;
};

// For one thread.
class BlobJudge {
 public:
  BlobJudge(const BlobRules& rules, const ObjectStore& store)
      : rules_(rules), store_(store), tools_(rules.session.prefilter()) {
    tools_.imports = false;
  }

  JudgedBlob judge(const HistoryBlob& blob, const ToldRank& told);

 private:
  bool says_nothing(const ProjectFile& file) const;
  void tell(AuditResult& audit, const ToldRank& told, JudgedBlob& judged);
  void resolve(AuditResult& audit, const std::vector<Finding>& findings, const std::vector<size_t>& which,
               JudgedBlob& judged);

  const BlobRules& rules_;
  const ObjectStore& store_;
  ScanTools tools_;
};

// The key of a secret's value: blanks and line ends of a text of several lines do not count.
ObjectId key_of_secret(std::string_view value);

}  // namespace tfcheck
