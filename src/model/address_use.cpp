#include "model/address_use.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "base/text.h"
#include "model/runtimes.h"
#include "model/scope.h"
#include "model/variables.h"

namespace tfcheck {

namespace {

// "redis://db" and "mysql at db" → "db".
std::string_view host_in(const Spot& spot) {
  std::string_view shown = spot.shown;
  if (size_t at = shown.find("://"); at != std::string_view::npos) shown.remove_prefix(at + 3);
  if (size_t at = shown.rfind(" at "); at != std::string_view::npos) shown.remove_prefix(at + 4);
  return shown.substr(0, shown.find(':'));
}

// "environment" of "web.environment".
std::string_view base_of(std::string_view path) {
  return path.substr(path.rfind('.') + 1);
}

bool contains_word(const WordSet& words, std::string_view name) {
  std::vector<std::string> parts = words_of(name);
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) { return words.contains(part); });
}

// "outlook", "365" of "outlook365-provider".
std::vector<std::string> vendor_parts(std::string_view stem) {
  std::vector<std::string> parts;
  for (const std::string& word : words_of(stem)) {
    for (size_t begin = 0, end = 0; begin < word.size(); begin = end) {
      bool digit = is_digits(std::string_view(word).substr(begin, 1));
      for (end = begin + 1; end < word.size() && is_digits(std::string_view(word).substr(end, 1)) == digit;) ++end;
      parts.push_back(word.substr(begin, end - begin));
    }
  }
  return parts;
}

