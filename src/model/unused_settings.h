// Settings that nothing takes up as the file stands: what is switched off in its own block, and the connection of a
// block that says it keeps things locally, or by a driver of which no manifest brings the package.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "model/project_view.h"

namespace tfcheck {

class UnusedSettings {
 public:
  // `view` outlives this.
  explicit UnusedSettings(const ProjectView& view);
  // The entry lies in such a block of its file, a file of settings.
  bool holds(uint32_t file, const Fact& entry);
  // … or is the login of a block that says it does without one (`auth: false`).
  bool is_unused_login(uint32_t file, const Fact& entry);

 private:
  using Blocks = std::set<std::pair<uint32_t, std::string_view>>;  // by document
  struct OfFile {
    Blocks off, local, open;
  };
  const OfFile& of(uint32_t file);
  bool lacks_package(std::string_view format, std::string_view driver);

  const ProjectView& view_;
  const WordSet &switches_, &opposites_, &off_, &drivers_, &stores_, &logins_;
  const WordTable& packages_;         // of drivers
  std::map<uint32_t, OfFile> files_;  // once asked for
  std::map<uint32_t, bool> lacking_;  // rows of packages_ by their lines, once asked for
};

}  // namespace tfcheck
