#include "model/unused_settings.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

// "redis" of "redis.enabled"; "" at the top, where a switch is for the whole program.
std::string_view block_of(std::string_view name) {
  size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(0, dot);
}

}  // namespace

UnusedSettings::UnusedSettings(const ProjectView& view)
    : view_(view),
      switches_(view.set("switch-key")),
      opposites_(view.set("opposite-switch-key")),
      off_(view.set("off-value")),
      drivers_(view.set("driver-key")),
      stores_(view.set("local-store")),
      logins_(view.set("login-switch-key")),
      packages_(view.table("driver-package")) {}

// Some manifest was read, and none names a package by which an app of this format uses the driver.
bool UnusedSettings::lacks_package(std::string_view format, std::string_view driver) {
  const WordTable::Row* row = packages_.find(driver);
  if (!row || row->one(packages_.column("format")) != format) return false;
  auto [place, fresh] = lacking_.try_emplace(row->line, false);
  if (!fresh) return place->second;
  std::string_view manifest = row->one(packages_.column("manifest"));
  bool read = false;
  for (const ProjectFile& file : view_.project.files) {
    if (file.format() != manifest) continue;
    for (const Fact& fact : view_.facts(file)) {
      if (fact.kind != FactKind::Dependency) continue;
      read = true;
      std::span<const std::string> names = row->all(packages_.column("package"));
      if (std::any_of(names.begin(), names.end(),
                      [&](const std::string& name) { return glob_match(name, fact.name, '\0'); }))
        return false;
    }
  }
  return place->second = read;
}

const UnusedSettings::OfFile& UnusedSettings::of(uint32_t file) {
  auto [place, fresh] = files_.try_emplace(file);
  const ProjectFile& owner = view_.project.files[file];
  if (!fresh || !owner.adapter || owner.adapter->kind != AdapterKind::Config) return place->second;
  OfFile& found = place->second;
  for (const Fact& fact : view_.facts(owner)) {
    std::string_view block = fact.kind == FactKind::Entry ? block_of(fact.name) : std::string_view{};
    if (block.empty() || !fact.value.is_literal()) continue;
    std::string_view key = fact.name.substr(block.size() + 1);
    bool off = !fact.value.text.empty() && off_.contains(fact.value.text);
    bool opposite = opposites_.contains(key) && fact.value.is(ValueKind::Bool) && fact.value.text == "true";
    if ((off && switches_.contains(key)) || opposite) found.off.emplace(fact.context.index, block);
    if (off && logins_.contains(key)) found.open.emplace(fact.context.index, block);
    bool local =
        drivers_.contains(key) && (stores_.contains(fact.value.text) || lacks_package(owner.format(), fact.value.text));
    if (local) found.local.emplace(fact.context.index, block);
  }
  return found;
}

bool UnusedSettings::holds(uint32_t file, const Fact& entry) {
  if (entry.kind != FactKind::Entry) return false;
  const OfFile& found = of(file);
  std::string_view block = block_of(entry.name);
  if (found.local.contains({entry.context.index, block})) return true;
  for (; !found.off.empty() && !block.empty(); block = block_of(block)) {
    if (found.off.contains({entry.context.index, block})) return true;
  }
  return false;
}

bool UnusedSettings::is_unused_login(uint32_t file, const Fact& entry) {
  return holds(file, entry) ||
         (entry.kind == FactKind::Entry && of(file).open.contains({entry.context.index, block_of(entry.name)}));
}

}  // namespace tfcheck