// A file's name in parts: "appsettings", "PostgreSQL", "json".
std::vector<std::string_view> name_parts(std::string_view name) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0; begin <= name.size();) {
    size_t end = std::min(name.find_first_of(".-_", begin), name.size());
    parts.push_back(name.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

bool is_on_this_machine(const Spot& spot) {
  std::string_view host = host_in(spot);
  return iequals(host, "localhost") || host.starts_with("127.") || host == "0.0.0.0" || host == "::1" ||
         host == "(localdb)" || host == "the local SQL Server";
}

AddressUse::AddressUse(const ProjectView& view)
    : view_(view),
      handed_(view),
      by_hand_(view),
      defaults_(view.set("default-word")),
      products_(view.set("database-word")),
      browser_modules_(view.set("browser-module")),
      client_packages_(view.set("client-package")),
      server_packages_(view.set("server-package")),
      environments_(view.set("environment-key")),
      local_programs_(view.set("local-program-word")),
      configuration_words_(view.set("configuration-word")),
      asks_(view.set("asking-person-call")),
      mail_words_(view.set("mail-word")),
      adapters_(view.set("adapter-word")),
      schema_tools_(view.set("schema-tool-settings")),
      vendor_apis_(view.set("vendor-api-host")),
      places_(view.set("settings-place")),
      overlaid_(view),
      deploys_(view.set("deploy-folder")) {
  find_variants();
}

AddressWeight AddressUse::of_default(const Spot& spot) {
  bool near = is_on_this_machine(spot) || host_in(spot).find('.') == std::string_view::npos;
  return near ? AddressWeight::Nothing : AddressWeight::Note;
}

AddressWeight AddressUse::of_literal(uint32_t file, const Fact& fact, const Spot& spot) {
  if (is_of_environment(file, fact)) return AddressWeight::Nothing;
  auto index = static_cast<uint32_t>(&fact - view_.project.files[file].facts->facts().data());
  if (by_hand_.holds({file, index}) || is_input_of_deploy(file)) return AddressWeight::Note;
  if (!is_on_this_machine(spot)) return is_of_vendor(file, spot) ? AddressWeight::Note : AddressWeight::Full;
  const ProjectFile& owner = view_.project.files[file];
  if (is_command_script(owner)) return is_run_by_deploy(file) ? AddressWeight::Full : AddressWeight::Nothing;
  if (is_for_browsers(file) && (!spot.sibling || names_local_program(file, fact))) return AddressWeight::Nothing;
  // The rest of it came from whoever was asked.
  if (fact.value.is(ValueKind::Template) && asks(file)) return AddressWeight::Nothing;
  // A server that only a developer's Windows has; settings that something else is given in the place of.
  bool replaced = spot.shown == "(localdb)" || schema_tools_.contains(owner.path) || variants_.contains(file);
  return replaced ? AddressWeight::Nothing : AddressWeight::Full;
}

// `environment: {DB_HOST: postgres}` of a chart's values and its like: the variables of a container.
bool AddressUse::is_of_environment(uint32_t file, const Fact& fact) const {
  const ProjectFile& owner = view_.project.files[file];
  size_t dot = fact.name.rfind('.');
  bool data = owner.adapter && owner.adapter->kind == AdapterKind::Config && fact.kind == FactKind::Entry;
  if (!data || dot == std::string_view::npos || !is_variable_name(fact.name.substr(dot + 1))) return false;
  return environments_.contains(base_of(fact.name.substr(0, dot)));
}

// Plain data below a folder of deploys that neither code nor what builds, mounts and starts it names: a script puts it
// into a store of settings or into a chart, one file for each deploy. Code that is not parsed may still open it.
bool AddressUse::is_input_of_deploy(uint32_t file) {
  const ProjectFile& owner = view_.project.files[file];
  std::string_view format = owner.format();
  if (format != "yaml" && format != "json" && format != "toml") return false;
  std::vector<std::string_view> folders = split(dir_name(owner.path), '/');
  if (std::none_of(folders.begin(), folders.end(), [&](std::string_view name) { return deploys_.contains(name); }))
    return false;
  if (!taken_) find_taken();
  // By its path, one of its folders, or the end of its path where the context of a build is another folder.
  std::string_view path = owner.path;
  for (size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    if (taken_->contains(path.substr(0, at)) || taken_->contains(path.substr(at + 1))) return false;
  }
  return !taken_->contains(path);
}

void AddressUse::find_taken() {
  std::set<std::string_view>& taken = taken_.emplace();
  auto note = [&](const Value& value) {
    if (!value.is(ValueKind::String) && !value.is(ValueKind::Template)) return;
    for (std::string_view word : split_words(value.text)) {
      for (std::string_view path : split(word, ':')) {
        path.remove_prefix(std::min(path.find_first_not_of("./"), path.size()));
        while (path.ends_with('/')) path.remove_suffix(1);
        taken.insert(path);
      }
    }
  };
  for (const ProjectFile& file : view_.project.files) {
    if (!file.facts) continue;
    bool code = file.adapter && file.adapter->kind == AdapterKind::Code && file.format() != "shell";
    bool deploys = file.tells(tells::Deploy) || file.format() == "dockerfile";
    for (const Fact& fact : view_.facts(file)) {
      if (deploys && fact.kind == FactKind::Entry) note(fact.value);
      if (!(code && fact.kind == FactKind::Call) && !(deploys && fact.kind == FactKind::Command)) continue;
      for (const Arg& arg : fact.args()) note(arg.value);
    }
  }
}

// One address for all customers of a region, or providers/gmail.ts among its like: the vendor's own host is what the
// file is for, and somebody chooses among them.
bool AddressUse::is_of_vendor(uint32_t file, const Spot& spot) const {
  if (vendor_apis_.contains(host_in(spot))) return true;
  std::string_view path = view_.project.files[file].path;
  std::vector<std::string_view> folders = split(dir_name(path), '/');
  if (std::none_of(folders.begin(), folders.end(), [&](std::string_view name) { return adapters_.contains(name); }))
    return false;
  std::string host = lower(host_in(spot));
  for (const std::string& part : vendor_parts(before_first(base_name(path), '.'))) {
    bool own = part.size() > 2 && !adapters_.contains(part) && !mail_words_.contains(part);
    if (own && host.find(part) != std::string::npos) return true;
  }
  return false;
}

bool AddressUse::is_about_mail(std::string_view key, const Spot& spot) const {
  return contains_word(mail_words_, key) || spot.shown.starts_with("smtp");
}

bool AddressUse::is_made_up(uint32_t file) const {
  const ProjectFile& owner = view_.project.files[file];
  // A program in a map of the cluster may be an app; what configures one is the deploy's, in whatever language.
  bool program_settings =
      (places_.contains(owner.path) || places_.contains(base_name(owner.path))) && handed_.is_of_object(owner.path);
  bool settings = (owner.adapter && owner.adapter->kind == AdapterKind::Config) || program_settings;
  return (owner.scope & scope::Seed) || (settings && handed_.contains(owner.path));
}

bool AddressUse::is_plain_data(uint32_t file) const {
  const ProjectFile& owner = view_.project.files[file];
  return owner.format() == "json" && !contains_word(configuration_words_, owner.path);
}

bool AddressUse::is_named_default(const Fact& fact) const {
  auto begins = [&](std::string_view part) {
    std::vector<std::string> words = words_of(part);
    return !words.empty() && defaults_.contains(words.front());
  };
  if (fact.context.has(context::InFunction) && begins(fact.context.scope.substr(fact.context.scope.rfind('.') + 1)))
    return true;
  if (fact.kind == FactKind::Call) return false;
  std::vector<std::string_view> parts = split(fact.name, '.');
  auto are_defaults = [&](std::string_view part) {
    std::vector<std::string> words = words_of(part);
    bool settings =
        words.size() == 2 && defaults_.contains(words.front()) && configuration_words_.contains(words.back());
    bool ends = words.size() > 1 && defaults_.contains(words.back()) && configuration_words_.contains(words.front());
    return part == "defaults" || settings || ends;
  };
  return std::any_of(parts.begin(), parts.end() - 1, are_defaults) || parts.back() == "defaults" ||
         (fact.kind == FactKind::Assign && parts.back() != "default" && begins(parts.back()));
}

bool AddressUse::is_file_of_defaults(uint32_t file) {
  const ProjectFile& owner = view_.project.files[file];
  if (!owner.adapter || owner.adapter->kind == AdapterKind::Code || owner.format() == "nginx") return false;
  if (overlaid_.contains(file)) return true;
  std::string_view name = base_name(owner.path);
  std::vector<std::string> words = words_of(name.substr(0, name.rfind('.')));
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return defaults_.contains(word); });
}

