// Where the processes of a host run: in which folder, and by whose interpreter. A task that runs in another folder, or
// by the system's interpreter beside an isolated one, has other code or other packages than the app.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "model/project_view.h"

namespace tfcheck {

class Checkouts {
 public:
  // The commands of the project are known. `view` outlives this.
  explicit Checkouts(const ProjectView& view);

  // The folder of a task, where the component's processes run in another one; "" where it is theirs or not known.
  std::string other_folder(FactRef task) const;
  // The folder whose programs the component's processes are, where the task takes the system's interpreter; "" for
  // none.
  std::string left_environment(FactRef command) const;

 private:
  // Of one component: the folders that its processes run in, and those that hold an isolated interpreter or server.
  struct Hosts {
    std::set<std::string, std::less<>> folders, environments;
  };
  std::string folder_of(FactRef command) const;
  const Hosts* hosts_of(FactRef command) const;

  const ProjectView& view_;
  const WordSet &system_folders_, &isolated_;
  std::map<uint32_t, Hosts> hosts_;  // by component
};

}  // namespace tfcheck
