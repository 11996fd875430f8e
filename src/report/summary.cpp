#include "report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/text.h"
#include "report/display.h"

namespace tfcheck {

Counts count_findings(const Report& report) {
  Counts counts;
  std::set<std::string_view> files;
  for (const ReportFinding& finding : report.findings) {
    if (finding.state == FindingState::Suppressed) {
      ++counts.suppressed;
      counts.marked += !finding.suppression_mark.empty();
    } else if (finding.state == FindingState::Known) {
      ++counts.known;
    } else {
      files.insert(finding.primary.region.path);
      ++(finding.severity == Severity::Error     ? counts.errors
         : finding.severity == Severity::Warning ? counts.warnings
                                                 : counts.notes);
    }
  }
  counts.files = files.size();
  return counts;
}

std::string commit_words(const ReportCommit& commit) {
  constexpr size_t short_id = 12;
  std::string date = commit.date.empty() ? "" : " of " + commit.date.substr(0, 10);
  return fmt::format(
      "since {}{} in {}, {}", commit.id.substr(0, short_id), date,
      commit.versions == 1 ? "one version of a file" : fmt::format("{} versions of files", commit.versions),
      commit.in_head ? "still in HEAD" : "no longer in HEAD");
}

std::string counted(size_t number, std::string_view noun) {
  if (number != 1 && noun.ends_with('y')) return fmt::format("{} {}ies", number, noun.substr(0, noun.size() - 1));
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string first_sentence(std::string_view paragraph) {
  std::string_view text = trim(paragraph);
  for (size_t at = text.find(". "); at != std::string_view::npos; at = text.find(". ", at + 1)) {
    std::string_view before = text.substr(0, at);
    bool abbreviation =
        before.ends_with("e.g") || before.ends_with("i.e") || before.ends_with(" vs") || before.ends_with("etc");
    char next = text[at + 2];
    if (abbreviation || (next >= 'a' && next <= 'z')) continue;
    text = before;
    break;
  }
  if (text.ends_with('.')) text.remove_suffix(1);
  std::string line(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

std::string unread_words(const Report& report) {
  size_t whole = 0, partly = 0, modules = 0;
  for (const UnreadPlace& place : report.unread) {
    if (place.in_scope) ++(place.why == Unread::Submodule ? modules : place.is_partly ? partly : whole);
  }
  std::vector<std::string> parts;
  if (whole > 0) parts.push_back(counted(whole, "file") + " not read");
  if (partly > 0) parts.push_back(counted(partly, "file") + " read in part");
  if (modules > 0) parts.push_back(counted(modules, "submodule") + " not read");
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string configuration_line(const Report& report) {
  const ReportConfiguration& configuration = report.configuration;
  std::vector<std::string> parts;
  auto add = [&](size_t count, std::string_view noun, std::string_view what) {
    if (count > 0) parts.push_back(counted(count, noun) + std::string(what));
  };
  add(configuration.rules_off.size(), "rule", " off");
  if (!configuration.edition.empty()) parts.push_back("edition " + configuration.edition);
  if (!configuration.gate.empty()) parts.push_back("gate " + configuration.gate);
  add(configuration.excluded.size(), "path", " excluded");
  add(configuration.lowered.size(), "severity", " lowered");
  add(configuration.exceptions.size(), "exception", "");
  add(configuration.components.size(), "component", " set to another kind");
  if (parts.empty()) return {};
  return fmt::format("configuration {}: {}", configuration.file, fmt::join(parts, ", "));
}

std::string baseline_words(const Report& report) {
  if (!report.baseline) return {};
  Counts counts = count_findings(report);
  return fmt::format("{} new, {} known", counts.active(), counts.known);
}

size_t count_entries(const ReportBaseline& baseline, EntryState state) {
  return static_cast<size_t>(std::count_if(baseline.entries.begin(), baseline.entries.end(),
                                           [&](const auto& entry) { return entry.state == state; }));
}

std::string baseline_line(const Report& report) {
  if (!report.baseline) return {};
  size_t gone = count_entries(*report.baseline, EntryState::Gone);
  size_t suppressed = count_entries(*report.baseline, EntryState::Suppressed);
  size_t unseen = count_entries(*report.baseline, EntryState::NotLookedAt);
  std::vector<std::string> parts;
  if (gone > 0) parts.push_back(fmt::format("{} gone", gone));
  if (suppressed > 0) parts.push_back(fmt::format("{} suppressed by now", suppressed));
  if (unseen > 0) parts.push_back(fmt::format("{} not looked at", unseen));
  if (parts.empty()) return {};
  if (!report.baseline->since.empty())
    return fmt::format("since {}: {}", report.baseline->since, fmt::join(parts, ", "));
  std::string line = fmt::format("baseline {}: of its {} {}", report.baseline->file,
                                 counted(report.baseline->entries.size(), "finding"), fmt::join(parts, ", "));
  return gone + suppressed > 0 ? line + " (tfcheck baseline prune)" : line;
}

std::string edition_line(const Report& report) {
  std::map<std::string_view, size_t> counts;
  for (const ReportFinding& finding : report.findings) {
    bool is_raised = finding.later && finding.later->severity > finding.severity;
    if (is_raised && finding.state == FindingState::Active) ++counts[finding.later->name];
  }
  std::string line;
  for (const auto& [edition, count] : counts)
    line += fmt::format("{}{} {} until edition {}", line.empty() ? "" : ", ", counted(count, "finding"),
                        count == 1 ? "is a note" : "are notes", edition);
  return line;
}

int notice_rank(const Notice& notice) {
  return is_refused(notice.unread) ? 0 : notice.unread != Unread::None ? 1 : 2;
}

std::string_view unread_id(Unread why) {
  switch (why) {
    case Unread::None:
      return "none";
    case Unread::Permission:
      return "permission";
    case Unread::Io:
      return "io";
    case Unread::MissingObject:
      return "missing-object";
    case Unread::Binary:
      return "binary";
    case Unread::TooLarge:
      return "too-large";
    case Unread::LongLines:
      return "long-lines";
    case Unread::TooDeep:
      return "too-deep";
    case Unread::OverBudget:
      return "over-budget";
    case Unread::ScannerState:
      return "scanner-state";
    case Unread::ParserFailed:
      return "parser-failed";
    case Unread::SyntaxErrors:
      return "syntax-errors";
    case Unread::TooManyFacts:
      return "too-many-facts";
    case Unread::UnreadLanguage:
      return "unread-language";
    case Unread::LfsPointer:
      return "lfs-pointer";
    case Unread::GitCrypt:
      return "git-crypt";
    case Unread::Submodule:
      return "submodule";
    case Unread::NotAFile:
      return "not-a-file";
  }
  return "none";
}

std::string_view to_string(Assessment assessment) {
  switch (assessment) {
    case Assessment::Assessed:
      return "assessed";
    case Assessment::PartlyAssessed:
      return "partly assessed";
    case Assessment::NotApplicable:
      return "not applicable";
    case Assessment::NotAssessed:
      return "not assessed";
  }
  return "not assessed";
}

std::string_view to_string(FindingState state) {
  switch (state) {
    case FindingState::Active:
      return "active";
    case FindingState::Suppressed:
      return "suppressed";
    case FindingState::Known:
      return "known";
  }
  return "active";
}

bool is_utf8(std::string_view bytes) {
  // printable() keeps valid text but for controls and replaces what is invalid; U+FFFD itself may be valid.
  size_t marks_before = 0, marks_after = 0;
  constexpr std::string_view mark = "\xEF\xBF\xBD";
  for (size_t at = bytes.find(mark); at != std::string_view::npos; at = bytes.find(mark, at + 1)) ++marks_before;
  std::string shown = printable(bytes);
  for (size_t at = shown.find(mark); at != std::string::npos; at = shown.find(mark, at + 1)) ++marks_after;
  return marks_before == marks_after;
}

std::string path_uri(std::string_view path) {
  std::string uri;
  for (char c : path) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                 c == '_' || c == '~' || c == '/';
    if (plain) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string shorten(std::string_view text, size_t limit) {
  if (text.size() <= limit) return std::string(text);
  size_t end = limit - std::string_view("…").size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace tfcheck
