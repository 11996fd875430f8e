#include "model/connection_keys.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace tfcheck {

namespace {

std::string_view parent_of(std::string_view name) {
  return name.substr(0, name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1);
}

}  // namespace

ConnectionWords::ConnectionWords(const ProjectView& view, const ServiceAddresses& of_services)
    : services(of_services), drivers(view.set("driver-key")), local_stores(view.set("local-store")) {}

void ConnectionKeys::read_drivers() {
  if (services_) return;
  services_.emplace(), stores_.emplace();
  for (const Fact& fact : facts_) {
    if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
    std::string_view parent = parent_of(fact.name), driver = fact.value.text;
    if (!words_->drivers.contains(fact.name.substr(parent.size()))) continue;
    bool service = words_->services.names_service(words_of(driver)) && !icontains(driver, "sqlite");
    if (service) services_->emplace(fact.context.index, parent);
    if (words_->local_stores.contains(driver)) stores_->emplace(fact.context.index, parent);
  }
}

bool ConnectionKeys::beside_driver(const Fact& fact) {
  read_drivers();
  return services_->contains({fact.context.index, parent_of(fact.name)});
}

bool ConnectionKeys::in_local_store(const Fact& fact) {
  if (fact.kind != FactKind::Entry) return false;
  read_drivers();
  return stores_->contains({fact.context.index, parent_of(fact.name)});
}

bool ConnectionKeys::other_connection(const Fact& fact) {
  if (fact.kind != FactKind::Entry) return false;
  std::vector<std::string_view> parts = split(fact.name, '.');
  auto group = std::find_if(parts.begin(), parts.end(), [](std::string_view part) {
    return part == "connections" || part == "stores" || part == "mailers";
  });
  if (group == parts.end() || group + 1 == parts.end()) return false;
  if (!chosen_) chosen_ = chosen();
  return *chosen_ && **chosen_ != *(group + 1);
}

// The connection that the file's `default` names.
std::optional<std::string_view> ConnectionKeys::chosen() const {
  for (const Fact& fact : facts_) {
    if (fact.kind != FactKind::Entry || !fact.name.ends_with("default") ||
        fact.name.find("connections") != std::string_view::npos)
      continue;
    const Value& chosen =
        fact.value.is(ValueKind::Env) && fact.value.item_count ? fact.value.items()[0].value : fact.value;
    if (chosen.is(ValueKind::String)) return chosen.text;
  }
  return std::nullopt;
}

}  // namespace tfcheck
