// The jobs of one CI file: which values their steps refer to, in which folder they work, and which of them have nothing
// to do with what is deployed.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

class WorkflowJobs {
 public:
  // Of the facts of a file, which must outlive it.
  WorkflowJobs(const ProjectView& view, const ProjectFile& file);
  WorkflowJobs(const Vocabulary& vocabulary, std::string_view path, std::string_view format,
               std::span<const Fact> facts);

  // "test" of "jobs.test.steps.3.with.node-version"; "" outside of jobs.
  std::string_view job_of(std::string_view path) const;
  // Its name or one of its programs says that it checks, documents, publishes or builds something else.
  bool is_side_job(std::string_view job) const { return side_jobs_.contains(job); }
  // A command, an action or the environment of it deploys or publishes something: more than a rehearsal, and to
  // somewhere else than the runner. A name says so only of a job that not every pull request runs. What a job of tests
  // puts somewhere, as its name or the file's says, is for the test.
  bool is_deploy_job(std::string_view job) const { return deploy_jobs_.contains(job); }
  // The one folder that its steps change to, "" when they do not or change to several.
  std::string_view folder_of(std::string_view job) const;
  // Every value that `matrix.node` or `env.NODE_VERSION` can have in a job, in the file's order.
  std::vector<const Fact*> values_of(std::string_view job, std::string_view name) const;

 private:
  void note_entry(const Fact& fact);
  void note_command(const Fact& fact);
  void note_folder(std::string_view job, std::string_view folder);
  void note_step(std::string_view job, std::string_view rest, const Value& value);
  void settle_names();
  void leave_out_tests(std::string_view path);
  bool is_for_tests(std::string_view name) const;
  bool is_rehearsal(std::span<const std::string_view> words) const;

  bool named_ = false;  // jobs stand below "jobs", else at the top
  const WordSet &side_programs_, &deploy_commands_, &deploy_actions_, &push_actions_;
  const WordSet &rehearsal_verbs_, &rehearsal_options_, &test_words_, &deploying_words_;
  std::set<std::string_view> side_jobs_, deploy_jobs_;
  // A step that uses an action of a deploy, while its settings are read.
  struct Step {
    std::string_view job, path;
    bool deploys = false;
    bool pushes = false;  // only where it is told to
  };
  Step step_;
  std::map<std::string_view, std::string_view> titles_;             // by job, as people read them
  std::set<std::string_view> settled_jobs_;                         // that work in an environment of deploys
  std::set<std::string_view> named_jobs_;                           // whose names say that they deploy
  std::set<std::string_view> limited_jobs_;                         // that run on a condition about what set them off
  bool for_pulls_ = false;                                          // pull requests set the file's jobs off
  std::map<std::string_view, std::set<std::string_view>> folders_;  // by job
  std::multimap<std::string_view, const Fact*> items_;              // by path: "jobs.test.strategy.matrix.node.0"
  std::multimap<std::string, const Fact*> included_;        // of `include`, by job and what their path ends with
  std::multimap<std::string_view, const Fact*> variables_;  // by path: "env.X", "jobs.test.env.X"
};

}  // namespace tfcheck
