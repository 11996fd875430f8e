#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>

#include "base/text.h"
#include "model/backing_compose.h"
#include "model/roles.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

class DeployRoles {
 public:
  explicit DeployRoles(Listing& listing)
      : listing_(listing),
        own_words_(listing.words().vocabulary.set("own-machine-word")),
        starting_words_(listing.words().vocabulary.set("starting-word")) {}

  void mark() {
    mark_started_locally();
    mark_mounted();
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

  // What only developers' compose files mount into a database and its like is theirs.
  void mark_mounted() {
    std::set<std::string, std::less<>> own, deployed;
    for (const ProjectFile& file : listing_.files) {
      if (!is_compose(file)) continue;
      ComposeServices services = compose_services(listing_, file);
      bool development = file.scope & scope::Development;
      for (const Fact& fact : file.facts->facts()) {
        std::string path = mounted_by(file, fact);
        if (path.empty()) continue;
        // What an app is mounted may be a deploy's as well, but for what lies with the compose file of a folder.
        bool with_it = !dir_name(file.path).empty() && path.starts_with(dir_name(file.path));
        bool known = with_it || services.of_backing.contains(service_of(fact.name));
        if (!development)
          deployed.insert(std::move(path));
        else if (known)
          own.insert(std::move(path));
      }
    }
    if (own.empty()) return;
    for (ProjectFile& file : listing_.files) {
      bool code = file.adapter && file.adapter->kind == AdapterKind::Code;
      if (!code && is_below(file.path, own) && !is_below(file.path, deployed)) file.scope |= scope::Development;
    }
  }

  // "./sql/init.sql:/docker-entrypoint-initdb.d/init.sql" → the path in the repository; "" for none.
  static std::string mounted_by(const ProjectFile& file, const Fact& fact) {
    bool volume = fact.kind == FactKind::Entry && fact.value.is(ValueKind::String) &&
                  fact.name.find(".volumes.") != std::string_view::npos && fact.name.starts_with("services.");
    if (!volume) return {};
    std::string_view host = before_first(fact.value.text, ':');
    bool relative = host.starts_with("./") || host.starts_with("../");
    if (!relative || host.size() < 4 || host.size() > 200) return {};
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
  const WordSet &own_words_, &starting_words_;
};

}  // namespace

void mark_by_deploys(Listing& listing) {
  DeployRoles(listing).mark();
}

}  // namespace tfcheck
