#include "model/mentions.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "model/scope.h"
#include "model/words.h"
#include "model/workflow_jobs.h"

namespace tfcheck {

namespace {

constexpr size_t longest_line = 2'000;  // of a command that is put together again

bool is_package(const ProjectFile& file) {
  return file.facts && (file.format() == "npm-package" || file.format() == "composer");
}

// A command as it was written, as far as telling names needs it.
std::string line_of(const Fact& command) {
  std::string line(command.name);
  for (const Arg& arg : command.args()) {
    if (line.size() > longest_line) break;
    bool text = arg.value.is(ValueKind::String) || arg.value.is(ValueKind::Template);
    if (text) line.append(" ").append(arg.value.text);
  }
  return line;
}

// The folder that `docker build` is given; "" for another command.
std::string_view build_context(const Fact& command) {
  bool builds = command.name == "docker" || command.name == "podman" || command.name == "buildah";
  bool verb = false;
  std::string_view last;
  for (const Arg& arg : command.args()) {
    if (!arg.name.empty() || !arg.value.is(ValueKind::String)) continue;
    std::string_view word = arg.value.text;
    if (word == "-f" || word == "--file" || word.starts_with("--file=")) return {};
    verb |= word == "build" || word == "bud";
    if (verb) last = word;
  }
  return builds && verb && last != "build" && !last.starts_with('-') ? last : std::string_view{};
}

}  // namespace

// Where a name leads: from the folder of whoever says it, from the top, else to the only file that is called so.
class FilesByName {
 public:
  explicit FilesByName(const Listing& listing) : listing_(listing) {}

  uint32_t find(std::string_view folder, std::string_view name) {
    if (name.ends_with('/') || name.empty()) return compose_of(folder, name);
    for (std::string_view base : {folder, std::string_view{}}) {
      uint32_t file = listing_.find_file(join_path(base, name));
      if (file != no_index) return file;
    }
    if (by_name_.empty()) read_names();
    auto found = by_name_.find(base_name(name));
    return found == by_name_.end() ? no_index : found->second;
  }

 private:
  uint32_t compose_of(std::string_view folder, std::string_view name) const {
    while (name.ends_with('/')) name.remove_suffix(1);
    for (const std::string& plain : listing_.words().plain_compose_files.patterns()) {
      for (std::string_view base : {folder, std::string_view{}}) {
        std::string inner = name.empty() ? std::string(base) : join_path(base, name);
        uint32_t file = listing_.find_file(inner.empty() ? plain : join_path(inner, plain));
        if (file != no_index) return file;
        if (name.empty()) break;
      }
    }
    return no_index;
  }

  void read_names() {
    for (uint32_t i = 0; i < listing_.files.size(); ++i) {
      auto [place, fresh] = by_name_.try_emplace(base_name(listing_.files[i].path), i);
      if (!fresh) place->second = no_index;
    }
  }

