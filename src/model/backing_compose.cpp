#include "model/backing_compose.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

bool is_compose(const ProjectFile& file) {
  return file.facts && file.format() == "compose" && !(file.scope & scope::Outside);
}

std::string_view service_of(std::string_view path) {
  if (!path.starts_with("services.")) return {};
  return path.substr(0, path.find('.', 9));
}

// "acme/shop" of `${IMAGE:-acme/shop}:${VERSION:-1}`, which may be any image: that of the backing services stands in
// the file.
static std::string_view default_image(const Fact& fact) {
  std::string_view service = service_of(fact.name), text = fact.value.text;
  bool image = fact.kind == FactKind::Entry && !service.empty() && fact.name.substr(service.size()) == ".image";
  if (!image) return {};
  if (fact.value.is(ValueKind::Env) && fact.value.item_count) return fact.value.items()[0].value.text;
  size_t sign = fact.value.is(ValueKind::Template) && text.starts_with("${") ? text.find(":-") : std::string_view::npos;
  return sign == std::string_view::npos ? std::string_view{} : before_first(text.substr(sign + 2), '}');
}

ComposeServices compose_services(const Listing& listing, const ProjectFile& file) {
  const WordSet& images = listing.words().vocabulary.set("backing-image");
  const WordSet& inspecting = listing.words().vocabulary.set("admin-ui-image");
  ComposeServices found;
  std::unordered_set<std::string_view> all, whole;
  for (const Fact& fact : file.facts->facts()) {
    std::string_view service = service_of(fact.kind == FactKind::Image ? fact.context.scope : fact.name);
    if (fact.kind == FactKind::Entry && !service.empty()) {
      std::string_view key = fact.name.substr(service.size());
      all.insert(service);
      if (key == ".image" || key.starts_with(".build")) whole.insert(service);
    }
    bool built =
        fact.kind == FactKind::Entry && !service.empty() && fact.name.substr(service.size()).starts_with(".build");
    if (built) ++found.other;
    std::string_view chosen = default_image(fact);
    if (!chosen.empty() && !images.contains(base_name(before_first(chosen, ':')))) ++found.other;
    if (fact.kind != FactKind::Image) continue;
    bool inspects = inspecting.contains(base_name(fact.name));
    bool is_backing = inspects || images.contains(base_name(fact.name));
    ++(is_backing ? found.backing : found.other);
    found.released += !is_backing && !argument(fact.args(), "build").is(ValueKind::Bool);
    if (is_backing && !service.empty()) found.of_backing.insert(service);
    if (inspects && !service.empty()) found.of_inspecting.insert(service);
    whole.insert(service);
  }
  found.adds = std::any_of(all.begin(), all.end(), [&](std::string_view service) { return !whole.contains(service); });
  return found;
}

std::unordered_set<uint32_t> backing_compose_files(const Listing& listing) {
  std::unordered_set<std::string_view> deploys;  // folders with a compose file that runs more
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < listing.files.size(); ++i) {
    const ProjectFile& file = listing.files[i];
    if (!is_compose(file) || (file.scope & scope::Development)) continue;
    ComposeServices services = compose_services(listing, file);
    bool named = listing.words().deploy_compose_files.contains(base_name(file.path));
    if (services.backing > 0 && services.other == 0 && !named)
      found.push_back(i);
    else
      deploys.insert(dir_name(file.path));
  }
  std::unordered_set<uint32_t> alone;
  for (uint32_t i : found) {
    if (!deploys.contains(dir_name(listing.files[i].path))) alone.insert(i);
  }
  return alone;
}

}  // namespace tfcheck
