// Development servers started from code: `python app.py` whose app.run() serves, or an app.run() that nothing replaces.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

// `from shop import app; app.run()`: what `app` is stands in another file.
constexpr std::array app_objects = {"app.run"sv, "create_app.run"sv, "make_app.run"sv, "application.run"sv,
                                    "get_app.run"sv};
class DevServer {
 public:
  explicit DevServer(NativeContext& context)
      : context_(context),
        project_(context.project),
        calls_(context.set("dev-server-call")),
        production_(context.set("production-server")),
        declarations_(context.set("start-declaration")) {}

  void run() {
    note_starts();
    context_.for_each(FactKind::Call, [&](FactRef ref, const Fact& fact) {
      if (!is_server_call(ref, fact) || fact.context.has(context::DevGuard) ||
          (project_.files[ref.file].scope & scope::Development))
        return;
      if (report_starts(ref)) return;
      uint32_t component = project_.files[ref.file].component;
      if (component == no_index || alone_.contains(component) || is_replaced(component)) return;
      alone_.insert(component);
      Finding* finding = context_.report(
          ref.file, fact.span,
          "Nothing but the framework's development server starts the app: " + std::string(short_name(fact.name)) + ".");
      if (finding) finding->confidence = Confidence::Medium;
    });
  }

 private:
  static std::string_view short_name(std::string_view name) {
    size_t dot = name.rfind('.', name.rfind('.') - 1);
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
  }

  bool is_server_call(FactRef ref, const Fact& fact) {
    if (project_.files[ref.file].format() != "python") return false;
    bool chosen_server = static_cast<bool>(argument(fact.args(), "server"));
    if (calls_.contains(fact.name)) return !chosen_server;
    bool object = std::any_of(app_objects.begin(), app_objects.end(), [&](std::string_view tail) {
      return fact.name.ends_with(tail) &&
             (fact.name.size() == tail.size() || fact.name[fact.name.size() - tail.size() - 1] == '.');
    });
    return object && (fact.context.has(context::InMain) || !fact.context.has(context::InFunction)) &&
           uses_flask(project_.files[ref.file].component);
  }

  bool uses_flask(uint32_t component) {
    if (component == no_index) return false;
    auto [place, fresh] = flask_.try_emplace(component, false);
    if (fresh) {
      place->second = any_fact(component, [](const Fact& fact) {
        return (fact.kind == FactKind::Import || fact.kind == FactKind::Dependency) &&
               iequals(before_first(fact.name, '.'), "flask");
      });
    }
    return place->second;
  }

  template <typename Test>
  bool any_fact(uint32_t component, Test test) const {
    for (uint32_t file : project_.components[component].files) {
      const ProjectFile& candidate = project_.files[file];
      if (!candidate.facts || (candidate.scope & scope::Outside)) continue;
      std::span<const Fact> facts = context_.facts(candidate);
      if (std::any_of(facts.begin(), facts.end(), test)) return true;
    }
    return false;
  }

  // --- which start commands name a file: `app.py`, `src/app.py`, `/code/app.py`, `-m shop.app` ---

  // A start command that has a word of its own for the file that it runs.
  struct Start {
    FactRef command;
    bool told = false;  // was compared with all that it can name
  };
  // Start commands by such a word, in one component and in all of them.
  using Starts = std::map<std::pair<uint32_t, std::string>, std::vector<Start>>;

  void note_starts() {
    for (const ProjectFile& file : project_.files) ++names_[base_name(file.path)];
    for (FactRef start : project_.start_commands()) {
      const Fact& command = project_.fact(start);
      note_word(start, command.name);
      if (!command.name.starts_with("python") && !command.name.starts_with("pypy")) continue;
      bool module = false;
      for (const Arg& arg : command.args()) {
        if (!arg.name.empty()) continue;
        std::string_view word = arg.value.text;
        if (word.ends_with(".py") || module) {
          note_word(start, word);
          break;
        }
        module = word == "-m";
      }
    }
  }

  void note_word(FactRef start, std::string_view word) {
    if (word.empty()) return;
    std::string key;
    if (word.ends_with(".py")) {
      while (word.starts_with("./")) word.remove_prefix(2);
      key = word.starts_with('/') ? "/" + std::string(base_name(word)) : std::string(word);
    } else {
      key = "-m " + std::string(word);
    }
    for (uint32_t component : {project_.files[start.file].component, no_index})
      starts_[{component, key}].push_back({start});
  }

