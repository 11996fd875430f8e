#include "cli/audit_report.h"

#include <chrono>
#include <optional>

#include "cli/commands.h"
#include "cli/show_report.h"
#include "session/session.h"

namespace tfcheck {

void put_stage(Report& report, const char* name, double seconds) {
  report.statistics.stages.insert(report.statistics.stages.begin(), {name, seconds});
}

namespace {

// What the same rules and configuration find where the work left `since`.
Result<Baseline> findings_since(const Options& options, const Session& session, const Config& config) {
  Result<std::string> commit = commit_since(options.setup);
  if (!commit) return commit.error();
  constexpr size_t short_id = 12;
  Baseline baseline{"", {}, options.setup.since + " at " + commit->substr(0, short_id)};
  if (commit->empty()) return baseline;
  AuditSetup setup = options.setup;
  setup.staged = false;
  setup.revision = *commit;
  Result<FileSet> files = open_files(setup, config);
  if (!files) return files.error();
  Report report = session.report(*files, config, {setup.path, options.allow_unread});
  for (const ReportFinding& finding : report.findings) {
    if (finding.state == FindingState::Active) baseline.entries.push_back(baseline_entry(finding));
  }
  return baseline;
}

}  // namespace

Result<Report> audit_report(const Options& options, LoadedSetup loaded, const OutputFiles& outputs,
                            const Baseline* baseline) {
  using Clock = std::chrono::steady_clock;
  Session session(std::move(loaded.rules), thread_count(options));
  Clock::time_point begin = Clock::now();
  Result<FileSet> files = open_files(options.setup, loaded.config, outputs.paths());
  if (!files) return files.error();
  std::optional<Result<Baseline>> before;
  if (!options.setup.since.empty()) {
    before = findings_since(options, session, loaded.config);
    if (!*before) return before->error();
    baseline = &**before;
  }
  double opened = std::chrono::duration<double>(Clock::now() - begin).count();
  Report report = session.report(*files, loaded.config, {options.setup.path, options.allow_unread, baseline});
  put_stage(report, "list files", opened);
  // A key store is no text, and tells by its name.
  bool by_name = !report.findings.empty() && report.unread.empty();
  if (report.statistics.files_checked > 0 || by_name) return report;
  print_notices(report.notices, options);
  std::string hint = files->folder().empty() || loaded.config.exclude.empty()
                         ? ""
                         : "paths to exclude count from the repository's root";
  return Error{"nothing to audit: no readable text file below '" + options.setup.path + "'", "", 0, hint};
}

}  // namespace tfcheck
