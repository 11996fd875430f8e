#include "report/text_finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "base/text.h"
#include "report/frame.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

constexpr size_t shown_places = 5;    // that a finding points at; the rest is counted
constexpr uint32_t least_gutter = 2;  // so that the frames of most findings stand in line

uint32_t gutter_width(const ReportFinding& finding) {
  uint32_t line = finding.primary.frame.empty() ? 0 : finding.primary.frame[0].line;
  for (const ReportPlace& place : finding.related) {
    if (!place.frame.empty()) line = std::max(line, place.frame[0].line);
  }
  return std::max(least_gutter, static_cast<uint32_t>(fmt::formatted_size("{}", line)));
}

bool shares_line(const ReportPlace& a, const ReportPlace& b) {
  return a.region.path == b.region.path && !a.frame.empty() && !b.frame.empty() && a.frame[0].line == b.frame[0].line &&
         a.frame[0].text == b.frame[0].text;
}

// "app/logging_setup.py:5:11"; a place without a frame is a whole file: its line says nothing.
std::string place_text(const ReportPlace& place, const TextPen& pen) {
  std::string where = pen.show(place.region.path);
  if (!place.frame.empty()) where += fmt::format(":{}:{}", place.region.start.line, place.region.start.column);
  return where;
}

std::string message_of(const ReportFinding& finding, const TextPen& pen) {
  return pen.show(finding.message) + (finding.confidence == Confidence::Low ? " (low confidence)" : "") +
         (finding.state == FindingState::Known ? " (known)" : "") +
         (finding.known_places == 0
              ? ""
              : fmt::format(" ({} of its {} places are new)", finding.places - finding.known_places, finding.places));
}

}  // namespace

const RuleGain* gain_of(const Report& report, std::string_view rule) {
  const std::vector<RuleGain>& gains = report.score.gains;
  auto found = std::find_if(gains.begin(), gains.end(), [&](const RuleGain& gain) { return gain.rule == rule; });
  return found == gains.end() ? nullptr : &*found;
}

bool is_shown(const RuleGain& gain) {
  constexpr double least = 0.5;
  return gain.points >= least;
}

FindingText::FindingText(const Report& report, const TextPen& pen) : report_(report), pen_(pen), style_(pen.style()) {}

std::string FindingText::block(const ReportFinding& finding) {
  put_headline(finding);
  uint32_t gutter = gutter_width(finding);
  put_places(finding, gutter);
  if (finding.commit) put_line("commit", commit_words(*finding.commit), gutter);
  put_advice(finding, gutter);
  return std::exchange(out_, {});
}

void FindingText::put_places(const ReportFinding& finding, uint32_t gutter) {
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
  if (shown < other.size()) put_note(fmt::format("and {} more places: -v shows them", other.size() - shown), gutter, 0);
}

void FindingText::put_headline(const ReportFinding& finding) {
  std::string_view level = to_string(finding.severity);
  std::string head = fmt::format("{}[{}]:", level, pen_.show(finding.rule));
  std::string message = message_of(finding, pen_);
  std::vector<std::string> lines = wrap(fmt::format("{} {}", head, message), style_.width == 0 ? 0 : style_.width - 2);
  if (lines[0].starts_with(head)) {
    lines[0] = pen_.ink(head.substr(0, head.size() - 1), severity_ink(finding.severity)) + ":" +
               pen_.ink(lines[0].substr(head.size()), Ink::Bold);
  }
  out_ += lines[0] + '\n';
  for (size_t i = 1; i < lines.size(); ++i) out_ += "  " + pen_.ink(lines[i], Ink::Bold) + '\n';
}

void FindingText::put_place(const ReportPlace& place, uint32_t gutter, std::string_view sign) {
  out_ += std::string(gutter, ' ') + pen_.ink(sign, Ink::Blue) + ' ' + place_text(place, pen_) + '\n';
}

uint32_t FindingText::text_room(uint32_t gutter) const {
  if (style_.width == 0) return frame_width + 2;
  return style_.width > gutter + 12 ? style_.width - gutter - 2 : 10;
}

void FindingText::put_source(const FrameLine& line, uint32_t gutter) {
  out_ += pen_.ink(fmt::format("{:>{}}{}", line.line, gutter, bar()), Ink::Blue) + ' ' + pen_.columns(line.text) + '\n';
}

std::string FindingText::margin(uint32_t gutter) const {
  return std::string(gutter, ' ') + pen_.ink(bar(), Ink::Blue);
}

