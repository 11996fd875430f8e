#include "model/mounted_scripts.h"

#include <algorithm>

#include "base/text.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr size_t most_alike = 20;  // scripts of one name that are looked at for one command

// "shop" of configs.shop.content: the entry that holds the text.
std::string_view config_of(std::string_view place) {
  constexpr std::string_view configs = "configs.";
  return place.starts_with(configs) ? before_first(place.substr(configs.size()), '.') : std::string_view{};
}

}  // namespace

MountedScripts::MountedScripts(const Project& project) : project_(project) {
  for (uint32_t i = 0; i < project.files.size(); ++i) {
    const ProjectFile& file = project.files[i];
    if (file.facts && !file.facts->embedded().empty() && !(file.scope & scope::Outside)) look(i);
  }
}

void MountedScripts::look(uint32_t index) {
  const FileFacts& facts = *project_.files[index].facts;
  std::map<uint32_t, std::string_view> names;  // of ConfigMaps, by their document
  for (const Fact& fact : facts.facts()) {
    if (fact.kind == FactKind::Entry && fact.name == "ConfigMap.metadata.name")
      names.emplace(fact.context.index, fact.value.text);
  }
  visited_ += facts.facts().size();
  for (const EmbeddedFile& inside : facts.embedded()) {
    if (inside.format != "shell" || inside.first == 0) continue;
    const Fact& holder = facts.facts()[inside.first - 1];  // its text stands in front of what it says
    auto name = names.find(holder.context.index);
    std::string_view config = config_of(holder.name);
    if (config.empty() && name != names.end()) config = name->second;
    if (!config.empty())
      scripts_[base_name(inside.path)].push_back({std::string(config), {index, inside.first, inside.end}});
  }
}

const std::set<std::string_view>& MountedScripts::mounted_by(uint32_t file) {
  auto [place, fresh] = mounted_.try_emplace(file);
  if (!fresh) return place->second;
  for (const Fact& fact : project_.files[file].facts->facts()) {
    if (fact.kind != FactKind::Entry) continue;
    bool volume = fact.name.ends_with(".configMap.name");
    bool config = fact.name.starts_with("services.") && fact.name.find(".configs.") != std::string_view::npos;
    if (volume || config) place->second.insert(fact.value.text);
  }
  visited_ += project_.files[file].facts->facts().size();
  return place->second;
}

std::optional<MountedScripts::Range> MountedScripts::called_by(FactRef ref) {
  if (scripts_.empty()) return std::nullopt;
  const Fact& command = project_.fact(ref);
  std::string_view script = command.name;
  if (project_.words().shells.contains(command.name)) {
    auto word = std::find_if(command.args().begin(), command.args().end(), [](const Arg& arg) {
      return arg.name.empty() && arg.value.is(ValueKind::String) && !arg.value.text.starts_with('-');
    });
    if (word != command.args().end()) script = base_name(word->value.text);
  }
  auto found = scripts_.find(script);
  if (found == scripts_.end()) return std::nullopt;
  const std::set<std::string_view>& mounted = mounted_by(ref.file);
  size_t end = std::min(found->second.size(), most_alike);
  for (size_t i = 0; i < end; ++i) {
    if (mounted.contains(found->second[i].config)) return found->second[i].facts;
  }
  return std::nullopt;
}

}  // namespace tfcheck
