#include "cli/show_report.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "report/emit.h"
#include "report/summary.h"

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

std::string emit(const std::string& format, const Report& report, const TextStyle& style) {
  if (format == "json") return emit_json(report, {});
  if (format == "sarif") return emit_sarif(report);
  return emit_text(report, style);
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

}  // namespace

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

Error refused_error(const Report& report) {
  size_t count = 0;
  for (const UnreadPlace& place : report.unread) count += place.in_scope && is_refused(place.why);
  return Error{fmt::format("{} in scope could not be read",
                           count == 1 ? "a file or folder" : fmt::format("{} files and folders", count)),
               "", 0, "--allow-unread leaves the exit code to the gate"};
}

int show_report(const Options& options, const Report& report, const OutputFiles& files) {
  print_notices(report.notices, options);
  if (auto wrong = write_report(options, report, files)) return fail(*wrong);
  if (!report.execution_successful) return fail(refused_error(report));
  bool passed =
      std::all_of(report.gates.begin(), report.gates.end(), [](const GateResult& gate) { return gate.passed; });
  return passed ? exit_clean : exit_gate;
}

}  // namespace tfcheck
