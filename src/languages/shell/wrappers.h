// Programs that run another program: which of a command's words are theirs, and what is behind them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "languages/shell/words.h"

namespace tfcheck::shell {

// A command without its wrappers.
struct Unwrapped {
  std::string name;         // base name of the program, "$NAME" for a variable
  std::vector<Arg> named;   // "NAME=" of env, "wrapper", "wrapper-option", "path" in the order of the words
  std::vector<Word> words;  // behind the program
  uint32_t flags = 0;
};

// Takes the wrappers off. A wrapper without a command behind it is a command of its own.
Unwrapped unwrap(FileFacts& facts, std::span<const Word> words);

// The word that a shell runs as text (`sh -ec "…"`, `su app -c "…"`, `eval "…"`), null when the command is none of
// those.
const Word* script_word(const Unwrapped& command);
// The same, and every command that a runner of several is handed: `concurrently "npm start" "node worker.js"`.
std::vector<Word> script_words(const Unwrapped& command);

}  // namespace tfcheck::shell
