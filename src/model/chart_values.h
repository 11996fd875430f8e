// Values of Helm's charts that a deploy of the repository gives: `helm upgrade --set` and `-f`, a HelmRelease, an
// Application of Argo CD. What the chart says itself is then a default that nobody runs.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "model/project_view.h"

namespace tfcheck {

class ChartValues {
 public:
  // Looks through the project at once; `view` outlives this.
  explicit ChartValues(const ProjectView& view);
  // The values of the chart say the key ("web.image.tag") only where a deploy says no other.
  bool gives(uint32_t values, std::string_view key) const;

 private:
  using Keys = std::set<std::string, std::less<>>;  // "images.*.tag" where a part is computed
  void read_command(const Fact& command);
  void read_documents(const ProjectFile& file);
  void read_block(std::string_view text, Keys& into) const;
  void read_file(std::string_view path, Keys& into) const;
  std::string chart_at(std::string_view folder, std::string_view path) const;

  const ProjectView& view_;
  std::map<std::string, Keys, std::less<>> given_;  // by the chart's folder; "*" for any of them
};

}  // namespace tfcheck
