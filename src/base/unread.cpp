#include "base/unread.h"

namespace tfcheck {

bool is_refused(Unread why) {
  return why == Unread::Permission || why == Unread::Io || why == Unread::MissingObject;
}

std::string_view to_string(Unread why) {
  switch (why) {
    case Unread::None:
      return "looked at";
    case Unread::Permission:
      return "permission denied";
    case Unread::Io:
      return "cannot be read";
    case Unread::MissingObject:
      return "its object is not in this repository";
    case Unread::Binary:
      return "binary";
    case Unread::TooLarge:
      return "too large";
    case Unread::LongLines:
      return "lines too long";
    case Unread::TooDeep:
      return "nested too deeply";
    case Unread::OverBudget:
      return "too much work to parse";
    case Unread::ScannerState:
      return "more open constructs than its grammar can hold";
    case Unread::ParserFailed:
      return "its grammar's parser failed";
    case Unread::SyntaxErrors:
      return "most of it does not parse";
    case Unread::TooManyFacts:
      return "says too much";
    case Unread::UnreadLanguage:
      return "a language that is not read";
    case Unread::LfsPointer:
      return "a git-lfs pointer";
    case Unread::GitCrypt:
      return "sealed by git-crypt";
    case Unread::Submodule:
      return "a submodule";
    case Unread::NotAFile:
      return "not a regular file";
  }
  return "?";
}

}  // namespace tfcheck
