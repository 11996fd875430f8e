#include "model/component_kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "model/component_evidence.h"
#include "model/named_programs.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

using Evidence = ComponentEvidence;

class Kinds {
 public:
  Kinds(const Project& project, std::vector<Component>& components)
      : project_(project),
        components_(components),
        named_(project, components),
        found_(ComponentEvidences(project, components, named_).take()) {}

  void run() {
    for (uint32_t i = 0; i < components_.size(); ++i) {
      if (!components_[i].configured) decide(components_[i], found_[i]);
    }
    leave_tools();
    keep_releases();
    leave_to_members();
    if (!any_app()) choose_default();
    mark_inside();
  }

 private:
  // One of the components that it is linked with answers requests, or one that is linked with that.
  bool reaches_server(const Evidence& evidence) const {
    std::vector<uint32_t> open = evidence.parts;
    std::set<uint32_t> seen;
    while (!open.empty()) {
      uint32_t next = open.back();
      open.pop_back();
      if (!seen.insert(next).second) continue;
      const Evidence& part = found_[next];
      if (!part.framework.empty() || !part.deep.empty()) return true;
      open.insert(open.end(), part.parts.begin(), part.parts.end());
    }
    return false;
  }

  void decide(Component& component, const Evidence& evidence) const {
    auto is = [&](ComponentKind kind, std::string why) { component.kind = kind, component.why = std::move(why); };
    if (!evidence.source) return is(ComponentKind::Infrastructure, "no source code");
    if (evidence.only_ci) return is(ComponentKind::Tool, "only continuous integration runs it");
    component.started = true;
    if (!evidence.deployed.empty()) return is(ComponentKind::App, evidence.deployed);
    bool serves = evidence.serves && !evidence.is_static && !evidence.on_device;
    bool is_client = !evidence.client.empty() && !serves && (evidence.tool.empty() || evidence.on_device);
    if (is_client && evidence.only_script) return is(ComponentKind::Client, evidence.client);
    component.started = !evidence.is_desktop;
    if (evidence.is_desktop) return is(ComponentKind::Tool, evidence.client);
    bool shown = !evidence.framework.empty() || !evidence.deep.empty() || serves;
    bool is_package = !evidence.handed_out.empty() && !shown;
    if (!evidence.started.empty() && !is_package) return is(ComponentKind::App, evidence.started);
    if (!evidence.claim.empty() && !evidence.entry_file) return is(ComponentKind::Library, evidence.claim);
    if (evidence.no_program)
      return is(ComponentKind::Library,
                evidence.cargo_package ? "its package has no binary" : "its build makes a library");
    if (!evidence.framework.empty()) return is(ComponentKind::App, evidence.framework);
    if (!evidence.kit.empty() && (evidence.begins || evidence.used.empty()))
      return is(ComponentKind::App, evidence.kit);
    if (!evidence.program.empty() && serves) return is(ComponentKind::App, evidence.program);
    if (!evidence.deep.empty() && evidence.published.empty() && evidence.used.empty() && evidence.taken_in.empty())
      return is(ComponentKind::App, evidence.deep);
    if (!evidence.listens.empty()) return is(ComponentKind::App, evidence.listens);
    if (!evidence.command.empty() && evidence.serves && evidence.tool.empty())
      return is(ComponentKind::App, evidence.command + ", and it serves");
    component.started = false;
    if (is_client && evidence.used.empty()) return is(ComponentKind::Client, evidence.client);
    if (!evidence.tool.empty()) return is(ComponentKind::Tool, evidence.tool);
    if (!evidence.command.empty()) return is(ComponentKind::Tool, evidence.command);
    if (!evidence.program.empty()) return is(ComponentKind::Tool, evidence.program);
    if (is_package && !evidence.started.empty()) return is(ComponentKind::Library, evidence.handed_out);
    if (!evidence.taken_in.empty() && !evidence.deep.empty()) return is(ComponentKind::Library, evidence.taken_in);
    if (!evidence.published.empty())
      return is(ComponentKind::Library, evidence.published + ", and nothing shows that it is run");
    is(ComponentKind::Library, evidence.used.empty() ? "nothing starts it" : evidence.used);
  }

  // Programs that are linked with what answers requests are what is run, where nothing says it otherwise.
  bool choose_programs() {
    bool any = false;
    for (uint32_t i = 0; i < components_.size(); ++i) {
      Component& component = components_[i];
      if (component.configured || found_[i].program.empty() || !reaches_server(found_[i])) continue;
      component.kind = ComponentKind::App, component.why = found_[i].program, component.started = any = true;
    }
    return any;
  }

  // Nothing says what is run: the source that nothing publishes is, or the client.
  void choose_default() {
    if (choose_programs()) return;
    bool workspace = false, chosen = false;
    for (uint32_t i = 0; i < components_.size(); ++i) {
      Component& component = components_[i];
      const Evidence& evidence = found_[i];
      workspace |= !evidence.workspace.empty();
      if (component.configured || !evidence.source || evidence.only_ci) continue;
      bool is_root = component.root.empty();
      if (component.kind == ComponentKind::Client && (is_root || !chosen)) {
        component.kind = ComponentKind::App, chosen = true;
        continue;
      }
      bool plain = !evidence.no_main && !evidence.cargo_package && evidence.tool.empty() &&
                   evidence.published.empty() && evidence.claim.empty() && evidence.taken_in.empty() &&
                   component.kind != ComponentKind::Infrastructure;
      if (!plain || (!is_root && (workspace || chosen))) continue;
      if (is_root && evidence.of_packages && components_.size() > 1) {
        component.kind = ComponentKind::Infrastructure, component.why = "its packages lie below it";
        continue;
      }
      component.kind = ComponentKind::App;
      component.why = evidence.released.empty() ? "source code that nothing publishes" : evidence.released;
      chosen |= is_root;
    }
    if (!any_app()) choose_images();
  }

