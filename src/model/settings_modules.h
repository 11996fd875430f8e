// Modules of settings as code loads them: which settings import a module as what they start from, and which module a
// deploy starts with. Looked up over the whole project when first asked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

class SettingsModules {
 public:
  // `view` outlives this.
  explicit SettingsModules(const ProjectView& view);
  // Settings for a deploy that import the module, or something of it, in file order.
  std::vector<uint32_t> above(uint32_t file);
  // A deploy names the module, or the app does where no deploy names one.
  bool is_started(uint32_t file);

 private:
  using Paths = std::set<std::string, std::less<>>;  // of modules, without their endings
  struct Found {
    std::map<std::string, std::vector<uint32_t>, std::less<>> importers;  // by the path of a module or of its end
    Paths named, fallback;  // by deploys; by what the app starts with when nothing is named
    const Paths& started() const { return named.empty() ? fallback : named; }
  };
  const Found& found();
  void note_started(const ProjectFile& file, Found& into) const;
  void note_imports(uint32_t file, Found& into) const;
  bool is_of_deploy(const ProjectFile& file, const Found& found) const;
  static bool names(const Paths& modules, std::string_view path);

  const ProjectView& view_;
  const WordSet &variables_, &folders_, &stages_;
  std::optional<Found> found_;
};

}  // namespace tfcheck
