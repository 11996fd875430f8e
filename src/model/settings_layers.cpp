#include "model/settings_layers.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/words.h"
#include "model/runtimes.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t longest_stage = 40;

bool is_code(const ProjectFile& file) {
  return file.adapter && file.adapter->kind == AdapterKind::Code;
}

bool is_setting(const Fact& fact) {
  return (fact.kind == FactKind::Assign || fact.kind == FactKind::Entry) && !fact.context.has(context::InFunction);
}

// Nobody but the environment, or what the program works out, says what the value is.
bool is_from_elsewhere(const Value& value) {
  if (value.is(ValueKind::Env) || value.is(ValueKind::Call) || value.is(ValueKind::Name)) return true;
  if (value.is(ValueKind::Template)) return value.text.find("${") != std::string_view::npos;
  if (!value.is(ValueKind::String)) return false;
  // What a release fills in: nothing, "#{TOKEN}#", "{{ token }}", "<%= token %>".
  return value.text.empty() || value.text.find("#{") != std::string_view::npos ||
         value.text.find("{{") != std::string_view::npos || value.text.find("<%") != std::string_view::npos;
}

// DATABASES = {"default": env.db()}: all that lies below is given anew. A call that is handed other settings merges.
bool is_whole_from_elsewhere(const Value& value) {
  if (value.is(ValueKind::Env)) return true;
  return value.is(ValueKind::Call) && std::none_of(value.items().begin(), value.items().end(), [](const Arg& item) {
           return item.value.is(ValueKind::Map) || item.value.is(ValueKind::Name) || item.value.is(ValueKind::Unknown);
         });
}

void note(const Value& value, std::string name, std::set<std::string, std::less<>>& into) {
  if (!is_from_elsewhere(value)) return;
  if (is_whole_from_elsewhere(value)) into.insert(name + ".*");
  into.insert(std::move(name));
}

}  // namespace

SettingsLayers::SettingsLayers(const ProjectView& view)
    : view_(view),
      modules_(view),
      given_(view),
      bases_(view.set("base-settings")),
      stages_(view.set("deployed-stage")),
      profiles_(view.set("profile-key")),
      roots_(view.set("settings-root")),
      pairs_(view.table("settings-pair")),
      pair_above_(pairs_.column("above")) {}

bool SettingsLayers::is_set_anew(uint32_t file, const Fact& fact) {
  const ProjectFile& base = view_.project.files[file];
  if (!is_setting(fact) || !base.adapter) return false;
  if (unconnected(file).contains(fact.value.span)) return true;
  if (says(names_within(file), base, std::string(fact.context.scope).append(":").append(fact.name))) return true;
  if (!is_code(base) && says(names_within(file), base, fact.name)) return true;
  const std::vector<uint32_t>& others = above(file);
  return std::any_of(others.begin(), others.end(),
                     [&](uint32_t other) { return says(names_of(other), base, fact.name); });
}

bool SettingsLayers::is_default(uint32_t file, const Fact& fact) {
  const ProjectFile& base = view_.project.files[file];
  if (fact.kind != FactKind::Entry || !base.adapter || is_code(base)) return false;
  if (given_.holds(file, fact)) return true;
  if (given_.profiles().empty()) return false;
  const std::vector<uint32_t>& others = above(file);
  return std::any_of(others.begin(), others.end(), [&](uint32_t other) {
    std::string_view name = view_.project.files[other].path;
    bool picked = std::any_of(given_.profiles().begin(), given_.profiles().end(), [&](const std::string& profile) {
      size_t at = profile.empty() ? std::string_view::npos : name.rfind(profile);
      return at != std::string_view::npos && at > dir_name(name).size();
    });
    return picked && says(literals_of(other), base, fact.name);
  });
}

bool SettingsLayers::contains(uint32_t file, Span literal) {
  auto [place, fresh] = literals_.try_emplace(file);
  if (fresh) {
    for (const Fact& fact : view_.facts(view_.project.files[file])) {
      bool text = fact.value.is(ValueKind::String) || fact.value.is(ValueKind::Template);
      if (text && (is_set_anew(file, fact) || is_default(file, fact))) place->second.insert(fact.value.span);
    }
  }
  return place->second.contains(literal);
}

