// Shell scripts that somebody runs on a machine of their own: what they set up is no deploy.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "model/project_view.h"
#include "model/started_files.h"

namespace tfcheck {

class OwnScripts {
 public:
  explicit OwnScripts(const ProjectView& view);
  // A shell script that no process and no build runs.
  bool is_own(uint32_t file) const;
  // One that ends in a program's development server.
  bool runs_for_developer(uint32_t file) const;
  // One whose clients of databases talk to this machine only.
  bool is_local_client(uint32_t file) const;
  // The command is such a client's.
  bool is_client(const Fact& command) const;
  // The command makes a key or a store of keys, which has the password that it is given.
  bool makes_key(const Fact& command) const;

 private:
  const ProjectView& view_;
  const WordSet& development_;
  const WordSet& clients_;
  const WordSet& makers_;
  struct Used {
    StartedFiles started;
    std::set<std::string, std::less<>> packed;  // names of what images copy or run
  };
  const Used& used() const;
  mutable std::optional<Used> used_;  // once asked for
};

}  // namespace tfcheck
