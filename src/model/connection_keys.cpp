#include "model/connection_keys.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t smallest_menu = 3;
constexpr size_t smallest_map = 5;

std::string_view parent_of(std::string_view name) {
  return name.substr(0, name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1);
}

// "hosts.#.url" of "hosts.0.url"; "" where the key is no item's.
std::string item_key(std::string_view name) {
  std::string key;
  bool item = false;
  for (std::string_view part : split(name, '.')) {
    item |= is_digits(part);
    key.append(is_digits(part) ? "#" : part).append(".");
  }
  return item ? key : std::string{};
}

// "gmail.com" of "smtp.gmail.com"; hosts without a dot and numbers are all one.
std::string_view domain_of(std::string_view host) {
  size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || is_digits(host.substr(dot + 1))) return {};
  size_t before = host.substr(0, dot).rfind('.');
  return before == std::string_view::npos ? host : host.substr(before + 1);
}

}  // namespace

ConnectionWords::ConnectionWords(const ProjectView& view, const ServiceAddresses& of_services)
    : services(of_services),
      drivers(view.set("driver-key")),
      databases(view.set("database-sibling-key")),
      local_stores(view.set("local-store")),
      users(view.set("login-user-key")),
      passwords(view.set("login-password-key")),
      declarations(view.set("option-declaration-key")) {}

void ConnectionKeys::read_drivers() {
  if (services_) return;
  services_.emplace(), stores_.emplace();
  for (const Fact& fact : facts_) {
    if (fact.kind != FactKind::Entry) continue;
    std::string_view parent = parent_of(fact.name), driver = fact.value.text;
    if (!parent.empty() && words_->databases.contains(fact.name.substr(parent.size())))
      services_->emplace(fact.context.index, parent);
    if (!fact.value.is(ValueKind::String)) continue;
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

void ConnectionKeys::read_descriptions() {
  if (unfilled_) return;
  unfilled_.emplace(), defaults_.emplace();
  Parents no_users, no_passwords, options, described;
  auto place_of = [](const Fact& fact) { return std::pair{fact.context.index, parent_of(fact.name)}; };
  for (const Fact& fact : facts_) {
    if (fact.kind != FactKind::Entry) continue;
    std::string_view key = fact.name.substr(parent_of(fact.name).size());
    bool empty = fact.value.is(ValueKind::Null) || fact.value.is(ValueKind::Absent) ||
                 (fact.value.is(ValueKind::String) && fact.value.text.empty());
    if (empty && words_->users.contains(key)) no_users.insert(place_of(fact));
    if (empty && words_->passwords.contains(key)) no_passwords.insert(place_of(fact));
    if (words_->declarations.contains(key)) options.insert(place_of(fact));
    if (key == "help" || key == "description") described.insert(place_of(fact));
  }
  for (const Fact& fact : facts_) {
    if (fact.kind != FactKind::Entry) continue;
    auto place = place_of(fact);
    if (no_users.contains(place) && no_passwords.contains(place)) unfilled_->insert(fact.value.span);
    bool is_default = fact.name.ends_with(".default") && options.contains(place);
    bool explained = fact.name.ends_with(".value") && described.contains(place);  // {"value": …, "help": …}
    if (is_default || explained) defaults_->insert(fact.value.span);
  }
}

bool ConnectionKeys::is_to_be_filled_in(Span value) {
  read_descriptions();
  return unfilled_->contains(value);
}

bool ConnectionKeys::is_declared_default(Span value) {
  read_descriptions();
  return defaults_->contains(value);
}

bool ConnectionKeys::is_on_a_menu(Span value) {
  if (!menus_) {
    menus_.emplace();
    struct Group {
      std::set<std::string_view> domains;
      std::vector<Span> places;
      bool others = false;  // that are no hosts
    };
    std::map<std::string, Group> items;      // by key
    std::map<std::string_view, Group> maps;  // by the map that the entries are in
    for (const Fact& fact : facts_) {
      if (fact.kind != FactKind::Entry) continue;
      bool text = fact.value.is(ValueKind::String);
      std::string_view domain = text ? domain_of(host_of(shown_host(fact.value.text))) : std::string_view{};
      Group& map = maps[parent_of(fact.name)];
      map.others |= domain.empty() || fact.value.text.find(' ') != std::string_view::npos;
      map.domains.insert(domain), map.places.push_back(fact.value.span);
      std::string key = text ? item_key(fact.name) : std::string{};
      if (key.empty()) continue;
      Group& item = items[key];
      item.domains.insert(domain), item.places.push_back(fact.value.span);
    }
    for (const auto& [key, item] : items) {
      if (item.domains.size() >= smallest_menu) menus_->insert(item.places.begin(), item.places.end());
    }
    for (const auto& [parent, map] : maps) {
      bool menu = !parent.empty() && !map.others && map.domains.size() >= smallest_map;
      if (menu) menus_->insert(map.places.begin(), map.places.end());
    }
  }
  return menus_->contains(value);
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
