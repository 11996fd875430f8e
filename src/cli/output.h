// What the program prints. A text that could not be written in full is an error; a reader that went away (a closed
// pipe) is none, and nothing depends on who listens on standard error.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tfcheck {

// Makes the process fit to write, once and before anything is opened: a full disk and a closed pipe are errors of
// writing instead of signals, and descriptors 0 to 2 that are closed are taken, so that no file is opened as one of
// them.
void prepare_writing();

// Writes all of `text` to a descriptor; why it could not, nothing when it could or when nobody reads any more.
std::optional<std::string> write_all(int descriptor, std::string_view text);
// Writes to standard output.
std::optional<Error> print(std::string_view text);
// The same as a command's last word: `code`, or the exit code of trouble after saying what went wrong.
int print_and_exit(std::string_view text, int code);
// Writes to standard error, as far as that takes it.
void tell(std::string_view text);

}  // namespace tfcheck
