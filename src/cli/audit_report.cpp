#include "cli/audit_report.h"

#include <chrono>

#include "cli/commands.h"
#include "cli/show_report.h"
#include "session/session.h"

namespace tfcheck {

void put_stage(Report& report, const char* name, double seconds) {
  report.statistics.stages.insert(report.statistics.stages.begin(), {name, seconds});
}

Result<Report> audit_report(const Options& options, LoadedSetup loaded, const OutputFiles& outputs,
                            const Baseline* baseline) {
  using Clock = std::chrono::steady_clock;
  Session session(std::move(loaded.rules), thread_count(options));
  Clock::time_point begin = Clock::now();
  Result<FileSet> files = open_files(options.setup, loaded.config, outputs.paths());
  if (!files) return files.error();
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
