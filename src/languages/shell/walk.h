// The walk over a tree of shell text that writes its facts.
#pragma once

#include <string>
#include <vector>

#include "languages/shell/shell.h"
#include "languages/shell/wrappers.h"

namespace tfcheck::shell {

// What a walk leaves behind.
struct Walked {
  uint32_t next_index = 0;  // of the list that would follow
  bool errors = false;      // the text did not parse as a whole
};

// How deep a text stands in others (`sh -c "sh -c …"`), and whether function names become scopes.
struct Depth {
  int texts = 0;
  bool script = false;
};

Walked walk_text(FileFacts& facts, const ShellText& shell, Depth depth);

}  // namespace tfcheck::shell
