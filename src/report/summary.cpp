#include "report/summary.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "report/display.h"

namespace tfcheck {

Counts count_findings(const Report& report) {
  Counts counts;
  std::set<std::string_view> files;
  for (const ReportFinding& finding : report.findings) {
    if (finding.state == FindingState::Suppressed) {
      ++counts.suppressed;
    } else if (finding.state == FindingState::Baselined) {
      ++counts.baselined;
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

std::string counted(size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string_view to_string(Assessment assessment) {
  switch (assessment) {
    case Assessment::Assessed:
      return "assessed";
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
    case FindingState::Baselined:
      return "baselined";
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
