// All rules of a run: the embedded pages, user packs, the vocabularies they share, and the native rules by id.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/native.h"
#include "engine/rule.h"

namespace tfcheck {

struct NativeRule;
struct EmbeddedFile;

class RuleSet {
 public:
  // Loads the embedded rules and then the packs: folders or single pages; a pack's vocabulary/*.toml adds sets.
  static Result<RuleSet> load(std::span<const EmbeddedFile> embedded, std::span<const NativeRule> natives,
                              const std::vector<std::string>& packs);

  const std::vector<Rule>& rules() const { return rules_; }  // in id order
  const Vocabulary& vocabulary() const { return *vocabulary_; }
  // The rule of an id or of an unambiguous suffix ("log-file"); null when there is none.
  const Rule* find(std::string_view id) const;
  std::vector<std::string> ids() const;
  using Check = void (*)(NativeContext&);
  Check native(std::string_view id) const;

 private:
  Result<bool> add_page(std::string_view id, std::string_view file, std::string_view text);
  Result<bool> add_pack(const std::string& path);
  std::unique_ptr<Vocabulary> vocabulary_ = std::make_unique<Vocabulary>();  // rules point into it
  std::vector<Rule> rules_;
  std::map<std::string, Check, std::less<>> natives_;
};

}  // namespace tfcheck
