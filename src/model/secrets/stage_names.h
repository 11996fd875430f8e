// What a fact's own place says of when it counts: a section, a class or a function for tests or for development.
#pragma once

#include "model/project_view.h"

namespace tfcheck {

class StageNames {
 public:
  explicit StageNames(const ProjectView& view)
      : test_(view.set("test-section")), development_(view.set("development-section")) {}

  // "test.database.password", class TestingConfig.
  bool is_test(const Fact& fact) const { return is_in(fact, test_); }
  // "tasks.dev.env.DB_PASSWORD", class DevelopmentConfig, a branch that only development takes.
  bool is_development(const Fact& fact) const {
    return (fact.context.flags & (context::Development | context::DevGuard)) != 0 || is_in(fact, development_);
  }

 private:
  bool is_in(const Fact& fact, const WordSet& words) const;

  const WordSet &test_, &development_;
};

}  // namespace tfcheck