  const Listing& listing_;
  std::unordered_map<std::string_view, uint32_t> by_name_;  // no_index: several
};

Mentions::Mentions(const Listing& listing)
    : listing_(listing), texts_(listing.words().naming), names_(std::make_unique<FilesByName>(listing)) {
  for (uint32_t i = 0; i < listing.files.size(); ++i) {
    const ProjectFile& file = listing.files[i];
    if (file.scope & (scope::Vendored | scope::Minified | scope::Generated)) continue;
    for (const NamedFile& one : file.named) note(i, dir_name(file.path), one.name, one.tone);
    if (!file.facts) continue;
    if (is_package(file)) read_package(i);
    if (file.scope & scope::Ci) read_jobs(i);
  }
}

Mentions::~Mentions() = default;

// What the files of deploys and the shell scripts name, once it is known which of them are the developers'.
void Mentions::read_deploys() {
  for (uint32_t i = 0; i < listing_.files.size(); ++i) {
    const ProjectFile& file = listing_.files[i];
    bool read = file.facts && !(file.scope & (scope::Vendored | scope::Minified | scope::Generated | scope::Ci));
    if (!read || is_package(file)) continue;
    bool shell = file.format() == "shell";
    if (!shell && !file.tells(tells::Deploy)) continue;
    bool developing = file.scope & (scope::Development | scope::Test | scope::Example);
    bool open = !developing && (shell || file.format() == "dockerfile");
    said_now_ = open ? &said_[i] : nullptr;
    read_deploy(i, developing ? Tone::Developing : shell ? Tone::Plain : Tone::Deploying);
  }
  said_now_ = nullptr;
}

// Each is looked at again once it turns out to be the developers'.
void Mentions::follow(const std::function<bool(uint32_t)>& is_theirs) {
  std::vector<uint32_t> turned;
  for (const auto& [file, names] : said_) {
    if (of(file).only_developing() && is_theirs(file)) turned.push_back(file);
  }
  while (!turned.empty()) {
    auto found = said_.find(turned.back());
    turned.pop_back();
    if (found == said_.end()) continue;
    std::vector<Said> names = std::move(found->second);
    said_.erase(found);
    for (const Said& name : names) {
      Uses& uses = uses_[name.file];
      --(name.tone == Tone::Deploying ? uses.deploying : uses.plain);
      ++uses.developing;
      if (uses.only_developing() && said_.contains(name.file) && is_theirs(name.file)) turned.push_back(name.file);
    }
  }
}

Uses Mentions::of(uint32_t file) const {
  auto found = uses_.find(file);
  return found == uses_.end() ? Uses{} : found->second;
}

void Mentions::note(uint32_t from, std::string_view folder, std::string_view name, Tone tone) {
  if (name.find_first_of("$*{}") != std::string_view::npos || name.starts_with('~')) return;
  while (name.starts_with('/')) name.remove_prefix(1);
  uint32_t file = names_->find(folder, name);
  if (file == no_index || file == from) return;
  Uses& uses = uses_[file];
  ++(tone == Tone::Plain       ? uses.plain
     : tone == Tone::Chore     ? uses.chores
     : tone == Tone::Deploying ? uses.deploying
                               : uses.developing);
  if (said_now_ && (tone == Tone::Plain || tone == Tone::Deploying)) said_now_->push_back({file, tone});
}

void Mentions::read_line(uint32_t from, std::string_view line, Tone tone, std::string& folder) {
  std::vector<NamedFile> found;
  texts_.read_line(line, tone, folder, found);
  const ProjectFile& file = listing_.files[from];
  // Jobs run at the top, wherever their file lies.
  std::string_view here = file.scope & scope::Ci ? std::string_view{} : dir_name(file.path);
  for (const NamedFile& one : found) note(from, here, one.name, one.tone);
}

// Scripts of a package are run by hand, unless their name says otherwise.
void Mentions::read_package(uint32_t index) {
  constexpr std::string_view scripts = "scripts.";
  std::string_view scope_now;
  std::string folder;
  for (const Fact& fact : listing_.files[index].facts->facts()) {
    std::string_view scope = fact.context.scope;
    if (fact.kind != FactKind::Command || !scope.starts_with(scripts)) continue;
    if (scope != scope_now) scope_now = scope, folder.clear();
    read_line(index, line_of(fact), texts_.tone_of(scope.substr(scripts.size()), Tone::Chore), folder);
  }
}

// Jobs that deploy use what they name for it; the others check, or are run by hand.
void Mentions::read_jobs(uint32_t index) {
  const ProjectFile& file = listing_.files[index];
  std::span<const Fact> facts = file.facts->facts();
  WorkflowJobs jobs(listing_.words().vocabulary, file.path, file.format(), facts);
  std::string_view scope_now;
  std::string folder;
  Tone by_name = texts_.tone_of(base_name(file.path), Tone::Chore);
  for (const Fact& fact : facts) {
    std::string_view where = fact.kind == FactKind::Command ? fact.context.scope : fact.name;
    std::string_view job = jobs.job_of(where);
    bool deploys = !job.empty() && jobs.is_deploy_job(job);
    deploy_job_ |= deploys;
    Tone tone = deploys ? Tone::Deploying : texts_.tone_of(job, by_name);
    if (fact.kind == FactKind::Entry && fact.value.is(ValueKind::String)) read_build(index, fact, tone);
    if (fact.kind != FactKind::Command) continue;
    if (where != scope_now) scope_now = where, folder.clear();
    read_line(index, line_of(fact), tone, folder);
    std::string_view context = build_context(fact);
    if (!context.empty()) note(index, {}, join_path(folder, std::string(context) + "/Dockerfile"), tone);
  }
}

// `context: ./web` and `dockerfile: web.Dockerfile` of one that builds, and every other value that names a file.
void Mentions::read_build(uint32_t from, const Fact& fact, Tone tone) {
  std::string folder;
  bool context = fact.name.ends_with(".context") || fact.name.ends_with(".build");
  std::string_view here = fact.name.starts_with("jobs.") ? std::string_view{} : dir_name(listing_.files[from].path);
  if (context && fact.value.text.size() < longest_line)
    note(from, here, join_path(fact.value.text, "Dockerfile"), tone);
  else if (fact.value.text.size() < longest_line)
    read_line(from, before_first(fact.value.text, ':'), tone, folder);
}

void Mentions::read_deploy(uint32_t index, Tone tone) {
  std::string folder;
  for (const Fact& fact : listing_.files[index].facts->facts()) {
    if (fact.kind == FactKind::Command) read_line(index, line_of(fact), tone, folder), folder.clear();
    // Also "COPY a.sh b.sh /app/".
    if (fact.kind == FactKind::Entry && fact.value.is(ValueKind::String)) read_build(index, fact, tone);
  }
}

}  // namespace tfcheck
