// `install` with a lock: commands that install what a manifest lists, where a lock file records it and they need not
// take what it says.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/words.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/image_copies.h"
#include "model/manifests.h"
#include "model/scope.h"
#include "model/workflow_jobs.h"

namespace tfcheck {

namespace {

using Words = std::vector<std::string_view>;

// A command that resolves a manifest, as the vocabulary has it.
struct Resolver {
  std::string_view tool;  // the manager's name
  std::span<const std::string> programs, locks, takes;
  std::vector<Words> runs;
  std::span<const std::string> manifests, strict, renews;
  std::string_view way, needs;
};

bool any_matches(std::span<const std::string> globs, std::string_view word) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return glob_match(glob, word, '\0'); });
}

bool has_option(const Words& words, std::span<const std::string> options) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return any_matches(options, word); });
}

class LockRows {
 public:
  LockRows(const WholeProject& view, ModelFacts& facts)
      : view_(view), project_(view.project), facts_(facts), places_(view), copies_(view) {
    const WordTable& table = view.table("resolving-command");
    for (const WordTable::Row& row : table.rows()) read(table, row);
  }

  void run() {
    view_.for_each(FactKind::Command, [&](FactRef ref, const Fact& fact) {
      const ProjectFile& file = project_.files[ref.file];
      bool written = file.adapter && (file.adapter->kind != AdapterKind::Code || file.format() == "shell");
      if (written) look_at(ref, fact);
    });
  }

 private:
  void read(const WordTable& table, const WordTable::Row& row) {
    const WordTable &managers = view_.table("manager"), &ecosystems = view_.table("ecosystem");
    const WordTable::Row* manager = managers.find(row.one(table.column("manager")));
    if (!manager) return;
    Resolver made;
    made.tool = manager->one(0);
    made.programs = manager->all(managers.column("program"));
    made.locks = manager->all(managers.column("locks"));
    std::string_view name = manager->one(managers.column("ecosystem"));
    if (const WordTable::Row* ecosystem = ecosystems.find(name))
      made.takes = ecosystem->all(ecosystems.column("takes"));
    for (const std::string& run : row.all(table.column("run"))) made.runs.push_back(split_words(run));
    made.manifests = row.all(table.column("manifest"));
    made.strict = row.all(table.column("strict")), made.renews = row.all(table.column("renews"));
    made.way = row.one(table.column("way")), made.needs = row.one(table.column("needs"));
    resolvers_.push_back(std::move(made));
  }

  // The words behind the verb when this is the command; words that name packages do not belong to it.
  static std::optional<Words> rest_of(const Resolver& resolver, const Fact& fact, Words words) {
    if (!any_matches(resolver.programs, fact.name)) return std::nullopt;
    auto step = [&](size_t at) {
      return std::find(resolver.takes.begin(), resolver.takes.end(), words[at]) != resolver.takes.end() ? 2u : 1u;
    };
    size_t begin = 0;
    while (begin < words.size() && words[begin].starts_with('-')) begin += step(begin);
    for (const Words& verb : resolver.runs) {
      // An option stands before the verb, or where there is none: it is none of the verb's.
      size_t at = verb.empty() ? words.size() : begin;
      if (verb.empty() ? begin < words.size()
                       : words.size() < begin + verb.size() ||
                             !std::equal(verb.begin(), verb.end(), words.begin() + static_cast<std::ptrdiff_t>(begin)))
        continue;
      for (at += verb.size(); at < words.size(); at += words[at].starts_with('-') ? step(at) : 1) {
        bool names = !words[at].starts_with('-') && !words[at].starts_with('.');
        if (names && resolver.way != "renewed") return std::nullopt;
      }
      return words;
    }
    return std::nullopt;
  }

  static Words words_of(const Fact& fact) {
    Words words;
    for (const Arg& arg : fact.args()) {
      if (arg.name.empty()) words.push_back(arg.value.is_literal() ? arg.value.text : std::string_view("${}"));
    }
    return words;
  }

  void look_at(FactRef ref, const Fact& fact) {
    Words words = words_of(fact);
    for (const Resolver& resolver : resolvers_) {
      std::optional<Words> found = rest_of(resolver, fact, words);
      if (!found) continue;
      bool needed = resolver.needs.empty() || std::find(found->begin(), found->end(), resolver.needs) != found->end();
      if (!needed) continue;
      return settle(ref, fact, resolver, *found);
    }
  }

  // A package of a workspace is installed for the app whose lock file it shares.
  bool is_of_library(uint32_t manifest, std::string_view lock) const {
    uint32_t shared = project_.find_file(lock);
    bool of_app = shared != no_index && project_.files[shared].component != project_.files[manifest].component &&
                  !places_.is_library(shared);
    return places_.is_library(manifest) && !of_app;
  }

