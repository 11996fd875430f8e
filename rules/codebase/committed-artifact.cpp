// codebase/committed-artifact: what a build or an installation wrote, tracked beside what it was made from.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/text.h"
#include "engine/native.h"
#include "model/built_files.h"
#include "model/kept_builds.h"
#include "model/words.h"

namespace tfcheck {

namespace {

std::string join(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : fmt::format("{}/{}", folder, name);
}

constexpr size_t most_related = 4, most_folders = 40;

class CommittedArtifacts {
 public:
  explicit CommittedArtifacts(NativeContext& context)
      : context_(context),
        project_(context.project),
        filled_(context.table("tool-folder")),
        compiled_(context.table("compiled-file")),
        wrappers_(context.set("build-wrapper")),
        bundles_(context.set("bundle-manifest")),
        protocol_code_(context.set("protocol-code")),
        libraries_(context.set("package-library-ending")),
        built_(context),
        kept_(context) {}

  void run() {
    if (!project_.repository.is_repository) return;
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      const ProjectFile& file = project_.files[i];
      if (!file.tracked || !file.audited || file.kind != FileEntry::Kind::Regular) continue;
      if (!in_filled_folder(i, file) && !compiled_file(i, file) && !distribution(i, file) && !bundle(i, file) &&
          !collected(i, file) && !minified(i, file) && !made_of_source(i, file) && !packed(i, file))
        protocol_code(i, file);
    }
    fold_trees();
    fold_workspaces();
    for (const auto& [key, found] : groups_) report(key, found);
  }

 private:
  struct Group {
    uint32_t first = 0;  // file
    size_t count = 0;
    std::string message;  // "{} files" is added when there are more
    Severity severity = Severity::Warning;
    Confidence confidence = Confidence::High;
    uint32_t source = no_index;  // file that it was made from
    std::vector<uint32_t> more;  // some of the others
    size_t folders = 1;          // that one workspace builds
  };

  // Collects; one finding per place. The first one's message stands.
  bool add(std::string key, uint32_t file, std::string message, Severity severity = Severity::Warning,
           Confidence confidence = Confidence::High) {
    auto [place, fresh] =
        groups_.try_emplace(std::move(key), Group{file, 0, std::move(message), severity, confidence, no_index, {}, 1});
    Group& group = place->second;
    if (!fresh && group.more.size() < most_related) group.more.push_back(file);
    ++group.count;
    return true;
  }

  // What lies below another place of the same kind, or in what a bundler wrote, is told with it.
  void fold_trees() {
    std::vector<std::string> gone;
    for (const auto& [key, group] : groups_) {
      if (std::string_view("bmnx").find(key[0]) == std::string_view::npos) continue;
      for (char kind : {key[0], 'b'}) {
        if (!is_below_another(key, kind)) continue;
        gone.push_back(key);
        break;
      }
    }
    for (const std::string& key : gone) groups_.erase(key);
  }

  // Packages of one workspace are built by one command: their outputs are one finding.
  void fold_workspaces() {
    std::map<std::pair<char, std::string_view>, std::string> firsts;  // → key
    std::vector<std::string> gone;
    for (auto& [key, group] : groups_) {
      if (key[0] != 'd' && key[0] != 'b') continue;
      std::string_view folder = std::string_view(key).substr(2);
      auto [first, fresh] = firsts.try_emplace({key[0], kept_.workspace_of(folder)}, key);
      if (fresh) continue;
      Group& one = groups_.at(first->second);
      if (one.folders++ == 1) one.more.clear();
      if (one.more.size() < most_folders) one.more.push_back(group.first);
      one.count += group.count;
      one.severity = std::max(one.severity, group.severity);
      gone.push_back(key);
    }
    for (const std::string& key : gone) groups_.erase(key);
  }

  bool is_below_another(std::string_view key, char kind) const {
    std::string_view folder = before_first(key.substr(2), ':');
    bool own = key[0] == kind;
    for (std::string_view at = folder;; at = dir_name(at)) {
      if ((!own || at.size() < folder.size()) && groups_.contains(std::string(1, kind) + ":" + std::string(at)))
        return true;
      if (at.empty()) return false;
    }
  }

