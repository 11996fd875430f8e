#include "formats/lock/locked_packages.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr size_t longest_name = 200;

// The text between the quotes that `text` begins with.
std::string_view quoted(std::string_view text) {
  if (text.empty() || (text[0] != '"' && text[0] != '\'')) return {};
  size_t end = text.find(text[0], 1);
  return end == std::string_view::npos ? std::string_view{} : text.substr(1, end - 1);
}

// "name" of "name@^1.0", "@scope/name" of "@scope/name@npm:1.0".
std::string_view without_version(std::string_view name) {
  if (name.starts_with('/')) name.remove_prefix(1);
  size_t at = name.find('@', 1);
  return name.substr(0, at);
}

// `name = "x"` of Poetry, uv, PDM and Cargo, `"name": "vendor/x"` of Composer.
std::string_view named(std::string_view line) {
  for (std::string_view key : {"name = "sv, "\"name\": "sv}) {
    if (line.starts_with(key)) return quoted(line.substr(key.size()));
  }
  return {};
}

// `"node_modules/a/node_modules/x": {` of npm, `"x": {` of Pipenv and Mix, `"x": ["x@1.0"` of Bun.
std::string_view keyed(std::string_view line) {
  std::string_view name = quoted(line);
  if (name.empty()) return {};
  std::string_view behind = trim(line.substr(name.size() + 2));
  if (!behind.starts_with(':') || !(trim(behind.substr(1)).starts_with('{') || trim(behind.substr(1)).starts_with('[')))
    return {};
  constexpr std::string_view folder = "node_modules/";
  size_t at = name.rfind(folder);
  return at == std::string_view::npos ? name : name.substr(at + folder.size());
}

// `x@^1.0, x@^1.1:` of Yarn, `'/x@1.0':` and `/x/1.0:` of pnpm.
std::string_view headed(std::string_view line) {
  if (!line.ends_with(':')) return {};
  std::string_view name = quoted(line);
  if (name.empty()) name = line.substr(0, line.size() - 1);
  bool versioned = name.find('@', 1) != std::string_view::npos;
  if (!versioned && name.starts_with('/')) return name.substr(1, name.rfind('/') - 1);
  return versioned ? without_version(before_first(name, ' ')) : std::string_view{};
}

// `x (1.0)` of Bundler.
std::string_view listed(std::string_view line) {
  size_t space = line.find(' ');
  return space != std::string_view::npos && line.substr(space).starts_with(" (") ? line.substr(0, space)
                                                                                 : std::string_view{};
}

std::string_view package_of(std::string_view line) {
  for (auto* form : {named, keyed, headed, listed}) {
    if (std::string_view name = form(line); !name.empty()) return name;
  }
  return {};
}

}  // namespace

std::vector<std::string> locked_packages(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty() && names.size() < most_locked) {
    size_t end = text.find('\n');
    std::string_view line = trim(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    std::string_view name = package_of(line);
    if (!name.empty() && name.size() <= longest_name) names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace tfcheck
