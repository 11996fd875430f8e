#include "model/given_settings.h"

#include <algorithm>

#include "base/text.h"
#include "model/backing_compose.h"
#include "model/images.h"
#include "model/variable_places.h"

namespace tfcheck {

namespace {

constexpr size_t longest_name = 200;  // of a variable or a key
constexpr size_t most_profiles = 20;
constexpr size_t most_services = 200;      // each looks through its compose file
constexpr std::string_view nowhere = "/";  // no file lies below it

// "springdatasourceurl" of SPRING_DATASOURCE_URL and of spring.datasource.url.
std::string letters_of(std::string_view name) {
  std::string letters;
  for (char c : lower(name)) {
    if ((c >= 'a' && c <= 'z') || is_digits({&c, 1})) letters += c;
  }
  return letters;
}

// "connectionstrings.shop" of ConnectionStrings__Shop.
std::string levels_of(std::string_view name) {
  std::string levels = lower(name);
  for (size_t at = levels.find("__"); at != std::string::npos; at = levels.find("__", at + 1))
    levels.replace(at, 2, ".");
  return levels;
}

// A list is given as a whole: "spring.kafka.bootstrap-servers" of "spring.kafka.bootstrap-servers.0".
std::string_view without_index(std::string_view key) {
  size_t dot = key.rfind('.');
  return dot != std::string_view::npos && is_digits(key.substr(dot + 1)) ? key.substr(0, dot) : key;
}

bool is_of_deploy(const VariablePlace& place) {
  bool gives = place.source == VariableSource::Deploy || place.source == VariableSource::Image ||
               place.source == VariableSource::File;
  return gives && !place.development && place.fact != no_index;
}

bool is_below(std::string_view path, std::string_view folder) {
  return folder.empty() || (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

}  // namespace

GivenSettings::GivenSettings(const ProjectView& view)
    : view_(view),
      profile_variables_(view.set("profile-variable")),
      bound_formats_(view.set("bound-settings-format")),
      nested_formats_(view.set("nested-settings-format")) {}

bool GivenSettings::holds(uint32_t file, const Fact& fact) {
  const ProjectFile& owner = view_.project.files[file];
  bool bound = bound_formats_.contains(owner.format()), nested = nested_formats_.contains(owner.format());
  std::string_view key = without_index(fact.name);
  bool open = (bound || nested) && fact.kind == FactKind::Entry && key.size() <= longest_name;
  if (!open || key.find('.') == std::string_view::npos) return false;
  const auto& names = bound ? found().bound : found().nested;
  auto given = names.find(bound ? letters_of(key) : lower(key));
  return given != names.end() && std::any_of(given->second.begin(), given->second.end(),
                                             [&](const std::string& folder) { return is_below(owner.path, folder); });
}

const std::set<std::string, std::less<>>& GivenSettings::profiles() {
  return found().profiles;
}

const GivenSettings::Found& GivenSettings::found() {
  if (found_) return *found_;
  Found made;
  VariableMap variables;
  collect_places(view_, variables);
  for (const auto& [name, variable] : variables) {
    if (name.size() > longest_name) continue;
    for (const VariablePlace& place : variable.places) {
      if (is_of_deploy(place)) note(name, place, made);
    }
  }
  return found_.emplace(std::move(made));
}

void GivenSettings::note(std::string_view name, const VariablePlace& place, Found& into) {
  if (profile_variables_.contains(name)) {
    if (!place.value.is(ValueKind::String)) return;
    for (std::string_view profile : split(place.value.text, ',')) {
      if (into.profiles.size() < most_profiles) into.profiles.emplace(trim(profile));
    }
    return;
  }
  if (name.find('_') == std::string_view::npos) return;
  std::string folder = folder_of(place);
  into.bound[letters_of(without_index(name))].insert(folder);
  if (name.find("__") != std::string_view::npos) into.nested[levels_of(name)].insert(std::move(folder));
}

// Where the app lies that is given the variable; "" where nothing tells.
std::string GivenSettings::folder_of(const VariablePlace& place) {
  const ProjectFile& file = view_.project.files[place.file];
  if (file.format() == "compose") {
    std::string_view service = service_of(file.facts->facts()[place.fact].name);
    if (service.empty()) return {};
    std::pair key{place.file, std::string(service)};
    if (services_.size() >= most_services && !services_.contains(key)) return std::string(nowhere);
    auto [known, fresh] = services_.try_emplace(std::move(key));
    if (fresh) known->second = folder_of_service(place.file, service);
    return known->second;
  }
  const Component* own = view_.project.component_of(place.file);
  return own && own->kind == ComponentKind::App ? own->root : std::string();
}

std::string GivenSettings::folder_of_service(uint32_t file, std::string_view service) {
  const ProjectFile& owner = view_.project.files[file];
  std::string_view context, dockerfile, image;
  for (const Fact& fact : view_.facts(owner)) {
    if (fact.kind == FactKind::Image && fact.context.scope.starts_with(service) &&
        service_of(fact.context.scope) == service)
      image = fact.name;
    if (fact.kind != FactKind::Entry || service_of(fact.name) != service || !fact.value.is(ValueKind::String)) continue;
    std::string_view key = fact.name.substr(service.size());
    if (key == ".build" || key == ".build.context") context = fact.value.text;
    if (key == ".build.dockerfile") dockerfile = fact.value.text;
  }
  if (!context.empty() && context.size() + dockerfile.size() < longest_name) {
    std::string folder = join_path(dir_name(owner.path), context);
    std::string built = join_path(folder, dockerfile.empty() ? "Dockerfile" : dockerfile);
    std::string_view inner = dir_name(built);
    for (const Component& component : view_.project.components) {
      if (!component.root.empty() && component.root == inner) return component.root;
    }
  }
  std::string named = component_called(service.substr(service.rfind('.') + 1));
  return named.empty() ? component_called(parse_image_name(image).base) : named;
}

// The folder of the only component that is called so.
std::string GivenSettings::component_called(std::string_view name) const {
  std::string found;
  for (const Component& component : view_.project.components) {
    view_.count(1);
    if (name.empty() || base_name(component.root) != name) continue;
    if (!found.empty()) return {};
    found = component.root;
  }
  return found;
}

}  // namespace tfcheck
