#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "report/score.h"
#include "report/score_weights.h"
#include "report/summary.h"
#include "report/text_style.h"

namespace tfcheck {

namespace {

constexpr std::array<std::string_view, 12> numerals = {"I",   "II",   "III", "IV", "V",  "VI",
                                                       "VII", "VIII", "IX",  "X",  "XI", "XII"};
constexpr uint32_t two_columns = 78;  // the least width for two columns of factors
constexpr uint32_t with_numerals = 40;
constexpr int bar_cells = 10;

std::string pad(std::string text, size_t width) {
  size_t used = display_width(text);
  return text.append(width > used ? width - used : 0, ' ');
}

// By what was lost of the most that there could be.
Ink points_ink(double points, double most) {
  return points >= 0.9 * most ? Ink::Green : points >= 0.5 * most ? Ink::Yellow : Ink::Red;
}

// "≤78" for points that are the most there can be, "78" for those that are.
std::string points_text(double points, bool incomplete, const TextPen& pen) {
  return fmt::format("{}{}", incomplete ? pen.sign("≤", "<=") : "", shown_points(points));
}

// Ten cells and the points, or the words for a factor without: fourteen columns either way.
std::string bar(const FactorScore& factor, double most, const TextPen& pen) {
  if (!is_scored(factor.assessment)) return pen.ink(fmt::format("{:<14}", to_string(factor.assessment)), Ink::Dim);
  int points = shown_points(factor.points);
  std::string number = points_text(factor.points, factor.incomplete, pen);
  int cells = std::min(bar_cells, bar_cells + 4 - static_cast<int>(display_width(number)));
  // A cell per ten points; the last one stays empty until nothing is lost, the first stays while anything is left.
  int full = points >= 100 ? cells : std::clamp((points + 5) / 10, points > 0 ? 1 : 0, cells - 1);
  std::string filled, rest;
  for (int i = 0; i < full; ++i) filled += pen.sign("█", "#");
  for (int i = full; i < cells; ++i) rest += pen.sign("░", ".");
  std::string blanks(static_cast<size_t>(bar_cells + 4 - cells) - display_width(number), ' ');
  return pen.ink(filled, points_ink(factor.points, most)) + pen.ink(rest, Ink::Dim) + blanks + number;
}

std::string trim_end(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string factor_cell(const Report& report, size_t i, size_t numeral_width, size_t name_width, const TextPen& pen) {
  std::string numeral = numeral_width == 0 ? "" : pad(std::string(numerals[i]), numeral_width + 2);
  return pen.ink(numeral, Ink::Dim) + pad(std::string(factor_ids[i]), name_width) + ' ' +
         bar(report.score.factors[i], factor_weight(i).most, pen);
}

std::string factor_rows(const Report& report, const TextPen& pen) {
  std::string out;
  uint32_t width = pen.style().width;
  if (width == 0 || width >= two_columns) {
    for (size_t i = 0; i < 6; ++i) {
      out += trim_end(
                 fmt::format("  {}   {}", factor_cell(report, i, 3, 17, pen), factor_cell(report, i + 6, 4, 15, pen))) +
             '\n';
    }
    return out;
  }
  bool numbered = width >= with_numerals;
  for (size_t i = 0; i < factor_ids.size(); ++i) {
    out += trim_end((numbered ? "  " : "") + factor_cell(report, i, numbered ? 4 : 0, 17, pen)) + '\n';
  }
  return out;
}

// Text in lines, the first indented by `indent`, the others by `hang`.
std::string block(const std::string& text, const TextPen& pen, uint32_t indent, uint32_t hang) {
  uint32_t width = pen.style().width, deeper = std::max(indent, hang);
  std::string out, blanks(indent, ' ');
  for (const std::string& line : wrap(text, width > deeper + 20 ? width - deeper : std::min(width, 20u))) {
    out += blanks + line + '\n';
    blanks = std::string(hang, ' ');
  }
  return out;
}

// Many factors are told by those that are missing.
std::string factor_names(const std::vector<std::string_view>& factors) {
  if (factors.size() == factor_ids.size()) return "all factors";
  if (factors.size() + 3 < factor_ids.size()) return fmt::format("{}", fmt::join(factors, ", "));
  std::vector<std::string_view> others;
  std::copy_if(factor_ids.begin(), factor_ids.end(), std::back_inserter(others),
               [&](auto id) { return std::find(factors.begin(), factors.end(), id) == factors.end(); });
  return fmt::format("all factors but {}", fmt::join(others, ", "));
}

// Why factors have no points, or not for certain. What was not looked at often touches many factors: they share a line.
std::string reasons(const Report& report, const TextPen& pen) {
  std::string out;
  std::vector<std::pair<std::string, std::vector<std::string_view>>> shared;  // assessment and reason, factors
  for (size_t i = 0; i < factor_ids.size(); ++i) {
    const FactorScore& factor = report.score.factors[i];
    bool wanted = factor.assessment != Assessment::Assessed &&
                  (factor.assessment != Assessment::NotApplicable || pen.style().verbose);
    if (!wanted || factor.reason.empty()) continue;
    std::string what(to_string(factor.assessment));
    if (!factor.incomplete) {
      out += block(fmt::format("{} {}: {}", factor_ids[i], what, pen.show(factor.reason)), pen, 2, 4);
      continue;
    }
    std::string key = what + ": {} (" + pen.show(factor.reason) + ")";
    auto same = std::find_if(shared.begin(), shared.end(), [&](const auto& entry) { return entry.first == key; });
    if (same == shared.end()) same = shared.insert(shared.end(), {key, {}});
    same->second.push_back(factor_ids[i]);
  }
  for (const auto& [key, factors] : shared) {
    size_t gap = key.find("{}");
    out += block(key.substr(0, gap) + factor_names(factors) + key.substr(gap + 2), pen, 2, 4);
  }
  return out.empty() ? out : out + '\n';
}

// What the bars read where nothing was found.
std::string what_clean_is(const Report& report) {
  double least = 100, most = 0;
  for (size_t i = 0; i < factor_ids.size(); ++i) {
    if (!is_scored(report.score.factors[i].assessment)) continue;
    least = std::min(least, factor_weight(i).most);
    most = std::max(most, factor_weight(i).most);
  }
  if (most == 0) return {};
  std::string range = least < most ? fmt::format(", a bar {} to {} by how much of it rules see", least, most) : "";
  return fmt::format("nothing found reads {}{}: tfcheck explain --score", clean_score, range);
}

// Apps, and whatever lost points; the rest of a repository with apps is counted.
bool has_row(const Report& report, const ComponentScore& component) {
  constexpr size_t few = 6;
  bool lost = std::any_of(component.factors.begin(), component.factors.end(),
                          [](const FactorScore& factor) { return !factor.losses.empty(); });
  return component.kind == "app" || lost || report.score.components.size() <= few;
}

// A number of one or two factors says nothing of a component.
bool has_number(const ComponentScore& component) {
  constexpr long least_factors = 3;
  long assessed = std::count_if(component.factors.begin(), component.factors.end(),
                                [](const FactorScore& factor) { return is_scored(factor.assessment); });
  return component.overall && assessed >= least_factors;
}

std::string component_rows(const Report& report, const TextPen& pen) {
  size_t root_width = 0, kind_width = 0, others = 0;
  for (const ComponentScore& component : report.score.components) {
    if (!has_row(report, component)) continue;
    root_width = std::max<size_t>(root_width, display_width(pen.show(component.root)));
    kind_width = std::max<size_t>(kind_width, display_width(pen.show(component.kind)));
  }
  std::string out;
  for (const ComponentScore& component : report.score.components) {
    if (!has_row(report, component) && ++others > 0) continue;
    std::string points = has_number(component) ? points_text(*component.overall, component.incomplete, pen) : "-";
    std::string row = fmt::format("{}{}  {}  {}", std::string(5 - display_width(points), ' '), points,
                                  pad(pen.show(component.root), root_width), pad(pen.show(component.kind), kind_width));
    std::string languages = pen.show(fmt::format("{}", fmt::join(component.languages, ", ")));
    bool fits = pen.style().width == 0 || display_width(row) + 2 + display_width(languages) <= pen.style().width;
    if (fits) row.append("  ").append(languages);
    out.append(trim_end(row)).append(1, '\n');
    if (!fits) out += block(languages, pen, 7, 7);
  }
  if (others > 0)
    out += fmt::format("       and {}, as `tfcheck components` lists\n", counted(others, "more component"));
  return out.empty() ? out : out + '\n';
}

std::string gate_text(const GateResult& gate, const TextPen& pen) {
  std::string verdict = gate.passed ? pen.ink("passed", Ink::Green) : pen.ink("failed", Ink::Red);
  std::string why = gate.why.empty() ? "" : ", " + pen.show(gate.why);
  return fmt::format("gate {}: {}{}", pen.show(gate.text), verdict, why);
}

// Of several apps the one with the fewest points; a mean hides it.
std::string lowest_app(const Report& report, const TextPen& pen) {
  const ComponentScore* lowest = nullptr;
  size_t apps = 0;
  for (const ComponentScore& component : report.score.components) {
    if (component.kind != "app" || !component.overall) continue;
    ++apps;
    if (!lowest || *component.overall < *lowest->overall) lowest = &component;
  }
  if (apps < 2 || !report.score.overall) return {};
  return fmt::format("lowest {} in {}", shown_points(*lowest->overall), pen.show(lowest->root));
}

// What the change did to the score.
std::string beside_score(const Report& report, const TextPen& pen) {
  if (!report.baseline || !report.baseline->score_without_new || !report.score.overall) return {};
  std::string lost = fmt::format("{:.1f}", *report.baseline->score_without_new - *report.score.overall);
  return lost == "0.0" ? "" : fmt::format(" ({}{} by what is new)", pen.sign("−", "-"), lost);
}

std::string headline(const Report& report, const TextPen& pen) {
  Counts counts = count_findings(report);
  std::string dot = fmt::format(" {}", pen.sign("·", "-"));
  std::string score = "no score";
  if (report.score.overall) {
    bool at_most = report.score.incomplete;
    score = fmt::format("{}{} of 100", at_most ? pen.sign("≤ ", "<= ") : "", shown_points(*report.score.overall));
    score += beside_score(report, pen);
  }
  if (report.history) score = "history";
  std::string out = glue(score + dot) + ' ';
  if (!report.history && !report.score.no_overall.empty()) out += pen.show(report.score.no_overall) + glue(dot) + ' ';
  if (std::string lowest = lowest_app(report, pen); !lowest.empty()) out += lowest + glue(dot) + ' ';
  std::string words = baseline_words(report);
  out += glue(words);
  if (counts.active() == 0) {
    if (words.empty()) out += glue("no findings");
  } else {
    if (!words.empty()) out += glue(dot) + ' ';
    out +=
        fmt::format("{}, {}, {} {}", glue(counted(counts.errors, "error")), glue(counted(counts.warnings, "warning")),
                    glue(counted(counts.notes, "note")), glue("in " + counted(counts.files, "file")));
  }
  if (std::string unread = unread_words(report); !unread.empty()) out += glue(dot) + ' ' + glue(unread);
  if (counts.suppressed > 0) out += glue(dot);
  if (counts.suppressed > 0) out += ' ' + glue(fmt::format("{} suppressed", counts.suppressed));
  if (counts.marked > 0) out += ' ' + glue(fmt::format("({} by marks of other tools)", counts.marked));
  Ink ink = report.score.overall ? points_ink(*report.score.overall, clean_score) : Ink::Bold;
  return "  " + pen.ink(score, ink) + block(out, pen, 2, 4).substr(2 + score.size());
}

// What was looked at of a history.
std::string checked_history(const ReportHistory& history) {
  size_t in_scope = history.judged + history.unread;
  size_t outside = history.blobs - std::min(history.blobs, in_scope);
  std::string out = fmt::format("checked {} of {} in {} of {}", history.judged, counted(history.blobs, "file version"),
                                counted(history.commits, "commit"), counted(history.references, "reference"));
  if (outside > 0) out += fmt::format(" ({} out of scope or no text)", outside);
  return out;
}

std::string checked(const Report& report, const TextPen& pen) {
  const Statistics& statistics = report.statistics;
  if (report.history)
    return checked_history(*report.history) +
           (statistics.seconds > 0 ? fmt::format(" in {:.2f} s", statistics.seconds) : "");
  std::string out = fmt::format("checked {}", counted(statistics.files_checked, "file"));
  if (!report.folder.empty()) out += " of " + pen.show(report.folder);
  if (statistics.files_skipped > 0) out += fmt::format(" ({} skipped)", statistics.files_skipped);
  if (statistics.files_beside > 0)
    out += fmt::format(", {} beside it for what {} of it", counted(statistics.files_beside, "file"),
                       statistics.files_beside == 1 ? "it says" : "they say");
  if (statistics.seconds > 0) out += fmt::format(" in {:.2f} s", statistics.seconds);
  return out;
}

}  // namespace

std::string score_table(const Report& report, const TextPen& pen) {
  std::string out = factor_rows(report, pen) + '\n';
  out += reasons(report, pen);
  if (std::string clean = what_clean_is(report); !clean.empty()) out += block(clean, pen, 2, 4) + '\n';
  return out + component_rows(report, pen);
}

std::string summary_lines(const Report& report, const TextPen& pen) {
  std::string out = headline(report, pen);
  for (const std::string& line : {configuration_line(report), baseline_line(report), edition_line(report)}) {
    if (!line.empty()) out += block(pen.show(line), pen, 2, 4);
  }
  bool quiet = pen.style().quiet;
  std::string looked = quiet ? "" : checked(report, pen);
  std::vector<const GateResult*> gates;
  for (const GateResult& gate : report.gates) {
    if (!quiet || !gate.passed) gates.push_back(&gate);
  }
  // One gate goes beside what was looked at; of several each has its line.
  if (gates.size() == 1 && !quiet) {
    std::string plain = fmt::format("{} {} gate {}: failed", looked, pen.sign("·", "-"), pen.show(gates[0]->text));
    if (pen.style().width == 0 || display_width(plain) + 2 <= pen.style().width) {
      return out + fmt::format("  {} {} {}\n", looked, pen.sign("·", "-"), gate_text(*gates[0], pen));
    }
  }
  if (!quiet) out += block(looked, pen, 2, 4);
  for (const GateResult* gate : gates) out += "  " + gate_text(*gate, pen) + '\n';
  return out;
}

}  // namespace tfcheck
