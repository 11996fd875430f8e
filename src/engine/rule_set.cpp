#include "engine/rule_set.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "engine/embedded.h"
#include "engine/rule_page.h"

namespace tfcheck {

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string without_extension(std::string_view path) {
  return std::string(path.substr(0, path.rfind('.')));
}

}  // namespace

Result<RuleSet> RuleSet::load(std::span<const EmbeddedFile> embedded, std::span<const NativeRule> natives,
                              const std::vector<std::string>& packs) {
  RuleSet set;
  for (const NativeRule& native : natives) set.natives_.emplace(native.id, native.check);
  for (const EmbeddedFile& file : embedded) {
    if (!file.path.ends_with(".toml")) continue;
    if (Result<bool> added = set.vocabulary_->add(file.path, file.text); !added) return added.error();
  }
  for (const EmbeddedFile& file : embedded) {
    if (!file.path.ends_with(".md")) continue;
    if (Result<bool> added = set.add_page(without_extension(file.path), file.path, file.text); !added)
      return added.error();
  }
  for (const std::string& pack : packs) {
    if (Result<bool> added = set.add_pack(pack); !added) return added.error();
  }
  std::sort(set.rules_.begin(), set.rules_.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
  return set;
}

Result<bool> RuleSet::add_page(std::string_view id, std::string_view file, std::string_view text) {
  Result<Rule> rule = parse_rule_page(id, file, text, *vocabulary_);
  if (!rule) return rule.error();
  for (const Rule& other : rules_) {
    if (other.id == id)
      return Error{"the rule '" + std::string(id) + "' is defined twice, also in " + other.file, std::string(file), 1,
                   ""};
  }
  if (rule->native && !native(id))
    return Error{"engine = \"native\", but the program has no native rule of that id", std::string(file), 1, ""};
  rules_.push_back(std::move(*rule));
  return true;
}

// A folder holds <factor>/<rule>.md and vocabulary/*.toml; a single page is <factor>/<rule>.md by its last two names.
Result<bool> RuleSet::add_pack(const std::string& path) {
  std::error_code failed;
  std::vector<fs::path> pages;
  fs::path root = path;
  if (fs::is_directory(root, failed)) {
    for (const auto& entry : fs::recursive_directory_iterator(root, failed)) {
      if (entry.is_regular_file(failed)) pages.push_back(entry.path());
    }
  } else if (fs::is_regular_file(root, failed)) {
    pages.push_back(root);
    root = fs::absolute(root).parent_path().parent_path();
  } else {
    return Error{"no such rule pack", path, 0, ""};
  }
  std::sort(pages.begin(), pages.end());
  for (const fs::path& page : pages) {
    if (page.extension() != ".toml" || page.parent_path().filename() != "vocabulary") continue;
    if (Result<bool> added = vocabulary_->add(page.string(), read_file(page)); !added) return added.error();
  }
  for (const fs::path& page : pages) {
    if (page.extension() != ".md" || lower(page.filename().string()) == "readme.md") continue;
    fs::path full = fs::absolute(page);
    std::string id = full.parent_path().filename().string() + "/" + full.stem().string();
    if (Result<bool> added = add_page(id, page.string(), read_file(page)); !added) return added.error();
  }
  return true;
}

const Rule* RuleSet::find(std::string_view id) const {
  const Rule* found = nullptr;
  for (const Rule& rule : rules_) {
    if (rule.id == id) return &rule;
    if (!rule.id.ends_with(id) || rule.id[rule.id.size() - id.size() - 1] != '/') continue;
    if (found) return nullptr;
    found = &rule;
  }
  return found;
}

std::vector<std::string> RuleSet::ids() const {
  std::vector<std::string> out;
  for (const Rule& rule : rules_) out.push_back(rule.id);
  return out;
}

RuleSet::Check RuleSet::native(std::string_view id) const {
  auto found = natives_.find(id);
  return found == natives_.end() ? nullptr : found->second;
}

}  // namespace tfcheck
