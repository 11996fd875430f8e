// The secrets of a history, each once: the place that tells of it, in how many versions of files it stands, and whether
// HEAD still has it. Places come in the order of the history.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "repo/history_walk.h"
#include "report/secrets.h"
#include "session/blob_judge.h"

namespace tfcheck {

class HistorySecrets {
 public:
  explicit HistorySecrets(const HistoryLog& log) : log_(log) {}

  // For any thread.
  std::optional<TellingRank> told(const ObjectId& key) const;
  // Takes what was found in a blob; for one thread at a time, in the order of the history.
  void take(const HistoryBlob& blob, std::vector<FoundSecret> found);

  // The lines of secrets of which nobody knows yet that HEAD has them, long enough to be looked for as text.
  SecretTexts wanted_in_head() const;
  // HEAD has this line of a secret.
  void found_in_head(std::string_view line);

  // In the order of their commits, then paths and places. Nothing of them holds a secret.
  std::vector<ReportFinding> finish();
  // How many were left out, and the gravest active one of them.
  size_t left_out() const { return left_out_; }
  std::optional<Severity> gravest_left_out() const { return gravest_left_out_; }

 private:
  struct Secret {
    std::string value;
    ReportFinding finding;
    TellingRank rank = 0;
    uint32_t commit = 0;
    size_t versions = 0;
    bool in_head = false;
    bool active_in_head = false;  // somewhere in HEAD nothing suppresses it
    std::optional<SuppressionReason> head_reason;
  };

  void settle(Secret& secret) const;
  void mask_all(std::vector<ReportFinding>& findings) const;

  const HistoryLog& log_;
  mutable std::shared_mutex mutex_;
  std::unordered_map<ObjectId, Secret, ObjectIdHash> secrets_;
  std::multimap<std::string, ObjectId, std::less<>> lines_;  // of those that are looked for in HEAD
  size_t left_out_ = 0;
  std::optional<Severity> gravest_left_out_;
};

}  // namespace tfcheck
