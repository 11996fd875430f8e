#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "model/backing_compose.h"
#include "model/roles.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

bool is_program(const ProjectFile& file) {
  return file.adapter && file.adapter->kind == AdapterKind::Code && file.format() != "shell";
}

// What the README of a folder says holds for what lies there and below, up to a README that says otherwise; of a
// component's own folder it introduces a program, and says nothing of its deploy unless it is the repository's.
void mark_by_readmes(Listing& listing) {
  std::unordered_set<std::string_view> roots;
  std::unordered_map<std::string_view, uint32_t> said;  // by folder
  for (const Component& component : listing.components) {
    if (!component.manifests.empty()) roots.insert(component.root);
  }
  bool any = false;
  for (const ProjectFile& file : listing.files) {
    std::string_view folder = dir_name(file.path);
    if (!OwnWords::is_readme(file.path) || (roots.contains(folder) && !folder.empty())) continue;
    said[folder] |= file.says_of_folder;
    any |= file.says_of_folder != 0;
  }
  if (!any) return;
  for (ProjectFile& file : listing.files) {
    if (is_program(file) || (file.scope & (scope::OnRequest | scope::Development))) continue;
    for (std::string_view folder = dir_name(file.path);; folder = dir_name(folder)) {
      auto found = said.find(folder);
      if (folder.empty() && found == said.end()) break;
      if (found == said.end() && !roots.contains(folder)) continue;
      uint32_t bits = found == said.end() ? 0 : found->second;
      if (!file.tells(tells::Deploy)) bits &= ~scope::Aside;
      file.scope |= bits;
      break;
    }
  }
}

// Where nothing but a sample says how the app is deployed, people deploy the sample; not what others contributed.
void keep_only_samples(Listing& listing) {
  const WordSet& deploys = listing.words().vocabulary.set("deploy-file");
  const WordSet& hosts = listing.words().vocabulary.set("host-deploy-file");
  const WordSet& contributed = listing.words().vocabulary.set("contributed-folder");
  constexpr uint32_t elsewhere = scope::OnRequest | scope::Development | scope::Aside;
  std::vector<ProjectFile*> samples;
  for (ProjectFile& file : listing.files) {
    std::string_view name = base_name(file.path);
    bool deploy = deploys.contains(name) && !hosts.contains(name);
    if (deploy && !(file.scope & elsewhere)) return;
    bool own = !contributed.contains(before_first(file.path, '/'));
    if (own && is_compose(file) && (file.scope & scope::Aside)) samples.push_back(&file);
  }
  for (ProjectFile* file : samples) file->scope &= ~scope::Aside;
}

}  // namespace

void mark_by_texts(Listing& listing) {
  mark_by_readmes(listing);
  keep_only_samples(listing);
}

}  // namespace tfcheck
