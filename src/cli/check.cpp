// `tfcheck check`: audit, print, write, gate.
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <future>
#include <memory>
#include <system_error>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/output_files.h"
#include "model/adapters.h"
#include "report/build_report.h"
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

AuditOptions audit_options(const Options& options, const Config& config, const RuleSet& rules) {
  AuditOptions audit;
  audit.threads = thread_count(options);
  for (const Rule& rule : rules.rules()) {
    audit.enabled.push_back(rule_enabled(config, rule.id));
    auto set = config.rules.find(rule.id);
    audit.severities.push_back(set == config.rules.end() ? std::nullopt : set->second.severity);
  }
  return audit;
}

// Calls `make` beside what follows, or when its result is asked for: also when the system gives no thread.
template <typename Make>
auto in_background(bool threaded, Make make) {
  try {
    if (threaded) return std::async(std::launch::async, make);
  } catch (const std::system_error&) {
  }
  return std::async(std::launch::deferred, make);
}

// Audits and reports; the literal database is compiled while the files are listed.
Result<Report> make_report(const Options& options, const Config& config, const RuleSet& rules,
                           const OutputFiles& outputs) {
  Clock::time_point begin = Clock::now();
  bool threaded = thread_count(options) > 1;
  std::future<std::unique_ptr<Prefilter>> words =
      in_background(threaded, [&] { return std::make_unique<Prefilter>(rules); });
  FileSetOptions set_options = file_set_options(options, config);
  set_options.exclude_paths = outputs.paths_below(options.path);
  Result<FileSet> files = FileSet::open(options.path, set_options);
  if (!files) return files.error();
  double opened = seconds_since(begin);
  Listing listing(*files, rules.words(), thread_count(options), config.components);
  std::unique_ptr<Prefilter> prefilter = words.get();
  AuditResult audit = run_audit(*files, std::move(listing), rules, *prefilter, audit_options(options, config, rules));
  audit.stages.insert(audit.stages.begin(), {"list files", opened});
  if (audit.statistics.checked == 0) {
    print_notices(audit.project.notices, options);
    return Error{"nothing to audit: no readable text file below '" + options.path + "'", "", 0, ""};
  }
  Clock::time_point reporting = Clock::now();
  Report report = build_report(audit, {*files, rules, config, options.path, options.allow_unread});
  report.statistics.stages.push_back({"report", seconds_since(reporting)});
  return report;
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
  Result<OutputFiles> files = OutputFiles::open(options.outputs, options.path);
  if (!files) return fail(files.error());
  Result<Config> config = load_config(options);
  if (!config) return fail(config.error());
  Result<RuleSet> rules = load_rules(options, *config);
  if (!rules) return fail(rules.error());
  follow_renames(*config, rules->aliases());
  if (auto wrong = check_rule_names(*config, rules->ids())) return fail(*wrong);
  double loading = seconds_since(begin);
  Result<Report> report = make_report(options, *config, *rules, *files);
  if (!report) return fail(report.error());
  report->statistics.stages.insert(report->statistics.stages.begin(), {"load rules", loading});
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
