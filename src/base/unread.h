// Why a file, a folder or a part of one was not looked at. "Not looked at" and "clean" are different answers, so every
// place that leaves something out says which of these it was.
#pragma once

#include <cstdint>
#include <string_view>

namespace tfcheck {

enum class Unread : uint8_t {
  None,  // it was looked at
  // The machine or the repository refused: trouble, exit code 2.
  Permission,     // the system does not let us
  Io,             // the system failed
  MissingObject,  // git names an object that the repository does not hold
  // What it is, or how much of it there is: never an exit code of its own.
  Binary,          // not text in any encoding that is read
  TooLarge,        // more bytes than a file of source or configuration has (docs/limits.md)
  LongLines,       // lines that nobody writes by hand
  TooDeep,         // nested deeper than is followed
  OverBudget,      // parsing costs more work than its size allows
  ScannerState,    // the grammar's scanner would need more state than fits
  ParserFailed,    // the grammar's parser met a bug of its own
  SyntaxErrors,    // most of it is no text of its format
  TooManyFacts,    // says more than is kept of one file
  UnreadLanguage,  // a language that no adapter reads
  LfsPointer,      // git-lfs keeps the content elsewhere
  GitCrypt,        // sealed by git-crypt
  Submodule,       // another repository, which is audited on its own
  NotAFile,        // a link, FIFO, socket or device
};

// True for what the machine or the repository refused.
bool is_refused(Unread why);
// One short clause: "permission denied", "over the work limit".
std::string_view to_string(Unread why);

}  // namespace tfcheck
