#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "report/emit.h"
#include "report/frame.h"
#include "report/practices.h"
#include "report/summary.h"
#include "report/text_style.h"

namespace tfcheck {

namespace {

constexpr size_t shown_places = 5;    // that a finding points at; the rest is counted
constexpr size_t shown_repeats = 3;   // of one rule in one file; the rest folds
constexpr size_t shown_lines = 8;     // of the folded ones
constexpr uint32_t least_gutter = 2;  // so that the frames of most findings stand in line
constexpr double shown_cost = 0.5;    // points

// The findings of one rule in one file: how many were shown, and where the others are.
struct Repeats {
  size_t shown = 0;
  std::vector<uint32_t> folded_lines;
};

class TextReport {
 public:
  TextReport(const Report& report, const TextStyle& style) : report_(report), pen_(style), style_(style) {}

  std::string run() {
    // Lines of other versions of a file are no places to look at.
    if (!style_.verbose && !report_.history) count_repeats();
    for (const ReportFinding& finding : report_.findings) {
      if (is_shown(finding)) put_finding(finding);
    }
    if (style_.verbose)
      put_suppressed();
    else
      put_aside();
    if (style_.verbose && !style_.quiet) put_practices();
    if (!style_.quiet && !report_.history) out_ += score_table(report_, pen_);
    out_ += summary_lines(report_, pen_);
    return std::move(out_);
  }

 private:
  using Key = std::pair<std::string_view, std::string_view>;  // rule, path
  static Key key_of(const ReportFinding& finding) { return {finding.rule, finding.primary.region.path}; }

  void count_repeats() {
    std::map<Key, size_t> seen;
    for (const ReportFinding& finding : report_.findings) {
      if (finding.state != FindingState::Active || is_aside(finding)) continue;
      // One finding too many is shown rather than folded: the fold would take as much room.
      if (++seen[key_of(finding)] > shown_repeats) {
        repeats_[key_of(finding)].folded_lines.push_back(finding.primary.region.start.line);
      }
    }
    std::erase_if(repeats_, [](const auto& entry) { return entry.second.folded_lines.size() < 2; });
  }

  // What no deploy runs is counted behind everything else: a line for each rule and kind of file.
  bool is_aside(const ReportFinding& finding) const { return !style_.verbose && !finding.aside.empty(); }

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

  bool is_shown(const ReportFinding& finding) {
    if (finding.state != FindingState::Active || is_aside(finding)) return false;
    auto entry = repeats_.find(key_of(finding));
    return entry == repeats_.end() || entry->second.shown < shown_repeats;
  }

  void put_finding(const ReportFinding& finding) {
    put_headline(finding);
    uint32_t gutter = gutter_width(finding);
    put_place(finding.primary, gutter, pen_.sign("┌─", "-->"));
    std::vector<const ReportPlace*> same, other;
    for (const ReportPlace& place : finding.related)
      (shares_line(finding.primary, place) ? same : other).push_back(&place);
    put_frame(finding, same, gutter);
    size_t shown = style_.verbose || other.size() <= shown_places + 1 ? other.size() : shown_places;
    for (const ReportPlace* place : std::span(other).first(shown)) {
      put_place(*place, gutter, pen_.sign("├─", ":::"));
      if (place->frame.empty()) {
        put_note(place->note, gutter, 0);
      } else {
        put_related_frame(*place, gutter);
      }
    }
    if (shown < other.size())
      put_note(fmt::format("and {} more places: -v shows them", other.size() - shown), gutter, 0);
    if (finding.commit) put_line("commit", commit_words(*finding.commit), gutter);
    put_advice(finding, gutter);
    put_fold(finding, gutter);
    out_ += '\n';
  }

  void put_headline(const ReportFinding& finding) {
    std::string_view level = to_string(finding.severity);
    std::string head = fmt::format("{}[{}]:", level, pen_.show(finding.rule));
    std::string message = pen_.show(finding.message);
    if (finding.confidence == Confidence::Low) message += " (low confidence)";
    std::vector<std::string> lines =
        wrap(fmt::format("{} {}", head, message), style_.width == 0 ? 0 : style_.width - 2);
    if (lines[0].starts_with(head)) {
      lines[0] = pen_.ink(head.substr(0, head.size() - 1), severity_ink(finding.severity)) + ":" +
                 pen_.ink(lines[0].substr(head.size()), Ink::Bold);
    }
    out_ += lines[0] + '\n';
    for (size_t i = 1; i < lines.size(); ++i) out_ += "  " + pen_.ink(lines[i], Ink::Bold) + '\n';
  }

