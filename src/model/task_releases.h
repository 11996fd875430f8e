// Which release the tasks of a deploy run, held against that of the processes beside them: a Job of a tag that no
// Deployment runs any more has other code than the app.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "model/project_view.h"

namespace tfcheck {

class TaskReleases {
 public:
  explicit TaskReleases(const ProjectView& view);
  // The tag of the processes beside a task, where all of them have one and it is not the task's; "" otherwise.
  std::string_view other_release(const ProjectFile& file, const Fact& image) const;

 private:
  bool is_task(std::string_view scope) const;

  const WordSet& task_kinds_;
  std::map<std::pair<std::string_view, std::string_view>, std::set<std::string_view>> releases_;  // by folder and image
};

}  // namespace tfcheck
