#include "model/task_releases.h"

#include "base/text.h"

namespace tfcheck {

TaskReleases::TaskReleases(const ProjectView& view) : task_kinds_(view.set("task-kind")) {
  for (const ProjectFile& file : view.project.files) {
    if (!file.facts || file.format() != "kubernetes") continue;
    for (const Fact& fact : view.facts(file)) {
      bool release = fact.kind == FactKind::Image && fact.value.is(ValueKind::String) && !fact.value.text.empty();
      if (release && !is_task(fact.context.scope)) releases_[{dir_name(file.path), fact.name}].insert(fact.value.text);
    }
  }
}

// A pod that does one thing and ends, or what runs before another one begins: "CronJob.spec…", "….initContainers.0".
bool TaskReleases::is_task(std::string_view scope) const {
  return task_kinds_.contains(before_first(scope, '.')) || scope.find(".initContainers.") != std::string_view::npos;
}

std::string_view TaskReleases::other_release(const ProjectFile& file, const Fact& image) const {
  if (!image.value.is(ValueKind::String) || file.format() != "kubernetes" || !is_task(image.context.scope)) return {};
  auto beside = releases_.find({dir_name(file.path), image.name});
  bool other = beside != releases_.end() && beside->second.size() == 1 && *beside->second.begin() != image.value.text;
  return other ? *beside->second.begin() : std::string_view{};
}

}  // namespace tfcheck
