// Defaults of Ansible's roles: of all that sets a variable they count least, so that what an inventory or a playbook of
// the tree says of it is what hosts are set up with. Looked up over the whole project when first asked.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "model/project_view.h"

namespace tfcheck {

class RoleDefaults {
 public:
  // `view` outlives this.
  explicit RoleDefaults(const ProjectView& view);
  // The file has defaults of a role, which any inventory may set.
  bool is_file_of(uint32_t file) const;
  // The fact of such a file is of a variable that groups, hosts, a playbook or the role itself set anew.
  bool is_set_anew(uint32_t file, const Fact& fact);

 private:
  const std::set<std::string_view>& set_elsewhere();

  const ProjectView& view_;
  const WordSet& paths_;
  std::optional<std::set<std::string_view>> set_;  // names of variables, once asked for
};

}  // namespace tfcheck
