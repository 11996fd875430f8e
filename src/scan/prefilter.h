// The literal pass: one look at every byte for the words that rules need, which decides whether a file is parsed at
// all. The words come from the rules themselves; a rule's name pattern asks for all of its words, so that broad ones
// ("run", "daemon") never send a file to the parser alone. The built-in words were compiled by the build; packs add a
// second, small search.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "facts/adapter.h"
#include "model/project.h"
#include "pages/rule_set.h"

namespace tfcheck {

struct PrefilterResult {
  bool parse = false;           // some rule could find a fact in this file
  bool directive = false;       // contains "tfcheck:"
  bool truncated = false;       // beginnings of more tokens than are confirmed
  std::vector<TextHit> hits;    // text patterns that were confirmed
  std::vector<uint32_t> names;  // where names of files that are asked about may end
};

// What the build embeds of the built-in words: EmbeddedRules::words and ::database.
struct CompiledWords {
  std::string words;
  std::string database;
};
CompiledWords compile_words(const RuleSet& rules);

class Prefilter {
 public:
  explicit Prefilter(const RuleSet& rules);
  ~Prefilter();
  Prefilter(const Prefilter&) = delete;
  Prefilter& operator=(const Prefilter&) = delete;

  // What one thread needs for its scans.
  class Scanner {
   public:
    explicit Scanner(const Prefilter& prefilter);
    ~Scanner();
    Scanner(const Scanner&) = delete;
    Scanner& operator=(const Scanner&) = delete;
    // `adapter` may be null: then only the text patterns count. The path decides for tests that are limited to paths.
    PrefilterResult scan(std::string_view text, const Adapter* adapter, std::string_view path);

   private:
    class Pass;
    std::vector<std::unique_ptr<Pass>> passes_;
  };

 private:
  class Search;
  std::vector<std::unique_ptr<Search>> searches_;
};

}  // namespace tfcheck
