#include "pages/search_words.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "vocabulary/vocabulary.h"

namespace tfcheck {

std::vector<WantedWord> search_words(std::string_view pattern) {
  std::vector<WantedWord> all;
  std::string word;
  bool starred = false;
  auto flush = [&](bool star) {
    if (!word.empty()) all.push_back({word, !starred && !star});
    word.clear();
    starred = star;
  };
  // The `?` at the end of a dotted name is the method's own, as Ruby has it.
  bool question = pattern.ends_with('?') && pattern.find('.') != std::string_view::npos;
  if (question) pattern.remove_suffix(1);
  for (char c : pattern) {
    if (c == '.')
      flush(false);
    else if (c == '*' || c == '?')
      flush(true);
    else
      word += c;
  }
  if (question && !word.empty()) word += '?';
  flush(false);
  auto is_long = [](const WantedWord& one) { return one.text.size() >= shortest_word; };
  bool has_long = std::any_of(all.begin(), all.end(), is_long);
  std::erase_if(all, [&](const WantedWord& one) {
    return has_long ? !is_long(one) : !one.whole || one.text.size() + 1 < shortest_word;
  });
  return all;
}

std::vector<WantedWord> value_words(const WordSet& spelt_otherwise, std::string_view pattern) {
  static constexpr size_t shortest = 3, telling = 4, shortest_value = 2;
  auto is_star = [](char c) { return c == '*' || c == '?'; };
  auto is_part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '/'; };
  std::vector<WantedWord> runs;
  std::string word;
  bool tells = false;
  size_t first = std::min(pattern.find_first_not_of("*?"), pattern.size());
  bool starred = first > 0;  // what the run begins behind
  pattern.remove_prefix(first);
  if (pattern.starts_with('.')) pattern.remove_prefix(1), word = ".";
  for (size_t i = 0; i <= pattern.size(); ++i) {
    if (i < pattern.size() && is_part(pattern[i])) {
      word += pattern[i];
      continue;
    }
    bool ends_starred = i < pattern.size() && is_star(pattern[i]);
    bool is_value = word == pattern && std::isalpha(static_cast<unsigned char>(word[0]));
    if (word.size() >= (is_value ? shortest_value : shortest) && !spelt_otherwise.contains(word)) {
      bool whole = word.size() < telling && word[0] != '.' && !starred && !ends_starred;
      tells |= word.size() >= telling || whole;
      runs.push_back({word, whole});
    }
    word.clear();
    starred = ends_starred;
  }
  return tells ? runs : std::vector<WantedWord>{};
}

}  // namespace tfcheck
