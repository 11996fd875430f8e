#include "formats/adapters.h"

#include <algorithm>

#include "base/lines.h"
#include "formats/registry.h"
#include "languages/registry.h"

namespace tfcheck {

namespace {

bool is_extension(std::string_view pattern) {
  return pattern.starts_with("*.") && pattern.find_first_of("*?/", 2) == std::string_view::npos &&
         pattern.find('.', 2) == std::string_view::npos;
}

// "*.env.*", "crontab.*": what stands behind may be anything, and app.env.ts is source. A name with a capital is the
// file's kind by itself: Dockerfile.php, Procfile.js.
bool leaves_extension(std::string_view pattern) {
  return (pattern.ends_with(".*") || pattern.ends_with("-*")) && !(pattern.front() >= 'A' && pattern.front() <= 'Z');
}

const Adapter* look_up(const std::vector<std::pair<std::string_view, const Adapter*>>& table, std::string_view key) {
  auto found = std::lower_bound(table.begin(), table.end(), key,
                                [](const auto& row, std::string_view wanted) { return row.first < wanted; });
  return found != table.end() && found->first == key ? found->second : nullptr;
}

}  // namespace

std::span<const Adapter* const> all_adapters() {
  static const std::vector<const Adapter*> all = [] {
    std::vector<const Adapter*> list(code_adapters().begin(), code_adapters().end());
    list.insert(list.end(), format_adapters().begin(), format_adapters().end());
    return list;
  }();
  return all;
}

std::string example_path(std::string_view name) {
  for (const Adapter* adapter : all_adapters()) {
    for (const Format& format : adapter->formats) {
      bool is_called = format.name == name || (!format.alias.empty() && format.alias == name);
      if (is_called && !format.example.empty()) return std::string(format.example);
    }
  }
  return "";
}

bool is_named_format(const Adapter& adapter, std::string_view path) {
  FileFacts facts = extract_facts(adapter, {path, "{}"});
  return facts.format() != adapter.name && facts.format() != "lock";
}

AdapterIndex::AdapterIndex() {
  for (const Adapter* adapter : all_adapters()) {
    for (std::string_view pattern : adapter->patterns) {
      if (pattern.find_first_of("*?/") == std::string_view::npos)
        exact_.emplace_back(pattern, adapter);
      else if (is_extension(pattern))
        extensions_.emplace_back(pattern.substr(2), adapter);
      else
        globs_.push_back({pattern, adapter, pattern.find('/') != std::string_view::npos, PathGlob(pattern)});
    }
  }
  auto by_name = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::stable_sort(exact_.begin(), exact_.end(), by_name);
  std::stable_sort(extensions_.begin(), extensions_.end(), by_name);
  std::stable_sort(globs_.begin(), globs_.end(),
                   [](const Rule& a, const Rule& b) { return a.pattern.size() > b.pattern.size(); });
}

const Adapter* AdapterIndex::of_path(std::string_view path) const {
  std::string_view name = base_name(path);
  if (const Adapter* adapter = look_up(exact_, name)) return adapter;
  std::string extension = lower(after_last(name, '.'));
  const Adapter* by_extension = extension.empty() ? nullptr : look_up(extensions_, extension);
  LetterSet letters(path);
  for (const Rule& rule : globs_) {
    if (letters.lacks(rule.glob.letters()) || (by_extension && !rule.of_path && leaves_extension(rule.pattern)))
      continue;
    if (rule.of_path ? rule.glob.matches(path) : glob_match(rule.pattern, name, '/')) return rule.adapter;
  }
  return by_extension;
}

namespace {

constexpr size_t largest_environment = size_t{32} * 1024;

bool is_variable_name(std::string_view name) {
  return name.size() > 1 && name.front() >= 'A' && name.front() <= 'Z' &&
         name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

// A file of variables under whatever name: every line sets one.
bool is_environment(std::string_view text) {
  if (text.size() > largest_environment) return false;
  bool any = false;
  for (Lines lines(text); !lines.done();) {
    std::string_view line = trim(lines.take().text);
    if (line.empty() || line.front() == '#') continue;
    if (line.starts_with("export ")) line = trim(line.substr(7));
    size_t sign = line.find('=');
    if (sign == std::string_view::npos || !is_variable_name(line.substr(0, sign))) return false;
    any = true;
  }
  return any;
}

// Variables of Ansible's groups and hosts in a file that is called as the group or host is.
bool is_of_inventory(std::string_view path, std::string_view text) {
  bool placed = path_match("**/group_vars/**", path) || path_match("**/host_vars/**", path);
  if (!placed || base_name(path).find('.') != std::string_view::npos) return false;
  return text.starts_with("---") || text.find(": ") != std::string_view::npos;
}

}  // namespace

const Adapter* AdapterIndex::of_text(std::string_view path, std::string_view text) const {
  if (of_path(path)) return nullptr;
  if (is_of_inventory(path, text)) return of_path("all.yml");
  if (!text.starts_with("#!")) return is_environment(text) ? of_path(".env") : nullptr;
  std::string_view line = text.substr(2, std::min(text.find('\n'), size_t{200}) - 2);
  // What stands in front of an interpreter runs it: env, s6's with-contenv.
  for (std::string_view word : split_words(line)) {
    std::string_view program = base_name(word);
    if (program.starts_with('-')) continue;
    while (!program.empty() && (is_digits(program.substr(program.size() - 1)) || program.back() == '.'))
      program.remove_suffix(1);
    for (const Adapter* adapter : all_adapters()) {
      if (std::find(adapter->interpreters.begin(), adapter->interpreters.end(), program) != adapter->interpreters.end())
        return adapter;
    }
  }
  return nullptr;
}

}  // namespace tfcheck
