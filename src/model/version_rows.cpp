// `version`: the places that say which version of a runtime or service is meant.
#include <algorithm>
#include <set>
#include <utility>

#include "model/derive.h"
#include "model/derived_row.h"
#include "model/versions.h"

namespace tfcheck {

namespace {

constexpr std::pair<EndKind, std::string_view> end_words[] = {{EndKind::Deployed, "deployed"},
                                                              {EndKind::Build, "build"},
                                                              {EndKind::Copied, "copied"},
                                                              {EndKind::Declared, "declared"},
                                                              {EndKind::Range, "range"},
                                                              {EndKind::Development, "development"},
                                                              {EndKind::Ci, "ci"}};

EndKind end_kind(std::string_view word) {
  auto found =
      std::find_if(std::begin(end_words), std::end(end_words), [&](const auto& known) { return known.second == word; });
  return found == std::end(end_words) ? EndKind::Deployed : found->first;
}

// What others say of a product and of the numbers that tell its releases apart: developers, their tools, CI.
class OtherEnds {
 public:
  OtherEnds(const ProjectView& view, const std::vector<VersionEnd>& ends) : rules_(view) {
    for (const VersionEnd& end : ends) {
      bool other = end.kind == EndKind::Declared || end.kind == EndKind::Development || end.kind == EndKind::Ci;
      if (other && !end.version.empty()) named_.insert(telling(end));
    }
  }
  // Does one of them name the version of what is deployed?
  bool match(const VersionEnd& end) const {
    return end.kind == EndKind::Deployed && !end.version.empty() && named_.contains(telling(end));
  }

 private:
  using Telling = std::pair<std::string, Version>;
  Telling telling(const VersionEnd& end) const {
    Version version = end.version;
    version.resize(std::min(version.size(), rules_.telling_numbers(end.product, version)));
    return {end.product, std::move(version)};
  }

  VersionRules rules_;
  std::set<Telling> named_;
};

}  // namespace

std::string_view to_string(EndKind kind) {
  auto found =
      std::find_if(std::begin(end_words), std::end(end_words), [&](const auto& known) { return known.first == kind; });
  return found == std::end(end_words) ? std::string_view("?") : found->second;
}

void derive_versions(const WholeProject& view, const std::vector<VersionEnd>& ends, ModelFacts& facts) {
  OtherEnds others(view, ends);
  for (const VersionEnd& end : ends) {
    DerivedRow(FactKind::VersionUse, {end.file, no_index}, end.product)
        .at(end.span)
        .value(end.text)
        .column("role", to_string(end.kind))
        .column("folder", end.folder)
        .flag("matched", others.match(end))
        .add_to(facts, view.project);
  }
}

std::vector<VersionEnd> version_ends(const ProjectView& view) {
  std::vector<VersionEnd> ends;
  const Project& project = view.project;
  for (uint32_t file = 0; file < project.files.size(); ++file) {
    if (!view.looks_at(file)) continue;
    for (uint32_t i = project.own_facts(file); i < project.fact_count(file); ++i) {
      const Fact& fact = project.fact({file, i});
      if (fact.kind != FactKind::VersionUse || argument(fact.args(), "role").text == framework_role) continue;
      EndKind kind = end_kind(argument(fact.args(), "role").text);
      Version version = kind == EndKind::Range ? Version{} : parse_version(fact.name, fact.value.text);
      ends.push_back({kind, std::string(fact.name), std::string(fact.value.text), std::move(version), file, fact.span,
                      std::string(argument(fact.args(), "folder").text)});
    }
  }
  return ends;
}

}  // namespace tfcheck
