// Comments of any language, as text alone shows them: enough to tell a directive in one from the same words in code.
#pragma once

#include <string_view>

namespace tfcheck {

struct CommentStart {
  bool found = false;
  std::string_view close;  // "" when it ends with the line
};

// The comment that something stands in, from what is before it on its line.
CommentStart comment_before(std::string_view prefix);
// Whether a line's text, from its first non-blank, begins a comment or goes on with one.
bool begins_comment(std::string_view text);

}  // namespace tfcheck
