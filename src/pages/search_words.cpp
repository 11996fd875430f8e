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

std::vector<std::string> value_words(const WordSet& spelt_otherwise, std::string_view pattern) {
  static constexpr size_t shortest = 3, telling = 4;
  std::vector<std::string> runs;
  std::string word;
  bool tells = false;
  pattern.remove_prefix(std::min(pattern.find_first_not_of("*?"), pattern.size()));
  if (pattern.starts_with('.')) pattern.remove_prefix(1), word = ".";
  for (size_t i = 0; i <= pattern.size(); ++i) {
    char c = i < pattern.size() ? pattern[i] : '*';
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '/')
      word += c;
    else if (word.size() >= shortest && !spelt_otherwise.contains(word))
      tells |= word.size() >= telling, runs.push_back(std::exchange(word, {}));
    else
      word.clear();
  }
  return tells ? runs : std::vector<std::string>{};
}

}  // namespace tfcheck
