// One finding as the text output shows it: what it says, its places with their lines, why it matters and what to do.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "report/text_style.h"

namespace tfcheck {

class FindingText {
 public:
  FindingText(const Report& report, const TextPen& pen);

  // The whole block, without the empty line behind it. Why is told once a rule and reason, what to do once in each
  // language, what mending all of a rule wins once a rule.
  std::string block(const ReportFinding& finding);
  // "path:line:column: what it says", broken at the width with `indent` spaces before every line; if `rule` is set with
  // the severity and the rule, and in one line.
  std::string line(const ReportFinding& finding, size_t indent, bool rule) const;

 private:
  void put_headline(const ReportFinding& finding);
  void put_place(const ReportPlace& place, uint32_t gutter, std::string_view sign);
  void put_places(const ReportFinding& finding, uint32_t gutter);
  void put_source(const FrameLine& line, uint32_t gutter);
  void put_marks(const std::string& marks, uint32_t width, std::string_view note, uint32_t note_column,
                 uint32_t gutter);
  void put_note(std::string_view note, uint32_t gutter, uint32_t column);
  void put_frame(const ReportFinding& finding, const std::vector<const ReportPlace*>& same, uint32_t gutter);
  void put_related_marks(const FrameLine& line, std::string_view note, uint32_t gutter);
  void put_related_frame(const ReportPlace& place, uint32_t gutter);
  void put_advice(const ReportFinding& finding, uint32_t gutter);
  void put_line(std::string_view name, const std::string& text, uint32_t gutter);

  uint32_t text_room(uint32_t gutter) const;
  std::string dashes(const FrameLine& line) const;
  std::string margin(uint32_t gutter) const;
  std::string_view bar() const { return pen_.sign("│", "|"); }
  std::string gain_text(const ReportFinding& finding) const;

  const Report& report_;
  const TextPen& pen_;
  const TextStyle& style_;
  std::set<std::pair<uint32_t, std::string>> explained_;  // rule, and what was told of it
  std::string out_;
};

// What mending all of a rule wins back; null for nothing.
const RuleGain* gain_of(const Report& report, std::string_view rule);
// True from half a point on.
bool is_shown(const RuleGain& gain);

}  // namespace tfcheck
