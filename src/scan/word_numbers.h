// Numbers for what rules ask the literal pass for: words, groups of alternatives, lists of paths and triggers, each
// taken up once.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "scan/scan_words.h"

namespace tfcheck {

class WordNumbers {
 public:
  // The number of a word, which is taken up when it is new.
  uint32_t id_of(std::string_view text, bool folded, bool whole = false);
  // Each place of the word is told from now on; returns its number.
  uint32_t every(uint32_t id);
  // Adds a trigger of these words; what else it asks is in `frame`. Without words each alternative of a group is one.
  void add_trigger(const std::vector<uint32_t>& words, Trigger frame);
  // Adds the number of a group whose every alternative has words: of another nothing is known.
  void add_group(WordGroup group, std::vector<uint32_t>& groups);
  // 1-based, as triggers have it.
  uint32_t number_of_paths(std::vector<std::string> paths);
  // All of it, to be called last.
  ScanWords take();

 protected:
  ScanWords all_;

 private:
  uint32_t number_of(WordGroup group);

  std::map<std::tuple<std::string, bool, bool>, uint32_t> ids_;
  std::map<WordGroup, uint32_t> groups_;
  std::set<Trigger> triggers_;
};

}  // namespace tfcheck