  void settle(FactRef ref, const Fact& fact, const Resolver& resolver, const Words& words) {
    std::string_view way = resolver.way;
    if (has_option(words, resolver.renews))
      way = "renewed";
    else if (has_option(words, resolver.strict))
      way = "obeyed";
    const ProjectFile& file = project_.files[ref.file];
    bool image = file.format() == "dockerfile";
    CopiedManifest manifest = image ? copies_.manifest_of(ref, resolver.manifests)
                                    : CopiedManifest{manifest_beside(ref, resolver.manifests), false};
    if (manifest.file == no_index || (project_.files[manifest.file].scope & scope::Outside)) return;
    std::string lock = lock_of(manifest.file, resolver);
    if (lock.empty()) return;
    bool left_behind = image && manifest.named && !copies_.holds(ref, lock);
    bool hidden = image && !left_behind && copies_.leaves_out(ref, lock);
    if (way == "obeyed" && !left_behind && !hidden) return;
    CommandInfo info = project_.command(ref);
    bool deploys = info.role == CommandRole::Ci && (file.scope & scope::Ci) && is_deploy_job(ref, fact);
    DerivedRow(FactKind::Install, ref, fact.name)
        .column("from", base_name(project_.files[manifest.file].path))
        .column("lock", base_name(lock))
        .column("way", left_behind ? "left-behind"
                       : hidden    ? "hidden"
                                   : way)
        .column("tool", resolver.tool)
        .column("role", deploys ? "deploy" : to_string(info.role))
        .flag("image", image)
        .flag("library", is_of_library(manifest.file, lock))
        .flag("development", info.development || fact.context.has(context::Development))
        .add_to(facts_, project_);
  }

  bool is_deploy_job(FactRef ref, const Fact& fact) {
    auto [place, fresh] = jobs_.try_emplace(ref.file, view_, project_.files[ref.file]);
    return place->second.is_deploy_job(place->second.job_of(fact.context.scope));
  }

  // Path of the lock file of this manager that covers a manifest; "" for none.
  std::string lock_of(uint32_t manifest, const Resolver& resolver) {
    const ProjectFile& file = project_.files[manifest];
    const Manifest* known = places_.manifest_of(file);
    bool covered = known && places_.is_locked(manifest, *known);
    for (std::string_view folder = dir_name(file.path);; folder = dir_name(folder)) {
      for (const std::string& name : resolver.locks) {
        std::string path = folder.empty() ? name : join_path(folder, name);
        if (project_.find_file(path) != no_index) return path;
      }
      // Above it only what a workspace covers counts.
      if (folder.empty() || !covered) return {};
    }
  }

  // The manifest in the folder that a command works in, or the nearest above a script's.
  uint32_t manifest_beside(FactRef ref, std::span<const std::string> names) {
    const ProjectFile& file = project_.files[ref.file];
    std::string folder(project_.places().folder(project_, ref));
    if (file.scope & scope::Ci) {
      std::string_view scope = project_.fact(ref).context.scope;
      std::string told = step_folder(file, scope);
      if (told.find('$') != std::string::npos) return no_index;
      bool own = folder == dir_name(file.path);
      folder = own ? join_path("", told)
                   : join_path(told, folder.substr(std::min(folder.size(), dir_name(file.path).size() + 1)));
      return copies_.manifest_in(folder, names);
    }
    for (std::string_view at = folder;; at = dir_name(at)) {
      uint32_t found = copies_.manifest_in(at, names);
      if (found != no_index || at.empty()) return found;
    }
  }

  // "web" of `working-directory: web` of a step, its job or the file.
  std::string step_folder(const ProjectFile& file, std::string_view scope) {
    auto [place, fresh] = folders_.try_emplace(&file);
    if (fresh) {
      for (const Fact& fact : view_.facts(file)) {
        bool folder = fact.kind == FactKind::Entry && last_word(fact.name) == "working-directory";
        if (folder) place->second.emplace(fact.name, fact.value.text);
      }
    }
    std::string_view step = scope.substr(0, scope.rfind('.'));
    std::string own = std::string(step) + ".working-directory";
    std::string job = std::string(scope.substr(0, scope.find(".steps."))) + ".defaults.run.working-directory";
    for (const std::string& key : {own, job, std::string("defaults.run.working-directory")}) {
      auto told = place->second.find(key);
      if (told != place->second.end()) return std::string(told->second);
    }
    return {};
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  ManifestPlaces places_;
  ImageCopies copies_;
  std::vector<Resolver> resolvers_;
  std::map<uint32_t, WorkflowJobs> jobs_;
  std::map<const ProjectFile*, std::map<std::string_view, std::string_view>> folders_;  // that CI files name, by key
};

}  // namespace

void derive_locks(const WholeProject& view, ModelFacts& facts) {
  LockRows(view, facts).run();
}

}  // namespace tfcheck
