#include "model/component_kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "model/named_programs.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

// Each the first place that shows it, "" for none.
struct Evidence {
  bool source = false;
  bool only_ci = true;      // every file of source is for continuous integration
  bool only_script = true;  // every manifest is that of a package for browsers and Node
  bool serves = false;      // a package of it answers requests
  std::string deployed;     // a command or an image of a deploy
  std::string started;      // … or a script of its own
  bool runs_own = false;    // a process runs a file of it
  bool begins = false;      // a program begins in it: its name, or what it calls, says so
  std::string framework;    // an entry that a server or a platform takes, where the component begins
  std::string kit;          // … or a build's plug-in, which libraries of such a build may name as well
  std::string deep;         // … or in a folder of it: a package that is published may bring one along
  bool no_program = false;  // its build makes a library
  std::string client;       // a package or a file of a program for browsers, phones and desktops
  bool on_device = false;   // … for phones and desktops
  bool is_static = false;   // … that is built to files: whatever it is made with serves developers only
  std::string tool;         // a command that its manifest installs
  std::string command;      // … or that a file's name shows
  std::string used;         // a manifest of another component, or its own, by which an app takes it in
  std::string published, workspace;
  bool of_packages = false;  // the workspace is one of npm's: its root has no source to run
};

void note(std::string& evidence, std::string text) {
  if (evidence.empty()) evidence = std::move(text);
}

class Kinds {
 public:
  Kinds(const Project& project, std::vector<Component>& components)
      : project_(project),
        words_(project.words()),
        components_(components),
        named_(project, components),
        found_(components.size()) {}

