// `install`: commands that install packages by name and leave their versions open.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/installs.h"

namespace tfcheck {

namespace {

bool all_in(const WordSet& set, const std::vector<std::string>& packages) {
  return std::all_of(packages.begin(), packages.end(),
                     [&](const std::string& package) { return set.contains(before_first(package, '@')); });
}

}  // namespace

void derive_installs(const WholeProject& view, ModelFacts& facts) {
  InstallCommands commands(view);
  const WordSet &managers = view.set("package-manager"), &tools = view.set("package-manager-tool");
  view.for_each(FactKind::Command, [&](FactRef ref, const Fact& fact) {
    std::vector<std::string> packages = commands.open_packages(fact);
    std::erase_if(packages, [&](const std::string& package) { return managers.contains(before_first(package, '@')); });
    if (packages.empty()) return;
    CommandInfo info = view.project.command(ref);
    DerivedRow(FactKind::Install, ref, fact.name)
        .value(fmt::format("{}", fmt::join(packages, ", ")))
        .column("role", to_string(info.role))
        .flag("image", view.project.files[ref.file].format() == "dockerfile")
        .flag("tools", all_in(tools, packages))
        .flag("development", info.development || fact.context.has(context::Development))
        .add_to(facts, view.project);
  });
}

}  // namespace tfcheck
