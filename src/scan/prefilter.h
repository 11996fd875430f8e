// The literal pass: one look at every byte for the words that rules need, which decides whether a file is parsed at
// all. The words come from the rules themselves; a rule's name pattern asks for all of its words, so that broad ones
// ("run", "daemon") never send a file to the parser alone.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "facts/adapter.h"
#include "pages/rule_set.h"

namespace tfcheck {

struct PrefilterResult {
  bool parse = false;         // some rule could find a fact in this file
  bool directive = false;     // contains "tfcheck:"
  bool truncated = false;     // beginnings of more tokens than are confirmed
  std::vector<TextHit> hits;  // text patterns that were confirmed
};

class Prefilter {
 public:
  Prefilter(const RuleSet& rules, std::span<const Adapter* const> adapters);
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
    struct State;
    std::unique_ptr<State> state_;
  };

  size_t word_count() const;
  // A hash of the words: they decide what was parsed, so they are part of a cache key.
  uint64_t hash() const;

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace tfcheck
