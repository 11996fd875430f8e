#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>
#include <tuple>

#include "base/text.h"
#include "report/emit.h"
#include "report/practices.h"
#include "report/score.h"
#include "report/summary.h"
#include "report/text_finding.h"
#include "report/text_style.h"

namespace tfcheck {

namespace {

constexpr size_t shown_repeats = 3;  // of one rule with their lines; the rest is told in a line each
constexpr size_t shown_lines = 10;   // of those
constexpr size_t shown_gains = 5;
constexpr size_t least_gains = 3;  // with fewer rules there is nothing to choose from

class TextReport {
 public:
  TextReport(const Report& report, const TextStyle& style)
      : report_(report), pen_(style), style_(style), finding_(report, pen_) {}

  std::string run() {
    if (style_.quiet)
      put_lines();
    else
      put_findings();
    if (!style_.quiet) put_known();
    if (style_.verbose)
      put_suppressed();
    else if (!style_.quiet)
      put_aside();
    if (style_.verbose && !style_.quiet) put_practices();
    if (!style_.quiet && !report_.history) {
      put_gains();
      out_ += score_table(report_, pen_);
    }
    out_ += summary_lines(report_, pen_);
    return std::move(out_);
  }

 private:
  using Findings = std::vector<const ReportFinding*>;

  // What no deploy runs is counted behind everything else: a line for each rule and kind of file.
  bool is_aside(const ReportFinding& finding) const { return !style_.verbose && !finding.aside.empty(); }
  bool is_told(const ReportFinding& finding) const {
    return finding.state == FindingState::Active && !is_aside(finding);
  }

  // A line each, in the report's order, to be searched, counted and compared.
  void put_lines() {
    for (const ReportFinding& finding : report_.findings) {
      if (finding.state == FindingState::Active) out_ += finding_.line(finding, 0, true);
    }
  }

  void put_findings() {
    // Lines of other versions of a file are no places to look at: all are shown, as they come.
    if (report_.history) {
      for (const ReportFinding& finding : report_.findings) {
        if (is_told(finding)) put_block(finding);
      }
      return;
    }
    for (const Findings& findings : by_rule()) put_rule(findings);
  }

  // The rules that told something, the worst first; the findings of each likewise.
  std::vector<Findings> by_rule() const {
    std::map<std::string_view, Findings> rules;
    for (const ReportFinding& finding : report_.findings) {
      if (is_told(finding)) rules[finding.rule].push_back(&finding);
    }
    std::vector<Findings> ordered;
    for (auto& [rule, findings] : rules) {
      std::stable_sort(findings.begin(), findings.end(), [](const ReportFinding* a, const ReportFinding* b) {
        return std::tie(a->severity, a->confidence) > std::tie(b->severity, b->confidence);
      });
      ordered.push_back(std::move(findings));
    }
    std::stable_sort(ordered.begin(), ordered.end(), [&](const Findings& a, const Findings& b) {
      auto rank = [&](const ReportFinding& first) {
        const RuleGain* gain = gain_of(report_, first.rule);
        return std::tuple(first.severity, first.confidence, gain ? gain->points : 0);
      };
      return rank(*a.front()) > rank(*b.front());
    });
    return ordered;
  }

  void put_rule(const Findings& findings) {
    // One finding too many is shown with its lines: to leave it out would take as much room.
    bool all = style_.verbose || findings.size() <= shown_repeats + 1;
    size_t blocks = all ? findings.size() : shown_repeats;
    for (size_t i = 0; i < blocks; ++i) put_block(*findings[i]);
    if (all) return;
    std::string head = fmt::format("and {} more of {}", findings.size() - blocks, findings[0]->rule);
    out_ += fmt::format("{}:\n", pen_.show(head));
    size_t end = findings.size() <= blocks + shown_lines + 1 ? findings.size() : blocks + shown_lines;
    for (size_t i = blocks; i < end; ++i) out_ += finding_.line(*findings[i], 2, false);
    if (end < findings.size()) out_ += fmt::format("  and {} more: -v shows them\n", findings.size() - end);
    out_ += '\n';
  }

  void put_block(const ReportFinding& finding) { out_ += finding_.block(finding) + '\n'; }

  // A line with the blanks at its start, and what does not fit below it.
  void put_wrapped(const std::string& line) {
    size_t indent = line.find_first_not_of(' ');
    std::string sign = line.substr(0, indent);
    for (const std::string& part : wrap(line.substr(indent), style_.width > 24 ? style_.width - 4 : style_.width)) {
      out_.append(sign).append(part).append(1, '\n');
      sign.assign(indent, ' ');
    }
  }

