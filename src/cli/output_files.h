// The files of -o: found before the audit begins, so that what cannot be written is known before the work is done, and
// written after it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/options.h"
#include "cli/output_place.h"

namespace tfcheck {

class OutputFiles {
 public:
  // `folder` is the audited one. An error: a link in the tree that it belongs to, a folder that is not there or does
  // not let us write, one file named twice (also as the file that standard output goes to).
  static Result<OutputFiles> open(const std::vector<OutputName>& names, const std::string& folder);

  // Absolute paths of the outputs, without links: no part of what is audited.
  std::vector<std::string> paths() const;

  size_t size() const { return targets_.size(); }
  const OutputName& name(size_t index) const { return targets_[index].name; }
  // A file is replaced at once or not at all, and keeps the mode that it had; FIFOs, devices, sockets and open files
  // are written straight into. A signal that ends the program does so after the temporary file is gone.
  std::optional<Error> write(size_t index, std::string_view text) const;

 private:
  struct Target {
    OutputName name;
    OutputPlace place;
  };
  std::vector<Target> targets_;
};

}  // namespace tfcheck
