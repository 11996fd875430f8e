// Findings of data rules: a finding is made of a fact, its page's words and the policy for development, and repeats
// within what a page or match calls one are joined.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "engine/edition_in_force.h"
#include "engine/finding.h"
#include "engine/message.h"
#include "model/asked_for.h"
#include "model/by_hand.h"
#include "model/derive.h"
#include "model/project.h"
#include "model/settings_layers.h"
#include "pages/rule_set.h"

namespace tfcheck {

class RuleFindings {
 public:
  RuleFindings(const RuleSet& rules, const Project& project, const EditionInForce& edition)
      : rules_(rules),
        project_(project),
        edition_(edition),
        view_(project),
        asked_(view_),
        by_hand_(view_),
        layers_(view_) {}

  // What a match or a requirement says of a finding.
  struct Words {
    std::optional<Severity> severity;
    std::optional<Confidence> confidence;
    std::optional<uint32_t> since;
    const std::string& message;
    uint32_t line;  // of the page
    std::optional<Reach> once;
    uint32_t match = UINT32_MAX;                   // that `once` belongs to; UINT32_MAX: the page
    const std::vector<Companion>* with = nullptr;  // whose places the subject's companions are
  };
  // A finding at a fact; nothing when development files are exempt.
  void at_fact(uint32_t rule, const Words& words, const MessageSubject& subject);
  // A finding about a whole file.
  void at_file(uint32_t rule, const Words& words, uint32_t file);
  // All of them, messages filled with what was joined.
  std::vector<Finding> take();
  // What was looked at to tell what only a setting asks for.
  Work work() const { return view_.work(); }

 private:
  struct Joined {
    size_t finding = 0;
    const std::string* message = nullptr;
    MessageSubject subject;
    std::string_view limit;  // that the message of the one that stands ends with
  };
  using Key = std::tuple<uint32_t, uint32_t, std::string>;

  std::optional<Finding> make(uint32_t rule, const Words& words, const MessageSubject& subject) const;
  std::string_view weigh_asked_for(Finding& finding, FactRef fact);
  void join(Joined& joined, Finding finding, const Words& words, const MessageSubject& subject, std::string_view limit);
  void join_file(uint32_t component);
  std::string place_of(uint32_t rule, Reach once, FactRef ref) const;
  std::string what_is_said(const ProjectFile& file, FactRef ref) const;
  bool is_development(FactRef ref) const;
  bool is_guarded(FactRef ref) const;
  bool is_only_default(FactRef ref);

  const RuleSet& rules_;
  const Project& project_;
  const EditionInForce& edition_;
  WholeProject view_;
  AskedFor asked_;
  ByHand by_hand_;
  SettingsLayers layers_;
  std::vector<Finding> findings_;
  std::map<Key, Joined> joined_;
  std::map<std::pair<uint32_t, uint32_t>, size_t> files_;  // findings about files, by rule and component
};

}  // namespace tfcheck
