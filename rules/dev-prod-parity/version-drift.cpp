// dev-prod-parity/version-drift: compares the places that name a version of one runtime or service.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"
#include "model/version_homes.h"
#include "model/versions.h"

namespace tfcheck {

namespace {

constexpr size_t most_ends = 20;      // different versions of one file that are compared
constexpr size_t most_same = 10;      // deploys of one version that are shown
constexpr size_t most_classes = 100;  // different sets of versions of one product

// What one file says of a product: a matrix, or two databases of one deploy, are several versions.
struct Unit {
  EndKind kind = EndKind::Deployed;
  uint32_t file = 0;
  std::string home;                // folder of the part that it speaks of
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
      made.ends.push_back({text, made.range ? Version{} : numbers_of(text)});
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
  std::map<std::tuple<uint32_t, EndKind, std::string>, Unit*> by_file;
  Classes classes;

  void add(const VersionEnd& end, std::string home) {
    auto [place, fresh] = by_file.try_emplace({end.file, end.kind, end.folder}, nullptr);
    if (fresh) place->second = &units.emplace_back(Unit{end.kind, end.file, std::move(home), end, {}, 0});
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
  explicit VersionDrift(NativeContext& context)
      : context_(context), project_(context.project), rules_(context), homes_(context.project) {}

  void run() {
    std::map<std::string, Product> products;
    for (VersionEnd& end : version_ends(context_)) {
      auto place = products.try_emplace(end.product, end.product, rules_).first;
      place->second.add(end, homes_.of(end));
    }
    for (auto& [name, product] : products) judge(product);
  }

 private:
  using ByHome = std::map<std::string_view, Units>;
  using Drifted = std::map<uint32_t, Units>;  // by the file of the end that they differ from

  const std::string& path(const Unit& unit) const { return project_.files[unit.file].path; }

  static Units of_kind(const Units& units, std::initializer_list<EndKind> kinds) {
    Units found;
    for (const Unit* unit : units) {
      if (std::find(kinds.begin(), kinds.end(), unit->kind) != kinds.end()) found.push_back(unit);
    }
    return found;
  }

  // Final stages and deploy files; of a Dockerfile whose final stage has no such version its build stages.
  static Units deployed_of(const Units& units) {
    Units deployed = of_kind(units, {EndKind::Deployed});
    std::set<uint32_t> files;
    for (const Unit* unit : deployed) files.insert(unit->file);
    for (const Unit* build : of_kind(units, {EndKind::Build, EndKind::Copied})) {
      if (!files.contains(build->file)) deployed.push_back(build);
    }
    return deployed;
  }

  void judge(Product& product) {
    Units units = product.classify(context_);
    Units deployed = deployed_of(units);
    bool told = !deployed.empty();
    // Nothing is deployed from here that says its version: what developers are told to use stands for it.
    if (!told) deployed = of_kind(units, {EndKind::Declared});
    if (deployed.empty()) return;
    ByHome per_home;
    for (const Unit* unit : deployed) per_home[unit->home].push_back(unit);
    for (const auto& [home, group] : per_home) among_deployed(product, group, units);
    Drifted drifted;
    build_stages(product, units, drifted);
    near_units(product, units, per_home, drifted);
    ci_units(product, units, per_home, drifted);
    for (const Unit* unit : deployed) {
      auto found = drifted.find(unit->file);
      if (found == drifted.end()) continue;
      if (Finding* finding = report_drift(product, *unit, found->second, told))
        add_same(product, *unit, found->second, deployed, drifted, *finding);
      drifted.erase(found);  // a file may be deployed and a build stage
    }
  }

  // A stage whose files the image takes over was built with another version than runs them.
  static void build_stages(const Product& product, const Units& units, Drifted& drifted) {
    std::map<uint32_t, const Unit*> runs;
    for (const Unit* unit : of_kind(units, {EndKind::Deployed})) runs.emplace(unit->file, unit);
    for (const Unit* stage : of_kind(units, {EndKind::Copied})) {
      auto found = runs.find(stage->file);
      bool other = found != runs.end() && !product.classes.agree(stage->unit_class, found->second->unit_class);
      if (other) drifted[stage->file].push_back(stage);
    }
  }

  void near_units(const Product& product, const Units& units, const ByHome& deployed, Drifted& drifted) const {
    std::map<std::string_view, Near> near;  // by home
    for (const Unit* unit : of_kind(units, {EndKind::Declared, EndKind::Range, EndKind::Development})) {
      auto [place, fresh] = near.try_emplace(unit->home);
      if (fresh) place->second = within_reach(unit->home, deployed);
      const Near& there = place->second;
      if (there.first && there.first != unit && !there.classes.agrees_with(*unit, product.classes))
        drifted[there.first->file].push_back(unit);
    }
  }

  // A job that works in one part is held against that part; of the others one that tests a deployed version is enough.
  void ci_units(const Product& product, const Units& units, const ByHome& deployed, Drifted& drifted) const {
    ClassSet everywhere;
    const Unit* first = nullptr;
    for (const auto& [home, group] : deployed) {
      for (const Unit* unit : group) everywhere.add(*unit);
      if (!first) first = group.front();
    }
    Units others;
    bool tested = false;
    for (const Unit* unit : of_kind(units, {EndKind::Ci})) {
      auto home = unit->first.folder.empty() ? deployed.end() : deployed.find(unit->home);
      if (home == deployed.end()) {
        tested = tested || everywhere.agrees_with(*unit, product.classes);
        others.push_back(unit);
      } else if (Near there = near_of({home->first}, deployed);
                 there.first && !there.classes.agrees_with(*unit, product.classes)) {
        drifted[there.first->file].push_back(unit);
      }
    }
    if (!first || tested) return;
    for (const Unit* unit : others) drifted[first->file].push_back(unit);
  }

  // Deployed ends that a part's other ends are held against.
  struct Near {
    const Unit* first = nullptr;
    ClassSet classes;
  };

  // The deployed ends of the same part; of those above and below it when it has none.
  Near within_reach(std::string_view home, const ByHome& deployed) const {
    if (deployed.contains(home)) return near_of({home}, deployed);
    std::set<std::string_view> found;
    for (std::string_view folder = home;; folder = dir_name(folder)) {
      if (auto above = deployed.find(folder); above != deployed.end()) found.insert(above->first);
      if (folder.empty()) break;
    }
    std::string prefix = home.empty() ? "" : std::string(home) + "/";
    for (auto below = deployed.lower_bound(prefix); below != deployed.end() && below->first.starts_with(prefix);
         ++below)
      found.insert(below->first);
    return near_of(found, deployed);
  }

  Near near_of(const std::set<std::string_view>& homes, const ByHome& deployed) const {
    Near near;
    for (std::string_view home : homes) {
      const Units& units = deployed.at(home);
      if (!near.first) near.first = units.front();
      for (const Unit* unit : units) near.classes.add(*unit);
      context_.count(units.size());
    }
    return near;
  }

  // Two deploys of one part: the one that most other places agree with is right.
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
      bool variant = path(*unit).find(words(*unit)) != std::string::npos;
      if (product.classes.agree(unit->unit_class, reference.unit_class) || variant) continue;
      Finding* finding = report(
          *unit, fmt::format("{} {} here, {} in {}.", product.name, words(*unit), words(reference), path(reference)));
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

  std::string words(const Unit& unit) const {
    const VersionEnd& end = unit.first;
    return context_.display(end.kind == EndKind::Range ? std::string_view(end.text)
                                                       : version_words(end.product, end.text));
  }

  // "20 in ci.yml and release.yml, 18 in .nvmrc and 2 more places"
  std::string list(const Unit& from, const Units& others) const {
    constexpr size_t most_places = 3;
    std::vector<std::pair<std::string, std::vector<std::string>>> groups;
    size_t shown = 0;
    for (const Unit* other : others) {
      std::string text = words(*other);
      auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& known) { return known.first == text; });
      if (shown++ >= most_places) continue;
      if (group == groups.end()) group = groups.insert(groups.end(), {text, {}});
      bool stage = other->kind == EndKind::Copied && other->file == from.file;
      group->second.push_back(stage ? "the build stage" : path(*other));
    }
    if (shown > most_places) {
      size_t more = shown - most_places;
      groups.back().second.push_back(fmt::format("{} more place{}", more, more == 1 ? "" : "s"));
    }
    std::string made;
    for (const auto& [text, paths] : groups)
      made += fmt::format("{}{} in {}", made.empty() ? "" : ", ", text, listed(paths));
    return made;
  }

