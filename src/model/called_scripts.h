// What a command calls inside the repository: shell scripts, the scripts of a package.json and the tasks of a Makefile,
// a justfile or a Taskfile. Paths are looked up
// where the command runs: in the build context of its compose service, behind `cd` and `--prefix`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/project.h"

namespace tfcheck {

// A script of a package.json, or a task of a task file.
struct PackageScript {
  uint32_t manifest = no_index;
  std::string name;
};

// The scripts that `npm start`, `yarn X`, `npm-run-all X Y`, `make X` … name; empty for other commands.
std::vector<PackageScript> called_package_scripts(const Project& project, FactRef ref);

// The repository's shell script that a command runs: `./boot.sh`, `sh /app/boot.sh`, `. ./env.sh`; no_index for none.
uint32_t called_shell_script(const Project& project, FactRef ref);

// The names of files whose tasks a program runs; empty for other programs.
std::span<const std::string_view> task_files(std::string_view program);

// True for a file of tasks, which somebody asks for by their names: a Makefile, a justfile, a Taskfile.
bool holds_tasks(const ProjectFile& file);

// True for a file whose commands a shell script's caller runs.
bool is_shell_script(const Project& project, uint32_t file);

}  // namespace tfcheck