  void report(const std::string& key, const Group& group) {
    std::string more = group.count > 1 ? fmt::format(" ({} files)", group.count) : "";
    if (group.folders > 1)
      more = fmt::format(" and {} of the same workspace ({} files)",
                         group.folders == 2 ? "one more folder" : fmt::format("{} more folders", group.folders - 1),
                         group.count);
    std::string message = group.message + more;
    const std::string& path = project_.files[group.first].path;
    if (key[0] == 'f' && group.count == 1 && base_name(path).starts_with('.'))
      message = fmt::format("{} is tracked, in a folder that only tools fill", path);
    Finding* finding = context_.report(group.first, {}, message + ".");
    if (!finding) return;
    bool bundle = key[0] == 'd' || key[0] == 'b';
    KeptBuilds::Reason reason = bundle ? kept_.of(path) : KeptBuilds::Reason{};
    finding->severity = std::min(finding->severity, reason.file == no_index ? group.severity : Severity::Note);
    finding->confidence = group.confidence;
    if (reason.file != no_index) finding->related.push_back({reason.file, reason.span, std::string(reason.says)});
    if (key[0] == 'c' && libraries_.contains(std::string_view(key).substr(key.rfind(':') + 1)))
      finding->fix = "Declare it as a package of your manager, or let the build fetch it by its version and checksum";
    if (group.source != no_index) finding->related.push_back({group.source, std::nullopt, "the source"});
    for (uint32_t other : group.more) finding->related.push_back({other, std::nullopt, "this one, too"});
  }

  bool exists(const std::string& path) const { return project_.find_file(path) != no_index; }

  // Tests, examples and documentation may hold such things on purpose. Ordinary folders only.
  bool is_ordinary(std::string_view folder) const {
    return !(project_.words().roles.of_path(join(folder, "x")) & (scope::Test | scope::Documentation | scope::Example));
  }

  bool in_filled_folder(uint32_t index, const ProjectFile& file) {
    std::string_view folder = dir_name(file.path);
    size_t begin = 0;
    while (begin < folder.size()) {
      size_t end = std::min(folder.find('/', begin), folder.size());
      std::string_view part = folder.substr(begin, end - begin);
      if (const WordTable::Row* known = filled_.find(part)) {
        std::string_view where = folder.substr(0, end);
        std::string_view above = begin == 0 ? std::string_view{} : folder.substr(0, begin - 1);
        bool placeholder = base_name(file.path).starts_with(".git") || base_name(file.path) == ".keep" ||
                           base_name(file.path) == ".npmignore";
        if (placeholder || !is_ordinary(above)) return true;
        if (part != "_build" || exists(join(above, "mix.exs")))
          return add("f:" + std::string(where), index,
                     fmt::format("{} {} tracked: {}/", known->one(what_), known->one(verb_), where));
      }
      std::string_view above = begin == 0 ? std::string_view{} : folder.substr(0, begin - 1);
      std::string_view inside = std::string_view(file.path).substr(end + 1);
      if (std::string_view what = built_.output_of(above, part, inside); !what.empty() && is_ordinary(above))
        return add("f:" + std::string(folder.substr(0, end)), index,
                   fmt::format("{} is tracked: {}/", what, folder.substr(0, end)));
      begin = end + 1;
    }
    return false;
  }

  bool compiled_file(uint32_t index, const ProjectFile& file) {
    std::string_view name = base_name(file.path);
    size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) return false;
    std::string_view ending = name.substr(dot + 1);
    const WordTable::Row* known = compiled_.find(ending);
    if (!known) return false;
    std::string_view folder = dir_name(file.path);
    bool tool = (ending == "dll" || ending == "exe") && built_.is_others_program(folder);
    if (tool || wrappers_.contains(file.path) || !is_ordinary(folder) ||
        (file.scope & scope::Vendored && ending != "pyc"))
      return true;
    // The folder of a class tree, not each package in it.
    for (std::string_view root : {"WEB-INF/classes", "target", "bin", "build", "out"}) {
      std::string wrapped = "/" + std::string(folder) + "/";
      size_t at = wrapped.find("/" + std::string(root) + "/");
      if (at != std::string::npos) folder = std::string_view(file.path).substr(0, at + root.size());
    }
    bool binary = ending == "dll" || ending == "nupkg" || ending == "so" || ending == "dylib";
    return add(fmt::format("c:{}:{}", folder, ending), index,
               fmt::format("{} is tracked: {}", known->one(what_of_file_), file.path), Severity::Warning,
               binary ? Confidence::Medium : Confidence::High);
  }