  void run() {
    for (uint32_t i = 0; i < components_.size(); ++i) by_root_.emplace(components_[i].root, i);
    for (const auto& [component, file] : named_.started) {
      start(component, fmt::format("{} starts it", project_.files[file].path), false);
      found_[component].runs_own = true;
    }
    for (uint32_t i = 0; i < components_.size(); ++i) look_at_files(i);
    for (uint32_t i = 0; i < components_.size(); ++i) look_at_uses(i);
    for (uint32_t i = 0; i < project_.files.size(); ++i) look_at_facts(i);
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
  static constexpr uint32_t elsewhere = scope::OnRequest;

  bool counts(const ProjectFile& file) const { return (file.scope & elsewhere) == 0; }

  // What names show.
  void look_at_files(uint32_t index) {
    const Component& component = components_[index];
    Evidence& evidence = found_[index];
    for (uint32_t i : component.files) {
      const ProjectFile& file = project_.files[i];
      if (file.scope & scope::Outside) continue;
      std::string_view name = base_name(file.path), folder = dir_name(file.path);
      if (is_program(file)) {
        evidence.source |= !component.languages.empty();
        evidence.only_ci &= (file.scope & (scope::Ci | scope::Editor)) != 0;
      }
      if (!counts(file)) continue;
      bool development = file.scope & scope::Development;
      if (!development && words_.build_files.contains(name) && !named_.elsewhere.contains(i))
        note(evidence.deployed, fmt::format("{} {} it", file.path, name.starts_with("Procfile") ? "starts" : "builds"));
      if (!development && platform_files_.contains(name))
        note(evidence.deployed, fmt::format("{} deploys it", file.path));
      if (!development && words_.app_files.contains(name)) note_entry(index, file, "shows that it is run");
      if (web_entries_.contains(name) && is_web_root(component, folder))
        note_entry(index, file, "answers a web server");
      if (folder == component.root && workspace_files_.contains(name)) {
        note(evidence.workspace, file.path);
        evidence.of_packages |= package_workspaces_.contains(name);
      }
      if (folder == component.root && template_files_.contains(name))
        note(evidence.tool, fmt::format("{} makes projects of a template", file.path));
      evidence.is_static |= folder == component.root && static_sites_.contains(name);
      evidence.begins |= is_program(file) && start_files_.contains(name);
      if (client_files_.contains(name)) note(evidence.client, fmt::format("{} makes it a client", file.path));
      if (tool_files_.contains(name)) note(evidence.command, fmt::format("{} is its command", file.path));
      if (folder == component.root && words_.library_files.contains(name))
        note(evidence.published, fmt::format("{} publishes it", file.path));
    }
    for (uint32_t i : component.manifests) {
      evidence.only_script &= base_name(project_.files[i].path) == "package.json";
      look_at_manifest(project_.files[i], index);
    }
  }

  // What manifests of the repository call others of it.
  void look_at_uses(uint32_t index) {
    for (uint32_t i : components_[index].manifests) {
      const ProjectFile& file = project_.files[i];
      if (!file.facts) continue;
      for (const Fact& fact : file.facts->facts()) {
        bool takes = fact.kind == FactKind::Dependency && !fact.context.has(context::Development);
        if (!takes || argument(fact.args(), "group").text == "parent") continue;
        auto [begin, end] = by_name_.equal_range(fact.name.substr(fact.name.rfind(':') + 1));
        for (auto used = begin; used != end; ++used) {
          if (used->second != index) note(found_[used->second].used, file.path + " depends on it");
        }
      }
    }
  }

  bool is_program(const ProjectFile& file) const {
    if (file.kind != FileEntry::Kind::Regular) return false;
    if (file.adapter) return file.adapter->kind == AdapterKind::Code && file.adapter->scan_imports;
    return words_.unread_languages.role_of(file.path) == UnreadRole::Source;
  }

  void note_entry(uint32_t index, const ProjectFile& file, std::string_view what) {
    bool at_root = dir_name(file.path) == components_[index].root;
    note(at_root ? found_[index].framework : found_[index].deep, fmt::format("{} {}", file.path, what));
  }

  // The folder that a web server is pointed at: the component's own, or one of the usual names in it.
  bool is_web_root(const Component& component, std::string_view folder) const {
    return folder == component.root ||
           (dir_name(folder) == component.root && !folder.empty() && web_roots_.contains(base_name(folder)));
  }

  void look_at_manifest(const ProjectFile& file, uint32_t component) {
    if (!file.facts) return;
    Evidence& evidence = found_[component];
    std::string client;
    for (const Fact& fact : file.facts->facts()) {
      if (fact.kind == FactKind::Dependency) {
        evidence.serves |= server_packages_.contains(fact.name);
        if (client.empty() && (client_packages_.contains(fact.name) || device_packages_.contains(fact.name)))
          client = fact.name;
        evidence.on_device |= device_packages_.contains(fact.name);
        evidence.is_static |= static_packages_.contains(fact.name);
      }
      if (fact.kind != FactKind::Entry) continue;
      bool builds_app =
          app_sdks_.contains(fact.value.text) && fact.name.find("pluginManagement") == std::string_view::npos;
      bool plugin = file.format() == "maven";
      bool packs = fact.name.ends_with(".packaging") || fact.name.ends_with(".goal");
      evidence.begins |= program_keys_.contains(fact.name) || (packs && program_kinds_.contains(fact.value.text));
      if (builds_app)
        note(plugin ? evidence.kit : evidence.framework,
             fmt::format("{} is built with {}", file.path, fact.value.text));
      evidence.no_program |= fact.name == "Project.PropertyGroup.OutputType" && iequals(fact.value.text, "Library");
      if (client_sdks_.contains(fact.value.text))
        note(evidence.client, fmt::format("{} is built with {}", file.path, fact.value.text));
      if (name_keys_.contains(fact.name)) by_name_.emplace(fact.value.text, component);
      if (plugin_keys_.contains(fact.name)) note(evidence.used, file.path + " hands it to an app");
      if (tool_keys_.contains(fact.name)) note(evidence.tool, fmt::format("{} names a command", file.path));
      if (workspace_keys_.contains(fact.name)) {
        note(evidence.workspace, file.path);
        evidence.of_packages |= file.format() == "npm-package";
      }
    }
    if (!client.empty()) note(evidence.client, fmt::format("{} builds for {}", file.path, client));
  }

  // What deploys and servers show.
  void look_at_facts(uint32_t index) {
    const ProjectFile& file = project_.files[index];
    if (!file.facts || !counts(file)) return;
    look_at_builds(file);
    for (uint32_t i = 0; i < project_.fact_count(index); ++i) {
      FactRef ref{index, i};
      const Fact& fact = project_.fact(ref);
      if (fact.kind == FactKind::Process)
        look_at_process(ref, fact);
      else if (fact.kind == FactKind::Server)
        note_running(file, "listens");
      else if (fact.kind == FactKind::Loop && waits_forever(fact))
        note_running(file, "runs until it is stopped");
      else if (fact.kind == FactKind::Call && file.component != no_index && app_calls_.contains(fact.name))
        found_[file.component].begins = true;
    }
  }

  void look_at_process(FactRef ref, const Fact& fact) {
    if (argument(fact.args(), "role").text == "health") return;
    uint32_t entry = project_.entry_of(ref);
    const ProjectFile& file = project_.files[ref.file];
    std::string text = fmt::format("{} starts it", file.path);
    bool own = file.format() == "npm-package";
    // What others do once with a package, or what starts another component, says nothing of this one.
    bool task = named_.is_task(fact, entry == no_index ? std::string_view{} : project_.files[entry].path);
    if ((task && (own || file.adapter->kind == AdapterKind::Code)) || is_handed_on(ref, entry)) return;
    if (entry != no_index && project_.files[entry].component != no_index && !own)
      found_[project_.files[entry].component].runs_own |= is_program(project_.files[entry]);
    bool developed = (file.scope & scope::Development) && entry != no_index && !is_program(project_.files[entry]);
    if (entry != no_index && !developed) return start(project_.files[entry].component, std::move(text), own);
    // What only developers start is no deploy.
    if (file.scope & scope::Development) return;
    // A third party's image runs its own program; what an image of ours runs belongs to what it is built from.
    if (fact.name == "service" || file.format() == "compose" || file.format() == "kubernetes") return;
    start(file.component, std::move(text), own);
  }

  bool is_handed_on(FactRef process, uint32_t entry) const {
    if (!named_.elsewhere.contains(process.file)) return false;
    return entry == no_index || project_.files[entry].component == project_.files[process.file].component;
  }

  void note_running(const ProjectFile& file, std::string_view what) {
    if (file.component != no_index && !(file.scope & scope::Development)) note_entry(file.component, file, what);
  }

  static bool waits_forever(const Fact& fact) {
    return argument(fact.args(), "worker") && !argument(fact.args(), "ends");
  }

  void look_at_builds(const ProjectFile& file) {
    for (const std::string& folder : built_folders(file)) {
      if (auto built = by_root_.find(folder); built != by_root_.end())
        start(built->second, fmt::format("{} builds it", file.path), false);
    }
  }

  void start(uint32_t component, std::string text, bool own) {
    if (component == no_index) return;
    note(own ? found_[component].started : found_[component].deployed, std::move(text));
  }

  static void decide(Component& component, const Evidence& evidence) {
    auto is = [&](ComponentKind kind, std::string why) { component.kind = kind, component.why = std::move(why); };
    if (!evidence.source) return is(ComponentKind::Infrastructure, "no source code");
    if (evidence.only_ci) return is(ComponentKind::Tool, "only continuous integration runs it");
    component.started = true;
    if (!evidence.deployed.empty()) return is(ComponentKind::App, evidence.deployed);
    bool serves = evidence.serves && !evidence.is_static && !evidence.on_device;
    bool is_client = !evidence.client.empty() && !serves && (evidence.tool.empty() || evidence.on_device);
    if (is_client && evidence.only_script) return is(ComponentKind::Client, evidence.client);
    if (!evidence.started.empty()) return is(ComponentKind::App, evidence.started);
    if (evidence.no_program) return is(ComponentKind::Library, "its build makes a library");
    if (!evidence.framework.empty()) return is(ComponentKind::App, evidence.framework);
    if (!evidence.kit.empty() && (evidence.begins || evidence.used.empty()))
      return is(ComponentKind::App, evidence.kit);
    if (!evidence.deep.empty() && evidence.published.empty() && evidence.used.empty())
      return is(ComponentKind::App, evidence.deep);
    if (!evidence.command.empty() && evidence.serves && evidence.tool.empty())
      return is(ComponentKind::App, evidence.command + ", and it serves");
    component.started = false;
    if (is_client && evidence.used.empty()) return is(ComponentKind::Client, evidence.client);
    if (!evidence.tool.empty()) return is(ComponentKind::Tool, evidence.tool);
    if (!evidence.command.empty()) return is(ComponentKind::Tool, evidence.command);
    if (!evidence.published.empty())
      return is(ComponentKind::Library, evidence.published + ", and nothing shows that it is run");
    is(ComponentKind::Library, evidence.used.empty() ? "nothing starts it" : evidence.used);
  }

  // Nothing says what is run: the source that nothing publishes is, or the client.
  void choose_default() {
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
      bool plain =
          evidence.tool.empty() && evidence.published.empty() && component.kind != ComponentKind::Infrastructure;
      if (!plain || (!is_root && (workspace || chosen))) continue;
      if (is_root && evidence.of_packages && components_.size() > 1) {
        component.kind = ComponentKind::Infrastructure, component.why = "its packages lie below it";
        continue;
      }
      component.kind = ComponentKind::App;
      component.why = "source code that nothing publishes";
      chosen |= is_root;
    }
  }

