// What shows of which kind a component is: its files, its manifests, what deploys start and what answers requests.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/named_programs.h"
#include "model/project.h"
#include "model/words.h"

namespace tfcheck {

// Each the first place that shows it, "" for none.
struct ComponentEvidence {
  bool source = false;
  bool only_ci = true;          // every file of source is for continuous integration
  bool only_script = true;      // every manifest is that of a package for browsers and Node
  bool installs = false;        // a manifest names what it needs to run
  bool starts = false;          // … or has a script that is called like what starts an app
  bool serves = false;          // a package of it answers requests
  std::string deployed;         // a command or an image of a deploy
  std::string started;          // … or a script of its own
  bool runs_own = false;        // a process runs a file of it
  bool begins = false;          // a program begins in it: its name, or what it calls, says so
  std::string framework;        // an entry that a server or a platform takes, where the component begins
  std::string kit;              // … or a build's plug-in, which libraries of such a build may name as well
  std::string deep;             // … or in a folder of it: a package that is published may bring one along
  bool entry_file = false;      // … and a file shows it by its name
  bool no_program = false;      // its build makes a library
  bool cargo_package = false;   // … which others take from a registry or a repository of Cargo
  bool names_binary = false;    // Cargo's manifest names its binary, as a server's does like a tool's
  std::string listens;          // … which listens where it begins
  bool no_main = false;         // Go, and nothing else, without a function that a program begins with
  bool go_package = false;      // … and its root holds the package that the module is called by
  std::string program;          // … or a program
  std::string claim;            // its manifest says that it is a library
  std::string handed_out;       // a registry gets the package, as its manifest says
  std::string taken_in;         // … or pages and bundlers take it in
  std::vector<uint32_t> parts;  // components whose projects it is linked with
  std::string client;           // a package or a file of a program for browsers, phones and desktops
  bool on_device = false;       // … for phones and desktops
  bool is_desktop = false;      // … of which it is the program itself, beside the pages that it shows
  bool is_static = false;       // … that is built to files: whatever it is made with serves developers only
  std::string tool;             // a command that its manifest installs
  std::string command;          // … or that a file's name shows
  std::string released;         // … or that is released as a program, or as a unit of a host
  std::string used;             // a manifest of another component, or its own, by which an app takes it in
  std::string published, workspace;
  bool of_packages = false;  // the workspace is one of npm's: its root has no source to run
};

// The evidence of every component, by index.
class ComponentEvidences {
 public:
  // The processes of the project are known. All outlive this.
  ComponentEvidences(const Project& project, const std::vector<Component>& components, const NamedPrograms& named);

  std::vector<ComponentEvidence> take() { return std::move(found_); }

 private:
  static bool counts(const ProjectFile& file);
  bool only_builds(const ProjectFile& file) const;
  void look_at_files(uint32_t component);
  void look_at_uses(uint32_t component);
  void look_at_manifest(const ProjectFile& file, uint32_t component);
  void look_at_facts(uint32_t file);
  void look_at_process(FactRef ref, const Fact& fact);
  void look_at_builds(const ProjectFile& file);
  void look_at_cargo(const ProjectFile& file, uint32_t component);
  void look_at_project(const ProjectFile& file, const Fact& fact, uint32_t component);
  void look_at_key(const ProjectFile& file, const Fact& fact, uint32_t component);
  bool is_program(const ProjectFile& file) const;
  bool is_class_library(const Component& component) const;
  void note_entry(uint32_t component, const ProjectFile& file, std::string_view what);
  bool is_web_root(const Component& component, std::string_view folder) const;
  bool is_handed_on(FactRef process, uint32_t entry) const;
  void note_running(const ProjectFile& file, std::string_view what);
  bool has_main(uint32_t component);
  bool is_go_package(uint32_t component) const;
  void note_listening(const ProjectFile& file, const Fact& fact);
  void start(uint32_t component, std::string text, bool own);

  const Project& project_;
  const ModelWords& words_;
  const std::vector<Component>& components_;
  const NamedPrograms& named_;
  std::vector<ComponentEvidence> found_;
  std::unordered_map<std::string_view, uint32_t> by_root_;
  std::unordered_map<uint32_t, bool> mains_;                     // by component, once asked for
  std::unordered_multimap<std::string_view, uint32_t> by_name_;  // of packages, as their manifests say
  const WordSet &web_entries_ = words_.vocabulary.set("web-entry"), &web_roots_ = words_.vocabulary.set("web-root"),
                &device_packages_ = words_.vocabulary.set("device-package"),
                &tool_files_ = words_.vocabulary.set("tool-file"),
                &client_files_ = words_.vocabulary.set("client-file"),
                &client_packages_ = words_.vocabulary.set("client-package"),
                &server_packages_ = words_.vocabulary.set("server-package"),
                &hosted_keys_ = words_.vocabulary.set("hosted-project-key"),
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
                &workspace_keys_ = words_.vocabulary.set("workspace-key"),
                &release_files_ = words_.vocabulary.set("program-release-file"),
                &claim_keys_ = words_.vocabulary.set("classifier-key"),
                &claims_ = words_.vocabulary.set("library-classifier"),
                &publish_keys_ = words_.vocabulary.set("publish-key"),
                &browser_keys_ = words_.vocabulary.set("browser-entry-key"),
                &hex_keys_ = words_.vocabulary.set("hex-package-key"),
                &systems_ = words_.vocabulary.set("bare-system-image");
};

}  // namespace tfcheck