  // "a, b and c"
  static std::string listed(const std::vector<std::string>& names) {
    std::string made;
    for (size_t i = 0; i < names.size(); ++i) made += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return made;
  }

  // One finding, at the end that runs; the others are its related places.
  Finding* report_drift(const Product& product, const Unit& deployed, const Units& others, bool told) {
    Finding* finding = report(deployed, fmt::format("{} {} is {}, but {}.", product.name, words(deployed),
                                                    told ? "deployed" : "named here", list(deployed, others)));
    if (!finding) return nullptr;
    // Nobody knows what runs in production.
    bool only_editors = std::all_of(others.begin(), others.end(), [&](const Unit* other) {
      return project_.files[other->file].scope & scope::Editor;
    });
    if (!told || only_editors) finding->severity = Severity::Note;
    for (const Unit* other : others) finding->related.push_back({other->file, other->first.span, "another version"});
    return finding;
  }

  // Other deploys with the same version, which what was said above them speaks of as well.
  void add_same(const Product& product, const Unit& told, const Units& others, const Units& deployed,
                const Drifted& drifted, Finding& finding) const {
    size_t left = most_same;
    for (const Unit* unit : deployed) {
      bool same = unit->file != told.file && unit->unit_class == told.unit_class && !drifted.contains(unit->file);
      if (!same || left == 0) continue;
      bool meant = std::any_of(others.begin(), others.end(), [&](const Unit* other) {
        bool above = other->home.empty() || unit->home == other->home || unit->home.starts_with(other->home + "/");
        return above && other->kind != EndKind::Ci && !product.classes.agree(unit->unit_class, other->unit_class);
      });
      if (!meant) continue;
      finding.related.push_back({unit->file, unit->first.span, "the same version is deployed here"});
      --left;
    }
  }

  NativeContext& context_;
  const Project& project_;
  VersionRules rules_;
  VersionHomes homes_;
  std::map<std::string, std::vector<int64_t>> supports_;
};

}  // namespace

void rule_dev_prod_parity_version_drift(NativeContext& context) {
  VersionDrift(context).run();
}

}  // namespace tfcheck
