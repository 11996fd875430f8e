#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>

#include "base/text.h"
#include "model/backing_compose.h"
#include "model/mentions.h"
#include "model/own_machine.h"
#include "model/roles.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr size_t longest_host = 200;  // of a path that is mounted

// "./sql" of a service's volume "./sql:/data"; of "./sql/${VERSION:-8}:/data" the folder that stands there in any case;
// "" for another fact.
std::string_view host_of_volume(const Fact& fact) {
  bool written = fact.value.is(ValueKind::String) || fact.value.is(ValueKind::Template);
  bool volume = fact.kind == FactKind::Entry && written && fact.name.find(".volumes.") != std::string_view::npos &&
                fact.name.starts_with("services.");
  if (!volume) return {};
  std::string_view host = fact.value.text.substr(0, fact.value.text.find("${"));
  if (host.find(':') != std::string_view::npos || host.size() == fact.value.text.size()) return before_first(host, ':');
  return host.substr(0, host.rfind('/') + 1);
}

class DeployRoles {
 public:
  explicit DeployRoles(Listing& listing)
      : listing_(listing),
        own_words_(listing.words().vocabulary.set("own-machine-word")),
        starting_words_(listing.words().vocabulary.set("starting-word")),
        folders_(listing.words().vocabulary.set("deploy-folder")) {}

  void mark() {
    mark_started_locally();
    mark_mounting_source();
    keep_deployed_images();
    Mentions mentions(listing_);
    mark_named_composes(mentions);
    mark_local_services(mentions);
    mark_own_machines(mentions);
    mark_mounted(mentions);
    mentions.read_deploys();
    mark_named_files(mentions);
    mark_alternatives(mentions);
  }

 private:
  // A compose file beside the script that starts it on somebody's own machine, as its name says. At the root such a
  // script is one of many.
  void mark_started_locally() {
    std::unordered_set<std::string_view> folders;
    for (const ProjectFile& file : listing_.files) {
      bool script = file.path.ends_with("sh") || file.path.ends_with(".ps1") || file.path.ends_with(".bat");
      if (script && starts_locally(base_name(file.path))) folders.insert(dir_name(file.path));
    }
    for (ProjectFile& file : listing_.files) {
      bool plain = listing_.words().plain_compose_files.contains(base_name(file.path));
      if (plain && !dir_name(file.path).empty() && folders.contains(dir_name(file.path)))
        file.scope |= scope::Development;
    }
  }

