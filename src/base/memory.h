// The end of a run that is out of memory.
#pragma once

namespace tfcheck {

// Says so in one line on standard error and ends the program with the exit code of trouble. Needs no memory and unwinds
// nothing: also fit for C code that cannot pass an exception on, and for std::set_new_handler.
[[noreturn]] void end_out_of_memory();

}  // namespace tfcheck
