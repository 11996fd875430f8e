// The one shell adapter: every piece of shell text of the program goes through it, be it a script, a Dockerfile's RUN
// or CMD, a compose command, a CI step, a package.json script, a crontab line or the string of an exec call.
//
// Commands are named behind their wrappers: `exec sudo env A=1 bundle exec puma -p 3000` is command "puma" with args
// "-p" "3000", flags Exec and Sudo, and named args "A=" = "1", "wrapper" = "exec", "sudo", "env", "bundle exec".
// A program given with a path has it as named arg "path", options of wrappers are "wrapper-option".
// Redirects are named args (">" ">>" "2>" "&>" "<" …) whose value is the target; `2>&1` is "2>&1" = "&1".
//
// Context.index counts the lists of a text: commands that are joined by | && || (or stand in a substitution or a
// branch condition of the same list) share an index, `;`, a new line and & begin the next one. So `ps -ef | grep job`
// is a ps with PipeOut and a grep with PipeIn of one index, `pgrep x || start y` a pgrep and a start (InCondition) of
// one. The commands of `sh -c "…"` follow the sh command itself and go on counting.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "facts/adapter.h"
#include "facts/fact.h"
#include "facts/file_facts.h"

namespace tfcheck {

// A piece of shell text and where it stands.
struct ShellText {
  std::string_view text;
  std::string_view scope;                    // Context.scope of its commands: "RUN", "scripts.start", "web"
  uint32_t index = 0;                        // Context.index of its first list
  uint32_t flags = 0;                        // context flags that all its facts get
  uint32_t offset = 0;                       // where the text begins in the file
  std::optional<Span> whole = std::nullopt;  // the span of every fact, for text that is not verbatim in the file
};

// Adds the Command, EnvRead, Assign, Branch and Import (`source FILE`) facts of shell text. Spans are text offsets +
// offset, or `whole` for all when the text is not verbatim in the file (folded YAML, escaped JSON).
void add_shell(FileFacts& facts, const ShellText& shell);

// Adds one command given as words (exec form, a YAML list), behind wrappers as above; ["sh", "-c", "text"] also goes
// through add_shell.
void add_exec(FileFacts& facts, std::span<const Arg> words, Span span, std::string_view scope, uint32_t index,
              uint32_t flags);

// "shell": scripts by name (*.sh, *.bash, *.ksh) or by `#!` line.
const Adapter& shell_adapter();

}  // namespace tfcheck
