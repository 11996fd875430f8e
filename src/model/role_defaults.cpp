#include "model/role_defaults.h"

#include <string>

#include "base/text.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

// A play's, a block's, a task's, and what a task sets while it runs.
constexpr std::string_view holders[] = {"vars", "set_fact", "ansible.builtin.set_fact"};

// The variable that an entry of a list of plays or tasks gives something: "db_password" of "0.vars.db_password.value".
std::string_view variable_of_play(std::string_view name) {
  for (std::string_view holder : holders) {
    std::string inside = "." + std::string(holder) + ".";
    if (size_t at = name.find(inside); at != std::string_view::npos)
      return before_first(name.substr(at + inside.size()), '.');
  }
  return {};
}

}  // namespace

RoleDefaults::RoleDefaults(const ProjectView& view) : view_(view), paths_(view.set("role-defaults-path")) {}

bool RoleDefaults::is_file_of(uint32_t file) const {
  const ProjectFile& owner = view_.project.files[file];
  return owner.format() == "ansible" && paths_.contains("/" + owner.path);
}

bool RoleDefaults::is_set_anew(uint32_t file, const Fact& fact) {
  return is_file_of(file) && set_elsewhere().contains(before_first(fact.name, '.'));
}

const std::set<std::string_view>& RoleDefaults::set_elsewhere() {
  if (set_) return *set_;
  set_.emplace();
  for (uint32_t file = 0; file < view_.project.files.size(); ++file) {
    const ProjectFile& owner = view_.project.files[file];
    if (owner.format() != "ansible" || owner.scope & scope::Outside || is_file_of(file)) continue;
    for (const Fact& fact : view_.facts(owner)) {
      if (fact.kind != FactKind::Entry) continue;
      std::string_view first = before_first(fact.name, '.');
      std::string_view variable = is_digits(first) ? variable_of_play(fact.name) : first;
      if (!variable.empty()) set_->insert(variable);
    }
  }
  return *set_;
}

}  // namespace tfcheck
