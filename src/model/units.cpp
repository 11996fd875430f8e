#include "model/units.h"

#include "base/text.h"

namespace tfcheck {

namespace {

// The first `count` segments of a dotted path, "" when it has fewer.
std::string segments(std::string_view path, int count) {
  size_t end = 0;
  for (int i = 0; i < count; ++i) {
    if (end == std::string_view::npos || (i > 0 && end >= path.size())) return {};
    end = path.find('.', i == 0 ? 0 : end + 1);
  }
  return std::string(path.substr(0, end));
}

// Entries stand at their own key, commands and images at the key that holds their text.
std::string_view place_of(const Fact& fact) {
  return fact.kind == FactKind::Entry ? fact.name : fact.context.scope;
}

// "job.shop.group.web.task.app" of what stands in a task of a job.
std::string_view task_of(std::string_view place) {
  constexpr std::string_view key = ".task.";
  size_t at = place.find(key);
  return at == std::string_view::npos ? std::string_view{} : place.substr(0, place.find('.', at + key.size()));
}

}  // namespace

std::string unit_of(const ProjectFile& file, const Fact& fact) {
  std::string_view format = file.format();
  std::string_view place = place_of(fact);
  if (format == "compose") return place.starts_with("services.") ? segments(place, 2) : std::string();
  if (format == "kamal")
    return place.starts_with("servers.") || place.starts_with("accessories.") ? segments(place, 2) : std::string();
  if (format == "github-actions" || format == "gitlab-ci" || format == "circleci")
    return place.starts_with("jobs.") ? segments(place, 2) : segments(place, 1);
  if (format == "kubernetes" || format == "openshift" || format == "helm" || format == "dockerfile")
    return std::to_string(fact.context.index);
  if (format == "nomad") return std::string(task_of(place));
  if (format == "systemd") return std::string(base_name(file.path));
  if (format == "supervisor") return segments(place, 1);
  return format == "procfile" ? std::string(fact.context.scope) : std::string();
}

}  // namespace tfcheck
