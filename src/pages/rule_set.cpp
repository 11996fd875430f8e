#include "pages/rule_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <stdexcept>

#include "base/factors.h"
#include "base/text.h"
#include "model/words.h"
#include "pages/embedded.h"
#include "pages/rule_archive.h"
#include "pages/rule_page.h"

namespace tfcheck {

namespace {

std::string without_extension(std::string_view path) {
  return std::string(path.substr(0, path.rfind('.')));
}

// Where a pack's page must lie.
std::optional<Error> misplaced(const std::string& factor, const std::string& shown) {
  if (is_factor(factor)) return std::nullopt;
  std::string near = nearest(factor, {factor_ids.begin(), factor_ids.end()});
  std::string message =
      factor.empty() ? "a rule page lies in a folder that is named after its factor"
                     : "a rule page lies in a folder that is named after its factor, and '" + factor + "' is none";
  return Error{message, shown, 0,
               near.empty() ? "as in logs/" + std::string(base_name(shown)) : "did you mean '" + near + "'?"};
}

}  // namespace

Result<RuleSet> RuleSet::load(const EmbeddedRules& embedded, std::span<const NativeRule> natives,
                              const std::vector<RulePack>& packs) {
  RuleSet set;
  set.take_natives(natives);
  set.embedded_ = &embedded;
  ArchiveReader archive(embedded.rules);
  set.vocabulary_ = Vocabulary::read(archive);
  archive.get(set.rules_);
  assert(archive.at_end() && set.rules_.size() == embedded.pages.size());
  for (size_t i = 0; i < set.rules_.size(); ++i) set.rules_[i].page = {embedded, i};
  if (std::optional<Error> wrong = set.complete(packs)) return *wrong;
  return set;
}

Result<RuleSet> RuleSet::load(std::span<const BuiltInFile> built_in, std::span<const NativeRule> natives,
                              const std::vector<RulePack>& packs) {
  RuleSet set;
  set.take_natives(natives);
  for (const BuiltInFile& file : built_in) {
    if (!file.path.ends_with(".toml")) continue;
    if (Result<bool> added = set.vocabulary_->add(file.path, file.text); !added) return added.error();
  }
  for (const BuiltInFile& file : built_in) {
    if (!file.path.ends_with(".md")) continue;
    if (Result<bool> added = set.add_page(without_extension(file.path), file.path, file.text); !added)
      return added.error();
  }
  if (std::optional<Error> wrong = set.complete(packs)) return *wrong;
  return set;
}

void RuleSet::keep_only(const std::function<bool(const Rule&)>& wanted) {
  std::erase_if(rules_, [&](const Rule& rule) { return !wanted(rule); });
  embedded_ = nullptr;
}

std::string RuleSet::archive() const {
  ArchiveWriter archive;
  vocabulary_->write(archive);
  archive.put(rules_);
  return archive.take();
}

void RuleSet::take_natives(std::span<const NativeRule> natives) {
  for (const NativeRule& native : natives) natives_.emplace(native.id, native.check);
}

std::optional<Error> RuleSet::complete(const std::vector<RulePack>& packs) {
  for (const RulePack& pack : packs) {
    if (Result<bool> added = add_pack(pack); !added) return added.error();
  }
  if (Result<bool> known = look_words_up(); !known) return known.error();
  std::sort(rules_.begin(), rules_.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
  return check_names();
}

Result<bool> RuleSet::look_words_up() {
  try {
    words_ = std::make_shared<const ModelWords>(*vocabulary_);
    for (std::string_view own : {"path-join", "spelt-otherwise"}) vocabulary_->set(own);  // the engine's
    vocabulary_->table("edition");
  } catch (const std::logic_error& missing) {
    return Error{missing.what(), "", 0, ""};
  }
  editions_ = editions_of(*vocabulary_);
  return true;
}

Result<bool> RuleSet::add_page(std::string_view id, std::string_view file, std::string_view text) {
  Result<Rule> rule = parse_rule_page(id, file, text, *vocabulary_);
  if (!rule) return rule.error();
  for (const Rule& other : rules_) {
    if (other.id == id)
      return Error{"the rule '" + std::string(id) + "' is defined already, in " + other.file, std::string(file), 1, ""};
  }
  if (rule->native && !natives_.contains(id))
    return Error{"engine = \"native\", but the program has no native rule of that id", std::string(file), 1, ""};
  rules_.push_back(std::move(*rule));
  return true;
}

Result<bool> RuleSet::add_pack(const RulePack& pack) {
  for (const RulePackFile& file : pack.files) {
    if (!file.path.ends_with(".toml") || base_name(dir_name(file.path)) != "vocabulary") continue;
    if (Result<bool> added = vocabulary_->add(file.shown, file.text); !added) return added.error();
  }
  for (const RulePackFile& file : pack.files) {
    if (!file.path.ends_with(".md") || iequals(base_name(file.path), "readme.md")) continue;
    std::string factor(base_name(dir_name(file.path)));
    if (std::optional<Error> wrong = misplaced(factor, file.shown)) return *wrong;
    std::string id = without_extension(factor + "/" + std::string(base_name(file.path)));
    if (Result<bool> added = add_page(id, file.shown, file.text); !added) return added.error();
    rules_.back().pack = true;
    pack_patterns_ += rules_.back().pattern_count;
    if (pack_patterns_ > pack.most_patterns) {
      return Error{fmt::format("with this page the packs have more than {} patterns", pack.most_patterns), file.shown,
                   0, ""};
    }
  }
  return true;
}

// The ids that pages speak of: those of other rules, and those that rules had before.
std::optional<Error> RuleSet::check_names() {
  for (const Rule& rule : rules_) {
    for (const std::string& id : rule.yields_to) {
      if (std::any_of(rules_.begin(), rules_.end(), [&](const Rule& other) { return other.id == id; })) continue;
      std::string near = nearest(id, ids());
      return Error{"'yields-to' names no rule: '" + id + "'", rule.file, rule.block_line,
                   near.empty() ? "" : "did you mean '" + near + "'?"};
    }
    for (const std::string& alias : rule.aliases) {
      const Rule* other = find(alias);
      auto [known, is_new] = aliases_.emplace(alias, rule.id);
      if (!is_new || (other && other->id == alias))
        return Error{"the alias '" + alias + "' is a rule's name already", rule.file, rule.block_line, ""};
      if (!is_factor(before_first(alias, '/')) || alias.find('/') == std::string::npos)
        return Error{"the alias '" + alias + "' is no rule id", rule.file, rule.block_line, "as in logs/log-file"};
    }
  }
  return std::nullopt;
}

const Rule* RuleSet::find(std::string_view id) const {
  const Rule* found = nullptr;
  for (const Rule& rule : rules_) {
    if (rule.id == id) return &rule;
    if (!rule.id.ends_with(id) || rule.id[rule.id.size() - id.size() - 1] != '/') continue;
    if (found) return nullptr;
    found = &rule;
  }
  if (auto renamed = aliases_.find(id); !found && renamed != aliases_.end()) return find(renamed->second);
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