// A row of marks below a line, with a few words behind the last one, or below it when there is no room.
void FindingText::put_marks(const std::string& marks, uint32_t width, std::string_view note, uint32_t note_column,
                            uint32_t gutter) {
  std::string words = pen_.show(note);
  bool fits = style_.width == 0 || width + 1 + display_width(words) <= text_room(gutter);
  out_ += margin(gutter) + ' ' + marks;
  if (!words.empty() && fits) out_ += ' ' + words;
  out_ += '\n';
  if (!words.empty() && !fits) put_note(note, gutter, note_column);
}

void FindingText::put_note(std::string_view note, uint32_t gutter, uint32_t column) {
  if (note.empty()) return;
  std::string words = pen_.show(note);
  uint32_t room = text_room(gutter), length = display_width(words);
  uint32_t indent = length + column <= room ? column : length < room ? room - length : 0;
  for (const std::string& line : wrap(words, style_.width == 0 ? 0 : room)) {
    out_ += margin(gutter) + ' ' + std::string(indent, ' ') + line + '\n';
  }
}

void FindingText::put_frame(const ReportFinding& finding, const std::vector<const ReportPlace*>& same,
                            uint32_t gutter) {
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

std::string FindingText::dashes(const FrameLine& line) const {
  return pen_.ink(std::string(line.mark_end - line.mark_begin, '-'), Ink::Blue);
}

void FindingText::put_related_marks(const FrameLine& line, std::string_view note, uint32_t gutter) {
  put_marks(std::string(line.mark_begin, ' ') + dashes(line), line.mark_end, note, line.mark_begin, gutter);
}

void FindingText::put_related_frame(const ReportPlace& place, uint32_t gutter) {
  FrameLine line = fit_frame(place.frame[0], text_room(gutter));
  put_source(line, gutter);
  put_related_marks(line, place.note, gutter);
}

// What all of a rule wins, once.
std::string FindingText::gain_text(const ReportFinding& finding) const {
  const RuleGain* gain = gain_of(report_, finding.rule);
  if (!gain || !is_shown(*gain)) return {};
  auto points = std::lround(gain->points);
  if (gain->findings() == 1) return fmt::format(" (score +{})", points);
  return fmt::format(" (score +{} for all of this rule)", points);
}

void FindingText::put_advice(const ReportFinding& finding, uint32_t gutter) {
  const ReportRule& rule = report_.rules[finding.rule_index];
  bool first = explained_.insert({finding.rule_index, ""}).second;
  std::string why = finding.why.empty() ? first_sentence(rule.why) : finding.why;
  bool fresh = explained_.insert({finding.rule_index, "why: " + why}).second;
  if ((fresh || style_.verbose) && !trim(why).empty()) put_line("why", pen_.show(why), gutter);
  bool told = !explained_.insert({finding.rule_index, "fix: " + finding.fix}).second;
  if (told && !style_.verbose) return;
  std::string fix = pen_.show(finding.fix);
  if (!first && !style_.verbose) return put_line("fix", fix, gutter);
  std::string command = fmt::format("`tfcheck explain {}`", pen_.show(rule.id));
  // In one piece, to be copied, where there is room for it.
  if (style_.width == 0 || command.size() + gutter + 8 <= style_.width) command = glue(command);
  std::string gain = first ? gain_text(finding) : "";
  put_line("fix", fmt::format("{}{}see {}{}", fix, fix.empty() ? "" : "; ", command, gain), gutter);
}

void FindingText::put_line(std::string_view name, const std::string& text, uint32_t gutter) {
  uint32_t indent = gutter + 2 + static_cast<uint32_t>(name.size()) + 2;
  std::vector<std::string> lines = wrap(text, style_.width > indent + 20 ? style_.width - indent
                                              : style_.width == 0        ? 0
                                                                         : 20);
  out_ += std::string(gutter, ' ') + pen_.ink("=", Ink::Blue) + ' ' + pen_.ink(fmt::format("{}:", name), Ink::Bold) +
          ' ' + lines[0] + '\n';
  for (size_t i = 1; i < lines.size(); ++i) out_ += std::string(indent, ' ') + lines[i] + '\n';
}

std::string FindingText::line(const ReportFinding& finding, size_t indent, bool rule) const {
  std::string kind = rule ? fmt::format("{}[{}]: ", to_string(finding.severity), pen_.show(finding.rule)) : "";
  std::string text = fmt::format("{}: {}{}", place_text(finding.primary, pen_), kind, message_of(finding, pen_));
  // What is searched and compared is not broken.
  size_t room = rule ? 0 : style_.width > indent + 24 ? style_.width - indent : style_.width;
  std::string out;
  std::string sign(indent, ' ');
  for (const std::string& each : wrap(text, static_cast<uint32_t>(room))) {
    out.append(sign).append(each).append(1, '\n');
    sign.assign(indent + 2, ' ');
  }
  return out;
}

}  // namespace tfcheck
