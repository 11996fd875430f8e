#include "model/mounted_images.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

// What the services of compose files are built from, and whether each of them runs the source that lies beside it.
class MountedImages {
 public:
  MountedImages(const Listing& listing, const WordSet& sources) : listing_(listing), sources_(sources) {
    for (const ProjectFile& file : listing.files) {
      if (file.facts && file.format() == "compose" && !(file.scope & scope::OnRequest)) read(file);
    }
  }

  // Images that are only run with the source in the place of what they hold, and hold none of it: nobody deploys them.
  std::set<uint32_t> of_developers() const {
    std::set<uint32_t> found;
    for (const auto& [image, runs] : runs_) {
      if (runs.mounted && !runs.plain && !copies_source(listing_.files[image])) found.insert(image);
    }
    return found;
  }

 private:
  struct Service {
    std::string_view folder, image;
    bool built = false, mounts = false;
  };
  struct Runs {
    bool mounted = false, plain = false;
  };

  void read(const ProjectFile& file) {
    std::map<std::string_view, Service> services;
    for (const Fact& fact : file.facts->facts()) {
      constexpr std::string_view all = "services.";
      size_t end = fact.kind == FactKind::Entry && fact.name.starts_with(all) ? fact.name.find('.', all.size())
                                                                              : std::string_view::npos;
      if (end == std::string_view::npos) continue;
      Service& service = services[fact.name.substr(0, end)];
      std::string_view key = fact.name.substr(end + 1), text = fact.value.text;
      if (key == "build" && fact.value.is(ValueKind::String)) service.folder = text, service.built = true;
      if (key == "build.context") service.folder = text, service.built = true;
      if (key == "build.dockerfile") service.image = text, service.built = true;
      bool source =
          key.starts_with("volumes.") && (key.ends_with(".source") || key.find('.', 8) == std::string_view::npos);
      std::string_view host = before_first(text, ':');
      service.mounts |= source && (host == "." || host == "./" || host == "$PWD" || text.starts_with("${PWD}:"));
    }
    for (const auto& [name, service] : services) {
      if (!service.built) continue;
      std::string folder = join_path(dir_name(file.path), service.folder.empty() ? "." : service.folder);
      uint32_t image = listing_.find_file(join_path(folder, service.image.empty() ? "Dockerfile" : service.image));
      if (image != no_index) (service.mounts ? runs_[image].mounted : runs_[image].plain) = true;
    }
  }

  bool copies_source(const ProjectFile& image) const {
    if (!image.facts) return true;
    std::span<const Fact> facts = image.facts->facts();
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      bool copies = fact.kind == FactKind::Entry && (fact.name == "COPY" || fact.name == "ADD") && fact.args().empty();
      std::vector<std::string_view> words = copies ? split_words(fact.value.text) : std::vector<std::string_view>{};
      return std::any_of(words.begin(), words.end() - (words.empty() ? 0 : 1), [&](std::string_view word) {
        while (word.ends_with('/')) word.remove_suffix(1);
        return word == "." || word == "*" || word == "$PWD" || sources_.contains(base_name(word));
      });
    });
  }

  const Listing& listing_;
  const WordSet& sources_;
  std::map<uint32_t, Runs> runs_;  // by image
};

}  // namespace

std::set<uint32_t> mounted_images(const Listing& listing) {
  return MountedImages(listing, listing.words().source_folders).of_developers();
}

}  // namespace tfcheck