// The name, without what only says that a module gives a map of settings away; of scripts also without the variable
// that holds the map.
std::vector<std::string> SettingsLayers::ways_to_say(const ProjectFile& file, std::string_view name) const {
  std::vector<std::string> ways = {std::string(name)};
  std::string_view runtime = runtime_of(file.format());
  size_t dot = name.find('.');
  if (!is_code(file) || dot == std::string_view::npos) return ways;
  size_t second = name.find('.', dot + 1);
  if (second != std::string_view::npos && roots_.contains(name.substr(0, second)))
    ways.emplace_back(name.substr(second + 1));
  else if (roots_.contains(name.substr(0, dot)) || runtime == "node" || runtime == "php")
    ways.emplace_back(name.substr(dot + 1));
  return ways;
}

bool SettingsLayers::says(const Names& names, const ProjectFile& file, std::string_view name) const {
  if (names.empty()) return false;
  for (const std::string& way : ways_to_say(file, name)) {
    if (names.contains(way)) return true;
    for (size_t dot = way.rfind('.'); dot != std::string::npos && dot > 0; dot = way.rfind('.', dot - 1)) {
      if (names.contains(way.substr(0, dot) + ".*")) return true;
    }
  }
  return false;
}

// "prod", "ProductionConfig", "when@prod", "%prod".
bool SettingsLayers::is_stage(std::string_view name) const {
  std::string snake = snake_case(name);
  std::vector<std::string_view> words = split(snake, '_');
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return stages_.contains(word); });
}

const SettingsLayers::Names& SettingsLayers::names_of(uint32_t file) {
  auto [place, fresh] = names_.try_emplace(file);
  if (!fresh) return place->second;
  const ProjectFile& owner = view_.project.files[file];
  for (const Fact& fact : view_.facts(owner)) {
    if (!is_setting(fact) || !is_from_elsewhere(fact.value)) continue;
    for (std::string& way : ways_to_say(owner, fact.name)) note(fact.value, std::move(way), place->second);
  }
  return place->second;
}

const SettingsLayers::Names& SettingsLayers::literals_of(uint32_t file) {
  auto [place, fresh] = spelt_out_.try_emplace(file);
  if (!fresh) return place->second;
  for (const Fact& fact : view_.facts(view_.project.files[file])) {
    if (fact.kind == FactKind::Entry && fact.value.is_literal()) place->second.emplace(fact.name);
  }
  return place->second;
}

// What Rails' connections start from, and no connection of a deploy goes on with: nothing merges it, or only those
// that a URL of the environment locates, whose parts go before host, user and password.
const std::set<Span>& SettingsLayers::unconnected(uint32_t file) {
  auto [place, fresh] = unconnected_.try_emplace(file);
  const ProjectFile& owner = view_.project.files[file];
  if (!fresh || owner.format() != "rails") return place->second;
  auto map_of = [](std::string_view name) { return name.substr(0, std::min(name.rfind('.'), name.size())); };
  std::set<std::string_view> located;
  for (const Fact& fact : view_.facts(owner)) {
    bool url = fact.kind == FactKind::Entry && fact.name.ends_with(".url") && is_from_elsewhere(fact.value);
    if (url) located.insert(map_of(fact.name));
  }
  std::set<Span> used;
  for (const Fact& fact : view_.facts(owner)) {
    if (fact.kind != FactKind::Entry || !fact.value.is_literal()) continue;
    std::string_view section = before_first(fact.name, '.'), word = section.substr(0, section.find_first_of("-_"));
    if (bases_.contains(word))
      place->second.insert(fact.value.span);
    else if (!fact.context.has(context::Development) && !located.contains(map_of(fact.name)))
      used.insert(fact.value.span);
  }
  for (const Span& span : used) place->second.erase(span);
  return place->second;
}

const SettingsLayers::Names& SettingsLayers::names_within(uint32_t file) {
  auto [place, fresh] = within_.try_emplace(file);
  if (!fresh) return place->second;
  const ProjectFile& owner = view_.project.files[file];
  if (is_code(owner))
    note_classes(owner, place->second);
  else
    note_sections(owner, place->second);
  return place->second;
}

// class Config: … class ProductionConfig(Config): SECRET_KEY = os.environ["SECRET_KEY"]
void SettingsLayers::note_classes(const ProjectFile& file, Names& into) const {
  std::map<std::string_view, std::vector<std::string_view>> bases;  // of classes for a deploy
  for (const Fact& fact : view_.facts(file)) {
    bool above = fact.kind == FactKind::Call && fact.context.has(context::Annotation) && !fact.context.scope.empty() &&
                 fact.args().empty() && is_stage(last_word(fact.context.scope));
    if (above) bases[fact.context.scope].push_back(fact.name);
  }
  if (bases.empty()) return;
  for (const Fact& fact : view_.facts(file)) {
    auto found = is_setting(fact) ? bases.find(fact.context.scope) : bases.end();
    if (found == bases.end()) continue;
    for (std::string_view base : found->second) note(fact.value, std::string(base).append(":").append(fact.name), into);
  }
}

