// Settings in layers: what a file of settings says first, and the settings that a deploy starts with say anew from
// elsewhere. The first is what nobody deploys: no secret that is live, no address that anything connects to.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/given_settings.h"
#include "model/project_view.h"
#include "model/settings_modules.h"

namespace tfcheck {

class SettingsLayers {
 public:
  // `view` outlives this.
  explicit SettingsLayers(const ProjectView& view);

  // What the fact gives its name is given anew by the environment, or by what is worked out: in a module of settings
  // that imports this one, in a file of production beside it, in a class, a section or a document of production in the
  // same file. Never where the deploy starts with this module itself.
  bool is_set_anew(uint32_t file, const Fact& fact);
  // The fact's literal is at most a default: the environment of a deploy gives the setting, or the settings of the
  // profile that a deploy starts with say another literal. Such a secret may still open something elsewhere.
  bool is_default(uint32_t file, const Fact& fact);
  // Either, of a literal of settings by where it stands.
  bool contains(uint32_t file, Span literal);

 private:
  using Names = std::set<std::string, std::less<>>;
  const Names& names_of(uint32_t file);
  const Names& literals_of(uint32_t file);
  const std::set<Span>& unconnected(uint32_t file);
  const Names& names_within(uint32_t file);
  const std::vector<uint32_t>& above(uint32_t file);
  std::vector<std::string> paths_above(std::string_view path);
  void note_sections(const ProjectFile& file, Names& into) const;
  void note_classes(const ProjectFile& file, Names& into) const;
  bool is_stage(std::string_view name) const;
  std::vector<std::string> ways_to_say(const ProjectFile& file, std::string_view name) const;
  bool says(const Names& names, const ProjectFile& file, std::string_view name) const;

  const ProjectView& view_;
  SettingsModules modules_;
  GivenSettings given_;
  const WordSet &bases_, &stages_, &profiles_, &roots_;
  const WordTable& pairs_;
  size_t pair_above_;
  std::map<uint32_t, std::vector<uint32_t>> above_;  // these by file, once asked for
  std::map<uint32_t, Names> names_, within_, spelt_out_;
  std::map<uint32_t, std::set<Span>> literals_, unconnected_;
};

}  // namespace tfcheck
