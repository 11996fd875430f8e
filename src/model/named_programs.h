// What a deploy file starts by the name of a program alone: the component that is called so, wherever the file lies.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/project.h"

namespace tfcheck {

class NamedPrograms {
 public:
  // The processes of the project are known. The project outlives this.
  NamedPrograms(const Project& project, const std::vector<Component>& components);

  std::vector<std::pair<uint32_t, uint32_t>> started;  // component, file that starts it
  // Deploy files, and the scripts that they run first, that start nothing of the component in which they lie: another
  // component's program, or a task.
  std::set<uint32_t> elsewhere;

  // A process that does one thing and ends, such as a migration, by its program or by the file that it runs.
  bool is_task(const Fact& process, std::string_view entry) const;

 private:
  void note_names(const std::vector<Component>& components);
  void note_built(const std::vector<Component>& components);
  uint32_t component_of(std::string_view program) const;
  void note_cargo(uint32_t component, const ProjectFile& manifest);
  uint32_t member_of(const ProjectFile& file, const Fact& process) const;
  bool is_task(std::string_view program) const;
  void read(uint32_t file);
  void read_commands(uint32_t file);
  void note_scripts(uint32_t file);
  uint32_t entry_of(FactRef ref) const;

  const Project& project_;
  const std::vector<Component>& components_;
  const WordSet &tasks_, &task_programs_;
  std::unordered_map<std::string, uint32_t> named_;  // by letters and digits; no_index where several are called so
  std::unordered_map<std::string, uint32_t> cargo_;  // by the name of a binary of Cargo; the same
  std::unordered_map<std::string, uint32_t> built_;  // by the name of the program that a build makes; the same
};

}  // namespace tfcheck
