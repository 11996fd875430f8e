// The packages that a command installs by name, as far as it leaves their version open: `pip install flask`,
// `npm install -g nodemon`, `go install example.com/x@latest`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

class InstallCommands {
 public:
  explicit InstallCommands(const ProjectView& view);
  // Empty for other commands, and when every package has a version, comes from a list or from the disk. `beside`: the
  // facts of its file, for what the arguments of an image's build are where nobody gives them.
  std::vector<std::string> open_packages(const Fact& command, std::span<const Fact> beside = {}) const;
  // The manifest whose ranges a command resolves anew, whatever a lock file beside it says: `pip install -r
  // pyproject.toml`; "" for none.
  static std::string_view listed_ranges(const Fact& command);

 private:
  // A manager, and what its ecosystem says of options and versions.
  struct Manager {
    std::span<const std::string> programs, verbs;
    std::span<const std::string> takes;    // options that take the next word
    std::span<const std::string> settles;  // options that settle the versions
    WordSet switches;                      // options that take none; what another one takes is not known
    bool (*open)(std::string_view word);
  };
  static std::vector<std::string> open_packages(const Manager& manager, std::span<const std::string_view> words);
  static size_t words_of_option(const Manager& manager, std::string_view option);

  std::vector<Manager> managers_;
};

}  // namespace tfcheck
