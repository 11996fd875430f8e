// Files of settings that a program reads first and lays the environment over: what they say is a default.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "model/project_view.h"

namespace tfcheck {

class OverlaidFiles {
 public:
  // `view` outlives this.
  explicit OverlaidFiles(const ProjectView& view);
  // Code of the file's component that reads the environment over its files names this one, with or without its ending,
  // or its folder. Never a file for a deploy: it says what is there.
  bool contains(uint32_t file);

 private:
  using Named = std::set<std::pair<uint32_t, std::string>, std::less<>>;  // by component: the last part of a path
  Named named_files() const;
  void note_texts(uint32_t component, const Value& value, int depth, Named& into) const;

  const ProjectView& view_;
  const WordSet &overlays_, &stages_;
  std::optional<Named> named_;  // once asked for
};

}  // namespace tfcheck
