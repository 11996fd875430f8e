#include "model/checkouts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/words.h"

namespace tfcheck {

namespace {

constexpr size_t most_beside = 64;  // facts before a command among which its `cd` is looked for
constexpr size_t most_units = 32;   // of one component
constexpr std::array<std::string_view, 2> folder_keys = {"WorkingDirectory", "directory"};

// What the machine gives itself is no checkout.
bool is_absolute(const Value& value) {
  return value.is(ValueKind::String) && value.text.size() > 1 && value.text.starts_with('/') &&
         value.text.find_first_of("$*{") == std::string_view::npos;
}

bool is_host(const ProjectFile& file) {
  return file.format() == "systemd" || file.format() == "supervisor" || file.format() == "crontab";
}

bool are_related(std::string_view one, std::string_view other) {
  if (one.size() > other.size()) std::swap(one, other);
  return other.starts_with(one) && (other.size() == one.size() || other[one.size()] == '/');
}

// "/srv/shop" of "/srv/shop/manage.py"
std::string_view folder_of_script(const Fact& command) {
  for (const Arg& arg : command.args()) {
    if (!arg.name.empty() || arg.value.text.starts_with('-')) continue;
    return is_absolute(arg.value) ? dir_name(arg.value.text) : std::string_view{};
  }
  return {};
}

std::string_view without_slash(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

}  // namespace

Checkouts::Checkouts(const ProjectView& view)
    : view_(view), system_folders_(view.set("system-program-folder")), isolated_(view.set("isolated-program-folder")) {
  view.for_each(FactKind::Command, [&](FactRef ref, const Fact& fact) {
    const ProjectFile& file = view_.project.files[ref.file];
    if (!is_host(file) || view_.project.command(ref).role != CommandRole::Start) return;
    Hosts& hosts = hosts_[file.component];
    if (hosts.folders.size() + hosts.environments.size() >= most_units) return;
    if (std::string folder = folder_of(ref); !folder.empty()) hosts.folders.insert(std::move(folder));
    std::string_view program = dir_name(argument(fact.args(), "path").text);
    if (isolated_.contains(program)) hosts.environments.emplace(program);
  });
}

const Checkouts::Hosts* Checkouts::hosts_of(FactRef command) const {
  auto found = hosts_.find(view_.project.files[command.file].component);
  return found == hosts_.end() ? nullptr : &found->second;
}

// Behind the `cd` before it, as its unit says, or by the script that it names; "" where nothing does.
std::string Checkouts::folder_of(FactRef command) const {
  const ProjectFile& file = view_.project.files[command.file];
  const Fact& fact = view_.project.fact(command);
  std::span<const Fact> facts = view_.facts_beside(file, most_beside);
  std::string_view scope = fact.context.scope;
  std::string_view unit = scope.substr(0, std::min(scope.rfind('.'), scope.size()));
  size_t first = command.fact > most_beside ? command.fact - most_beside : 0;
  size_t end = std::min<size_t>(facts.size(), command.fact + most_beside);
  for (size_t i = command.fact; i-- > first;) {
    bool moves = facts[i].kind == FactKind::Command && facts[i].name == "cd" && facts[i].context.scope == scope &&
                 facts[i].context.index == fact.context.index;
    if (moves && !facts[i].args().empty())
      return is_absolute(facts[i].args()[0].value) ? std::string(without_slash(facts[i].args()[0].value.text)) : "";
  }
  for (size_t i = first; i < end; ++i) {
    bool told = facts[i].kind == FactKind::Entry && is_absolute(facts[i].value) && facts[i].context.scope == unit &&
                std::find(folder_keys.begin(), folder_keys.end(), last_word(facts[i].name)) != folder_keys.end();
    if (told) return std::string(without_slash(facts[i].value.text));
  }
  return std::string(folder_of_script(fact));
}

std::string Checkouts::other_folder(FactRef task) const {
  const Hosts* hosts = is_host(view_.project.files[task.file]) ? hosts_of(task) : nullptr;
  std::string folder = hosts && !hosts->folders.empty() ? folder_of(task) : "";
  bool same = folder.empty() || system_folders_.contains(folder) ||
              std::any_of(hosts->folders.begin(), hosts->folders.end(),
                          [&](const std::string& other) { return are_related(folder, other); });
  return same ? "" : folder;
}

std::string Checkouts::left_environment(FactRef command) const {
  const Hosts* hosts = is_host(view_.project.files[command.file]) ? hosts_of(command) : nullptr;
  std::string_view path = argument(view_.project.fact(command).args(), "path").text;
  if (!hosts || hosts->environments.empty() || !system_folders_.contains(dir_name(path))) return "";
  return *hosts->environments.begin();
}

}  // namespace tfcheck
