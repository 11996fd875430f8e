#include "cli/finding_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <span>

#include "base/text.h"
#include "pages/embedded.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

constexpr size_t fewest_digits = 6;

bool is_hex(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
}

std::string place_of(const ReportPlace& place) {
  return fmt::format("{}:{}:{}", printable(place.region.path), place.region.start.line, place.region.start.column);
}

// The match in a built-in page, as far as it helps to see it: lists of names run long. "" for other pages.
std::string match_text(const ReportCause& cause) {
  constexpr size_t most_lines = 12, most_columns = 160;
  std::span<const EmbeddedPage> pages = embedded_rules().pages;
  auto page = std::find_if(pages.begin(), pages.end(), [&](const EmbeddedPage& one) { return one.path == cause.page; });
  if (page == pages.end() || !cause.line) return {};
  auto number = static_cast<size_t>(page - pages.begin());
  std::vector<std::string_view> lines = split(page_text_of(embedded_rules(), number), '\n');
  std::string text;
  for (size_t i = *cause.line; i <= lines.size() && i > 0; ++i) {
    std::string_view line = lines[i - 1];
    bool is_over = line.empty() || line.starts_with("```") || (i > *cause.line && line.starts_with("[["));
    if (is_over) break;
    if (i == *cause.line + most_lines) return text + "    …\n";
    text += fmt::format("    {}\n", shorten(line, most_columns));
  }
  return text;
}

// One line of the reasons, none when there is nothing to say.
std::string row(std::string_view name, std::string_view text) {
  return text.empty() ? std::string() : fmt::format("  {:<10} {}\n", name, printable(text));
}

std::string cause_text(const ReportCause& cause) {
  std::string page = cause.line ? fmt::format("{}:{}", cause.page, *cause.line) : cause.page + ", C++ beside the page";
  std::string out = row("rule page", page) + match_text(cause);
  out += row("fact", cause.fact) + row("stands in", cause.scope);
  out += row("flags", fmt::format("{}", fmt::join(cause.flags, ", "))) + row("command", cause.command);
  out += row("format", cause.format) + row("role", cause.role);
  std::string kind = cause.component_kind.empty() ? "" : fmt::format(" ({})", cause.component_kind);
  return out + row("component", cause.component.empty() ? "" : cause.component + kind);
}

}  // namespace

bool names_a_finding(std::string_view word) {
  size_t colon = word.rfind(':');
  if (colon != std::string_view::npos) return colon > 0 && is_digits(word.substr(colon + 1));
  return word.size() >= fewest_digits && is_hex(word);
}

Result<std::vector<const ReportFinding*>> findings_named(std::string_view word,
                                                         const std::vector<ReportFinding>& findings,
                                                         std::string_view folder) {
  std::vector<const ReportFinding*> found;
  std::string typed = folder.empty() ? std::string(word) : fmt::format("{}/{}", folder, word);
  for (const ReportFinding& finding : findings) {
    std::string place = fmt::format("{}:{}", finding.primary.region.path, finding.primary.region.start.line);
    if (finding.fingerprint.starts_with(word) || place == word || place == typed) found.push_back(&finding);
  }
  if (!found.empty()) return found;
  return Error{fmt::format("no finding is called '{}'", word), "", 0,
               "fingerprints stand in the JSON report as tfcheck/v1; PATH:LINE names a finding too"};
}

std::string finding_text(const ReportFinding& finding) {
  std::string out = fmt::format("{}: {}[{}]: {}\n", place_of(finding.primary), to_string(finding.severity),
                                finding.rule, printable(finding.message));
  for (const ReportPlace& place : finding.related)
    out += fmt::format("{}: {}\n", place_of(place), printable(place.note));
  if (finding.because) out += "\nWhy it fired:\n" + cause_text(*finding.because);
  out += row("confidence", to_string(finding.confidence)) + row("fix", finding.fix);
  if (finding.later)
    out += row("edition", fmt::format("{} from {} on", to_string(finding.later->severity), finding.later->name));
  if (finding.commit) out += row("commit", commit_words(*finding.commit));
  bool is_active = finding.state == FindingState::Active;
  out += row("state", is_active ? "" : fmt::format("{}: {}", to_string(finding.state), finding.suppression_reason));
  out += row("fingerprint", finding.fingerprint);
  return out + fmt::format("\n`tfcheck explain {}` says what the rule is about and what to do.\n", finding.rule);
}

}  // namespace tfcheck
