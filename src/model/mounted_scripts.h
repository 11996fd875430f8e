// Scripts that stand in a ConfigMap or in the configs of a compose file, and the commands of containers that run them
// where they are mounted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/project.h"

namespace tfcheck {

class MountedScripts {
 public:
  explicit MountedScripts(const Project& project);

  // Facts of a file.
  struct Range {
    uint32_t file = no_index;
    uint32_t first = 0, end = 0;
  };
  // Those of the script that a command of a deploy file runs out of a config that its file mounts; nothing for most.
  std::optional<Range> called_by(FactRef command);
  uint64_t visited() const { return visited_; }

 private:
  struct Script {
    std::string config;  // what the ConfigMap or the config is called
    Range facts;
  };
  void look(uint32_t index);
  const std::set<std::string_view>& mounted_by(uint32_t file);

  const Project& project_;
  std::map<std::string_view, std::vector<Script>> scripts_;  // by the name of the file that they become
  std::map<uint32_t, std::set<std::string_view>> mounted_;   // configs, by the file that mounts them
  uint64_t visited_ = 0;
};

}  // namespace tfcheck