  // What installs a command, and is started by its developers or listens for them, while a deploy runs other apps.
  void leave_tools() {
    bool deployed =
        std::any_of(found_.begin(), found_.end(), [](const Evidence& one) { return !one.deployed.empty(); });
    for (uint32_t i = 0; i < components_.size() && deployed; ++i) {
      Component& component = components_[i];
      const Evidence& evidence = found_[i];
      bool shown = !evidence.deployed.empty() || !evidence.framework.empty() || !evidence.kit.empty();
      if (component.kind != ComponentKind::App || component.configured || evidence.tool.empty() || shown) continue;
      component.kind = ComponentKind::Tool, component.why = evidence.tool, component.started = false;
    }
  }

  // A tool that holds the images of apps beside it is where they are released from.
  void keep_releases() {
    for (const auto& [started, file] : named_.started) {
      Component& component = components_[project_.files[file].component];
      bool holds = component.kind == ComponentKind::Tool || component.kind == ComponentKind::Library;
      if (!holds || component.configured) continue;
      component.kind = ComponentKind::Infrastructure;
      component.why = fmt::format("it releases {}", components_[started].root);
    }
  }

  bool any_app() const {
    return std::any_of(components_.begin(), components_.end(),
                       [](const Component& one) { return one.kind == ComponentKind::App; });
  }

