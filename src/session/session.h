// One audit from files to report, over any file set: on disk, in a commit, in memory. A session is its rules, made
// ready once for any number of audits.
#pragma once

#include <future>
#include <memory>

#include "config/config.h"
#include "engine/audit.h"
#include "pages/rule_set.h"
#include "repo/file_set.h"
#include "report/build_report.h"

namespace tfcheck {

class Session {
 public:
  // With more than one thread the rules' words are compiled beside what follows.
  explicit Session(RuleSet rules, unsigned threads = 1);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const RuleSet& rules() const { return rules_; }
  // What sends files to the parser, and what finds tokens in any text.
  const Prefilter& prefilter() const { return *prefilter_.get(); }

  // What the rules say of the files. The configuration says which of them run, how grave their findings are, and what
  // kind a component is of.
  AuditResult audit(const FileSet& files, const Config& config = {}) const;
  // The same, and what there is to say of it.
  Report report(const FileSet& files, const Config& config = {}, const ReportOptions& options = {}) const;

 private:
  RuleSet rules_;
  unsigned threads_;
  std::shared_future<std::unique_ptr<Prefilter>> prefilter_;
};

}  // namespace tfcheck
