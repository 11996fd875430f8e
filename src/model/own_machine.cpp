#include "model/own_machine.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/text.h"
#include "model/backing_compose.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

// What stands below a service: ".build.context" of "services.web.build.context"; "" of other facts.
std::string_view key_of(const Fact& fact) {
  std::string_view service = fact.kind == FactKind::Entry ? service_of(fact.name) : std::string_view{};
  return service.empty() ? std::string_view{} : fact.name.substr(service.size());
}

// "~/.aspnet/https:/https", "$HOME/.aws:/root/.aws", "${APPDATA}/ASP.NET/Https:/root/.aspnet/https": what a tool keeps
// for a person.
bool mounts_home(const Fact& fact) {
  if (!key_of(fact).starts_with(".volumes.") || fact.value.text.empty()) return false;
  std::string_view host = fact.value.text;
  for (std::string_view home : {"~/.", "$HOME/.", "${HOME}/.", "${USERPROFILE}/.", "${APPDATA}/"}) {
    if (host.starts_with(home)) return true;
  }
  return false;
}

// ".tmpfs" and ".tmpfs.0" say "/var/lib/postgresql/data:size=1g".
bool keeps_in_memory(const Fact& fact, const WordSet& stores) {
  std::string_view key = key_of(fact);
  bool memory = key == ".tmpfs" || key.starts_with(".tmpfs.");
  return memory && stores.contains(before_first(fact.value.text, ':'));
}

// What a built service is built from.
struct Build {
  std::string_view context = ".", image = "Dockerfile";
};

bool builds_for_developers(const Listing& listing, const ProjectFile& compose) {
  std::map<std::string_view, Build> builds;  // by service
  for (const Fact& fact : compose.facts->facts()) {
    std::string_view key = key_of(fact);
    if (!key.starts_with(".build") || !fact.value.is(ValueKind::String)) continue;
    Build& build = builds[service_of(fact.name)];
    if (key == ".build" || key == ".build.context") build.context = fact.value.text;
    if (key == ".build.dockerfile") build.image = fact.value.text;
  }
  return !builds.empty() && std::all_of(builds.begin(), builds.end(), [&](const auto& built) {
    std::string context = join_path(dir_name(compose.path), built.second.context);
    uint32_t image = listing.find_file(join_path(context, built.second.image));
    return image != no_index && (listing.files[image].scope & scope::Development) != 0;
  });
}

using Images = std::map<std::string_view, std::string_view>;  // by service; "" for one that is built

Images images_of(const ProjectFile& compose) {
  Images images;
  for (const Fact& fact : compose.facts->facts()) {
    std::string_view key = key_of(fact);
    if (key.empty()) continue;
    std::string_view& image = images[service_of(fact.name)];
    if (key == ".image") image = fact.value.text;
  }
  return images;
}

}  // namespace

bool runs_on_own_machine(const Listing& listing, const ProjectFile& compose) {
  const Vocabulary& vocabulary = listing.words().vocabulary;
  if (vocabulary.set("like-production-compose").contains(base_name(compose.path))) return true;
  const WordSet& stores = vocabulary.set("store-data-folder");
  std::span<const Fact> facts = compose.facts->facts();
  bool own = std::any_of(facts.begin(), facts.end(),
                         [&](const Fact& fact) { return mounts_home(fact) || keeps_in_memory(fact, stores); });
  return own || builds_for_developers(listing, compose);
}

bool is_part_of(const ProjectFile& part, const ProjectFile& whole) {
  Images wanted = images_of(part), there = images_of(whole);
  return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const auto& one) {
    auto found = there.find(one.first);
    bool named = found != there.end();
    return named && (one.second.empty() || found->second.empty() || found->second == one.second);
  });
}

}  // namespace tfcheck
