// All rules of a run: the embedded pages, user packs, the vocabularies they share, and the native rules by id.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pages/rule.h"
#include "vocabulary/editions.h"

namespace tfcheck {

class NativeContext;
struct ModelWords;
struct NativeRule;
struct BuiltInFile;
struct EmbeddedRules;

// One file of a user's pack, read by the caller: rules know no file system. The last two names of `path` say what it
// is: <factor>/<rule>.md a page, vocabulary/<name>.toml sets; other files are none of ours. `shown` is it in messages.
struct RulePackFile {
  std::string path;
  std::string shown;
  std::string text;
};
struct RulePack {
  std::vector<RulePackFile> files;
  // Of all packs up to this one, sets counted by their size. Each may be looked for in every file; the built-in pages
  // have some 8,000.
  size_t most_patterns = 100'000;
};

class RuleSet {
 public:
  // Takes the built-in rules and then the packs, which only add: a page, a set or a text pattern that is there already
  // is an error that names both. So is a vocabulary without what the program cannot do without.
  static Result<RuleSet> load(const EmbeddedRules& embedded, std::span<const NativeRule> natives,
                              const std::vector<RulePack>& packs);
  // The same, of built-in pages and vocabularies as they are written.
  static Result<RuleSet> load(std::span<const BuiltInFile> built_in, std::span<const NativeRule> natives,
                              const std::vector<RulePack>& packs);
  // The editions that pages and matches came with, in their order: `since` counts among them.
  const std::vector<Edition>& editions() const { return editions_; }
  // Leaves only some of the rules; what sends files to the parser is then theirs alone.
  void keep_only(const std::function<bool(const Rule&)>& wanted);
  // What the first load() takes.
  std::string archive() const;

  const std::vector<Rule>& rules() const { return rules_; }  // in id order
  const Vocabulary& vocabulary() const { return *vocabulary_; }
  // The vocabulary's words that the model needs; they live as long as the rules.
  const ModelWords& words() const { return *words_; }
  // What the build made of the built-in rules; null when they were loaded as they are written.
  const EmbeddedRules* embedded() const { return embedded_; }
  // The rule of an id, of an id that it had before, or of an unambiguous suffix ("log-file"); null when there is none.
  const Rule* find(std::string_view id) const;
  std::vector<std::string> ids() const;
  // Ids that rules had before, and those that they have now.
  const std::map<std::string, std::string, std::less<>>& aliases() const { return aliases_; }
  using Check = void (*)(NativeContext&);
  Check native(std::string_view id) const;

 private:
  void take_natives(std::span<const NativeRule> natives);
  Result<bool> add_page(std::string_view id, std::string_view file, std::string_view text);
  Result<bool> add_pack(const RulePack& pack);
  std::optional<Error> complete(const std::vector<RulePack>& packs);
  std::optional<Error> check_names();
  Result<bool> look_words_up();
  std::unique_ptr<Vocabulary> vocabulary_ = std::make_unique<Vocabulary>();  // rules point into it
  std::shared_ptr<const ModelWords> words_;                                  // into the vocabulary
  const EmbeddedRules* embedded_ = nullptr;
  std::vector<Edition> editions_;
  std::vector<Rule> rules_;
  size_t pack_patterns_ = 0;
  std::map<std::string, std::string, std::less<>> aliases_;
  std::map<std::string, Check, std::less<>> natives_;
};

}  // namespace tfcheck