  // An image that is built and deployed here is an app, whatever is in it.
  void choose_images() {
    bool deployed = std::any_of(project_.files.begin(), project_.files.end(), [](const ProjectFile& file) {
      bool counts = file.facts && (file.scope & (scope::OnRequest | scope::Development)) == 0;
      return counts && file.format() != "dockerfile" && file.tells(tells::Deploy);
    });
    for (uint32_t i = 0; i < components_.size() && deployed; ++i) {
      Component& component = components_[i];
      bool image = component.kind == ComponentKind::Infrastructure && !found_[i].deployed.empty();
      if (!image || component.configured) continue;
      component.kind = ComponentKind::App, component.why = found_[i].deployed, component.started = true;
    }
  }

  // What installs a command, and is started by its developers or listens for them, while a deploy runs other apps.
  void leave_tools() {
    bool deployed =
        std::any_of(found_.begin(), found_.end(), [](const Evidence& one) { return !one.deployed.empty(); });
    for (uint32_t i = 0; i < components_.size() && deployed; ++i) {
      Component& component = components_[i];
      const Evidence& evidence = found_[i];
      bool shown = !evidence.deployed.empty() || !evidence.framework.empty() || !evidence.kit.empty() ||
                   !evidence.listens.empty();
      if (component.kind != ComponentKind::App || component.configured || evidence.tool.empty() || shown) continue;
      component.kind = ComponentKind::Tool, component.why = evidence.tool, component.started = false;
    }
  }

  // A tool that holds the images of apps beside it is where they are released from.
  void keep_releases() {
    for (const auto& [started, file] : named_.started) {
      Component& component = components_[project_.files[file].component];
      bool holds = component.kind == ComponentKind::Tool || component.kind == ComponentKind::Library;
      if (!holds || component.configured || project_.files[file].format() != "dockerfile") continue;
      component.kind = ComponentKind::Infrastructure;
      component.why = fmt::format("it releases {}", components_[started].root);
    }
  }

  bool any_app() const {
    return std::any_of(components_.begin(), components_.end(),
                       [](const Component& one) { return one.kind == ComponentKind::App; });
  }

  // Its packages are for those who work in the repository: hooks, linters, runners of tasks.
  static bool only_for_developers(const Component& component, const Evidence& evidence) {
    bool runs =
        evidence.installs || evidence.starts || evidence.serves || evidence.is_static || !evidence.client.empty();
    return !component.manifests.empty() && evidence.only_script && !runs;
  }

  // The root of a workspace, or a folder without a manifest of a program, whose images run the apps below it.
  void leave_to_members() {
    if (components_.empty() || !components_[0].root.empty() || components_[0].configured) return;
    Component& root = components_[0];
    const Evidence& evidence = found_[0];
    bool holds = root.manifests.empty() || !evidence.workspace.empty() || only_for_developers(root, evidence);
    bool own = evidence.runs_own || !evidence.framework.empty() || !evidence.deep.empty();
    if (root.kind != ComponentKind::App || !holds || own) return;
    bool others = std::any_of(components_.begin() + 1, components_.end(),
                              [](const Component& one) { return one.kind == ComponentKind::App; });
    if (others) root.kind = ComponentKind::Infrastructure, root.why = "it deploys the apps below it";
  }

  // Others take it in: a registry has it, or its manifest alone says so (a module of Go and a package of Cargo are
  // taken from their repositories).
  bool is_for_others(uint32_t i) const {
    const Evidence& one = found_[i];
    return !one.published.empty() || !one.handed_out.empty() || !one.claim.empty() || one.go_package ||
           one.cargo_package;
  }

  // What nothing publishes and nothing starts is there for the apps beside it; where there are none, and nothing at all
  // is published, the libraries together are what somebody else's few lines start.
  void mark_inside() {
    bool any = any_app(), others = false;
    for (uint32_t i = 0; i < components_.size(); ++i) others |= is_for_others(i);
    for (uint32_t i = 0; i < components_.size(); ++i) {
      Component& component = components_[i];
      const Evidence& evidence = found_[i];
      bool apart =
          !evidence.published.empty() || !evidence.claim.empty() ||
          (!component.why.empty() && (evidence.handed_out == component.why || evidence.taken_in == component.why));
      component.inside_app =
          (any || !others) && component.kind == ComponentKind::Library && !component.configured && !apart;
    }
  }

  const Project& project_;
  std::vector<Component>& components_;
  const NamedPrograms named_;
  std::vector<Evidence> found_;
};

}  // namespace

void decide_kinds(const Project& project, std::vector<Component>& components) {
  Kinds(project, components).run();
}

}  // namespace tfcheck
