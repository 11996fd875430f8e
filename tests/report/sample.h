// A small audited tree and what the stages before the report would have said of it: every feature of a report once.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/finding.h"
#include "report/report.h"
#include "report/resolve.h"

namespace tfcheck::test {

struct SampleTree {
  std::vector<std::pair<std::string, std::string>> files;  // path, text; by path
  std::vector<ReportRule> rules;                           // by id
  std::vector<Finding> findings;                           // in order

  Sources sources() const;
  // The first occurrence of `text` in a file, as a span.
  Span find(uint32_t file, const std::string& text) const;
  void add(uint32_t file, Span span, const std::string& rule, std::string message);
  void add_to_file(uint32_t file, const std::string& rule, std::string message);
};

ReportRule sample_rule(const std::string& id, Severity severity);

inline const std::string sample_secret = "s3cr3t-Zk81LmQx-77aQ";

SampleTree sample_tree();
// The whole of it: findings of each severity and state, related places, secrets, odd names, gates, notices.
Report sample_report();
// Nothing found, but not everything looked at: an unreadable file, a file read in part, a configuration with an
// exception, two factors partly and one not assessed for that.
Report partial_report();
// Nothing found, one component, everything assessed.
Report clean_report();

}  // namespace tfcheck::test
