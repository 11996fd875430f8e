// Values that a program only suggests: it asks the person before it for the secret.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

class AskedValues {
 public:
  explicit AskedValues(const ProjectView& view);
  // The file that is asked about from now on.
  void set_file(const ProjectFile& file);
  // A secret is asked for near the fact: in its function or, in a shell script, anywhere.
  bool is_asked_near(uint32_t fact) const;

 private:
  bool speaks_of_secret(const Fact& fact) const;
  bool asks(const Fact& fact) const;

  const WordSet &calls_, &reads_, &commands_, &words_;
  std::span<const Fact> facts_;
  bool shell_ = false;
  std::vector<uint32_t> prompts_;  // facts that ask for a secret
};

}  // namespace tfcheck
