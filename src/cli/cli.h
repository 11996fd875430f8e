// The command line: flags, sub-commands, exit codes. 0 clean or below the gate, 1 gate failed, 2 trouble.
#pragma once

namespace tfcheck {

inline constexpr int exit_clean = 0;
inline constexpr int exit_gate = 1;
inline constexpr int exit_trouble = 2;

int run_command_line(int argc, char** argv);

}  // namespace tfcheck
