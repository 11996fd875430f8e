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

// "http://localhost:4873", "--registry=http://127.0.0.1:4873", "localhost:5000/web"
bool names_this_machine(std::string_view word) {
  for (std::string_view host : {"localhost:", "127.0.0.1:", "localhost/", "127.0.0.1/"}) {
    size_t at = word.find(host);
    if (at == 0 || (at != std::string_view::npos && (word[at - 1] == '/' || word[at - 1] == '='))) return true;
  }
  return false;
}

template <typename Map>
void take(std::vector<const Fact*>& values, const Map& map, const std::string& key) {
  auto [first, last] = map.equal_range(key);
  for (auto found = first; found != last; ++found) values.push_back(found->second);
}

}  // namespace

WorkflowJobs::WorkflowJobs(const ProjectView& view, const ProjectFile& file)
    : WorkflowJobs(view.project.words().vocabulary, file.path, file.format(), view.facts(file)) {}

WorkflowJobs::WorkflowJobs(const Vocabulary& vocabulary, std::string_view path, std::string_view format,
                           std::span<const Fact> facts)
    : named_(format == "github-actions" || format == "circleci"),
      side_programs_(vocabulary.set("side-program")),
      deploy_commands_(vocabulary.set("deploy-command")),
      deploy_actions_(vocabulary.set("deploy-action")),
      push_actions_(vocabulary.set("push-action")),
      rehearsal_verbs_(vocabulary.set("rehearsal-verb")),
      rehearsal_options_(vocabulary.set("rehearsal-option")),
      test_words_(vocabulary.set("test-job-word")),
      deploying_words_(vocabulary.set("deploy-job")) {
  const WordSet &names = vocabulary.set("side-job"), &deploys = vocabulary.set("deploy-job");
  std::set<std::string_view> seen;
  for (const Fact& fact : facts) {
    std::string_view job = job_of(fact.kind == FactKind::Entry ? fact.name : fact.context.scope);
    if (!job.empty() && seen.insert(job).second && names.contains(job)) side_jobs_.insert(job);
    if (deploys.contains(job)) named_jobs_.insert(job);
    if (fact.kind == FactKind::Entry) note_entry(fact);
    if (fact.kind == FactKind::Command && !job.empty()) note_command(fact);
  }
  if (step_.deploys) deploy_jobs_.insert(step_.job);
  settle_names();
  leave_out_tests(path);
}

// "Run e2e test", "e2e-full.yml"; not "deploy-test", which may be where it deploys to.
bool WorkflowJobs::is_for_tests(std::string_view name) const {
  bool tests = false, deploys = false;
  std::string snake = snake_case(name);
  for (std::string_view part : split(snake, '_')) {
    for (std::string_view word : split_words(part)) {
      tests |= test_words_.contains(word);
      deploys |= deploying_words_.contains(word);
    }
  }
  return tests && !deploys;
}

void WorkflowJobs::leave_out_tests(std::string_view path) {
  bool all = named_ && is_for_tests(before_first(base_name(path), '.'));
  std::erase_if(deploy_jobs_, [&](std::string_view job) {
    auto title = titles_.find(job);
    return !settled_jobs_.contains(job) && (all || is_for_tests(title == titles_.end() ? job : title->second));
  });
}

void WorkflowJobs::settle_names() {
  for (std::string_view job : named_jobs_) {
    if (!for_pulls_ || limited_jobs_.contains(job)) deploy_jobs_.insert(job);
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

// `helm lint`, `goreleaser build --snapshot`, `npm publish --registry http://localhost:4873`.
bool WorkflowJobs::is_rehearsal(std::span<const std::string_view> words) const {
  auto first = std::find_if(words.begin(), words.end(), [](std::string_view word) { return !word.starts_with('-'); });
  if (first != words.end() && rehearsal_verbs_.contains(*first)) return true;
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return rehearsal_options_.contains(word) || names_this_machine(word);
  });
}

void WorkflowJobs::note_command(const Fact& fact) {
  std::string_view job = job_of(fact.context.scope);
  std::span<const Arg> args = fact.args();
  if (side_programs_.contains(fact.name)) side_jobs_.insert(job);
  std::string_view verb = !args.empty() && args[0].name.empty() ? args[0].value.text : std::string_view{};
  bool deploys = deploy_commands_.contains(fact.name) ||
                 deploy_commands_.contains(std::string(fact.name) + " " + std::string(verb));
  std::vector<std::string_view> words;
  for (const Arg& arg : deploys ? args : std::span<const Arg>{}) words.push_back(arg.value.text);
  if (deploys && !is_rehearsal(words)) deploy_jobs_.insert(job);
  bool by_name = fact.name == "npx" || fact.name == "bunx" || fact.name == "pnpm" || fact.name == "yarn";
  if (by_name && !args.empty() && side_programs_.contains(args[0].value.text)) side_jobs_.insert(job);
  if (fact.name == "cd" && !args.empty() && args[0].value.is(ValueKind::String)) note_folder(job, args[0].value.text);
}

void WorkflowJobs::note_entry(const Fact& fact) {
  constexpr std::string_view include = ".strategy.matrix.include.";
  constexpr int most_ends = 8;
  std::string_view job = job_of(fact.name), rest = behind_job(fact.name);
  if (rest == ".environment" || rest.starts_with(".environment.")) deploy_jobs_.insert(job), settled_jobs_.insert(job);
  if (rest == ".name") titles_.emplace(job, fact.value.text);
  for_pulls_ |= fact.name.starts_with("on.pull_request") ||
                ((fact.name == "on" || fact.name.starts_with("on.")) && fact.value.text.starts_with("pull_request"));
  bool limits = rest == ".if" || rest.ends_with(".if");
  if (limits && fact.value.text.find("github.") != std::string_view::npos) limited_jobs_.insert(job);
  note_step(job, rest, fact.value);
  if (rest.starts_with(".strategy.")) items_.emplace(fact.name, &fact);
  if (fact.name.starts_with("env.") || rest.starts_with(".env.")) variables_.emplace(fact.name, &fact);
  if (rest.ends_with("working-directory") || rest.ends_with("working_directory")) note_folder(job, fact.value.text);
  if (!rest.starts_with(include)) return;
  std::string start(fact.name.substr(0, fact.name.size() - rest.size()));
  size_t dot = rest.rfind('.');
  for (int i = 0; i < most_ends && dot + 1 >= include.size(); ++i, dot = rest.rfind('.', dot - 1))
    included_.emplace(start + std::string(rest.substr(dot)), &fact);
}

// An action counts when its step is over: what it is given may say that it only tries things out.
void WorkflowJobs::note_step(std::string_view job, std::string_view rest, const Value& value) {
  constexpr std::string_view uses = ".uses", settings = ".with.";
  if (rest.ends_with(uses)) {
    if (step_.deploys) deploy_jobs_.insert(step_.job);
    std::string_view action = before_first(value.text, '@');
    bool pushes = push_actions_.contains(action);
    step_ = {job, rest.substr(0, rest.size() - uses.size()), deploy_actions_.contains(action) && !pushes};
    if (pushes) step_.pushes = true;
    return;
  }
  if (job != step_.job || !rest.starts_with(step_.path)) return;
  std::string_view setting = rest.substr(step_.path.size());
  if (!setting.starts_with(settings)) return;
  setting.remove_prefix(settings.size());
  bool off = value.text == "false";
  if (step_.pushes && (setting == "push" || setting == "outputs")) step_.deploys = !off;
  if (setting == "dry-run" || setting == "dry_run") step_.deploys &= off;
  if (setting == "args" && is_rehearsal(split_words(value.text))) step_.deploys = false;
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
