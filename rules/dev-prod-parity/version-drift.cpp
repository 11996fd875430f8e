// dev-prod-parity/version-drift: compares the places that name a version of one runtime or service.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "engine/native.h"
#include "model/versions.h"

namespace tfcheck {

namespace {

constexpr size_t most_ends = 20;      // different versions of one file that are compared
constexpr size_t most_classes = 100;  // different sets of versions of one product

// What one file says of a product: a matrix, or two databases of one deploy, are several versions.
struct Unit {
  EndKind kind = EndKind::Deployed;
  uint32_t file = 0;
  VersionEnd first;                // the one to show
  std::set<std::string> versions;  // as far as they tell releases apart; ranges as written
  uint32_t unit_class = 0;
};

using Units = std::vector<const Unit*>;

// Units that say the same agree with the same others, so that sets of versions are compared, not files.
class Classes {
 public:
  Classes(std::string product, const VersionRules& rules) : product_(std::move(product)), rules_(rules) {}

  // The class of a unit with these ends; nothing when there are too many to compare.
  std::optional<uint32_t> of(const Unit& unit, const NativeContext& context) {
    std::pair key(unit.kind == EndKind::Range, unit.versions);
    auto found = index_.find(key);
    if (found != index_.end()) return found->second;
    if (sets_.size() == most_classes) return std::nullopt;
    Set& made = sets_.emplace_back();
    made.range = key.first;
    for (const std::string& text : unit.versions)
      made.ends.push_back({text, made.range ? Version{} : version_of(text)});
    for (Set& other : sets_) {
      made.agrees.push_back(agree(other, made));
      if (&other != &made) other.agrees.push_back(agree(made, other));
      context.count(other.ends.size() * made.ends.size());
    }
    return index_[std::move(key)] = static_cast<uint32_t>(sets_.size() - 1);
  }
  bool agree(uint32_t a, uint32_t b) const { return sets_[b].agrees[a]; }
  size_t size() const { return sets_.size(); }

  // "3.11" of 3, 11, 4 where two numbers tell.
  std::string telling_text(const VersionEnd& end) const {
    if (end.kind == EndKind::Range) return end.text;
    std::string text;
    for (size_t i = 0; i < std::min(rules_.telling_numbers(product_, end.version), end.version.size()); ++i)
      text += (i ? "." : "") + std::to_string(end.version[i]);
    return text;
  }

 private:
  struct End {
    std::string text;
    Version version;
  };
  struct Set {
    bool range = false;
    std::vector<End> ends;
    std::vector<bool> agrees;  // by the other class, which stands first
  };

  static Version version_of(std::string_view text) {
    Version version;
    for (std::string_view part : split(text, '.')) version.push_back(std::stoi(std::string(part)));
    return version;
  }

  bool agree(const Set& a, const Set& b) const {
    if (a.range && b.range) return false;  // nobody asks
    for (const End& x : a.ends) {
      for (const End& y : b.ends) {
        bool same = a.range   ? rules_.admits(product_, x.text, y.version)
                    : b.range ? rules_.admits(product_, y.text, x.version)
                              : rules_.agree(product_, x.version, y.version);
        if (same) return true;
      }
    }
    return false;
  }

  std::string product_;
  const VersionRules& rules_;
  std::deque<Set> sets_;
  std::map<std::pair<bool, std::set<std::string>>, uint32_t> index_;
};

// Everything that is said of one product.
struct Product {
  Product(std::string the_name, const VersionRules& rules) : name(the_name), classes(std::move(the_name), rules) {}
  std::string name;
  std::deque<Unit> units;
  std::map<std::pair<uint32_t, EndKind>, Unit*> by_file;
  Classes classes;

  void add(const VersionEnd& end) {
    auto [place, fresh] = by_file.try_emplace({end.file, end.kind}, nullptr);
    if (fresh) place->second = &units.emplace_back(Unit{end.kind, end.file, end, {}, 0});
    Unit& unit = *place->second;
    if (unit.versions.size() < most_ends) unit.versions.insert(classes.telling_text(end));
  }

