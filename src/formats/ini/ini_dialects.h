// What the keys of known INI dialects mean beyond their text: commands, environments, handler arguments, dependencies.
#pragma once

#include <span>

#include "facts/file_facts.h"
#include "formats/ini/ini_reader.h"

namespace tfcheck {

// `name` is the entry's full name, "program:web.command"; it is the scope of a command.
struct IniPlace {
  const IniEntry& entry;
  std::string_view name;
  Span span;           // of the value
  uint32_t index = 0;  // ordinal of the entry in its file
  bool ends = false;   // of a unit that runs to its end: its commands start no process
};

// Commands of program:*.command, and "program:web.environment.KEY" for each variable of `environment=`.
void add_supervisor(FileFacts& facts, const IniPlace& place);
// Commands of Exec*=, and "Service.Environment.KEY" for each variable of Environment=.
void add_systemd(FileFacts& facts, const IniPlace& place);
// Commands of attach-daemon, exec-*, hook-* = exec:… and cron.
void add_uwsgi(FileFacts& facts, const IniPlace& place);
// Commands of [watcher:x] cmd.
void add_circus(FileFacts& facts, const IniPlace& place);
// "handler_file.args.0" for each argument of a handler's constructor, a Python tuple.
void add_logging(FileFacts& facts, const IniPlace& place);
// Dependencies of install_requires and extras_require.
void add_setup_cfg(FileFacts& facts, const IniPlace& place);

}  // namespace tfcheck
