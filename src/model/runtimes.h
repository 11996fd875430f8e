// Languages as the vocabulary's tables call them: one word for the dialects of one runtime.
#pragma once

#include <string_view>

#include "model/project.h"

namespace tfcheck {

// A file whose facts tell what a program does: source code or a shell script.
bool is_program(const ProjectFile& file);

// A script of commands, whatever reads it: a shell's, a batch file, PowerShell.
bool is_command_script(const ProjectFile& file);

// "node" for JavaScript and TypeScript, "browser" for the scripts of Vue and Svelte components, "java" for Kotlin, "c"
// for C++, "python" for notebooks too, the format's own name otherwise.
std::string_view runtime_of(std::string_view format);

}  // namespace tfcheck