  // The words that name a file.
  static std::vector<std::string> words_for(std::string_view path) {
    constexpr size_t most_words = 40;
    constexpr std::string_view main = ".__main__";
    std::vector<std::string> words = {"/" + std::string(base_name(path))};
    std::string module(path.substr(0, path.size() - std::min<size_t>(path.size(), 3)));
    std::replace(module.begin(), module.end(), '/', '.');
    if (module.ends_with(main)) words.push_back("-m " + module.substr(0, module.size() - main.size()));
    // From the last name on, that of the whole path last.
    for (size_t at = path.size(); words.size() < most_words && at != std::string_view::npos;) {
      at = at == 0 ? std::string_view::npos : path.rfind('/', at - 1);
      words.emplace_back(path.substr(at == std::string_view::npos ? 0 : at + 1));
    }
    for (size_t at = module.size(), most = words.size() + most_words; words.size() < most && at != std::string::npos;) {
      at = at == 0 ? std::string::npos : module.rfind('.', at - 1);
      words.push_back("-m " + module.substr(at == std::string::npos ? 0 : at + 1));
    }
    return words;
  }

  // Reports the start commands that run the file; false when none does.
  bool report_starts(FactRef call) {
    auto [place, fresh] = started_.try_emplace(call.file, false);
    if (!fresh) return place->second;
    const ProjectFile& file = project_.files[call.file];
    bool known = false;
    for (const std::string& word : words_for(file.path)) {
      if (auto own = starts_.find({file.component, word}); own != starts_.end()) {
        known = true;
        // The first file that they name is the one that the report tells of.
        for (Start& start : own->second) {
          context_.count(1);
          if (!std::exchange(start.told, true)) report_at(start.command, call);
        }
        own->second.resize(1);
      }
      // A compose file or a Dockerfile above the app's own folder, when no nearer file has that name.
      auto all = names_[base_name(file.path)] == 1 ? starts_.find({no_index, word}) : starts_.end();
      for (size_t i = 0; all != starts_.end() && i < all->second.size(); ++i) {
        FactRef start = all->second[i].command;
        std::string_view folder = dir_name(project_.files[start.file].path);
        bool below = folder.empty() || file.path.starts_with(std::string(folder) + "/");
        context_.count(1);
        if (!below || project_.files[start.file].component == file.component) continue;
        known = true;
        report_at(start, call);
      }
    }
    return place->second = known;
  }

  void report_at(FactRef start, FactRef call) {
    CommandInfo info = project_.command(start);
    bool exempt = project_.files[info.origin.file].scope & scope::Development ||
                  project_.files[info.place.file].scope & scope::Outside;
    if (info.development && exempt) return;
    if (!reported_.insert(info.place).second) return;
    Finding* finding = context_.report(
        info.place.file, project_.fact(info.place).span,
        "The start command runs a development server: " + std::string(short_name(project_.fact(call).name)) + " in " +
            project_.files[call.file].path + ".");
    if (!finding) return;
    if (info.development) finding->severity = Severity::Note;
    finding->related.push_back({call.file, project_.fact(call).span, "the development server"});
  }

  // Another server is declared or started, so app.run() is for developers.
  bool is_replaced(uint32_t component) {
    auto [place, fresh] = replaced_.try_emplace(component, false);
    if (fresh) place->second = is_replaced_in(component);
    return place->second;
  }

  bool is_replaced_in(uint32_t component) const {
    bool declared = any_fact(component, [&](const Fact& fact) {
      return (fact.kind == FactKind::Dependency || fact.kind == FactKind::Import) &&
             production_.contains(before_first(fact.name, '.'));
    });
    if (declared) return true;
    if (started_by_deploy()) return true;
    // Images, Procfiles and serverless frameworks say elsewhere what starts.
    for (uint32_t file : project_.components[component].files) {
      if (declarations_.contains(base_name(project_.files[file].path))) return true;
    }
    return false;
  }

  // Some start command of the repository is no developer's.
  bool started_by_deploy() const {
    if (!deployed_) {
      const std::vector<FactRef>& starts = project_.start_commands();
      deployed_ = std::any_of(starts.begin(), starts.end(), [&](FactRef start) {
        CommandInfo info = project_.command(start);
        return info.main && !info.development;
      });
    }
    return *deployed_;
  }

  NativeContext& context_;
  const Project& project_;
  const WordSet &calls_, &production_, &declarations_;
  Starts starts_;
  std::map<std::string_view, uint32_t> names_;  // of files, and how many have each
  std::map<uint32_t, bool> started_;            // file → a start command runs it
  std::map<uint32_t, bool> flask_, replaced_;   // by component
  mutable std::optional<bool> deployed_;
  std::set<uint32_t> alone_;
  std::set<FactRef> reported_;
};

}  // namespace

void rule_build_release_run_dev_server(NativeContext& context) {
  DevServer(context).run();
}

}  // namespace tfcheck
