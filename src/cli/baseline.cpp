// `tfcheck baseline`: the file of findings that are known, made, brought up to date and shown.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "cli/audit_report.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/safe_text.h"
#include "cli/show_report.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

constexpr std::array<std::string_view, 4> actions = {"create", "update", "prune", "show"};

// What an action made of a baseline.
struct Changes {
  std::vector<BaselineEntry> entries;
  std::vector<const BaselineEntry*> dropped;
  size_t added = 0, moved = 0, kept_unseen = 0;
};

Changes changed(const Report& report, bool adds) {
  Changes changes;
  const std::vector<ReportBaseline::Entry> none;
  for (const ReportBaseline::Entry& known : report.baseline ? report.baseline->entries : none) {
    if (known.state == EntryState::Gone || known.state == EntryState::Suppressed) {
      changes.dropped.push_back(&known.entry);
    } else if (known.state == EntryState::NotLookedAt) {
      changes.entries.push_back(known.entry);
      ++changes.kept_unseen;
    } else if (report.findings[known.finding].state == FindingState::Active) {
      // It stands for more places by now: as a whole it is new.
      if (!adds) changes.entries.push_back(known.entry);
    } else if (baseline_entry(report.findings[known.finding]) != known.entry) {
      ++changes.moved;
    }
  }
  for (const ReportFinding& finding : report.findings) {
    bool is_added = adds && finding.state == FindingState::Active;
    if (!is_added && finding.state != FindingState::Known) continue;
    changes.entries.push_back(baseline_entry(finding));
    changes.added += is_added;
  }
  return changes;
}

std::string told(const Changes& changes, const std::string& file, SafeText& safe) {
  std::string out;
  for (const BaselineEntry* entry : changes.dropped)
    out += fmt::format("dropped: {} in {} ({})\n", safe(entry->rule), safe(entry->path), entry->fingerprint);
  out += fmt::format("{}: {}", safe(file), counted(changes.entries.size(), "known finding"));
  std::vector<std::string> parts;
  auto add = [&](size_t count, std::string_view what) {
    if (count > 0) parts.push_back(fmt::format("{} {}", count, what));
  };
  add(changes.added, "added");
  add(changes.dropped.size(), "dropped that are gone");
  add(changes.moved, "moved or edited");
  add(changes.kept_unseen, "kept that were not looked at");
  return out + (parts.empty() ? "" : fmt::format("; {}", fmt::join(parts, ", "))) + '\n';
}

int show(const Baseline& baseline) {
  SafeText safe;
  std::string out;
  for (const BaselineEntry& entry : baseline.entries)
    out += fmt::format("{}  {}  {}\n", entry.fingerprint, safe(entry.rule), safe(entry.path));
  out += fmt::format("{}: {}\n", safe(baseline.file), counted(baseline.entries.size(), "known finding"));
  return print_and_exit(out, exit_clean);
}

// Where the file lies, or is to lie.
std::string file_of(const AuditSetup& setup, const std::optional<Baseline>& known) {
  if (!setup.baseline.empty()) return setup.baseline;
  return known ? known->file : join_path(setup.path, baseline_name);
}

int write(const Options& options, const std::optional<Baseline>& known) {
  const std::string& action = options.action;
  std::string file = file_of(options.setup, known);
  Result<OutputFiles> outputs = OutputFiles::open({{"baseline", file}}, options.setup.path);
  if (!outputs) return fail(outputs.error());
  Result<LoadedSetup> loaded = load_setup(options.setup);
  if (!loaded) return fail(loaded.error());
  Result<Report> report = audit_report(options, std::move(*loaded), *outputs, known ? &*known : nullptr);
  if (!report) return fail(report.error());
  print_notices(report->notices, options);
  Changes changes = changed(*report, action != "prune");
  if (auto wrong = outputs->write(0, write_baseline(changes.entries))) return fail(*wrong);
  SafeText safe;
  if (auto wrong = print(told(changes, file, safe))) return fail(*wrong);
  return report->execution_successful ? exit_clean : fail(refused_error(*report));
}

}  // namespace

int run_baseline(const Options& options) {
  const std::string& action = options.action;
  if (std::find(actions.begin(), actions.end(), action) == actions.end()) {
    std::string near = nearest(action, {actions.begin(), actions.end()});
    std::string hint = near.empty() ? "create, update, prune or show" : "did you mean '" + near + "'?";
    return fail({"baseline " + action + ": no such action", "", 0, hint});
  }
  bool is_new = action == "create";
  if (options.setup.baseline.empty() && !options.setup.revision.empty())
    return fail({"the baseline of a commit needs a file to lie in", "", 0, "name it with --baseline FILE"});
  // The file on disk, whatever is audited.
  AuditSetup setup = options.setup;
  setup.staged = setup.isolated = false;
  bool is_named_anew = is_new && !setup.baseline.empty() && ::access(setup.baseline.c_str(), F_OK) != 0;
  Result<std::optional<Baseline>> known = is_named_anew ? std::optional<Baseline>() : load_baseline(setup);
  if (!known) return fail(known.error());
  if (is_new && *known) return fail({"there is a baseline already", (*known)->file, 0, "tfcheck baseline update"});
  if (!is_new && !*known) return fail({fmt::format("there is no {}", baseline_name), "", 0, "tfcheck baseline create"});
  return action == "show" ? show(**known) : write(options, *known);
}

}  // namespace tfcheck
