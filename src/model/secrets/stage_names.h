// What a fact's own place says of when it counts: a section, a class or a function for tests or for development.
#pragma once

#include <set>
#include <string_view>
#include <utility>

#include "model/project_view.h"

namespace tfcheck {

class StageNames {
 public:
  explicit StageNames(const ProjectView& view)
      : view_(view),
        test_(view.set("test-section")),
        examples_(view.set("example-function")),
        development_(view.set("development-section")),
        variables_(view.set("stage-variable")),
        values_(view.set("development-stage")),
        certificates_(view.set("developer-certificate-password")),
        certificate_folders_(view.set("developer-certificate-folder")) {}

  // Takes up a file of a deploy: what its services, containers and images are told of the stage that they run in. No
  // file is taken up by itself.
  void set_file(const ProjectFile& file);

  // "test.database.password", class TestingConfig; a function that builds an example of what its class is.
  bool is_test(const Fact& fact) const { return is_in(fact, test_) || is_in_example(fact); }
  // "tasks.dev.env.DB_PASSWORD", class DevelopmentConfig, a branch that only development takes, a variable beside
  // RAILS_ENV=development, the password of the certificate that .NET has made in the developer's own folder.
  bool is_development(const Fact& fact) const {
    return (fact.context.flags & (context::Development | context::DevGuard)) != 0 || is_in(fact, development_) ||
           is_told_so(fact) || (developers_certificate_ && certificates_.contains(fact.name));
  }

 private:
  bool is_in(const Fact& fact, const WordSet& words) const;
  bool is_told_so(const Fact& fact) const;
  bool is_in_example(const Fact& fact) const;

  const ProjectView& view_;
  const WordSet &test_, &examples_, &development_, &variables_, &values_, &certificates_, &certificate_folders_;
  bool developers_certificate_ = false;  // the file mounts one
  // Environments of the file, by the key that holds their variables and the number of the stage or document.
  std::set<std::pair<std::string_view, uint32_t>> told_;
};

}  // namespace tfcheck
