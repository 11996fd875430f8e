// Programs that containers begin with: which hand signals on, which end by themselves, which serve until they are
// stopped.
#pragma once

#include <string>
#include <string_view>

#include "facts/fact.h"
#include "model/project_view.h"

namespace tfcheck {

struct ContainerPrograms {
  explicit ContainerPrograms(const ProjectView& view);

  // An init in front that hands signals to every process below it, or a process manager that stops its children.
  bool forwards_to_all(std::string_view entrypoint) const;
  // The same of what begins with an init: up to the `--` behind its options.
  bool begins_forwarding(std::string_view list) const;
  // A word of it says that it does one thing and ends: `migrate`, `-c "…"`. What a server's own `-c` is given is a
  // setting or a file.
  bool is_one_off(const Fact& command) const;
  // The program that is there as a process: `npx` of `npx shop@1`, which stays above what it fetches.
  static std::string_view shown_name(const Fact& command);
  bool is_package_runner(const Fact& command) const;
  bool runs_package_manager(const Fact& command) const;
  std::string runner_name(const Fact& command) const;
  // A server or worker that does nothing else, by its name or by what its first words say.
  bool lasts(const Fact& command) const;
  // A word of it says that it serves or works: `server`, `worker`, `--port`.
  bool says_it_lasts(const Fact& command) const;
  // A word of it is what it runs, and that is a server: `consul-template -exec "nginx -g 'daemon off;'"`, `doppler run
  // -- node server.js`.
  bool runs_server(const Fact& command) const;

  const WordSet &shells, &inits, &passing, &one_off_words, &no_scripts, &interpreters, &services, &servers, &lasting,
      &lasting_words;
};

}  // namespace tfcheck
