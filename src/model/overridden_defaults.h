// Literals that code sets first and settings replace by name: the maps that a command line overwrites key by key, the
// defaults of a folder that the file of an application repeats with its own values, the variables of modules that a
// loader sets, maps that are merged with others, what stands in for a variable that is empty, what the settings of a
// deploy say anew, and properties of classes that a configuration fills.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/options_classes.h"
#include "model/project_view.h"
#include "model/settings_layers.h"

namespace tfcheck {

class OverriddenDefaults {
 public:
  // `view` outlives this.
  explicit OverriddenDefaults(const ProjectView& view);
  // The literal that stands there.
  bool contains(uint32_t file, Span literal);

 private:
  bool holds(uint32_t file, const Fact& fact);
  bool is_overwritten_by_key(uint32_t file, const Fact& fact);
  bool is_fallback(uint32_t file, const Fact& fact) const;
  bool asks_emptiness(const Value& condition, int depth) const;
  bool is_replaced_unused(uint32_t file, const Fact& fact) const;
  void note_merged(const Fact& call, std::set<Span>& into) const;
  bool is_repeated_beside(uint32_t file, const Fact& fact);
  bool is_set_by_loader(uint32_t file, const Fact& fact);
  void find_loaders();

  const ProjectView& view_;
  SettingsLayers layers_;
  OptionsClasses options_;
  const WordSet &defaults_, &loads_, &sets_, &merges_, &later_wins_, &asking_;
  std::map<uint32_t, std::set<std::pair<std::string_view, std::string_view>>> overwritten_;  // scope, map; by file
  std::map<std::string_view, std::set<std::string_view>>
      beside_;                                      // folder → names that a file of it does not spell out
  std::map<uint32_t, std::set<Span>> literals_;     // by file, once asked for
  std::optional<std::vector<std::string>> loaded_;  // folders of modules that a loader sets
};

}  // namespace tfcheck
