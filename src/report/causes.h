// Why findings fired, in words: the match of the page, the fact that it asked for, and what the file, its component and
// its command are.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/finding.h"
#include "masking/sensitive_facts.h"
#include "model/project.h"
#include "pages/rule_set.h"
#include "report/masking.h"
#include "report/report.h"
#include "report/sources.h"

namespace tfcheck {

class Causes {
 public:
  // All must outlive it.
  Causes(const Project& project, const RuleSet& rules, const Sources& sources, Masker& masker)
      : project_(project), rules_(rules), sources_(sources), masker_(masker) {}

  // None of a finding of tfcheck's own.
  std::optional<ReportCause> of(const Finding& finding);
  // What a page's match asked for, else the innermost fact round the finding's place.
  std::optional<FactRef> fact_of(const Finding& finding);

 private:
  // A file's facts, to be written and to be found by their place.
  struct File {
    File(const MaskWords& words, const FileFacts& facts, std::string of_file, SensitiveFile secrets);
    std::string text;  // that the writer looks into
    FactWriter writer;
    std::map<Span, uint32_t> by_span;  // the first of each
    std::optional<uint32_t> innermost(Span span) const;
  };

  File& file(uint32_t index);
  void put_fact(ReportCause& cause, FactRef ref);

  const Project& project_;
  const RuleSet& rules_;
  const Sources& sources_;
  Masker& masker_;
  std::unordered_map<uint32_t, std::unique_ptr<File>> files_;
};

}  // namespace tfcheck
