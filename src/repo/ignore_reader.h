// Finds and reads the ignore files that count in a work tree: the user's own, the repository's info/exclude, and the
// .gitignore of every folder on the way.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "repo/ignore_rules.h"
#include "repo/open_repository.h"

namespace tfcheck {

class IgnoreReader {
 public:
  using Chain = std::shared_ptr<const IgnoreChain>;

  explicit IgnoreReader(const Repository& repository);
  // The files that count everywhere: core.excludesFile, info/exclude.
  Chain everywhere();
  // `above`, and the .gitignore at `path` below the folder `root`, whose rules are relative to `base` ("" or ending in
  // '/'). What is no regular file of a fair size is a notice on `path` and ignores nothing, as with git.
  Chain with_folder(Chain above, int root, const std::string& path, const std::string& base);
  // What could not be read or applied so far, once.
  std::vector<Notice> take_notices();

 private:
  Chain with_file(Chain above, const std::string& path);
  Chain with_text(Chain above, const std::string& text, const std::string& shown, const std::string& base);
  void refuse(const std::string& path, const std::string& why);

  const Repository& repository_;
  Letters letters_ = Letters::Distinct;
  std::string users_;  // core.excludesFile, or where git looks without it
  std::vector<Notice> notices_;
};

}  // namespace tfcheck
