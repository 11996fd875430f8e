// Commands that put another release into what runs: `kubectl set image`, `helm upgrade --set image.tag=…`, `docker run`
// of a container that stays.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

// "acme/web:1.2": the name and what follows the colon behind its last slash.
struct ImageReference {
  std::string_view name;
  Value tag;
};
// Nothing for what has no tag, or a digest. The texts live as long as those of `written`.
std::optional<ImageReference> split_reference(const Value& written);

class RolloutCommands {
 public:
  explicit RolloutCommands(const ProjectView& view);

  // The words that may name images, and whether the command starts again what is there.
  struct Found {
    std::vector<Value> images;
    bool restarts = false;
    bool own_only = false;  // any word may be one: the first that is the repository's own is meant
  };
  std::optional<Found> read(const Fact& command) const;

 private:
  void take(const WordTable::Row& row, const std::vector<Value>& words, size_t at, std::vector<Value>& images) const;

  const WordTable& rows_;
  size_t image_, takes_;
};

// What `--set` gives a chart by parts: {"ghcr.io/acme/web", "latest"} of image.registry=ghcr.io,
// image.repository=acme/web and image.tag=latest, or of "image=ghcr.io/acme/web:latest".
struct ChartImage {
  std::string name, tag;
};
std::vector<ChartImage> images_given_to_chart(const Fact& helm);

}  // namespace tfcheck
