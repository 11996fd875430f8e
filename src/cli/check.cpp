// `tfcheck check`: audit, print, write, gate.
#include <fmt/format.h>

#include <chrono>

#include "base/text.h"
#include "cli/audit_report.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/output_files.h"
#include "cli/show_report.h"
#include "session/load.h"

namespace tfcheck {

namespace {

void print_statistics(const Report& report) {
  const Statistics& s = report.statistics;
  std::string text = fmt::format(
      "files listed {}, checked {}, skipped {}, parsed {}; bytes read {}, parsed {} ({:.1f} %); facts {}\n",
      s.files_listed, s.files_checked, s.files_skipped, s.files_parsed, s.bytes_read, s.bytes_parsed,
      s.bytes_read ? 100.0 * static_cast<double>(s.bytes_parsed) / static_cast<double>(s.bytes_read) : 0, s.facts);
  text += fmt::format("work: parse units {}, steps {}, bytes kept {}, visited {}, comparisons {}\n", s.work.parse_units,
                      s.work.steps, s.work.kept, s.work.visited, s.work.comparisons);
  for (const StageTime& stage : s.stages) text += fmt::format("{:>8.1f} ms  {}\n", stage.seconds * 1000, stage.name);
  for (const auto& [path, seconds] : s.slowest_files)
    text += fmt::format("{:>8.1f} ms  {}\n", seconds * 1000, printable(path));
  tell(text);
}

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

}  // namespace

int run_check(const Options& options) {
  Clock::time_point begin = Clock::now();
  Result<OutputFiles> files = OutputFiles::open(options.outputs, options.setup.path);
  if (!files) return fail(files.error());
  Result<LoadedSetup> loaded = load_setup(options.setup);
  if (!loaded) return fail(loaded.error());
  double loading = seconds_since(begin);
  Result<std::optional<Baseline>> baseline = load_baseline(options.setup);
  if (!baseline) return fail(baseline.error());
  const Baseline* known = *baseline ? &**baseline : nullptr;
  Result<Report> report = audit_report(options, std::move(*loaded), *files, known);
  if (!report) return fail(report.error());
  put_stage(*report, "load rules", loading);
  report->statistics.seconds = seconds_since(begin);
  int code = show_report(options, *report, *files);
  if (options.stats) print_statistics(*report);
  return code;
}

}  // namespace tfcheck
