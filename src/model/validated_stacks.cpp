// Stacks of Terraform that are there to be validated: a library of modules keeps one for each, with invented input.
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "model/roles.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

// What the repository's own commands do with Terraform.
struct Commands {
  bool validate = false, apply = false;
};

Commands commands_of(const Listing& listing) {
  const WordSet& tools = listing.words().vocabulary.set("terraform-tool");
  const WordSet& changes = listing.words().vocabulary.set("terraform-change");
  Commands found;
  for (const ProjectFile& file : listing.files) {
    if (!file.facts || (file.scope & (scope::Outside & ~scope::Ci))) continue;
    for (const Fact& fact : file.facts->facts()) {
      if (fact.kind != FactKind::Command || !tools.contains(fact.name)) continue;
      for (const Arg& arg : fact.args()) {
        bool word = arg.name.empty() && arg.value.is(ValueKind::String);
        found.validate |= word && arg.value.text == "validate";
        found.apply |= word && changes.contains(arg.value.text);
      }
    }
  }
  return found;
}

// A folder of Terraform files.
struct Stack {
  bool stateful = false;     // says where its state is kept
  bool takes_input = false;  // somebody gives it values
  bool all_ours = true;      // every module lies in the repository, elsewhere
  size_t modules = 0;
};

std::map<std::string_view, Stack> stacks_of(const Listing& listing) {
  std::map<std::string_view, Stack> stacks;
  for (const ProjectFile& file : listing.files) {
    if (!file.facts || file.format() != "terraform" || (file.scope & scope::Outside)) continue;
    std::string_view folder = dir_name(file.path);
    Stack& stack = stacks[folder];
    for (const Fact& fact : file.facts->facts()) {
      if (fact.kind != FactKind::Entry) continue;
      std::string_view name = fact.name;
      stack.stateful |= name.starts_with("terraform.backend") || name.starts_with("terraform.cloud");
      stack.takes_input |= name.starts_with("variable.") || file.path.ends_with(".tfvars");
      if (!name.starts_with("module.") || !name.ends_with(".source")) continue;
      ++stack.modules;
      std::string path = fact.value.text.starts_with("../") ? join_path(folder, fact.value.text) : std::string();
      stack.all_ours &= !path.empty() && !path.starts_with(std::string(folder) + "/");
    }
  }
  return stacks;
}

}  // namespace

// Who keeps modules and only ever validates deploys nothing from here: what takes these modules with fixed values, asks
// for none and keeps no state is their test.
void mark_validated_stacks(Listing& listing) {
  Commands commands = commands_of(listing);
  if (!commands.validate || commands.apply) return;
  std::set<std::string_view> tests;
  for (const auto& [folder, stack] : stacks_of(listing)) {
    bool fixed = !stack.stateful && !stack.takes_input && stack.modules > 0 && stack.all_ours;
    if (fixed && !folder.empty()) tests.insert(folder);
  }
  for (ProjectFile& file : listing.files) {
    if (tests.contains(dir_name(file.path))) file.scope |= scope::Test;
  }
}

}  // namespace tfcheck
