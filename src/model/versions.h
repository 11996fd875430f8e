// The places of a repository that say which version of a runtime or service they mean: images, version files,
// manifests, CI settings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

// "3.11-slim" is 3, 11; empty when the text names no version ("lts", "latest").
using Version = std::vector<int>;
Version parse_version(std::string_view product, std::string_view text);
// {3, 11} of "3.11": numbers that this program wrote.
Version numbers_of(std::string_view text);

// How versions of a product compare.
class VersionRules {
 public:
  explicit VersionRules(const ProjectView& view);
  // How many numbers of a version tell releases apart that behave differently: Node's first, Python's first two.
  size_t telling_numbers(std::string_view product, const Version& version) const;
  bool agree(std::string_view product, const Version& a, const Version& b) const;
  // A range as manifests write them (">=18 <21", "^3.9", "16 || 18") takes the version.
  bool admits(std::string_view product, std::string_view range, const Version& version) const;

 private:
  bool holds(std::string_view product, std::string_view text, const Version& version) const;

  WordSet two_numbers_;  // products whose second number tells, too
};

// The role of a `version` row where a program starts the framework that it is of: no end that another could differ
// from.
constexpr std::string_view framework_role = "framework";

enum class EndKind : uint8_t {
  Deployed,  // what runs in production: final stages, deploy files, a platform's runtime setting
  Build,     // a build stage
  Copied,    // a build stage whose files the image takes over
  Declared,  // .nvmrc and its like: one version
  Range,     // a manifest's range
  Development,
  Ci,
};

// One place that names a version.
struct VersionEnd {
  EndKind kind = EndKind::Deployed;
  std::string product;
  std::string text;  // as written, for messages
  Version version;   // empty for ranges
  uint32_t file = 0;
  Span span;
  std::string folder;  // of a CI job: the one that it works in, "" when nothing says so
};

// The number as written, without what names a variant: "22.3" of "22.3-slim", "17" of "openjdk17".
std::string_view version_words(std::string_view product, std::string_view text);

std::string_view to_string(EndKind kind);

// The places in the files that count, out of the `version` facts of the model.
std::vector<VersionEnd> version_ends(const ProjectView& view);
// The same out of what files say: what the facts of the model are made of.
std::vector<VersionEnd> collect_version_ends(const ProjectView& view);

}  // namespace tfcheck
