// What names a runtime or service and its version: images of known publishers, packages, settings of CI, manifests.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

class VersionProducts {
 public:
  explicit VersionProducts(const ProjectView& view);

  // What names a product somewhere, and the product.
  struct Named {
    std::string_view name;
    std::string_view product;
  };
  // The product whose versions the tags of an image are, "" for other images and for those of other publishers.
  std::string_view of_image(std::string_view image) const;
  // "postgresql-13" is postgres, "13": a word of an installer of the system; the product is "" for other words.
  Named of_package(std::string_view word) const;
  // The product's version in the tag of one of its images: "16" of "0.8.0-pg16" where the image has versions of its
  // own.
  std::string_view version_in(std::string_view image, std::string_view tag) const;
  // "3.9" of the feature "ghcr.io/devcontainers/features/python:1".
  std::string_view of_feature(std::string_view feature) const;
  bool is_service(std::string_view product) const { return services_.contains(product); }
  bool is_system_installer(std::string_view program) const { return installers_.contains(program); }

  const std::vector<Named>& inputs() const { return inputs_; }
  const std::vector<Named>& travis_keys() const { return travis_; }
  const std::vector<Named>& manifest_keys() const { return manifests_; }
  const std::vector<Named>& lowest_keys() const { return lowest_; }
  const std::vector<Named>& runtimes() const { return runtimes_; }

 private:
  std::string_view named_image(std::string_view image) const;

  std::vector<Named> images_, inputs_, travis_, manifests_, lowest_, runtimes_, packages_, hosts_, tag_parts_;
  WordSet services_;
  const WordSet &publishers_, &installers_;
};

// The part of a development container's tag that is the product's version: "20-bookworm" of "1-20-bookworm".
std::string_view devcontainer_version(std::string_view tag);

}  // namespace tfcheck