  // Gives every unit its class; those that are too many to compare are left out.
  Units classify(const NativeContext& context) {
    Units all;
    for (Unit& unit : units) {
      std::optional<uint32_t> found = classes.of(unit, context);
      if (!found) continue;
      unit.unit_class = *found;
      all.push_back(&unit);
    }
    return all;
  }
};

// The classes among some units.
class ClassSet {
 public:
  void add(const Unit& unit) { present_.insert(unit.unit_class); }
  bool agrees_with(const Unit& unit, const Classes& classes) const {
    return std::any_of(present_.begin(), present_.end(),
                       [&](uint32_t other) { return classes.agree(unit.unit_class, other); });
  }

 private:
  std::set<uint32_t> present_;
};

class VersionDrift {
 public:
  explicit VersionDrift(NativeContext& context) : context_(context), project_(context.project), rules_(context) {}

  void run() {
    std::map<std::string, Product> products;
    for (VersionEnd& end : version_ends(context_)) {
      auto place = products.try_emplace(end.product, end.product, rules_).first;
      place->second.add(std::move(end));
    }
    for (auto& [name, product] : products) judge(product);
  }

 private:
  uint32_t component(const Unit& unit) const { return project_.files[unit.file].component; }
  const std::string& path(const Unit& unit) const { return project_.files[unit.file].path; }
  std::string_view root_of(uint32_t component) const {
    return component == no_index ? std::string_view{} : std::string_view(project_.components[component].root);
  }

  static Units of_kind(const Units& units, std::initializer_list<EndKind> kinds) {
    Units found;
    for (const Unit* unit : units) {
      if (std::find(kinds.begin(), kinds.end(), unit->kind) != kinds.end()) found.push_back(unit);
    }
    return found;
  }

  void judge(Product& product) {
    Units units = product.classify(context_);
    Units deployed = of_kind(units, {EndKind::Deployed});
    std::set<uint32_t> files;
    for (const Unit* unit : deployed) files.insert(unit->file);
    for (const Unit* build : of_kind(units, {EndKind::Build})) {
      if (!files.contains(build->file)) deployed.push_back(build);
    }
    // Nothing is deployed from here that says its version: what developers are told to use stands for it.
    if (deployed.empty()) deployed = of_kind(units, {EndKind::Declared});
    if (deployed.empty()) return;
    std::map<uint32_t, Units> per_component;
    for (const Unit* unit : deployed) per_component[component(*unit)].push_back(unit);
    for (const auto& [at, group] : per_component) among_deployed(product, group, units);
    std::map<uint32_t, Units> drifted = drifted_units(product, units, per_component);  // by file of the deployed end
    ClassSet everywhere;
    for (const Unit* unit : deployed) everywhere.add(*unit);
    Units ci = of_kind(units, {EndKind::Ci});
    bool tested = std::any_of(ci.begin(), ci.end(),
                              [&](const Unit* unit) { return everywhere.agrees_with(*unit, product.classes); });
    for (const Unit* unit : tested ? Units{} : ci) drifted[deployed.front()->file].push_back(unit);
    for (const Unit* unit : deployed) {
      auto found = drifted.find(unit->file);
      if (found != drifted.end()) report_drift(product.name, *unit, found->second);
    }
  }

  std::map<uint32_t, Units> drifted_units(const Product& product, const Units& units,
                                          const std::map<uint32_t, Units>& deployed) {
    std::map<std::string_view, uint32_t> roots;
    for (const auto& [index, group] : deployed) roots.try_emplace(root_of(index), index);
    std::map<uint32_t, Near> near;  // by component
    std::map<uint32_t, Units> drifted;
    for (const Unit* unit : of_kind(units, {EndKind::Declared, EndKind::Range, EndKind::Development})) {
      auto [place, fresh] = near.try_emplace(component(*unit));
      if (fresh) place->second = within_reach(component(*unit), deployed, roots);
      const Near& there = place->second;
      if (there.first && !there.classes.agrees_with(*unit, product.classes)) drifted[there.first->file].push_back(unit);
    }
    return drifted;
  }

  // Deployed ends that a component's other ends are held against.
  struct Near {
    const Unit* first = nullptr;
    ClassSet classes;
  };

