// Settings whose keys the environment of a deploy gives anew: SPRING_DATASOURCE_URL for spring.datasource.url,
// ConnectionStrings__Shop for ConnectionStrings.Shop. What the file says is then a default. Also the profiles that
// deploys start with. Looked up over the whole project when first asked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "model/project_view.h"
#include "model/variables.h"

namespace tfcheck {

class GivenSettings {
 public:
  // `view` outlives this.
  explicit GivenSettings(const ProjectView& view);

  // A deploy gives the app of the file this setting. Never where the framework takes none from the environment.
  bool holds(uint32_t file, const Fact& fact);
  // "docker" of ASPNETCORE_ENVIRONMENT=docker, as written.
  const std::set<std::string, std::less<>>& profiles();

 private:
  using Folders = std::set<std::string, std::less<>>;  // below which the app lies; "" for any
  struct Found {
    std::map<std::string, Folders, std::less<>> bound, nested;  // by key: letters and digits alone; in levels
    std::set<std::string, std::less<>> profiles;
  };
  const Found& found();
  void note(std::string_view name, const VariablePlace& place, Found& into);
  std::string folder_of(const VariablePlace& place);
  std::string folder_of_service(uint32_t file, std::string_view service);
  std::string component_called(std::string_view name) const;

  const ProjectView& view_;
  const WordSet &profile_variables_, &bound_formats_, &nested_formats_;
  std::map<std::pair<uint32_t, std::string>, std::string, std::less<>> services_;  // folders, by file and service
  std::optional<Found> found_;
};

}  // namespace tfcheck
