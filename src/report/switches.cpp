#include "report/switches.h"

#include <algorithm>
#include <filesystem>

namespace tfcheck {

namespace {

namespace fs = std::filesystem;

bool any_match(const std::vector<std::string>& patterns, std::string_view id) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return rule_glob_match(pattern, id); });
}

// The file's name below the repository, else below the audited folder, else as it was found.
std::string shown_name(const std::string& file, const std::string& root, const std::string& work_tree) {
  std::error_code failed;
  std::string full = fs::absolute(file, failed).lexically_normal().string();
  std::string folder = fs::canonical(root, failed).string();
  for (const std::string& base : {work_tree, folder}) {
    if (!base.empty() && full.starts_with(base + "/")) return full.substr(base.size() + 1);
  }
  return file;
}

}  // namespace

std::vector<RuleSwitch> rule_switches(const Config& config, const RuleSet& rules) {
  std::vector<RuleSwitch> switches;
  for (const Rule& rule : rules.rules()) {
    bool by_flags = (!config.flags.select.empty() && !any_match(config.flags.select, rule.id)) ||
                    any_match(config.flags.ignore, rule.id);
    switches.push_back(rule_enabled(config, rule.id) ? RuleSwitch::On
                       : by_flags                    ? RuleSwitch::OffByFlags
                                                     : RuleSwitch::OffByConfiguration);
  }
  return switches;
}

ReportConfiguration configuration_of(const Config& config, const RuleSet& rules, const RepositoryInfo& repository,
                                     const std::string& root) {
  ReportConfiguration out;
  std::vector<RuleSwitch> switches = rule_switches(config, rules);
  for (size_t i = 0; i < switches.size(); ++i) {
    const Rule& rule = rules.rules()[i];
    if (switches[i] == RuleSwitch::OffByConfiguration) out.rules_off.push_back(rule.id);
    if (switches[i] == RuleSwitch::OffByFlags) out.rules_not_selected.push_back(rule.id);
    auto set = config.rules.find(rule.id);
    bool is_lowered = set != config.rules.end() && set->second.severity && *set->second.severity < rule.severity;
    if (is_lowered) out.lowered.emplace_back(rule.id, *set->second.severity);
  }
  if (config.file.empty()) return out;
  out.file = shown_name(config.file, root, repository.work_tree);
  if (config.fail_on_set && !config.flags.fail_on) {
    if (!config.fail_on) out.gate = "never";
    if (config.fail_on == Severity::Error) out.gate = "error";
  }
  // Flags stand behind what the file says.
  size_t own = config.exclude.size() - std::min(config.exclude.size(), config.flags.exclude.size());
  out.excluded.assign(config.exclude.begin(), config.exclude.begin() + static_cast<std::ptrdiff_t>(own));
  for (const IgnoreConfig& exception : config.ignores)
    out.exceptions.push_back({exception.rule, exception.path, exception.key});
  for (const auto& [component, kind] : config.components) out.components.push_back(component);
  bool is_old = edition_in_force(config, rules.editions()) + 1 < rules.editions().size();
  if (is_old && !config.flags.edition) out.edition = config.edition;
  return out;
}

}  // namespace tfcheck
