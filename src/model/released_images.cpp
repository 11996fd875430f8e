// Images whose build is kept in a folder of CI and that CI publishes: what is deployed, not what a job runs in.
#include <algorithm>
#include <set>
#include <string_view>

#include "base/text.h"
#include "model/roles.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

bool is_push(const Fact& fact) {
  if (fact.kind == FactKind::Command) {
    bool builder = fact.name == "docker" || fact.name == "podman" || fact.name == "buildah";
    return builder && std::any_of(fact.args().begin(), fact.args().end(), [](const Arg& arg) {
             return arg.value.text == "push" || arg.value.text == "--push";
           });
  }
  return fact.kind == FactKind::Entry && fact.name.ends_with(".with.push") && fact.value && fact.value.text != "false";
}

bool publishes(const ProjectFile& file) {
  if (!file.facts || !(file.scope & scope::Ci)) return false;
  const std::vector<Fact>& facts = file.facts->facts();
  return std::any_of(facts.begin(), facts.end(), is_push);
}

// Something is served from the image: no tool of a job.
bool serves(const ProjectFile& file) {
  bool starts = false, exposes = false;
  for (const Fact& fact : file.facts->facts()) {
    if (fact.kind != FactKind::Entry || !fact.context.has(context::FinalStage)) continue;
    starts |= fact.name == "CMD" || fact.name == "ENTRYPOINT";
    exposes |= fact.name.starts_with("EXPOSE");
  }
  return starts && exposes;
}

}  // namespace

void mark_released_images(Listing& listing) {
  std::set<std::string_view> named;
  auto note = [&](const Value& value) {
    std::string_view path = value.is(ValueKind::String) ? value.text : std::string_view{};
    if (path.starts_with("./")) path.remove_prefix(2);
    if (path.find('/') != std::string_view::npos) named.insert(path);
  };
  for (const ProjectFile& file : listing.files) {
    if (!publishes(file)) continue;
    for (const Fact& fact : file.facts->facts()) {
      if (fact.kind == FactKind::Entry) note(fact.value);
      if (fact.kind != FactKind::Command) continue;
      for (const Arg& arg : fact.args()) note(arg.value);
    }
  }
  for (ProjectFile& file : listing.files) {
    bool image = file.facts && file.format() == "dockerfile" && (file.scope & scope::Ci);
    if (image && named.contains(file.path) && serves(file)) file.scope &= ~scope::Ci;
  }
}

}  // namespace tfcheck
