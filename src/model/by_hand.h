// What only somebody runs who runs its file by hand: a program of the user's own device or in a folder of tools, the
// `__main__` of a module of a program that begins elsewhere, one of several `main` packages of Go of which another is
// built.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "model/project_view.h"
#include "model/started_files.h"

namespace tfcheck {

class ByHand {
 public:
  // The commands of the project are known. `view` outlives this.
  explicit ByHand(const ProjectView& view);

  // Nothing in the repository runs the file of the fact, and something runs another one in its place.
  bool holds(FactRef fact);

  // A command of a framework that nothing in the repository starts: a server in it is its caller's own.
  bool is_own_command(uint32_t file) const;

 private:
  bool is_on_device(uint32_t component);
  bool begins_elsewhere(uint32_t file);
  bool installs_command(uint32_t component);
  bool is_other_main(uint32_t file);
  static void note_made(const ProjectFile& file, const Fact& go, std::set<std::string, std::less<>>& into);
  void find_mains();

  const ProjectView& view_;
  const WordSet &tooling_, &commands_, &device_packages_, &tool_keys_, &builds_;
  StartedFiles started_;
  std::map<uint32_t, bool> devices_;                                 // by component
  std::map<std::pair<uint32_t, std::string_view>, bool> elsewhere_;  // by component and runtime
  std::optional<std::set<std::string_view>> mains_;                  // folders of Go's `main` packages
  std::set<std::string, std::less<>> built_;                         // … of them, those that a command names
};

}  // namespace tfcheck