  // What to mend first: the rules that cost most.
  void put_gains() {
    const std::vector<RuleGain>& gains = report_.score.gains;
    auto end = std::find_if_not(gains.begin(), gains.end(), [](const RuleGain& gain) { return is_shown(gain); });
    auto count = std::min<size_t>(shown_gains, static_cast<size_t>(end - gains.begin()));
    if (static_cast<size_t>(end - gains.begin()) < least_gains) return;
    put_wrapped(fmt::format("  fix first, by what it adds to {} points", shown_points(*report_.score.overall)));
    for (const RuleGain& gain : std::span(gains).first(count)) {
      std::vector<std::string> parts;
      for (Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
        size_t number = gain.counts[static_cast<size_t>(severity)];
        if (number > 0) parts.push_back(counted(number, to_string(severity)));
      }
      std::string points = fmt::format("+{}", std::lround(gain.points));
      put_wrapped(fmt::format("{:>5}  {}: {}", points, pen_.show(gain.rule), fmt::join(parts, ", ")));
    }
    out_ += '\n';
  }

  void put_practices() {
    std::string text = practice_text(report_.practices, pen_);
    if (!text.empty()) out_ += pen_.ink("seen as right", Ink::Bold) + '\n' + text + '\n';
  }

  void put_aside() {
    std::map<std::pair<std::string_view, std::string_view>, std::vector<const ReportFinding*>> groups;
    size_t count = 0;
    for (const ReportFinding& finding : report_.findings) {
      if (finding.state != FindingState::Active || finding.aside.empty()) continue;
      groups[{finding.rule, finding.aside}].push_back(&finding);
      ++count;
    }
    if (count == 0) return;
    out_ += fmt::format("and {} about what no deploy runs: -v shows {}\n", counted(count, "note"),
                        count == 1 ? "it" : "them");
    for (const auto& [group, findings] : groups) put_group(group.first, group.second, findings);
    out_ += '\n';
  }

  void put_group(std::string_view rule, std::string_view aside, const std::vector<const ReportFinding*>& findings) {
    std::set<std::string_view> files;
    for (const ReportFinding* finding : findings) files.insert(finding->primary.region.path);
    std::string more = files.size() > 1 ? fmt::format(" and {}", counted(files.size() - 1, "more file")) : "";
    std::string text = fmt::format("{} in {}: {} in {}{}", pen_.show(rule), aside, findings.size(),
                                   pen_.show(findings.front()->primary.region.path), more);
    std::string sign = "  ";
    for (const std::string& line : wrap(text, style_.width > 24 ? style_.width - 4 : style_.width)) {
      out_.append(sign).append(line).append(1, '\n');
      sign = "    ";
    }
  }

  // Behind what is new: counted by rule, or each at full length.
  void put_known() {
    std::map<std::string_view, size_t> counts;
    size_t known = 0;
    for (const ReportFinding& finding : report_.findings) {
      if (finding.state != FindingState::Known) continue;
      ++known;
      ++counts[finding.rule];
      if (style_.verbose) put_block(finding);
    }
    if (known == 0 || style_.verbose) return;
    std::string known_by = "the baseline knows";
    if (report_.baseline)
      known_by = report_.baseline->since.empty() ? pen_.show(report_.baseline->file) + " knows"
                                                 : "stood there before, in " + pen_.show(report_.baseline->since);
    put_wrapped(
        fmt::format("and {} that {}: -v shows {}", counted(known, "finding"), known_by, known == 1 ? "it" : "them"));
    std::vector<std::string> rules;
    for (const auto& [rule, count] : counts) rules.push_back(fmt::format("{} {}", count, pen_.show(rule)));
    put_wrapped(fmt::format("  {}", fmt::join(rules, ", ")));
    out_ += '\n';
  }

  void put_suppressed() {
    bool any = false;
    for (const ReportFinding& finding : report_.findings) {
      if (finding.state != FindingState::Suppressed) continue;
      any = true;
      std::string reason = pen_.show(finding.suppression_reason);
      out_ +=
          fmt::format("suppressed[{}]: {}:{}: {}{}\n", pen_.show(finding.rule), pen_.show(finding.primary.region.path),
                      finding.primary.region.start.line, reason.empty() ? "no reason given" : reason,
                      finding.commit ? " (" + commit_words(*finding.commit) + ")" : "");
    }
    if (any) out_ += '\n';
  }

  const Report& report_;
  TextPen pen_;
  const TextStyle& style_;
  FindingText finding_;
  std::string out_;
};

}  // namespace

std::string emit_text(const Report& report, const TextStyle& style) {
  return TextReport(report, style).run();
}

}  // namespace tfcheck
