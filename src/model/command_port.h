// The port that the words of a command name by a literal: `-b :8000`, `--port=8000`, `php -S 0.0.0.0:8000`. Which words
// say a port depends on the program: [[port-option]] of the vocabulary.
#pragma once

#include <string_view>

#include "facts/fact.h"
#include "model/project_view.h"

namespace tfcheck {

class CommandPorts {
 public:
  explicit CommandPorts(const ProjectView& view)
      : servers_(view.table("port-option")), option_(servers_.column("option")), word_(servers_.column("word")) {}
  // "" when it names none, or one that only running it tells.
  std::string_view of(const Fact& command) const;

 private:
  std::string_view scan(const Fact& command, const WordTable::Row* server) const;

  const WordTable& servers_;
  size_t option_, word_;  // columns
};

}  // namespace tfcheck
