// What the configuration and the flags switch off, told apart, so that reports can say it.
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "pages/rule_set.h"
#include "repo/file_set.h"
#include "report/gaps.h"
#include "report/report.h"

namespace tfcheck {

// By rule index: whether it runs, and who says that it does not.
std::vector<RuleSwitch> rule_switches(const Config& config, const RuleSet& rules);
// What the configuration file takes away from the audit; `root` is the audited folder as the user named it.
ReportConfiguration configuration_of(const Config& config, const RuleSet& rules, const RepositoryInfo& repository,
                                     const std::string& root);

}  // namespace tfcheck
