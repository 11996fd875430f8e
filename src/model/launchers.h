// Programs that only start others: `node run.mjs` as the first process of an image, which spawns the servers. And the
// stages of an image that a compose file asks for.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "model/entry_files.h"
#include "model/project_view.h"

namespace tfcheck {

// A launcher that hands SIGTERM to none of what it starts.
struct Launcher {
  uint32_t file = no_index;
  Span place;              // where it handles another signal, else where it starts something
  bool interrupt = false;  // it handles SIGINT
};

class Launchers {
 public:
  explicit Launchers(const ProjectView& view);
  // Of a command in an image: the file that it runs, or that the stage's COPY brings.
  std::optional<Launcher> of(FactRef command) const;

 private:
  uint32_t file_of(FactRef command) const;
  uint32_t copied(FactRef command, std::string_view name) const;

  const ProjectView& view_;
  EntryFiles entries_;
  const WordSet &spawns_, &modules_;
};

// A shell's `trap` that hears SIGTERM: `trap cleanup EXIT` does not; what a variable names may be any signal.
bool hears_term(const Fact& trap);

// The stages that services of deployed compose files are built to and start as they are, by the image's file.
std::map<uint32_t, std::set<std::string, std::less<>>> targeted_stages(const ProjectView& view);

}  // namespace tfcheck
