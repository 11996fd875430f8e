// Which findings of an audit are suppressed: by directives in the files, by marks that other tools read, and by the
// exceptions of the configuration.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/config.h"
#include "engine/finding.h"
#include "model/project.h"
#include "report/rule_table.h"
#include "report/suppression.h"

namespace tfcheck {

// The text of a file by its index, as the rules saw it.
using TextOfFile = std::function<const std::string&(uint32_t)>;

struct SuppressionOutcome {
  std::vector<std::optional<SuppressionReason>> reasons;  // by finding
  std::vector<UnusedSuppression> unused;
  std::vector<bool> used_exceptions;  // by exception of the configuration
  std::vector<Notice> notices;        // malformed directives
};

// A directive goes before a mark, and both before an exception.
SuppressionOutcome suppress(std::span<const Finding> findings, const Project& project, const RuleTable& table,
                            const Config& config, const TextOfFile& text);

}  // namespace tfcheck
