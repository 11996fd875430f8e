// `manifest` and `package` of Terraform: folders are its stacks, what a stack takes is said by any of its files.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/project_templates.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

struct Provider {
  FactRef place;
  const Fact* fact = nullptr;
};

// A folder of Terraform files.
struct Stack {
  uint32_t first =
      no_index;             // the file that stands for it: it lists the providers, or says where they or the state are
  int tells = -1;           // how much that file says of them
  bool configured = false;  // a provider or the place of the state is configured: it is run as it is
  bool takes_input = false;
  bool whole = false;  // some file of it is more than a part for stacks elsewhere
  std::vector<Provider> providers;
};

bool names_one_version(std::string_view constraint) {
  std::string_view version = trim(constraint);
  if (version.starts_with('=')) version = trim(version.substr(1));
  return !version.empty() &&
         version.find_first_not_of("0123456789.-+abcdefghijklmnopqrstuvwxyz") == std::string_view::npos &&
         is_digits(version.substr(0, 1));
}

// No version, or only the lowest.
bool is_open(std::string_view constraint) {
  std::string_view text = trim(constraint);
  return text.empty() || (text.starts_with('>') && text.find('<') == std::string_view::npos);
}

class TerraformRows {
 public:
  TerraformRows(const WholeProject& view, ModelFacts& facts)
      : view_(view), project_(view.project), facts_(facts), templates_(view), parts_(view.set("terraform-part")) {}

  void run() {
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      const ProjectFile& file = project_.files[i];
      bool ours = !(file.scope & (scope::Outside | scope::Development)) && file.facts && file.format() == "terraform";
      if (ours) look(i, file);
    }
    for (const auto& [folder, stack] : stacks_) tell(folder, stack);
  }

 private:
  void look(uint32_t index, const ProjectFile& file) {
    std::string_view folder = dir_name(file.path);
    Stack& stack = stacks_[std::string(folder)];
    stack.whole = stack.whole || !parts_.contains(base_name(file.path));
    bool configures = false;
    size_t before = stack.providers.size();
    std::span<const Fact> facts = view_.facts(file);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      const Fact& fact = facts[i];
      std::string_view name = fact.name;
      if (fact.kind == FactKind::Dependency && fact.context.scope == "terraform.required_providers")
        stack.providers.push_back({{index, i}, &fact});
      if (fact.kind != FactKind::Entry) continue;
      configures = configures || name.starts_with("provider.") || name.starts_with("terraform.backend") ||
                   name.starts_with("terraform.cloud");
      stack.takes_input = stack.takes_input || name.starts_with("variable.");
      bool calls = name.starts_with("module.") && name.ends_with(".source") && fact.value.text.starts_with('.');
      if (calls) called_.insert(join_path(folder, fact.value.text));
    }
    int tells = (stack.providers.size() > before ? 2 : 0) + (configures ? 1 : 0);
    if (tells > stack.tells) {
      stack.first = index;
      stack.tells = tells;
    }
    stack.configured = stack.configured || configures;
  }

  // What other stacks take in gets its versions from them; so does what asks for input and configures nothing.
  bool is_root(const std::string& folder, const Stack& stack) const {
    bool module = ("/" + folder + "/").find("/modules/") != std::string::npos || called_.contains(folder);
    return !module && stack.whole && (stack.configured || (!stack.takes_input && !stack.providers.empty()));
  }

  void tell(const std::string& folder, const Stack& stack) {
    if (!is_root(folder, stack)) return;
    bool locked = project_.find_file(join_path(folder, ".terraform.lock.hcl")) != no_index;
    bool exact = !stack.providers.empty() &&
                 std::all_of(stack.providers.begin(), stack.providers.end(),
                             [](const Provider& provider) { return names_one_version(provider.fact->value.text); });
    DerivedRow manifest(FactKind::Manifest, {stack.first, no_index}, base_name(project_.files[stack.first].path));
    manifest.value(locked || exact ? "present" : "none").column("tool", "Terraform");
    manifest.flag("ignored", !locked && templates_.is_ignored(folder, lock_)).add_to(facts_, project_);
    for (const Provider& provider : stack.providers) {
      std::string_view constraint = provider.fact->value.text;
      bool text = !provider.fact->value || provider.fact->value.is(ValueKind::String);
      if (!text || !is_open(constraint)) continue;
      std::string takes = constraint.empty() ? "has no version" : "takes '" + std::string(constraint) + "'";
      DerivedRow made(FactKind::Package, provider.place, provider.fact->name);
      made.value("yes").column("takes", takes).flag("open", true).flag("settled", locked);
      made.flag("unlocked", stack.configured).add_to(facts_, project_);
    }
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  ProjectTemplates templates_;
  const WordSet& parts_;
  Manifest lock_{.format = "terraform", .tool = "Terraform", .locks = {".terraform.lock.hcl"}, .workspace = {}};
  std::map<std::string, Stack> stacks_;  // by folder
  std::set<std::string> called_;         // folders that a module is taken from
};

}  // namespace

void derive_terraform(const WholeProject& view, ModelFacts& facts) {
  TerraformRows(view, facts).run();
}

}  // namespace tfcheck