// Files of a folder that differ in the name of a database: one of them is chosen and taken over.
void AddressUse::find_variants() {
  using Variant = std::tuple<std::string_view, std::string>;  // folder, and the name without the database's
  std::map<Variant, std::map<std::string, uint32_t>> groups;
  const std::vector<ProjectFile>& files = view_.project.files;
  for (uint32_t i = 0; i < files.size(); ++i) {
    bool data = files[i].adapter && files[i].adapter->kind != AdapterKind::Code;
    if (!data || !files[i].facts) continue;
    std::vector<std::string_view> parts = name_parts(base_name(files[i].path));
    for (size_t part = 1; part + 1 < parts.size(); ++part) {
      std::string product = lower(parts[part]);
      if (!products_.contains(product)) continue;
      std::string rest;
      for (size_t other = 0; other < parts.size(); ++other) {
        if (other != part) rest.append(parts[other]).append(".");
      }
      groups[{dir_name(files[i].path), rest}].emplace(product, i);
    }
  }
  for (const auto& [variant, of_product] : groups) {
    for (const auto& [product, file] : of_product) {
      if (of_product.size() > 1) variants_.insert(file);
    }
  }
}

// A script that a process of the app begins with; nobody deploys the machine of whoever runs another.
bool AddressUse::is_run_by_deploy(uint32_t file) {
  auto [place, fresh] = deployed_.try_emplace(file, false);
  if (!fresh) return place->second;
  std::span<const Fact> facts = view_.facts(view_.project.files[file]);
  for (uint32_t i = 0; i < facts.size() && !place->second; ++i) {
    if (facts[i].kind != FactKind::Command) continue;
    CommandRole role = view_.project.command({file, i}).role;
    place->second = role == CommandRole::Start || role == CommandRole::Release || role == CommandRole::Cron;
  }
  return place->second;
}

bool AddressUse::is_for_browsers(uint32_t file) {
  auto [place, fresh] = browsers_.try_emplace(file, false);
  if (!fresh) return place->second;
  const ProjectFile& owner = view_.project.files[file];
  std::string_view format = owner.format();
  if (runtime_of(format) == "browser") return place->second = true;
  if (format != "javascript" && format != "typescript" && format != "tsx") return false;
  if (owner.component != no_index && is_client(owner.component)) return place->second = true;
  std::span<const Fact> facts = view_.facts(owner);
  return place->second = std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
           return fact.kind == FactKind::Import && browser_modules_.contains(fact.name);
         });
}

// A package that is built for browsers and serves nobody, though it may be all that is deployed.
bool AddressUse::is_client(uint32_t component) {
  auto [place, fresh] = clients_.try_emplace(component, false);
  if (!fresh) return place->second;
  const Component& one = view_.project.components[component];
  bool client = one.kind == ComponentKind::Client, serves = false;
  for (uint32_t manifest : one.manifests) {
    for (const Fact& fact : view_.facts(view_.project.files[manifest])) {
      if (fact.kind != FactKind::Dependency) continue;
      client |= client_packages_.contains(fact.name);
      serves |= server_packages_.contains(fact.name);
    }
  }
  return place->second = client && !serves;
}

// The folder, file or function is named for a program that its user runs beside the browser.
bool AddressUse::names_local_program(uint32_t file, const Fact& fact) const {
  std::string_view path = view_.project.files[file].path;
  return contains_word(local_programs_, base_name(dir_name(path))) ||
         contains_word(local_programs_, before_first(base_name(path), '.')) ||
         contains_word(local_programs_, fact.context.scope);
}

bool AddressUse::asks(uint32_t file) {
  auto [place, fresh] = asking_.try_emplace(file, false);
  if (!fresh) return place->second;
  std::span<const Fact> facts = view_.facts(view_.project.files[file]);
  return place->second = std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
           return fact.kind == FactKind::Call && asks_.contains(fact.name.substr(fact.name.rfind('.') + 1));
         });
}

}  // namespace tfcheck
