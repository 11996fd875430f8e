#include "model/kept_builds.h"

#include <algorithm>

#include "base/text.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr int most_folders_up = 4;  // from what is embedded to the code that does

// A pattern of .gitattributes as a glob of whole paths: one without a slash holds in every folder.
std::string glob_of(std::string_view folder, std::string_view pattern) {
  bool rooted = pattern.find('/') != std::string_view::npos;
  while (pattern.starts_with('/')) pattern.remove_prefix(1);
  std::string glob = (rooted ? "" : "**/") + std::string(pattern);
  // "dist/**/*" holds for what lies in the folder itself, too.
  for (size_t at = glob.find("/**/"); at != std::string::npos; at = glob.find("/**/", at + 1)) glob.erase(at + 3, 1);
  return join_path(folder, glob);
}

bool has_word(const Fact& command, std::string_view word) {
  auto args = command.args();
  return std::any_of(args.begin(), args.end(), [&](const Arg& arg) { return arg.value.text == word; });
}

// `npm run build`, `make dist`, `./scripts/build-assets.sh`: one of its words speaks of a build.
bool is_build(const Fact& command) {
  auto speaks = [](std::string_view word) {
    return icontains(word, "build") || icontains(word, "dist") || icontains(word, "compile") ||
           icontains(word, "bundle");
  };
  auto args = command.args();
  bool other = command.name == "git" || command.name == "docker" || command.name == "echo";
  return !other && (speaks(command.name) ||
                    std::any_of(args.begin(), args.end(), [&](const Arg& arg) { return speaks(arg.value.text); }));
}

bool is_within(std::string_view path, std::string_view folder) {
  while (folder.starts_with("./")) folder.remove_prefix(2);
  while (folder.ends_with('/') || folder.ends_with('*')) folder.remove_suffix(1);
  return !folder.empty() && path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool embeds(std::span<const Fact> facts) {
  return std::any_of(facts.begin(), facts.end(),
                     [](const Fact& fact) { return fact.kind == FactKind::Import && fact.name == "embed"; });
}

}  // namespace

KeptBuilds::KeptBuilds(const ProjectView& view)
    : view_(view),
      actions_(view.set("commit-action")),
      workspace_files_(view.set("package-workspace-file")),
      workspace_keys_(view.set("workspace-key")) {
  for (uint32_t i = 0; i < view_.project.files.size(); ++i) {
    const ProjectFile& file = view_.project.files[i];
    if (workspace_files_.contains(base_name(file.path))) workspaces_.insert(dir_name(file.path));
    if (!file.facts) continue;
    if (file.format() == "gitattributes") read_attributes(i);
    if (file.format() == "npm-package") read_manifest(file);
    if (file.scope & scope::Ci) read_ci(i);
    if (file.format() == "go" && !(file.scope & scope::Test) && embeds(view_.facts(file)))
      embedding_.insert(dir_name(file.path));
  }
}

void KeptBuilds::read_attributes(uint32_t index) {
  const ProjectFile& file = view_.project.files[index];
  for (const Fact& fact : view_.facts(file)) {
    if (fact.name == "linguist-generated" || fact.name == "linguist-generated=true")
      generated_.emplace_back(glob_of(dir_name(file.path), fact.value.text),
                              Reason{index, fact.span, "it is declared generated here"});
  }
}

void KeptBuilds::read_manifest(const ProjectFile& file) {
  std::span<const Fact> facts = view_.facts(file);
  bool holds = std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    return fact.kind == FactKind::Entry && fact.name.starts_with("workspaces") && workspace_keys_.contains(fact.name);
  });
  if (holds) workspaces_.insert(dir_name(file.path));
}

// A job is taken with the others of its file: one builds, and another takes up what it built.
void KeptBuilds::read_ci(uint32_t index) {
  bool builds = false;
  Commit commit;
  for (const Fact& fact : view_.facts(view_.project.files[index])) {
    if (fact.kind == FactKind::Entry && fact.name.ends_with(".uses") && actions_.contains(fact.value.text))
      commit.reason = {index, fact.span, "it is built and committed here"}, commit.all = true;
    if (fact.kind != FactKind::Command) continue;
    builds |= is_build(fact);
    if (fact.name != "git") continue;
    if (has_word(fact, "commit")) {
      commit.reason = {index, fact.span, "it is built and committed here"};
      commit.all |= has_word(fact, "-a") || has_word(fact, "-am") || has_word(fact, "--all");
    }
    if (!has_word(fact, "add")) continue;
    for (const Arg& word : fact.args()) {
      std::string_view text = word.value.text;
      commit.all |= text == "." || text == "-A" || text == "--all" || text == "-u" || text == "*";
      if (text != "add" && !text.starts_with('-')) commit.paths.push_back(text);
    }
  }
  if (builds && commit.reason.file != no_index) commits_.push_back(std::move(commit));
}

KeptBuilds::Reason KeptBuilds::of(std::string_view path) const {
  for (const Commit& commit : commits_) {
    bool named = commit.all || std::any_of(commit.paths.begin(), commit.paths.end(),
                                           [&](std::string_view one) { return is_within(path, one); });
    if (named) return commit.reason;
  }
  for (const auto& [glob, reason] : generated_) {
    if (path_match(glob, path)) return reason;
  }
  return {};
}

bool KeptBuilds::is_embedded(std::string_view folder) const {
  for (int up = 0; up < most_folders_up; ++up, folder = dir_name(folder)) {
    if (embedding_.contains(folder)) return true;
    if (folder.empty()) break;
  }
  return false;
}

std::string_view KeptBuilds::workspace_of(std::string_view folder) const {
  for (std::string_view at = folder;; at = dir_name(at)) {
    if (workspaces_.contains(at)) return at;
    if (at.empty()) return folder;
  }
}

}  // namespace tfcheck