  static uint32_t gutter_width(const ReportFinding& finding) {
    uint32_t line = finding.primary.frame.empty() ? 0 : finding.primary.frame[0].line;
    for (const ReportPlace& place : finding.related) {
      if (!place.frame.empty()) line = std::max(line, place.frame[0].line);
    }
    return std::max(least_gutter, static_cast<uint32_t>(fmt::formatted_size("{}", line)));
  }

  // A place without a frame is a whole file: its line says nothing.
  void put_place(const ReportPlace& place, uint32_t gutter, std::string_view sign) {
    std::string where = pen_.show(place.region.path);
    if (!place.frame.empty()) where += fmt::format(":{}:{}", place.region.start.line, place.region.start.column);
    out_ += std::string(gutter, ' ') + pen_.ink(sign, Ink::Blue) + ' ' + where + '\n';
  }

  static bool shares_line(const ReportPlace& a, const ReportPlace& b) {
    return a.region.path == b.region.path && !a.frame.empty() && !b.frame.empty() &&
           a.frame[0].line == b.frame[0].line && a.frame[0].text == b.frame[0].text;
  }

  uint32_t text_room(uint32_t gutter) const {
    if (style_.width == 0) return frame_width + 2;
    return style_.width > gutter + 12 ? style_.width - gutter - 2 : 10;
  }

  void put_source(const FrameLine& line, uint32_t gutter) {
    out_ +=
        pen_.ink(fmt::format("{:>{}}{}", line.line, gutter, bar()), Ink::Blue) + ' ' + pen_.columns(line.text) + '\n';
  }

  std::string_view bar() const { return pen_.sign("│", "|"); }
  std::string margin(uint32_t gutter) const { return std::string(gutter, ' ') + pen_.ink(bar(), Ink::Blue); }

  // A row of marks below a line, with a few words behind the last one, or below it when there is no room.
  void put_marks(const std::string& marks, uint32_t width, std::string_view note, uint32_t note_column,
                 uint32_t gutter) {
    std::string words = pen_.show(note);
    bool fits = style_.width == 0 || width + 1 + display_width(words) <= text_room(gutter);
    out_ += margin(gutter) + ' ' + marks;
    if (!words.empty() && fits) out_ += ' ' + words;
    out_ += '\n';
    if (!words.empty() && !fits) put_note(note, gutter, note_column);
  }

  void put_note(std::string_view note, uint32_t gutter, uint32_t column) {
    if (note.empty()) return;
    std::string words = pen_.show(note);
    uint32_t room = text_room(gutter), length = display_width(words);
    uint32_t indent = length + column <= room ? column : length < room ? room - length : 0;
    for (const std::string& line : wrap(words, style_.width == 0 ? 0 : room)) {
      out_ += margin(gutter) + ' ' + std::string(indent, ' ') + line + '\n';
    }
  }

  void put_frame(const ReportFinding& finding, const std::vector<const ReportPlace*>& same, uint32_t gutter) {
    if (finding.primary.frame.empty()) return;
    const FrameLine& whole = finding.primary.frame[0];
    FrameLine line = fit_frame(whole, text_room(gutter));
    put_source(line, gutter);
    Ink ink = severity_ink(finding.severity);
    std::string marks =
        std::string(line.mark_begin, ' ') + pen_.ink(std::string(line.mark_end - line.mark_begin, '^'), ink);
    bool cut = line.text != whole.text;
    // The first related span to the right of the carets shares their row.
    auto beside = std::find_if(same.begin(), same.end(), [&](const ReportPlace* place) {
      return !cut && finding.primary.note.empty() && place->frame[0].mark_begin > line.mark_end;
    });
    if (beside == same.end()) {
      put_marks(marks, line.mark_end, finding.primary.note, line.mark_begin, gutter);
    } else {
      const FrameLine& other = (*beside)->frame[0];
      marks += std::string(other.mark_begin - line.mark_end, ' ') + dashes(other);
      put_marks(marks, other.mark_end, (*beside)->note, other.mark_begin, gutter);
    }
    for (const ReportPlace* place : same) {
      if (beside != same.end() && place == *beside) continue;
      if (cut) {
        put_related_frame(*place, gutter);
      } else {
        put_related_marks(place->frame[0], place->note, gutter);
      }
    }
  }