  // The root of a workspace, or a folder without a manifest, whose images run the apps below it.
  void leave_to_members() {
    if (components_.empty() || !components_[0].root.empty() || components_[0].configured) return;
    Component& root = components_[0];
    const Evidence& evidence = found_[0];
    bool holds = root.manifests.empty() || !evidence.workspace.empty();
    bool own = evidence.runs_own || !evidence.framework.empty() || !evidence.deep.empty();
    if (root.kind != ComponentKind::App || !holds || own) return;
    bool others = std::any_of(components_.begin() + 1, components_.end(),
                              [](const Component& one) { return one.kind == ComponentKind::App; });
    if (others) root.kind = ComponentKind::Infrastructure, root.why = "it deploys the apps below it";
  }

  // What nothing publishes and nothing starts is there for the apps beside it.
  void mark_inside() {
    bool any = any_app();
    for (uint32_t i = 0; i < components_.size(); ++i) {
      Component& component = components_[i];
      component.inside_app =
          any && component.kind == ComponentKind::Library && !component.configured && found_[i].published.empty();
    }
  }

  const Project& project_;
  const ModelWords& words_;
  std::vector<Component>& components_;
  const NamedPrograms named_;
  std::vector<Evidence> found_;
  std::unordered_map<std::string_view, uint32_t> by_root_;
  std::unordered_multimap<std::string_view, uint32_t> by_name_;  // of packages, as their manifests say
  const WordSet &web_entries_ = words_.vocabulary.set("web-entry"), &web_roots_ = words_.vocabulary.set("web-root"),
                &device_packages_ = words_.vocabulary.set("device-package"),
                &tool_files_ = words_.vocabulary.set("tool-file"),
                &client_files_ = words_.vocabulary.set("client-file"),
                &client_packages_ = words_.vocabulary.set("client-package"),
                &server_packages_ = words_.vocabulary.set("server-package"),
                &app_sdks_ = words_.vocabulary.set("app-sdk"), &client_sdks_ = words_.vocabulary.set("client-sdk"),
                &tool_keys_ = words_.vocabulary.set("tool-key"), &name_keys_ = words_.vocabulary.set("name-key"),
                &plugin_keys_ = words_.vocabulary.set("plugin-key"),
                &static_packages_ = words_.vocabulary.set("static-site-package"),
                &static_sites_ = words_.vocabulary.set("static-site-file"),
                &template_files_ = words_.vocabulary.set("project-template-file"),
                &package_workspaces_ = words_.vocabulary.set("package-workspace-file"),
                &start_files_ = words_.vocabulary.set("start-file"), &app_calls_ = words_.vocabulary.set("app-call"),
                &program_keys_ = words_.vocabulary.set("program-key"),
                &program_kinds_ = words_.vocabulary.set("program-kind"),
                &platform_files_ = words_.vocabulary.set("platform-file"),
                &workspace_files_ = words_.vocabulary.set("workspace-file"),
                &workspace_keys_ = words_.vocabulary.set("workspace-key");
};

}  // namespace

void decide_kinds(const Project& project, std::vector<Component>& components) {
  Kinds(project, components).run();
}

}  // namespace tfcheck
