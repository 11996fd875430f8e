// `package` with declared = "system": programs of the system that code runs, and nothing that the app is deployed with
// brings.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/images.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

using Names = std::set<std::string, std::less<>>;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr size_t most_names = 20'000;  // of one component: a deploy that names more packages is none

class SystemTools {
 public:
  SystemTools(const WholeProject& view, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        tools_(view.table("system-tool")),
        package_(tools_.column("package")),
        library_(tools_.column("library")),
        base_(tools_.column("base")),
        full_(view.set("full-base-image")),
        small_(view.set("busybox-image")),
        small_tags_(view.set("busybox-variant")),
        programs_(view.set("program-list")),
        installers_(view.set("system-installer")),
        known_(view.set("known-base-image")),
        lean_(view.set("lean-variant")),
        lists_(view.set("system-package-list")),
        unread_(view.set("unread-tool-list")),
        probes_(view.set("program-probe-call")) {}

  void run() {
    view_.for_each(FactKind::Command, [&](FactRef ref, const Fact& fact) {
      if (const WordTable::Row* tool = tool_of(ref.file, fact)) uses_.push_back({ref, tool});
    });
    if (uses_.empty()) return;
    for (uint32_t file = 0; file < project_.files.size(); ++file) note(file);
    for (const Use& use : uses_) tell(use);
  }

 private:
  struct Use {
    FactRef command;
    const WordTable::Row* tool;
  };
  // What the files say that an app is deployed by.
  struct Deploy {
    Names names;                // all words, in lower case
    uint32_t image = no_index;  // a Dockerfile that builds it
    bool full = false;          // from an image that brings what languages' full images do
    bool busybox = false;
    bool unknown_base = false;  // from an image of which nothing is known
    bool unread = false;        // beside a file of a tool that nothing here reads
    Names libraries;            // packages of its languages
    Names probed;               // programs that the code looks for before it runs them
  };

  const WordTable::Row* tool_of(uint32_t index, const Fact& fact) const {
    const ProjectFile& file = project_.files[index];
    bool code = file.adapter && file.adapter->kind == AdapterKind::Code && file.format() != "shell";
    if (!code || file.component == no_index || (file.scope & scope::Outside)) return nullptr;
    // A path of the project's own, or one that a deploy settles.
    const Value& path = argument(fact.args(), "path");
    if (path && !path.text.starts_with("/usr/") && !path.text.starts_with("/bin/")) return nullptr;
    return tools_.find(fact.name);
  }

  // --- what deploys bring ---

  void note(uint32_t index) {
    const ProjectFile& file = project_.files[index];
    bool code = file.adapter && file.adapter->kind == AdapterKind::Code && file.format() != "shell";
    // What only developers' machines are set up by is no deploy.
    if (file.scope & (scope::Outside | scope::Ci) || (!code && (file.scope & scope::Development))) return;
    std::string_view name = base_name(file.path);
    bool list = lists_.contains(name), unread = unread_.contains(name);
    bool image = file.format() == "dockerfile";
    bool script = file.format() == "shell" || file.format() == "ansible" || programs_.contains(name);
    if (!list && !unread && !file.facts) return;
    std::set<uint32_t> components = {file.component};
    if (!code) {
      for (uint32_t owner : project_.owners_of(index)) components.insert(owner);
    }
    for (uint32_t component : components) {
      Deploy& deploy = deploys_[component];
      deploy.unread |= unread;
      for (const NamedFile& one : list ? file.named : std::vector<NamedFile>{}) add(one.name, deploy);
      if (image && deploy.image == no_index) deploy.image = index;
      bool shell = file.format() == "shell";
      for (const Fact& fact : view_.facts(file)) {
        if (code) probe(fact, deploy);
        if (image && fact.kind == FactKind::Image) base(fact, deploy);
        if (image || (script && !(shell && fact.kind == FactKind::Entry))) words(fact, script, deploy);
        if (fact.kind == FactKind::Dependency) deploy.libraries.insert(lower(fact.name));
      }
    }
  }

  void probe(const Fact& fact, Deploy& deploy) const {
    if (fact.kind != FactKind::Call || fact.args().empty() || !probes_.contains(fact.name)) return;
    for (const Arg& arg : fact.args()) {
      if (arg.value.is(ValueKind::String)) deploy.probed.insert(lower(arg.value.text));
    }
  }

  void base(const Fact& fact, Deploy& deploy) const {
    std::string_view last = parse_image_name(fact.name).base;
    if (!fact.context.has(context::FinalStage)) return add(fact.name, deploy);
    bool lean = lean_.contains(fact.value.text);
    deploy.full |= full_.contains(last) && !lean;
    deploy.busybox |= small_.contains(last) || small_tags_.contains(fact.value.text);
    deploy.unknown_base |= !known_.contains(last);
    add(fact.name, deploy);
  }

  // A script that runs a program does not bring it.
  void words(const Fact& fact, bool script, Deploy& deploy) const {
    if (fact.kind != FactKind::Command && fact.kind != FactKind::Entry) return;
    bool command = fact.kind == FactKind::Command;
    if (command && script && !installers_.contains(fact.name)) return;
    if (command && !script) add(fact.name, deploy);
    add(fact.value.text, deploy);
    for (const Arg& arg : fact.args()) add(arg.value.text, deploy);
  }

  // "ffmpeg=7:6.1-3" and "/opt/ffmpeg-6.0/bin" name ffmpeg, whole and by their parts.
  static void add(std::string_view text, Deploy& deploy) {
    auto is_part = [](char c) { return is_letter_or_digit(c) || c == '+' || c == '_' || c == '-' || c == '.'; };
    for (size_t begin = 0; begin < text.size() && deploy.names.size() < most_names;) {
      size_t end = begin;
      while (end < text.size() && is_part(text[end])) ++end;
      std::string word = lower(text.substr(begin, end - begin));
      for (size_t at = 0, next = 0; at < word.size(); at = next + 1) {
        next = std::min(word.find_first_of("-.", at), word.size());
        deploy.names.insert(word.substr(at, next - at));
      }
      deploy.names.insert(std::move(word));
      begin = end + 1;
    }
  }

  // --- what code runs ---

  // A word, or the beginning of one behind which a star stands.
  static bool holds(const Names& names, std::string_view word) {
    std::string glob = lower(word);
    if (!glob.ends_with('*')) return names.contains(glob);
    glob.pop_back();
    auto found = names.lower_bound(glob);
    return found != names.end() && found->starts_with(glob);
  }

  bool brings(const Deploy& deploy, const Use& use) const {
    auto named = [&](const std::string& word) { return holds(deploy.names, word); };
    auto required = [&](const std::string& word) { return holds(deploy.libraries, word); };
    bool base = (deploy.full && use.tool->has(base_, "full")) || (deploy.busybox && use.tool->has(base_, "busybox"));
    std::span<const std::string> programs = use.tool->all(0), packages = use.tool->all(package_);
    std::span<const std::string> libraries = use.tool->all(library_);
    if (std::any_of(libraries.begin(), libraries.end(), required)) return true;
    return base || deploy.unread || std::any_of(programs.begin(), programs.end(), named) ||
           std::any_of(packages.begin(), packages.end(), named);
  }

  void tell(const Use& use) {
    const Fact& command = project_.fact(use.command);
    const Deploy& deploy = deploys_[project_.files[use.command.file].component];
    if (brings(deploy, use)) return;
    DerivedRow(FactKind::Package, use.command, command.name)
        .value("system")
        .column("image", deploy.image == no_index ? "" : project_.files[deploy.image].path)
        .flag("unknown-base", deploy.unknown_base)
        .flag("probed", deploy.probed.contains(lower(command.name)))
        .add_to(facts_, project_);
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  const WordTable& tools_;
  size_t package_, library_, base_;  // columns
  const WordSet &full_, &small_, &small_tags_, &programs_, &installers_, &known_, &lean_, &lists_, &unread_, &probes_;
  std::vector<Use> uses_;
  std::map<uint32_t, Deploy> deploys_;  // by component
};

}  // namespace

void derive_tools(const WholeProject& view, ModelFacts& facts) {
  SystemTools(view, facts).run();
}

}  // namespace tfcheck