  std::string dashes(const FrameLine& line) const {
    return pen_.ink(std::string(line.mark_end - line.mark_begin, '-'), Ink::Blue);
  }

  void put_related_marks(const FrameLine& line, std::string_view note, uint32_t gutter) {
    put_marks(std::string(line.mark_begin, ' ') + dashes(line), line.mark_end, note, line.mark_begin, gutter);
  }

  void put_related_frame(const ReportPlace& place, uint32_t gutter) {
    FrameLine line = fit_frame(place.frame[0], text_room(gutter));
    put_source(line, gutter);
    put_related_marks(line, place.note, gutter);
  }

  // Why once per rule and reason, and what to do once in each language: further findings say only what mending them
  // wins.
  void put_advice(const ReportFinding& finding, uint32_t gutter) {
    const ReportRule& rule = report_.rules[finding.rule_index];
    bool counts = report_.score.overall && finding.cost >= shown_cost;
    std::string gain = counts ? fmt::format(" (score +{})", static_cast<int>(std::lround(finding.cost))) : "";
    bool first = explained_.insert({finding.rule_index, ""}).second;
    bool told = !explained_.insert({finding.rule_index, "fix: " + finding.fix}).second;
    if (told && !style_.verbose) {
      if (!gain.empty()) put_line("fix", "as above" + gain, gutter);
      return;
    }
    bool fresh = explained_.insert({finding.rule_index, "why: " + finding.why}).second;
    std::string why = finding.why.empty() ? first_sentence(rule.why) : finding.why;
    if ((fresh || style_.verbose) && !trim(why).empty()) put_line("why", pen_.show(why), gutter);
    std::string fix = pen_.show(finding.fix);
    if (!first && !style_.verbose) return put_line("fix", fix + gain, gutter);
    std::string command = fmt::format("`tfcheck explain {}`", pen_.show(rule.id));
    // In one piece, to be copied, where there is room for it.
    if (style_.width == 0 || command.size() + gutter + 8 <= style_.width) command = glue(command);
    put_line("fix", fmt::format("{}{}see {}{}", fix, fix.empty() ? "" : "; ", command, gain), gutter);
  }

  void put_line(std::string_view name, const std::string& text, uint32_t gutter) {
    uint32_t indent = gutter + 2 + static_cast<uint32_t>(name.size()) + 2;
    std::vector<std::string> lines = wrap(text, style_.width > indent + 20 ? style_.width - indent
                                                : style_.width == 0        ? 0
                                                                           : 20);
    out_ += std::string(gutter, ' ') + pen_.ink("=", Ink::Blue) + ' ' + pen_.ink(fmt::format("{}:", name), Ink::Bold) +
            ' ' + lines[0] + '\n';
    for (size_t i = 1; i < lines.size(); ++i) out_ += std::string(indent, ' ') + lines[i] + '\n';
  }

  void put_fold(const ReportFinding& finding, uint32_t gutter) {
    auto entry = repeats_.find(key_of(finding));
    if (entry == repeats_.end() || ++entry->second.shown < shown_repeats) return;
    const std::vector<uint32_t>& lines = entry->second.folded_lines;
    size_t listed = std::min(lines.size(), shown_lines);
    std::string text =
        fmt::format("and {} more of {} in this file, on lines {}{}", lines.size(), pen_.show(finding.rule),
                    fmt::join(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(listed), ", "),
                    listed < lines.size() ? pen_.sign(", …", ", ...") : "");
    uint32_t indent = gutter + 2;
    std::string sign = pen_.ink("+", Ink::Blue) + ' ';
    for (const std::string& line : wrap(text, style_.width > indent + 20 ? style_.width - indent : style_.width)) {
      out_.append(gutter, ' ').append(sign).append(line).append(1, '\n');
      sign = "  ";
    }
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
  std::map<Key, Repeats> repeats_;
  std::set<std::pair<uint32_t, std::string>> explained_;  // rule, and what was told of it
  std::string out_;
};

}  // namespace

std::string emit_text(const Report& report, const TextStyle& style) {
  return TextReport(report, style).run();
}

}  // namespace tfcheck
