// What a condition asks about the deploy: whether a branch is taken only in development, only in production, or only
// when the file itself is the program.
#pragma once

#include "facts/fact.h"

namespace tfcheck {

enum class Guard : uint8_t { None, Development, Production, Main };

Guard guard_of(const Value& condition);
Guard opposite(Guard guard);
// `program.command("develop")`, whose value this is: what it is handed runs for developers.
bool declares_development_command(const Value& call);
// A condition, as its file spells it, that asks for words of the command line: `"migrate" in sys.argv`.
bool asks_command_line(std::string_view language, std::string_view condition);

}  // namespace tfcheck
