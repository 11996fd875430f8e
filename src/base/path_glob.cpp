#include "base/path_glob.h"

namespace tfcheck {

PathGlob::PathGlob(std::string_view pattern) : PathGlob(pattern, Once{}) {
  letters_ = LetterSet::of_glob(body_);
}

PathGlob::PathGlob(std::string_view pattern, Once)
    : body_(pattern), below_(pattern.ends_with('/')), letters_(std::string_view{}) {
  if (below_) body_.remove_suffix(1);
  anchored_ = body_.find('/') != std::string_view::npos;
  if (body_.starts_with('/')) body_.remove_prefix(1);
  if (body_.starts_with("**/")) body_.remove_prefix(3), anchored_ = false;
  needle_ = longest_plain(body_);
}

bool PathGlob::matches(std::string_view path) const {
  if (path.find(needle_) == std::string_view::npos) return false;
  for (size_t begin = 0;;) {
    if (matches_folders_of(path.substr(begin))) return true;
    size_t slash = path.find('/', begin);
    if (anchored_ || slash == std::string_view::npos) return false;
    begin = slash + 1;
  }
}

// The path itself, or a folder that it lies in.
bool PathGlob::matches_folders_of(std::string_view rest) const {
  for (size_t end = rest.size();;) {
    bool whole = end == rest.size();
    if (!(below_ && whole) && glob_match(body_, rest.substr(0, end), '/')) return true;
    end = end == 0 ? std::string_view::npos : rest.rfind('/', end - 1);
    if (end == std::string_view::npos) return false;
  }
}

bool path_match(std::string_view pattern, std::string_view path) {
  return PathGlob(pattern, PathGlob::Once{}).matches(path);
}

}  // namespace tfcheck
