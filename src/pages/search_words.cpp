#include "pages/search_words.h"

#include <algorithm>

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
  for (char c : pattern) {
    if (c == '.')
      flush(false);
    else if (c == '*' || c == '?')
      flush(true);
    else
      word += c;
  }
  flush(false);
  auto is_long = [](const WantedWord& one) { return one.text.size() >= shortest_word; };
  bool has_long = std::any_of(all.begin(), all.end(), is_long);
  std::erase_if(all, [&](const WantedWord& one) {
    return has_long ? !is_long(one) : !one.whole || one.text.size() + 1 < shortest_word;
  });
  return all;
}

}  // namespace tfcheck
