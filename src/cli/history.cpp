// `tfcheck history --secrets`: what the repository ever held, not only what it holds.
#include "session/history.h"

#include <chrono>

#include "cli/commands.h"
#include "cli/output_files.h"
#include "cli/show_report.h"

namespace tfcheck {

int run_history(const Options& options) {
  if (!options.secrets) return fail({"history needs to be told what to look for", "", 0, "tfcheck history --secrets"});
  auto begin = std::chrono::steady_clock::now();
  Result<OutputFiles> files = OutputFiles::open(options.outputs, options.setup.path);
  if (!files) return fail(files.error());
  Result<Report> report = audit_history(options.setup, thread_count(options), options.allow_unread);
  if (!report) return fail(report.error());
  report->statistics.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return show_report(options, *report, *files);
}

}  // namespace tfcheck
