#include "model/handed_settings.h"

#include <map>
#include <optional>
#include <vector>

#include "base/text.h"
#include "model/images.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t longest_path = 300;
constexpr int deepest_call = 3;

bool is_written(const Value& value) {
  return value.is(ValueKind::String) || value.is(ValueKind::Template);
}

}  // namespace

HandedSettings::HandedSettings(const ProjectView& view) : view_(view) {
  std::optional<ImageCensus> census;  // once a compose file asks
  for (const ProjectFile& file : view.project.files) {
    if (!file.facts || file.scope & scope::Outside) continue;
    if (file.format() == "compose") read_compose(file, census);
    if (file.format() == "kubernetes" || base_name(file.path).starts_with("kustomization.")) read_generators(file);
    if (file.format() == "terraform") read_terraform(file);
  }
}

bool HandedSettings::contains(std::string_view path) const {
  for (; !path.empty(); path = dir_name(path)) {
    if (paths_.contains(path)) return true;
  }
  return false;
}

void HandedSettings::note(std::string_view folder, std::string_view path) {
  bool inside = !path.empty() && path.size() < longest_path && !path.starts_with('/') && !path.starts_with('~');
  if (!inside || path.find("${") != std::string_view::npos) return;
  std::string place = join_path(folder, path);
  while (place.ends_with('/')) place.pop_back();
  if (!place.empty() && place != ".") paths_.insert(std::move(place));
}

void HandedSettings::read_compose(const ProjectFile& file, std::optional<ImageCensus>& census) {
  constexpr std::string_view services = "services.";
  struct Service {
    bool built = false;
    std::string_view image;
    std::vector<std::string_view> mounted;
  };
  std::map<std::string_view, Service> found;
  for (const Fact& fact : view_.facts(file)) {
    size_t end = fact.kind == FactKind::Entry && fact.name.starts_with(services) ? fact.name.find('.', services.size())
                                                                                 : std::string_view::npos;
    if (end == std::string_view::npos) continue;
    Service& service = found[fact.name.substr(0, end)];
    std::string_view key = fact.name.substr(end + 1);
    service.built |= key == "build" || key.starts_with("build.");
    if (key == "image" && is_written(fact.value)) service.image = fact.value.text;
    bool volume =
        key.starts_with("volumes.") && (key.ends_with(".source") || key.find('.', 8) == std::string_view::npos);
    if (volume && fact.value.is(ValueKind::String)) service.mounted.push_back(before_first(fact.value.text, ':'));
  }
  for (const auto& [name, service] : found) {
    if (service.built || service.image.empty() || service.mounted.empty()) continue;
    if (!census) census.emplace(view_);
    std::string_view image = service.image.substr(0, service.image.rfind(':'));
    if (census->is_own(image)) continue;
    for (std::string_view host : service.mounted) {
      if (host.starts_with("./") || host.starts_with("../")) note(dir_name(file.path), host);
    }
  }
}

// configMapGenerator: - files: [config/a.yaml, b.yaml=config/b.yaml]
void HandedSettings::read_generators(const ProjectFile& file) {
  for (const Fact& fact : view_.facts(file)) {
    bool listed = fact.kind == FactKind::Entry && fact.value.is(ValueKind::String) &&
                  fact.name.find("Generator.") != std::string_view::npos &&
                  fact.name.find(".files.") != std::string_view::npos;
    std::string_view path = listed ? fact.value.text.substr(fact.value.text.find('=') + 1) : std::string_view{};
    if (path.empty()) continue;
    note(dir_name(file.path), path);
    objects_.insert(join_path(dir_name(file.path), path));
  }
}

// file("${path.module}/config.yaml"), templatefile(…), and what a module is handed as "${path.module}/config".
void HandedSettings::read_terraform(const ProjectFile& file) {
  for (const Fact& fact : view_.facts(file)) {
    if (fact.kind == FactKind::Entry) note_read(dir_name(file.path), fact.value, 0);
  }
}

void HandedSettings::note_read(std::string_view folder, const Value& value, int depth) {
  constexpr std::string_view module = "${path.module}/";
  bool reads = value.is(ValueKind::Call) && (value.text == "file" || value.text == "templatefile");
  if (reads && value.item_count > 0 && is_written(value.items()[0].value)) {
    std::string_view path = value.items()[0].value.text;
    if (path.starts_with(module)) path.remove_prefix(module.size());
    note(folder, path);
  } else if (value.is(ValueKind::Template) && value.text.starts_with(module)) {
    std::string_view path = value.text.substr(module.size());
    if (path.find("..") == std::string_view::npos) note(folder, path);
  }
  for (const Arg& item : depth < deepest_call ? value.items() : std::span<const Arg>{})
    note_read(folder, item.value, depth + 1);
}

}  // namespace tfcheck
