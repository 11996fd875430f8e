#include "report/text_style.h"

#include "base/text.h"

namespace tfcheck {

std::string TextPen::ink(std::string_view text, Ink ink) const {
  std::string_view code;
  switch (ink) {
    case Ink::Plain:
      break;
    case Ink::Bold:
      code = "1";
      break;
    case Ink::Dim:
      code = "2";
      break;
    case Ink::Red:
      code = "1;31";
      break;
    case Ink::Yellow:
      code = "1;33";
      break;
    case Ink::Green:
      code = "32";
      break;
    case Ink::Cyan:
      code = "1;36";
      break;
    case Ink::Blue:
      code = "34";
      break;
  }
  if (!style_.color || code.empty() || text.empty()) return std::string(text);
  return std::string("\x1b[").append(code).append("m").append(text).append("\x1b[0m");
}

std::string TextPen::show(std::string_view text) const {
  std::string safe = printable(text);
  return style_.unicode ? safe : to_ascii(safe, AsciiFit::Readable);
}

std::string TextPen::columns(std::string_view text) const {
  std::string safe = printable(text);
  return style_.unicode ? safe : to_ascii(safe, AsciiFit::SameColumns);
}

Ink severity_ink(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return Ink::Red;
    case Severity::Warning:
      return Ink::Yellow;
    case Severity::Note:
      return Ink::Cyan;
  }
  return Ink::Plain;
}

}  // namespace tfcheck
