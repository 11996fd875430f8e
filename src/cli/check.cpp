// `tfcheck check`: audit, print, write, gate.
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/output_files.h"
#include "report/emit.h"
#include "report/summary.h"
#include "session/session.h"

namespace tfcheck {

namespace {

bool env_set(const char* name) {
  const char* value = std::getenv(name);
  return value && *value;
}

bool wants_color(ColorChoice choice) {
  if (choice != ColorChoice::Auto) return choice == ColorChoice::Always;
  if (env_set("FORCE_COLOR") || env_set("CLICOLOR_FORCE")) return true;
  const char* terminal = std::getenv("TERM");
  return !env_set("NO_COLOR") && isatty(STDOUT_FILENO) && terminal && std::string_view(terminal) != "dumb";
}

bool wants_unicode() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (!value || !*value) continue;
    std::string locale = lower(value);
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return !isatty(STDOUT_FILENO);
}

TextStyle text_style(const Options& options, bool file) {
  TextStyle style;
  style.color = !file && wants_color(options.color);
  style.unicode = file || wants_unicode();
  style.quiet = options.quiet;
  style.verbose = options.verbose;
  winsize size{};
  if (!file && isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    style.width = size.ws_col;
  return style;
}

std::string emit(const std::string& format, const Report& report, const TextStyle& style) {
  if (format == "json") return emit_json(report, {});
  if (format == "sarif") return emit_sarif(report);
  return emit_text(report, style);
}

// What was not looked at is told also when quiet.
void print_notices(const std::vector<Notice>& notices, const Options& options) {
  constexpr size_t shown = 10;
  std::vector<const Notice*> told;
  for (const Notice& notice : notices) {
    if (!options.quiet || notice.unread != Unread::None) told.push_back(&notice);
  }
  std::stable_sort(told.begin(), told.end(),
                   [](const Notice* a, const Notice* b) { return notice_rank(*a) < notice_rank(*b); });
  size_t count = options.verbose ? told.size() : std::min(told.size(), shown);
  for (size_t i = 0; i < count; ++i) {
    const Notice& notice = *told[i];
    std::string where =
        notice.path.empty() ? "" : printable(notice.path) + (notice.line ? fmt::format(":{}", notice.line) : "") + ": ";
    tell(fmt::format("tfcheck: notice: {}{}\n", where, printable(notice.message)));
  }
  if (count < told.size()) tell(fmt::format("tfcheck: notice: and {} more (-v shows them)\n", told.size() - count));
}

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

// The stages of a run that come before those of the audit.
void put_stage(Report& report, const char* name, double seconds) {
  report.statistics.stages.insert(report.statistics.stages.begin(), {name, seconds});
}

Result<Report> make_report(const Options& options, LoadedSetup loaded, const OutputFiles& outputs) {
  Session session(std::move(loaded.rules), thread_count(options));
  Clock::time_point begin = Clock::now();
  Result<FileSet> files = open_files(options.setup, loaded.config, outputs.paths());
  if (!files) return files.error();
  double opened = seconds_since(begin);
  Report report = session.report(*files, loaded.config, {options.setup.path, options.allow_unread});
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

// Prints and writes the report; an output that cannot be written is an error, but keeps none of the others back.
std::optional<Error> write_report(const Options& options, const Report& report, const OutputFiles& files) {
  std::optional<Error> wrong = print(emit(options.format, report, text_style(options, false)));
  for (size_t i = 0; i < files.size(); ++i) {
    std::optional<Error> trouble = files.write(i, emit(files.name(i).format, report, text_style(options, true)));
    if (trouble && !wrong) wrong = std::move(trouble);
  }
  return wrong;
}

// What the machine or the repository refused is trouble, whatever the gate says.
Error refused_error(const Report& report) {
  size_t count = 0;
  for (const UnreadPlace& place : report.unread) count += place.in_scope && is_refused(place.why);
  return Error{fmt::format("{} in scope could not be read",
                           count == 1 ? "a file or folder" : fmt::format("{} files and folders", count)),
               "", 0, "--allow-unread leaves the exit code to the gate"};
}

}  // namespace

int run_check(const Options& options) {
  Clock::time_point begin = Clock::now();
  Result<OutputFiles> files = OutputFiles::open(options.outputs, options.setup.path);
  if (!files) return fail(files.error());
  Result<LoadedSetup> loaded = load_setup(options.setup);
  if (!loaded) return fail(loaded.error());
  double loading = seconds_since(begin);
  Result<Report> report = make_report(options, std::move(*loaded), *files);
  if (!report) return fail(report.error());
  put_stage(*report, "load rules", loading);
  report->statistics.seconds = seconds_since(begin);
  print_notices(report->notices, options);
  if (auto wrong = write_report(options, *report, *files)) return fail(*wrong);
  if (options.stats) print_statistics(*report);
  if (!report->execution_successful) return fail(refused_error(*report));
  bool passed =
      std::all_of(report->gates.begin(), report->gates.end(), [](const GateResult& gate) { return gate.passed; });
  return passed ? exit_clean : exit_gate;
}

}  // namespace tfcheck
