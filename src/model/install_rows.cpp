// `install`: commands that install packages by name and leave their versions open.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/installs.h"
#include "model/manifests.h"
#include "model/scope.h"
#include "model/workflow_jobs.h"

namespace tfcheck {

namespace {

bool all_in(const WordSet& set, const std::vector<std::string>& packages) {
  return std::all_of(packages.begin(), packages.end(),
                     [&](const std::string& package) { return set.contains(before_first(package, '@')); });
}

// The manifest at or above a command's folder leaves versions open.
bool has_ranges(const WholeProject& view, FactRef ref, std::string_view list) {
  for (std::string_view folder = view.project.places().folder(view.project, ref);; folder = dir_name(folder)) {
    uint32_t found = view.project.find_file(join_path(folder, base_name(list)));
    if (found != no_index && view.project.files[found].facts) {
      std::span<const Fact> facts = view.facts(view.project.files[found]);
      return std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
        return fact.kind == FactKind::Dependency && !fact.context.has(context::Development) && !is_exact(fact);
      });
    }
    if (folder.empty()) return false;
  }
}

// Folders with a chart, by all endings of their paths that a command could name one with: "deploy/charts/shop" is
// "charts/shop" for who stands in deploy.
class LocalCharts {
 public:
  explicit LocalCharts(const Project& project) {
    for (const ProjectFile& file : project.files) {
      if (base_name(file.path) != "Chart.yaml") continue;
      std::string_view folder = dir_name(file.path);
      charts_.insert(base_name(dir_name(folder)).empty() ? std::string(folder)
                                                         : join_path(base_name(dir_name(folder)), base_name(folder)));
    }
  }
  bool has(std::string_view word) const { return charts_.contains(std::string(word)); }

 private:
  std::set<std::string> charts_;
};

// pip install --no-index --find-links=/wheels shop: what lies there has its version.
bool takes_no_index(const Fact& command) {
  return std::any_of(command.args().begin(), command.args().end(),
                     [](const Arg& arg) { return arg.value.text == "--no-index"; });
}

}  // namespace

void derive_installs(const WholeProject& view, ModelFacts& facts) {
  InstallCommands commands(view);
  const WordSet &managers = view.set("package-manager"), &tools = view.set("package-manager-tool");
  const WordSet& folders = view.set("deploy-folder");
  LocalCharts charts(view.project);
  std::map<uint32_t, WorkflowJobs> jobs;
  view.for_each(FactKind::Command, [&](FactRef ref, const Fact& fact) {
    bool image = view.project.files[ref.file].format() == "dockerfile" && fact.context.scope == "RUN";
    std::vector<std::string> packages =
        commands.open_packages(fact, image ? view.project.files[ref.file].facts->facts() : std::span<const Fact>{});
    if (takes_no_index(fact)) return;
    std::erase_if(packages, [&](const std::string& package) { return managers.contains(before_first(package, '@')); });
    if (fact.name.starts_with("helm")) {
      std::erase_if(packages, [&](const std::string& chart) {
        std::string_view first = before_first(chart, '/');
        return charts.has(chart) || folders.contains(first) || first == "charts" || first == "chart";
      });
    }
    std::string_view list = packages.empty() ? InstallCommands::listed_ranges(fact) : std::string_view{};
    if (!list.empty() && has_ranges(view, ref, list)) packages.push_back(fmt::format("what {} lists", list));
    if (packages.empty()) return;
    CommandInfo info = view.project.command(ref);
    // What a job installs that deploys or publishes goes into the release.
    const ProjectFile& file = view.project.files[ref.file];
    if (info.role == CommandRole::Ci && (file.scope & scope::Ci)) {
      auto [place, fresh] = jobs.try_emplace(ref.file, view, file);
      if (place->second.is_deploy_job(place->second.job_of(fact.context.scope))) info.role = CommandRole::Build;
    }
    // `python3 -m pip install`
    bool module = fact.name.starts_with("python") && argument(fact.args(), {}, 0).text == "-m";
    DerivedRow(FactKind::Install, ref, module ? argument(fact.args(), {}, 1).text : fact.name)
        .value(fmt::format("{}", fmt::join(packages, ", ")))
        .column("role", to_string(info.role))
        .flag("image", view.project.files[ref.file].format() == "dockerfile")
        .flag("tools", all_in(tools, packages))
        .flag("chart", fact.name.starts_with("helm"))
        .flag("development", info.development || fact.context.has(context::Development))
        .add_to(facts, view.project);
  });
}

}  // namespace tfcheck
