// What a native rule gets: the project, its own rule, the vocabulary, and a sink for findings. A native rule lies
// beside its page as rules/<factor>/<rule>.cpp and defines `void rule_<factor>_<rule>(NativeContext& context)`.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/finding.h"
#include "model/project_view.h"
#include "pages/rule.h"

namespace tfcheck {

class NativeContext final : public ProjectView {
 public:
  NativeContext(const Project& the_project, const Rule& the_rule, uint32_t rule_index, const Vocabulary& vocabulary,
                std::vector<Finding>& sink)
      : ProjectView(the_project, vocabulary), rule(the_rule), rule_index_(rule_index), sink_(sink) {}

  const Rule& rule;

  // True when the rule looks at this file: in scope, and of a component of a kind that it applies to.
  bool looks_at(uint32_t file) const override;
  // Adds a finding with the page's severity and confidence, lowered to a note in what is put aside, and in development
  // files unless the page says otherwise; exempt files add nothing (then null). No span: about the file as a whole. The
  // result may be refined until the next call.
  Finding* report(uint32_t file, std::optional<Span> span, std::string message);
  // The same of a secret that is live by its shape: it opens something wherever it lies, but for developers' files.
  Finding* report_live(uint32_t file, std::optional<Span> span, std::string message);
  // Text, a value or a command of the audited tree as a message shows it (engine/message.h).
  std::string display(std::string_view text) const;
  std::string display(const Value& value) const;
  std::string display_command(const Fact& command) const;

 private:
  uint32_t rule_index_;
  std::vector<Finding>& sink_;
};

// True when `rule` looks at `file` by scope and component kind.
// By the kind of a component: a rule of apps looks at clients and at the apps' own libraries, too, and every rule at
// what only deploys.
bool looks_at_component(const Rule& rule, const Component& component);
bool rule_looks_at(const Rule& rule, const Project& project, uint32_t file);

}  // namespace tfcheck