  // dist/ beside the src/ or the manifest that it is built from.
  bool distribution(uint32_t index, const ProjectFile& file) {
    std::string path = "/" + file.path;
    size_t at = path.find("/dist/");
    if (at == std::string::npos) return false;
    std::string_view parent = at == 0 ? std::string_view{} : std::string_view(file.path).substr(0, at - 1);
    if (built_.is_others_package(parent)) return true;
    bool output = file.path.ends_with(".js") || file.path.ends_with(".css") || file.path.ends_with(".map") ||
                  file.path.ends_with(".mjs") || file.path.ends_with(".cjs");
    if (!output || !is_ordinary(parent) || (project_.words().roles.of_path(join(parent, "x")) & scope::Vendored))
      return false;
    bool source =
        has_source_folder(parent) || exists(join(parent, "package.json")) || exists(join(parent, "bower.json"));
    // Actions and plug-ins are run from their repository.
    bool action = exists(join(parent, "action.yml")) || exists(join(parent, "action.yaml"));
    if (!source || action) return action;
    return add("d:" + std::string(parent), index,
               fmt::format("The build's output is tracked beside its source: {}", join(parent, "dist/")),
               kept_.is_embedded(parent) ? Severity::Note : Severity::Warning);
  }

  bool has_source_folder(std::string_view folder) {
    if (!sources_) {
      sources_.emplace();
      for (const ProjectFile& file : project_.files) {
        std::string_view at = dir_name(file.path);
        while (!at.empty() && base_name(at) != "src") at = dir_name(at);
        if (!at.empty()) sources_->emplace(dir_name(at));
      }
    }
    return sources_->contains(std::string(folder));
  }

