#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "model/built_files.h"
#include "model/roles.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

// Of two compose files of a folder the one without a name is the developers', where the other one is named for a
// deploy.
void mark_plain_compose(Listing& listing) {
  std::unordered_set<std::string_view> deployed;  // folders
  std::vector<ProjectFile*> unnamed;
  for (ProjectFile& file : listing.files) {
    std::string_view name = base_name(file.path);
    if (listing.words().plain_compose_files.contains(name)) unnamed.push_back(&file);
    if (listing.words().deploy_compose_files.contains(name)) deployed.insert(dir_name(file.path));
  }
  for (ProjectFile* file : unnamed) {
    if (deployed.contains(dir_name(file->path))) file->scope |= scope::Development;
  }
}

// A build puts another file in its place for production.
void mark_replaced(Listing& listing) {
  const WordTable& rows = listing.words().vocabulary.table("developer-file");
  size_t production = rows.column("production");
  for (ProjectFile& file : listing.files) {
    const WordTable::Row* row = rows.find(base_name(file.path));
    if (!row) continue;
    for (const std::string& other : row->all(production)) {
      if (listing.find_file(join_path(dir_name(file.path), other)) != no_index) file.scope |= scope::Development;
    }
  }
}

// `t/` is a word like any other unless its files are named as tests of TAP are.
void mark_tap(Listing& listing) {
  std::unordered_set<std::string> folders;
  auto tap_folder = [](std::string_view path) -> std::string {
    size_t at = path.starts_with("t/") ? 0 : path.find("/t/");
    if (at == std::string_view::npos) return {};
    return std::string(path.substr(0, at + (at == 0 ? 2 : 3)));
  };
  for (const ProjectFile& file : listing.files) {
    if (file.path.ends_with(".t")) folders.insert(tap_folder(file.path));
  }
  folders.erase("");
  if (folders.empty()) return;
  for (ProjectFile& file : listing.files) {
    if (folders.contains(tap_folder(file.path))) file.scope |= scope::Test;
  }
}

bool is_yaml(std::string_view name) {
  return name.ends_with(".yml") || name.ends_with(".yaml");
}

// One of the folders of a path is among those.
bool lies_in(std::string_view path, const WordSet& folders) {
  std::vector<std::string_view> parts = split(dir_name(path), '/');
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return folders.contains(part); });
}

// Somebody's release that was unpacked into the repository: its folder is called by name and version, and its licence
// lies there.
void mark_unpacked_releases(Listing& listing) {
  const WordSet& licences = listing.words().vocabulary.set("licence-file");
  std::unordered_set<std::string_view> releases;
  for (const ProjectFile& file : listing.files) {
    std::string_view folder = dir_name(file.path);
    if (names_release(base_name(folder)) && licences.contains(base_name(file.path))) releases.insert(folder);
  }
  if (releases.empty()) return;
  for (ProjectFile& file : listing.files) {
    std::string_view folder = dir_name(file.path);
    while (!folder.empty() && !releases.contains(folder)) folder = dir_name(folder);
    if (!folder.empty()) file.scope |= scope::Vendored;
  }
}

// Scripts of init that lie among what others contributed are installed as they are.
void mark_shipped_scripts(Listing& listing) {
  const WordSet& shipped = listing.words().vocabulary.set("shipped-example-folder");
  const WordSet& scripts = listing.words().vocabulary.set("init-script");
  for (ProjectFile& file : listing.files) {
    bool only_example = (file.scope & scope::OnRequest) == scope::Example;
    if (!only_example || !shipped.contains(before_first(file.path, '/'))) continue;
    if (lies_in(file.path, listing.words().init_folders) || scripts.contains(base_name(file.path)))
      file.scope = (file.scope & ~scope::Example) | scope::Aside;
  }
}

// "nginx" of "nginx/tasks/main.yml": the folder of a role of Ansible.
std::string_view role_of_tasks(std::string_view path) {
  for (std::string_view end : {"/tasks/main.yml", "/tasks/main.yaml"}) {
    if (path.ends_with(end)) return path.substr(0, path.size() - end.size());
  }
  return {};
}

// Scripts that a role of Ansible copies to its hosts, the extensions of Ansible that it brings along, and what it tells
// the hosts' own services: they administer machines, and are no part of an app.
void mark_host_files(Listing& listing) {
  const WordSet& files = listing.words().vocabulary.set("host-file");
  const WordSet& folders = listing.words().vocabulary.set("role-part-folder");
  const WordSet& extensions = listing.words().vocabulary.set("role-extension-folder");
  std::unordered_set<std::string_view> roles;
  for (const ProjectFile& file : listing.files) {
    if (std::string_view role = role_of_tasks(file.path); !role.empty()) roles.insert(role);
  }
  if (roles.empty()) return;
  for (ProjectFile& file : listing.files) {
    std::string_view part = dir_name(file.path), part_name, name = base_name(file.path);
    for (; !part.empty() && !roles.contains(part); part = dir_name(part)) part_name = base_name(part);
    if (part.empty()) continue;
    if (name.ends_with(".j2")) name.remove_suffix(3);
    bool script = folders.contains(part_name) && (files.contains(name) || name.find('.') == std::string_view::npos ||
                                                  base_name(dir_name(file.path)) == "logrotate.d");
    if (script || extensions.contains(part_name)) file.scope |= scope::Aside;
  }
}

// Where only an example says how the app is deployed, people deploy the example.
void mark_only_example(Listing& listing) {
  const WordSet& deploys = listing.words().vocabulary.set("deploy-file");
  const WordSet& examples = listing.words().vocabulary.set("example-deploy-file");
  constexpr uint32_t elsewhere = scope::OnRequest | scope::Development;
  std::vector<ProjectFile*> found;
  const WordSet& hosts = listing.words().vocabulary.set("host-deploy-file");
  const WordSet& folders = listing.words().vocabulary.set("deploy-folder");
  const WordSet& shipped = listing.words().vocabulary.set("shipped-example-folder");
  for (ProjectFile& file : listing.files) {
    std::string_view name = base_name(file.path);
    bool is_example = (file.scope & scope::Example) || examples.contains(name);
    bool is_deploy = deploys.contains(name) && !hosts.contains(name);
    if (!is_example && is_deploy && (file.scope & elsewhere) == 0) return;
    // A folder of examples shows many ways; a file beside the source shows the one, and some folders hold what is used
    // as it is.
    if (!is_example || (file.scope & elsewhere & ~scope::Example)) continue;
    bool is_shipped = shipped.contains(before_first(file.path, '/')) || lies_in(file.path, folders);
    auto is_shown = [&] { return listing.words().roles.of_folder(dir_name(file.path)) & scope::Example; };
    bool is_compose = deploys.contains(name) || (base_name(dir_name(file.path)) == "docker-compose" && is_yaml(name));
    if (is_shipped ? is_compose : examples.contains(name) && !is_shown()) found.push_back(&file);
  }
  for (ProjectFile* file : found) file->scope = (file->scope & ~scope::Example) | scope::OnlyExample;
}

}  // namespace

void mark_by_neighbours(Listing& listing) {
  mark_plain_compose(listing);
  mark_replaced(listing);
  mark_tap(listing);
  mark_retired_projects(listing);
  mark_unpacked_releases(listing);
  mark_only_example(listing);
  mark_shipped_scripts(listing);
  mark_host_files(listing);
}

}  // namespace tfcheck