  // The deployed ends of the same component; of any when the file belongs to none of them but stands above.
  Near within_reach(uint32_t home, const std::map<uint32_t, Units>& deployed,
                    const std::map<std::string_view, uint32_t>& roots) const {
    if (deployed.contains(home)) return near_of({home}, deployed);
    std::set<uint32_t> found;
    std::string_view root = root_of(home);
    for (std::string_view folder = root;; folder = dir_name(folder)) {
      if (auto above = roots.find(folder); above != roots.end()) found.insert(above->second);
      if (folder.empty()) break;
    }
    std::string prefix = root.empty() ? "" : std::string(root) + "/";
    for (auto below = roots.lower_bound(prefix); below != roots.end() && below->first.starts_with(prefix); ++below)
      found.insert(below->second);
    return near_of(found, deployed);
  }

  Near near_of(const std::set<uint32_t>& components, const std::map<uint32_t, Units>& deployed) const {
    Near near;
    for (uint32_t index : components) {
      const Units& units = deployed.at(index);
      if (!near.first) near.first = units.front();
      for (const Unit* unit : units) near.classes.add(*unit);
      context_.count(units.size());
    }
    return near;
  }

  // Two deploys of one component: the one that most other places agree with is right.
  void among_deployed(const Product& product, const Units& group, const Units& all) {
    if (group.size() < 2) return;
    std::vector<int64_t> support = supports(product, all);
    auto depth = [&](const Unit& unit) { return std::count(path(unit).begin(), path(unit).end(), '/'); };
    auto better = [&](const Unit* a, const Unit* b) {
      return std::pair(-support[a->unit_class], depth(*a)) < std::pair(-support[b->unit_class], depth(*b));
    };
    const Unit& reference = **std::min_element(group.begin(), group.end(), better);
    for (const Unit* unit : group) {
      // "8.1/Dockerfile" is one of several on purpose.
      std::string_view text = unit->first.text;
      bool variant = path(*unit).find(text.substr(0, text.find('-'))) != std::string::npos;
      if (product.classes.agree(unit->unit_class, reference.unit_class) || variant) continue;
      Finding* finding = report(*unit, fmt::format("{} {} here, {} in {}.", product.name, context_.display(text),
                                                   context_.display(reference.first.text), path(reference)));
      if (finding) finding->related.push_back({reference.file, reference.first.span, "the other version"});
    }
  }

  // How many units agree with those of each class.
  std::vector<int64_t> supports(const Product& product, const Units& all) {
    auto [place, fresh] = supports_.try_emplace(product.name);
    if (!fresh) return place->second;
    std::vector<int64_t> members(product.classes.size());
    for (const Unit* unit : all) ++members[unit->unit_class];
    place->second.resize(members.size());
    for (uint32_t a = 0; a < members.size(); ++a) {
      for (uint32_t b = 0; b < members.size(); ++b) place->second[a] += product.classes.agree(a, b) ? members[b] : 0;
    }
    return place->second;
  }

  Finding* report(const Unit& unit, std::string message) {
    return context_.report(unit.file, unit.first.span, std::move(message));
  }

  void report_drift(const std::string& product, const Unit& deployed, const Units& others) {
    const VersionEnd& runs = deployed.first;
    std::string list;
    for (const Unit* other : others)
      list += fmt::format("{}{} in {}", list.empty() ? "" : ", ", context_.display(other->first.text), path(*other));
    if (Finding* finding =
            report(deployed, fmt::format("{} {} is deployed, but {}.", product, context_.display(runs.text), list))) {
      for (const Unit* other : others) finding->related.push_back({other->file, other->first.span, "another version"});
    }
    for (const Unit* other : others) {
      const VersionEnd& end = other->first;
      Finding* finding =
          report(*other, fmt::format("{} {} here, {} is deployed by {}.", product, context_.display(end.text),
                                     context_.display(runs.text), path(deployed)));
      if (!finding) continue;
      finding->related.push_back({deployed.file, runs.span, "the deployed version"});
      bool near = !end.version.empty() && end.version[0] == runs.version[0];
      if (near) finding->severity = Severity::Note;
    }
  }

  NativeContext& context_;
  const Project& project_;
  VersionRules rules_;
  std::map<std::string, std::vector<int64_t>> supports_;
};

}  // namespace

void rule_dev_prod_parity_version_drift(NativeContext& context) {
  VersionDrift(context).run();
}

}  // namespace tfcheck