  bool bundle(uint32_t index, const ProjectFile& file) {
    if (file.scope & (scope::Vendored | scope::Test | scope::Documentation | scope::Example)) return false;
    const std::vector<std::string>& globs = bundles_.patterns();
    bool manifest =
        std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return path_match(glob, file.path); });
    if (!(manifest && lists_tracked(file)) && !built_.is_bundled(index)) return false;
    std::string_view folder = dir_name(file.path);
    if (base_name(folder) == ".vite") folder = dir_name(folder);
    return add("b:" + std::string(folder), index,
               fmt::format("The bundler's output is tracked in {}", folder.empty() ? "." : std::string(folder) + "/"),
               kept_.is_embedded(folder) ? Severity::Note : Severity::Warning, Confidence::Medium);
  }

  // The manifest's output is there too: "/js/app.js": "/js/app.js?id=1".
  bool lists_tracked(const ProjectFile& file) const {
    if (!file.facts) return false;
    std::span<const Fact> facts = context_.facts(file);
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) return false;
      std::string_view listed = before_first(fact.value.text, '?');
      while (listed.starts_with('/')) listed.remove_prefix(1);
      std::string_view folder = dir_name(file.path);
      // Beside the manifest, or below the folder that holds its own.
      for (int up = 0; up < 2 && !listed.empty(); ++up, folder = dir_name(folder)) {
        uint32_t output = project_.find_file(join(folder, listed));
        if (output != no_index) return project_.files[output].tracked;
        if (folder.empty()) break;
      }
      return false;
    });
  }

  // `manage.py collectstatic` copies the admin's files.
  bool collected(uint32_t index, const ProjectFile& file) {
    if (!file.path.ends_with("admin/css/base.css") || !exists("manage.py")) return false;
    return add("s:" + file.path, index,
               fmt::format("Collected static files are tracked: {}", dir_name(dir_name(dir_name(file.path)))),
               Severity::Warning, Confidence::Medium);
  }

  // x.min.js beside x.js, or of a package that a manifest above names.
  bool minified(uint32_t index, const ProjectFile& file) {
    if (!file.path.ends_with(".min.js") ||
        (file.scope & (scope::Test | scope::Documentation | scope::Example | scope::Generated)))
      return false;
    std::string_view folder = dir_name(file.path);
    std::string stem(file.path.substr(0, file.path.size() - 7));
    bool source = false;
    for (std::string_view ending : {".js", ".ts", ".coffee", ".src.js", ".es6"})
      source |= exists(stem + std::string(ending));
    bool vendored = (project_.words().roles.of_path(join(folder, "x")) & scope::Vendored) ||
                    icontains(folder, "vendor") || icontains(folder, "/lib") || icontains(folder, "plugin");
    if (vendored || built_.is_others_package(folder)) return false;  // somebody else's distribution, kept as it came
    if (source)
      return add("m:" + std::string(folder), index,
                 fmt::format("The minified file is tracked beside its source: {}", file.path), Severity::Warning,
                 Confidence::Medium);
    if (!is_package(base_name(stem), folder)) return false;
    return add("n:" + std::string(folder), index,
               fmt::format("A package that the manifest names is tracked as a file: {}", file.path), Severity::Warning,
               Confidence::Medium);
  }

  bool is_package(std::string_view stem, std::string_view folder) {
    if (packages_.empty()) {
      packages_.emplace("");
      for (const ProjectFile& file : project_.files) {
        if (!file.facts || (file.scope & scope::Outside) ||
            (file.format() != "npm-package" && base_name(file.path) != "bower.json"))
          continue;
        for (const Fact& fact : context_.facts(file)) {
          if (fact.kind == FactKind::Dependency)
            packages_.emplace(join(dir_name(file.path), "") + "\n" + lower(fact.name));
          if (fact.kind == FactKind::Entry && fact.context.scope == "dependencies")
            packages_.emplace(join(dir_name(file.path), "") + "\n" + lower(fact.name.substr(13)));
        }
      }
    }
    std::string name = lower(stem);
    // "jquery-3.6.0"
    size_t version = name.find_first_of("0123456789");
    if (version != std::string::npos && version > 1 && (name[version - 1] == '-' || name[version - 1] == '.'))
      name.resize(version - 1);
    for (std::string_view at = folder;; at = dir_name(at)) {
      if (packages_.contains(join(at, "") + "\n" + name)) return true;
      if (at.empty()) return false;
    }
  }

  // A style sheet, script or catalogue beside what it was compiled from.
  bool made_of_source(uint32_t index, const ProjectFile& file) {
    BuiltFiles::Made made = built_.made(index);
    if (made.what.empty()) return false;
    bool near = dir_name(project_.files[made.source].path) == dir_name(file.path);
    std::string where =
        near ? "beside its source" : fmt::format("though {} makes it", project_.files[made.source].path);
    std::string key = fmt::format("x:{}:{}", made.tree, made.what);
    add(key, index, fmt::format("{} is tracked {}: {}", made.what, where, file.path), Severity::Warning,
        Confidence::Medium);
    Group& group = groups_.at(key);
    if (group.first == index) group.source = made.source;
    return true;
  }

  // A program under a name without an ending: an archive of PHP, or what a compiler wrote.
  bool packed(uint32_t index, const ProjectFile& file) {
    if (base_name(file.path).find('.') != std::string_view::npos || !is_ordinary(dir_name(file.path))) return false;
    std::span<const Fact> facts = context_.facts(file);
    bool archive = std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
      return fact.kind == FactKind::Call && fact.name == "__HALT_COMPILER";
    });
    if (archive) return add("a:" + file.path, index, fmt::format("A PHP archive is tracked: {}", file.path));
    bool program = file.executable && file.state == FileState::OutOfScope && file.detail == to_string(Unread::Binary);
    if (!program) return false;
    return add("a:" + std::string(dir_name(file.path)), index,
               fmt::format("A compiled program is tracked: {}", file.path), Severity::Warning, Confidence::Medium);
  }

  bool protocol_code(uint32_t index, const ProjectFile& file) {
    bool generated = protocol_code_.contains(file.path);
    if (!generated || (file.scope & (scope::Vendored | scope::Test | scope::Example)) || !has_protocol()) return false;
    return add("p:", index, fmt::format("Code generated from .proto files is tracked: {}", file.path), Severity::Note);
  }

  bool has_protocol() {
    if (!protocol_) {
      protocol_ = std::any_of(project_.files.begin(), project_.files.end(),
                              [](const ProjectFile& file) {
                                return file.path.ends_with(".proto") && !(file.scope & scope::Vendored);
                              })
                      ? 1
                      : -1;
    }
    return protocol_ > 0;
  }

  NativeContext& context_;
  const Project& project_;
  const WordTable &filled_, &compiled_;
  size_t what_ = filled_.column("what"), verb_ = filled_.column("verb"), what_of_file_ = compiled_.column("what");
  const WordSet &wrappers_, &bundles_, &protocol_code_, &libraries_;
  BuiltFiles built_;
  KeptBuilds kept_;
  std::map<std::string, Group> groups_;
  std::optional<std::set<std::string>> sources_;  // folders that hold a src/, once asked for
  std::set<std::string> packages_;                // folder of the manifest, line break, package
  int protocol_ = 0;                              // 0: not looked for yet
};

}  // namespace

void rule_codebase_committed_artifact(NativeContext& context) {
  CommittedArtifacts(context).run();
}

}  // namespace tfcheck