  bool starts_locally(std::string_view name) const {
    std::string stem = snake_case(before_first(name, '.'));
    std::vector<std::string_view> words = split(stem, '_');
    auto has = [&](const WordSet& set) {
      return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return set.contains(word); });
    };
    return has(own_words_) && has(starting_words_);
  }

  // Compose files of which every service that is built here runs with the source of the repository mounted over it:
  // what a developer saves is what runs.
  void mark_mounting_source() {
    std::vector<ProjectFile*> found;
    for (ProjectFile& file : listing_.files) {
      bool plain = is_compose(file) && !listing_.words().deploy_compose_files.contains(base_name(file.path));
      if (!plain || (file.scope & scope::Development)) continue;
      std::unordered_set<std::string_view> built, mounting;
      for (const Fact& fact : file.facts->facts()) {
        std::string_view service = service_of(fact.name);
        if (fact.kind != FactKind::Entry || service.empty()) continue;
        if (fact.name.substr(service.size()).starts_with(".build")) built.insert(service);
        if (mounts_source(file, fact)) mounting.insert(service);
      }
      bool all = std::all_of(built.begin(), built.end(), [&](std::string_view one) { return mounting.contains(one); });
      if (!built.empty() && all) found.push_back(&file);
    }
    for (ProjectFile* file : found) file->scope |= scope::Development;
  }

  // An image that a cluster runs is deployed, in whatever mode its head says that it is: images/shop/Dockerfile of
  // "ghcr.io/acme/shop:1.2".
  void keep_deployed_images() {
    std::unordered_set<std::string_view> run;  // the last parts of images' names
    for (const ProjectFile& file : listing_.files) {
      bool counts = file.facts && file.format() != "dockerfile" && file.format() != "compose" &&
                    file.tells(tells::Deploy) && !(file.scope & (scope::OnRequest | scope::Development));
      for (const Fact& fact : counts ? std::span<const Fact>(file.facts->facts()) : std::span<const Fact>()) {
        if (fact.kind == FactKind::Image) run.insert(base_name(fact.name));
      }
    }
    for (ProjectFile& file : listing_.files) {
      bool plain = file.format() == "dockerfile" && base_name(file.path).find('.') == std::string_view::npos;
      if (plain && run.contains(base_name(dir_name(file.path)))) file.scope &= ~scope::Development;
    }
  }

  // Compose files that only developers are told to start. What somebody runs by hand is theirs as well where the app
  // is deployed in another way, and so is a compose file with a name of its own that nobody names.
  void mark_named_composes(const Mentions& mentions) {
    std::vector<ProjectFile*> found;
    std::optional<bool> otherwise;  // once asked for
    for (uint32_t i = 0; i < listing_.files.size(); ++i) {
      ProjectFile& file = listing_.files[i];
      bool open =
          is_compose(file) && !(file.scope & (scope::Development | scope::OnlyExample)) && !is_named_for_deploy(file);
      if (!open) continue;
      Uses uses = mentions.of(i);
      bool by_hand = uses.only_by_hand() && (uses.chores > 0 || is_left_over(file));
      if (by_hand && !otherwise) otherwise = is_deployed_otherwise(mentions);
      if (uses.only_developing() || (by_hand && *otherwise)) found.push_back(&file);
    }
    for (ProjectFile* file : found) file->scope |= scope::Development;
  }

  // Compose files of nothing but what an app is attached to, where something else than compose deploys the app: what
  // its developers run it against. Who deploys nothing of his own may run just that, and one beside a compose file of
  // released images adds to it.
  void mark_local_services(const Mentions& mentions) {
    bool own = std::any_of(listing_.components.begin(), listing_.components.end(), [](const Component& component) {
      return !component.manifests.empty() && !component.languages.empty();
    });
    if (!own || !is_deployed_otherwise(mentions, false)) return;
    std::unordered_set<std::string_view> deploys;  // folders
    std::vector<ProjectFile*> found;
    for (uint32_t i = 0; i < listing_.files.size(); ++i) {
      ProjectFile& file = listing_.files[i];
      if (!is_compose(file) || (file.scope & (scope::Development | scope::OnlyExample))) continue;
      ComposeServices services = compose_services(listing_, file);
      if (services.released > 0) deploys.insert(dir_name(file.path));
      bool only = services.backing > 0 && services.other == 0 && !services.adds;
      if (only && !is_named_for_deploy(file) && mentions.of(i).deploying == 0) found.push_back(&file);
    }
    for (ProjectFile* file : found) {
      if (!deploys.contains(dir_name(file->path))) file->scope |= scope::Development;
    }
  }

  // Compose files that run the app on a developer's machine, where something else than compose deploys it, and what is
  // a part of one of them beside it. A folder that is named for a deploy holds them too, a deploy's own name does not.
  void mark_own_machines(const Mentions& mentions) {
    if (!is_deployed_otherwise(mentions, false)) return;
    bool by_file = has_deploy_file(false);
    std::vector<ProjectFile*> found, named;
    for (uint32_t i = 0; i < listing_.files.size(); ++i) {
      ProjectFile& file = listing_.files[i];
      if (!is_compose(file) || (file.scope & (scope::Development | scope::OnlyExample))) continue;
      // Who speaks of deploying may only repeat the path; a job of CI may deploy just this.
      if (mentions.of(i).deploying > 0 && !by_file) continue;
      bool like = listing_.words().vocabulary.set("like-production-compose").contains(base_name(file.path));
      if (!like && listing_.words().deploy_compose_files.contains(base_name(file.path))) continue;
      if (runs_on_own_machine(listing_, file))
        found.push_back(&file);
      else if (!listing_.words().plain_compose_files.contains(base_name(file.path)))
        named.push_back(&file);
    }
    for (ProjectFile* part : named) {
      auto holds = [&](const ProjectFile* whole) {
        return dir_name(whole->path) == dir_name(part->path) && is_part_of(*part, *whole);
      };
      if (std::any_of(found.begin(), found.end(), holds)) part->scope |= scope::Development;
    }
    for (ProjectFile* file : found) file->scope |= scope::Development;
  }

  // Has a name of its own, by which nobody calls it, and runs no images that somebody has released.
  bool is_left_over(const ProjectFile& file) const {
    if (listing_.words().plain_compose_files.contains(base_name(file.path))) return false;
    std::span<const Fact> facts = file.facts->facts();
    return std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
      std::string_view service = fact.kind == FactKind::Entry ? service_of(fact.name) : std::string_view{};
      return !service.empty() && fact.name.substr(service.size()).starts_with(".build");
    });
  }

  // By itself or by a folder above it.
  bool is_named_for_deploy(const ProjectFile& file) const {
    if (listing_.words().deploy_compose_files.contains(base_name(file.path))) return true;
    std::vector<std::string_view> parts = split(dir_name(file.path), '/');
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return folders_.contains(part); });
  }

  // By something else than compose files without a deploy's name or folder, and than images, which they build.
  bool is_deployed_otherwise(const Mentions& mentions, bool by_compose = true) const {
    return mentions.has_deploy_job() || has_deploy_file(by_compose);
  }

  bool has_deploy_file(bool by_compose) const {
    return std::any_of(listing_.files.begin(), listing_.files.end(), [&](const ProjectFile& file) {
      bool counts = file.facts && file.tells(tells::Deploy) && !(file.scope & (scope::OnRequest | scope::Development));
      if (!counts || file.format() == "dockerfile") return false;
      return file.format() != "compose" || (by_compose && is_named_for_deploy(file));
    });
  }

  // Scripts, settings, images and statements that lie outside of the source and are named for developers alone.
  void mark_named_files(Mentions& mentions) {
    std::unordered_set<uint32_t> others;  // components with images that are not, or that a platform starts without one
    for (uint32_t i = 0; i < listing_.files.size(); ++i) {
      const ProjectFile& file = listing_.files[i];
      if (!file.facts || (file.scope & (scope::OnRequest | scope::Development))) continue;
      bool image = file.format() == "dockerfile" && !mentions.of(i).only_developing();
      if (image || starts_without_image(file)) others.insert(file.component);
    }
    // An image that is the only one of its component may be deployed by whoever needs no more than it.
    auto can_be_theirs = [&](uint32_t i) {
      const ProjectFile& file = listing_.files[i];
      bool code = file.adapter && file.adapter->kind == AdapterKind::Code && file.format() != "shell";
      if (code || (file.scope & (scope::OnRequest | scope::Development)) || is_compose(file)) return false;
      return file.format() != "dockerfile" || others.contains(file.component) || !holds_source(file);
    };
    mentions.follow(can_be_theirs);
    for (uint32_t i = 0; i < listing_.files.size(); ++i) {
      if (can_be_theirs(i) && mentions.of(i).only_developing()) listing_.files[i].scope |= scope::Development;
    }
  }

  // The web process of a Procfile and its like: its platform builds the app from source.
  static bool starts_without_image(const ProjectFile& file) {
    std::span<const Fact> facts = file.facts->facts();
    return file.format() == "procfile" && std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
             return fact.kind == FactKind::Command && fact.role == CommandRole::Start && fact.context.scope == "web";
           });
  }

  // "config.mysql.yaml" beside the "config.yaml" that an image is handed or started with by its name: settings that
  // somebody may take in its place. Settings for a stage of a deploy are none.
  void mark_alternatives(const Mentions& mentions) {
    const WordSet& stages = listing_.words().vocabulary.set("deployed-stage");
    for (uint32_t i = 0; i < listing_.files.size(); ++i) {
      ProjectFile& file = listing_.files[i];
      bool data = file.facts && file.adapter && file.adapter->kind == AdapterKind::Config &&
                  !file.tells(tells::Deploy | tells::Environment) && file.format() != "dotenv";
      std::vector<std::string_view> parts = data ? split(base_name(file.path), '.') : std::vector<std::string_view>{};
      if (parts.size() != 3 || parts[0].empty() || stages.contains(lower(parts[1]))) continue;
      std::string name = std::string(parts[0]) + "." + std::string(parts[2]);
      uint32_t main = listing_.find_file(join_path(dir_name(file.path), name));
      if (main == no_index || mentions.of(main).deploying == 0) continue;
      Uses uses = mentions.of(i);
      if (uses.deploying == 0 && uses.plain == 0) file.scope |= scope::Example;
    }
  }

  // An image that is handed source of the repository, or all that there is; one that is handed nothing runs with what
  // is mounted over it.
  bool holds_source(const ProjectFile& image) {
    bool any = false;
    for (const Fact& fact : image.facts ? std::span<const Fact>(image.facts->facts()) : std::span<const Fact>()) {
      bool copies = fact.kind == FactKind::Entry && (fact.name == "COPY" || fact.name == "ADD") &&
                    fact.value.is(ValueKind::String) && !argument(fact.args(), "from");
      if (copies && copies_source(image, fact.value.text)) return true;
      any |= copies;
    }
    return !any;
  }

  bool copies_source(const ProjectFile& image, std::string_view words) {
    std::vector<std::string_view> sources = split_words(words);
    if (!sources.empty()) sources.pop_back();
    if (source_folders_.empty()) find_source_folders();
    return std::any_of(sources.begin(), sources.end(), [&](std::string_view source) {
      if (source.find_first_of("*$?[") != std::string_view::npos || source.size() > longest_host) return true;
      while (source.ends_with('/')) source.remove_suffix(1);
      if (source.empty() || source == ".") return true;
      for (std::string_view base : {dir_name(image.path), std::string_view{}}) {
        std::string path = join_path(base, source);
        if (source_folders_.contains(path)) return true;
        uint32_t file = listing_.find_file(path);
        if (file != no_index && listing_.files[file].adapter)
          return listing_.files[file].adapter->kind == AdapterKind::Code && listing_.files[file].format() != "shell";
      }
      return true;  // of what was built before
    });
  }

  bool mounts_source(const ProjectFile& file, const Fact& fact) {
    std::string_view host = host_of_volume(fact);
    if (!host.starts_with('.')) return false;
    std::string path = host.size() > longest_host ? std::string() : join_path(dir_name(file.path), host);
    bool here = path.empty() && (host == "." || host == "./" || host == "..");
    if (!here && path.empty()) return false;
    if (source_folders_.empty()) find_source_folders();
    return source_folders_.contains(path);
  }

  // Every folder with program code in or below it.
  void find_source_folders() {
    source_folders_.insert("");
    for (const ProjectFile& file : listing_.files) {
      bool source = file.adapter && file.adapter->kind == AdapterKind::Code && file.adapter->scan_imports;
      if (!source || (file.scope & scope::Outside)) continue;
      std::string_view folder = dir_name(file.path);
      while (!folder.empty() && source_folders_.insert(folder).second) folder = dir_name(folder);
    }
  }

  // What only developers' compose files mount into a database and its like is theirs, and so is all that they mount
  // where nothing else deploys.
  void mark_mounted(const Mentions& mentions) {
    std::set<std::string, std::less<>> own, deployed;
    bool nothing_else = !is_deployed_otherwise(mentions) &&
                        std::none_of(listing_.files.begin(), listing_.files.end(), [](const ProjectFile& file) {
                          return is_compose(file) && !(file.scope & (scope::Development | scope::OnRequest));
                        });
    for (const ProjectFile& file : listing_.files) {
      if (!is_compose(file)) continue;
      ComposeServices services = compose_services(listing_, file);
      bool development = file.scope & scope::Development;
      for (const Fact& fact : file.facts->facts()) {
        std::string path = mounted_by(file, fact);
        if (path.empty()) continue;
        // What an app is mounted may be a deploy's as well, but for what lies with the compose file of a folder.
        bool with_it = !dir_name(file.path).empty() && path.starts_with(dir_name(file.path));
        bool known = nothing_else || with_it || services.of_backing.contains(service_of(fact.name));
        if (!development)
          deployed.insert(std::move(path));
        else if (known)
          own.insert(std::move(path));
      }
    }
    if (own.empty()) return;
    for (ProjectFile& file : listing_.files) {
      bool code = file.adapter && file.adapter->kind == AdapterKind::Code && file.format() != "shell";
      if (!code && is_below(file.path, own) && !is_below(file.path, deployed)) file.scope |= scope::Development;
    }
  }

  // "./sql/init.sql:/docker-entrypoint-initdb.d/init.sql" → the path in the repository; "" for none.
  static std::string mounted_by(const ProjectFile& file, const Fact& fact) {
    std::string_view host = host_of_volume(fact);
    bool relative = host.starts_with('.') && host.find('/') != std::string_view::npos;  // also ".docker/start.sh"
    if (!relative || host.size() < 4 || host.size() > longest_host) return {};
    std::string path = join_path(dir_name(file.path), host);
    while (path.ends_with('/')) path.pop_back();
    return path;
  }

  static bool is_below(std::string_view path, const std::set<std::string, std::less<>>& paths) {
    for (; !path.empty(); path = dir_name(path)) {
      if (paths.contains(path)) return true;
    }
    return false;
  }

  Listing& listing_;
  const WordSet &own_words_, &starting_words_, &folders_;
  std::unordered_set<std::string_view> source_folders_;  // once asked for
};

}  // namespace

void mark_by_deploys(Listing& listing) {
  DeployRoles(listing).mark();
}

}  // namespace tfcheck
