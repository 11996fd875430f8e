// dev-prod-parity/version-drift: compares the places that name a version of one runtime or service.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "engine/message.h"
#include "engine/native.h"
#include "version_ends.h"

namespace tfcheck {

namespace {

// What one file says of a product: a matrix, or two databases of one deploy, are several versions.
struct Unit {
  EndKind kind = EndKind::Deployed;
  uint32_t file = 0;
  std::vector<VersionEnd> ends;
};

using Units = std::vector<Unit>;

bool agrees(const Unit& a, const Unit& b) {
  for (const VersionEnd& x : a.ends) {
    for (const VersionEnd& y : b.ends) {
      bool same = a.kind == EndKind::Range   ? admits(y.product, x.text, y.version)
                  : b.kind == EndKind::Range ? admits(x.product, y.text, x.version)
                                             : agree(x.product, x.version, y.version);
      if (same) return true;
    }
  }
  return false;
}

bool agrees_with_any(const Unit& unit, const Units& others) {
  return std::any_of(others.begin(), others.end(), [&](const Unit& other) { return agrees(unit, other); });
}

class VersionDrift {
 public:
  explicit VersionDrift(NativeContext& context) : context_(context), project_(context.project) {}

  void run() {
    std::map<std::string, Units> products;
    for (VersionEnd& end : version_ends(context_)) {
      Units& units = products[end.product];
      auto same = std::find_if(units.begin(), units.end(),
                               [&](const Unit& unit) { return unit.file == end.file && unit.kind == end.kind; });
      if (same == units.end()) same = units.insert(units.end(), Unit{end.kind, end.file, {}});
      same->ends.push_back(std::move(end));
    }
    for (auto& [product, units] : products) judge(product, units);
  }

 private:
  uint32_t component(const Unit& unit) const { return project_.files[unit.file].component; }
  const std::string& path(const Unit& unit) const { return project_.files[unit.file].path; }

  static Units of_kind(const Units& units, std::initializer_list<EndKind> kinds) {
    Units found;
    for (const Unit& unit : units) {
      if (std::find(kinds.begin(), kinds.end(), unit.kind) != kinds.end()) found.push_back(unit);
    }
    return found;
  }

  void judge(const std::string& product, const Units& units) {
    Units deployed = of_kind(units, {EndKind::Deployed});
    for (const Unit& build : of_kind(units, {EndKind::Build})) {
      bool same_file =
          std::any_of(deployed.begin(), deployed.end(), [&](const Unit& unit) { return unit.file == build.file; });
      if (!same_file) deployed.push_back(build);
    }
    // Nothing is deployed from here that says its version: what developers are told to use stands for it.
    if (deployed.empty()) deployed = of_kind(units, {EndKind::Declared});
    if (deployed.empty()) return;
    std::map<uint32_t, Units> per_component;
    for (const Unit& unit : deployed) per_component[component(unit)].push_back(unit);
    for (const auto& [at, group] : per_component) among_deployed(product, group, units);
    std::map<uint32_t, Units> drifted;  // file of the deployed end → the other ends
    for (const Unit& unit : of_kind(units, {EndKind::Declared, EndKind::Range, EndKind::Development})) {
      Units near = within_reach(unit, per_component);
      if (!near.empty() && !agrees_with_any(unit, near)) drifted[near.front().file].push_back(unit);
    }
    Units ci = of_kind(units, {EndKind::Ci});
    bool tested = std::any_of(ci.begin(), ci.end(), [&](const Unit& unit) { return agrees_with_any(unit, deployed); });
    for (const Unit& unit : tested ? Units{} : ci) drifted[deployed.front().file].push_back(unit);
    for (const Unit& unit : deployed) {
      auto found = drifted.find(unit.file);
      if (found != drifted.end()) report_drift(product, unit, found->second);
    }
  }

  // The deployed ends of the same component; of any when the file belongs to none of them but stands above.
  Units within_reach(const Unit& unit, const std::map<uint32_t, Units>& deployed) const {
    auto own = deployed.find(component(unit));
    if (own != deployed.end()) return own->second;
    const Component* home = project_.component_of(unit.file);
    Units below;
    for (const auto& [index, units] : deployed) {
      const std::string& root = index == no_index ? std::string() : project_.components[index].root;
      bool above = home && (home->root.empty() || root.starts_with(home->root + "/"));
      bool under = home && (root.empty() || home->root.starts_with(root + "/"));
      if (above || under) below.insert(below.end(), units.begin(), units.end());
    }
    return below;
  }

  // Two deploys of one component: the one that most other places agree with is right.
  void among_deployed(const std::string& product, const Units& group, const Units& all) {
    if (group.size() < 2) return;
    auto support = [&](const Unit& unit) {
      return std::count_if(all.begin(), all.end(), [&](const Unit& other) { return agrees(unit, other); });
    };
    auto depth = [&](const Unit& unit) { return std::count(path(unit).begin(), path(unit).end(), '/'); };
    auto better = [&](const Unit& a, const Unit& b) {
      return std::pair(-support(a), depth(a)) < std::pair(-support(b), depth(b));
    };
    const Unit& reference = *std::min_element(group.begin(), group.end(), better);
    for (const Unit& unit : group) {
      // "8.1/Dockerfile" is one of several on purpose.
      bool variant =
          path(unit).find(unit.ends.front().text.substr(0, unit.ends.front().text.find('-'))) != std::string::npos;
      if (agrees(unit, reference) || variant) continue;
      Finding* finding = report(unit, fmt::format("{} {} here, {} in {}.", product, display(unit.ends.front().text),
                                                  display(reference.ends.front().text), path(reference)));
      if (finding) finding->related.push_back({reference.file, reference.ends.front().span, "the other version"});
    }
  }

  Finding* report(const Unit& unit, std::string message) {
    return context_.report(unit.file, unit.ends.front().span, std::move(message));
  }

  void report_drift(const std::string& product, const Unit& deployed, const Units& others) {
    const VersionEnd& runs = deployed.ends.front();
    std::string list;
    for (const Unit& other : others)
      list += fmt::format("{}{} in {}", list.empty() ? "" : ", ", display(other.ends.front().text), path(other));
    if (Finding* finding =
            report(deployed, fmt::format("{} {} is deployed, but {}.", product, display(runs.text), list))) {
      for (const Unit& other : others)
        finding->related.push_back({other.file, other.ends.front().span, "another version"});
    }
    for (const Unit& other : others) {
      const VersionEnd& end = other.ends.front();
      Finding* finding = report(other, fmt::format("{} {} here, {} is deployed by {}.", product, display(end.text),
                                                   display(runs.text), path(deployed)));
      if (!finding) continue;
      finding->related.push_back({deployed.file, runs.span, "the deployed version"});
      bool near = !end.version.empty() && end.version[0] == runs.version[0];
      if (near) finding->severity = Severity::Note;
    }
  }

  NativeContext& context_;
  const Project& project_;
};

}  // namespace

void rule_dev_prod_parity_version_drift(NativeContext& context) {
  VersionDrift(context).run();
}

}  // namespace tfcheck
