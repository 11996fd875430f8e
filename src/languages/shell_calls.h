// Calls that hand a command to the system: `os.system("…")`, `child_process.spawn("x", ["-d"])`, Ruby's backticks. What
// they run goes through the shell adapter and becomes Command facts beside the Call fact.
#pragma once

#include <span>
#include <string_view>

#include "facts/file_facts.h"
#include "languages/language.h"

namespace tfcheck {

// Adds the commands of a call, if it is one of those and its words are known, in the context of the call.
void add_shell_call(FileFacts& facts, const ShellIdioms& idioms, std::string_view name, std::span<const Arg> args,
                    Span span, const Context& where);

}  // namespace tfcheck