// Sections by their names ("production.password" over "default.password", "%prod.x" over "x", "when@prod.x" over "x"),
// documents by the profile that they are for.
void SettingsLayers::note_sections(const ProjectFile& file, Names& into) const {
  std::set<uint32_t> documents;
  std::set<std::string_view> bases;  // sections that others start from
  for (const Fact& fact : view_.facts(file)) {
    if (fact.kind != FactKind::Entry) continue;
    if (profiles_.contains(fact.name) && is_stage(fact.value.text)) documents.insert(fact.context.index);
    std::string_view section = before_first(fact.name, '.');
    if (section.size() < fact.name.size() && bases_.contains(section)) bases.insert(section);
  }
  for (const Fact& fact : view_.facts(file)) {
    if (fact.kind != FactKind::Entry || !is_from_elsewhere(fact.value)) continue;
    if (documents.contains(fact.context.index)) note(fact.value, std::string(fact.name), into);
    std::string_view section = before_first(fact.name, '.');
    if (section.size() == fact.name.size() || !is_stage(section)) continue;
    std::string rest(fact.name.substr(section.size() + 1));
    bool marked = section.starts_with('%') || section.starts_with("when@");
    for (std::string_view base : bases) note(fact.value, std::string(base).append(".").append(rest), into);
    if (marked) note(fact.value, std::move(rest), into);
  }
}

const std::vector<uint32_t>& SettingsLayers::above(uint32_t file) {
  auto [place, fresh] = above_.try_emplace(file);
  if (!fresh) return place->second;
  const ProjectFile& base = view_.project.files[file];
  // Python loads what it is told to.
  if (is_code(base)) place->second = modules_.above(file);
  if (is_code(base) && runtime_of(base.format()) == "python") return place->second;
  for (const std::string& path : paths_above(base.path)) {
    view_.count(1);
    uint32_t other = view_.project.find_file(path);
    if (other == no_index || other == file) continue;
    const ProjectFile& found = view_.project.files[other];
    bool alike = found.adapter && found.adapter->kind == base.adapter->kind;
    if (alike && !(found.scope & (scope::Outside | scope::Development))) place->second.push_back(other);
  }
  return place->second;
}

// application-prod.yml and application-prod.properties beside application.yml, appsettings.Production.json,
// production.js beside default.js, packages/prod/mail.yaml.
std::vector<std::string> SettingsLayers::paths_above(std::string_view path) {
  std::string_view folder = dir_name(path), name = base_name(path);
  std::vector<std::string> paths;
  auto add = [&](std::string_view other) { paths.push_back(join_path(folder, other)); };
  if (const WordTable::Row* row = pairs_.find(name)) {
    for (std::string above : row->all(pair_above_)) {
      if (above.ends_with('*')) above.replace(above.size() - 1, 1, name);
      add(above);
    }
  }
  std::string_view stem = before_first(name, '.'), ending = name.substr(name.rfind('.') + 1);
  if (stem.size() + ending.size() + 1 != name.size() || stem.empty()) return paths;
  std::vector<std::string_view> endings = {ending};
  for (std::string_view other : {"yml", "yaml", "properties"}) {
    bool settings = ending == "yml" || ending == "yaml" || ending == "properties";
    if (settings && other != ending) endings.push_back(other);
  }
  std::vector<std::string> stages = stages_.patterns();
  stages.insert(stages.end(), given_.profiles().begin(), given_.profiles().end());
  for (std::string stage : stages) {
    if (stage.empty() || stage.size() > longest_stage) continue;
    for (std::string_view each : endings) {
      std::string end = "." + std::string(each);
      if (bases_.contains(stem)) add(stage + end);
      for (char sign : {'-', '.', '_'}) add(fmt::format("{}{}{}{}", stem, sign, stage, end));
    }
    bool small = stage.front() >= 'a' && stage.front() <= 'z';
    if (small) stage.front() = static_cast<char>(stage.front() - 'a' + 'A');
    add(fmt::format("{}.{}.{}", stem, stage, ending));
  }
  return paths;
}

}  // namespace tfcheck
