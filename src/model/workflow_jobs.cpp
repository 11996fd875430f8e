#include "model/workflow_jobs.h"

#include <algorithm>

#include "base/text.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr std::string_view jobs_key = "jobs.";

std::string_view behind_job(std::string_view path) {
  size_t end = path.starts_with(jobs_key) ? path.find('.', jobs_key.size()) : std::string_view::npos;
  return end == std::string_view::npos ? std::string_view{} : path.substr(end);
}

std::string_view plain_folder(std::string_view folder) {
  while (folder.starts_with("./")) folder.remove_prefix(2);
  while (folder.ends_with('/')) folder.remove_suffix(1);
  bool plain = folder.find_first_of("${}~") == std::string_view::npos && !folder.starts_with('/') &&
               !folder.starts_with("..") && folder != "." && folder != "-";
  return plain ? folder : std::string_view{};
}

template <typename Map>
void take(std::vector<const Fact*>& values, const Map& map, const std::string& key) {
  auto [first, last] = map.equal_range(key);
  for (auto found = first; found != last; ++found) values.push_back(found->second);
}

}  // namespace

WorkflowJobs::WorkflowJobs(const ProjectView& view, const ProjectFile& file)
    : WorkflowJobs(view.project.words().vocabulary, file.format(), view.facts(file)) {}

WorkflowJobs::WorkflowJobs(const Vocabulary& vocabulary, std::string_view format, std::span<const Fact> facts)
    : named_(format == "github-actions" || format == "circleci"),
      side_programs_(vocabulary.set("side-program")),
      deploy_commands_(vocabulary.set("deploy-command")),
      deploy_actions_(vocabulary.set("deploy-action")) {
  const WordSet &names = vocabulary.set("side-job"), &deploys = vocabulary.set("deploy-job");
  std::set<std::string_view> seen;
  for (const Fact& fact : facts) {
    std::string_view job = job_of(fact.kind == FactKind::Entry ? fact.name : fact.context.scope);
    if (!job.empty() && seen.insert(job).second && names.contains(job)) side_jobs_.insert(job);
    if (deploys.contains(job)) deploy_jobs_.insert(job);
    if (fact.kind == FactKind::Entry) note_entry(fact);
    if (fact.kind == FactKind::Command && !job.empty()) note_command(fact);
  }
}

std::string_view WorkflowJobs::job_of(std::string_view path) const {
  if (!named_) return before_first(path, '.');
  return path.starts_with(jobs_key) ? before_first(path.substr(jobs_key.size()), '.') : std::string_view{};
}

void WorkflowJobs::note_folder(std::string_view job, std::string_view folder) {
  folder = plain_folder(folder);
  if (!folder.empty()) folders_[job].insert(folder);
}

void WorkflowJobs::note_command(const Fact& fact) {
  std::string_view job = job_of(fact.context.scope);
  std::span<const Arg> args = fact.args();
  if (side_programs_.contains(fact.name)) side_jobs_.insert(job);
  std::string_view verb = !args.empty() && args[0].name.empty() ? args[0].value.text : std::string_view{};
  if (deploy_commands_.contains(fact.name) ||
      deploy_commands_.contains(std::string(fact.name) + " " + std::string(verb)))
    deploy_jobs_.insert(job);
  bool by_name = fact.name == "npx" || fact.name == "bunx" || fact.name == "pnpm" || fact.name == "yarn";
  if (by_name && !args.empty() && side_programs_.contains(args[0].value.text)) side_jobs_.insert(job);
  if (fact.name == "cd" && !args.empty() && args[0].value.is(ValueKind::String)) note_folder(job, args[0].value.text);
}

void WorkflowJobs::note_entry(const Fact& fact) {
  constexpr std::string_view include = ".strategy.matrix.include.";
  constexpr int most_ends = 8;
  std::string_view job = job_of(fact.name), rest = behind_job(fact.name);
  bool action = rest.ends_with(".uses") && deploy_actions_.contains(before_first(fact.value.text, '@'));
  if (action || rest == ".environment" || rest.starts_with(".environment.")) deploy_jobs_.insert(job);
  if (rest.starts_with(".strategy.")) items_.emplace(fact.name, &fact);
  if (fact.name.starts_with("env.") || rest.starts_with(".env.")) variables_.emplace(fact.name, &fact);
  if (rest.ends_with("working-directory") || rest.ends_with("working_directory")) note_folder(job, fact.value.text);
  if (!rest.starts_with(include)) return;
  std::string start(fact.name.substr(0, fact.name.size() - rest.size()));
  size_t dot = rest.rfind('.');
  for (int i = 0; i < most_ends && dot + 1 >= include.size(); ++i, dot = rest.rfind('.', dot - 1))
    included_.emplace(start + std::string(rest.substr(dot)), &fact);
}

std::string_view WorkflowJobs::folder_of(std::string_view job) const {
  auto found = folders_.find(job);
  return found == folders_.end() || found->second.size() != 1 ? std::string_view{} : *found->second.begin();
}

std::vector<const Fact*> WorkflowJobs::values_of(std::string_view job, std::string_view name) const {
  std::vector<const Fact*> values;
  std::string path = std::string(jobs_key) + std::string(job);
  if (name.starts_with("env.")) {
    take(values, variables_, std::string(name));
    take(values, variables_, path + "." + std::string(name));
  } else if (name.starts_with("matrix.")) {
    std::string list = path + ".strategy." + std::string(name) + ".";
    auto item = items_.lower_bound(list);
    for (; item != items_.end() && item->first.starts_with(list); ++item) values.push_back(item->second);
    take(values, included_, path + std::string(name.substr(6)));
  }
  // In the file's order, each once.
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

}  // namespace tfcheck
