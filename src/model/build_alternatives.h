// Images of which a compose file builds the one that a variable names (`context: ./bin/${PHP_VERSION}`): the others are
// what it could have been, and no two of them belong to one deploy.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

class BuildAlternatives {
 public:
  explicit BuildAlternatives(const ProjectView& view);
  // The file lies in a folder that such a variable may name, or is a Dockerfile that it may; not in or by the one that
  // is taken where nothing else is said.
  bool contains(std::string_view path) const;

 private:
  struct Choice {
    std::string prefix, suffix;  // of paths, round what the variable names
    std::string taken;           // its default
  };
  void note(std::string_view folder, std::string_view text);

  std::vector<Choice> choices_;
};

}  // namespace tfcheck
