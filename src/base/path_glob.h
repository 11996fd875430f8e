// A path glob taken apart once, for lists of globs that many paths are held against.
#pragma once

#include <string_view>

#include "base/text.h"

namespace tfcheck {

// gitignore-like, as `path_match` has it. The pattern is kept.
class PathGlob {
 public:
  explicit PathGlob(std::string_view pattern);
  bool matches(std::string_view path) const;
  // A path that lacks one of these is not matched.
  LetterSet letters() const { return letters_; }

 private:
  friend bool path_match(std::string_view pattern, std::string_view path);
  struct Once {};  // for one path: its letters are not asked for
  PathGlob(std::string_view pattern, Once);
  bool matches_folders_of(std::string_view rest) const;

  std::string_view body_;    // without what anchors it and a slash at the end
  std::string_view needle_;  // what every match holds
  bool below_;               // only what lies below
  bool anchored_;            // at the root
  LetterSet letters_;
};

}  // namespace tfcheck
