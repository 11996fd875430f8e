#include "session/session.h"

#include <chrono>
#include <system_error>
#include <utility>

#include "session/audit_options.h"

namespace tfcheck {

namespace {

// Calls `make` beside what follows, or when its result is asked for: also when the system gives no thread.
template <typename Make>
auto in_background(bool threaded, Make make) {
  try {
    if (threaded) return std::async(std::launch::async, make);
  } catch (const std::system_error&) {
  }
  return std::async(std::launch::deferred, make);
}

}  // namespace

AuditOptions audit_options(const Config& config, const RuleSet& rules, unsigned threads) {
  AuditOptions options;
  options.threads = threads;
  options.edition = edition_in_force(config, rules.editions());
  for (const Rule& rule : rules.rules()) {
    options.enabled.push_back(rule_enabled(config, rule.id));
    auto set = config.rules.find(rule.id);
    options.severities.push_back(set == config.rules.end() ? std::nullopt : set->second.severity);
  }
  return options;
}

Session::Session(RuleSet rules, unsigned threads)
    : rules_(std::move(rules)),
      threads_(threads),
      prefilter_(in_background(threads > 1, [this] { return std::make_unique<Prefilter>(rules_); })) {}

AuditResult Session::audit(const FileSet& files, const Config& config) const {
  Listing listing(files, rules_.words(), threads_, config.components);
  return run_audit(files, std::move(listing), rules_, prefilter(), audit_options(config, rules_, threads_));
}

Report Session::report(const FileSet& files, const Config& config, const ReportOptions& options) const {
  AuditResult result = audit(files, config);
  auto begin = std::chrono::steady_clock::now();
  Report report = build_report(result, {files, rules_, config, options});
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  report.statistics.stages.push_back({"report", seconds});
  return report;
}

}  // namespace tfcheck
