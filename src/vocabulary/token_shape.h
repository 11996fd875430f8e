// The shape of a provider's token, as data says it: "ghp_[0-9A-Za-z]{36}". Read and matched in time linear in the text.
#pragma once

#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tfcheck {

class TokenShape {
 public:
  // One of some words, or so many characters of an alphabet.
  struct Part {
    std::vector<std::string> words;  // "" among them where the part may be left out
    std::bitset<256> alphabet;       // used when there are no words
    size_t least = 1;
    size_t most = 1;
    bool flexible = false;  // what stands behind it can begin with a character of the alphabet
  };

  // Text for itself, "\\." for a character that means something else, "(a|b)" for one of some words, "(a|b)?" for one
  // or none, and an alphabet "[0-9a-f]" with "{32}", "{20,40}" or nothing behind it. An error is one sentence.
  static std::variant<TokenShape, std::string> read(std::string_view text);

  const std::vector<Part>& parts() const { return parts_; }
  // Words of which one stands in every token, and what stands before it: none when each has fewer bytes than a word
  // that is searched for.
  const std::vector<std::string>& keywords() const { return keywords_; }
  // The shortest and the longest token.
  size_t shortest() const { return shortest_; }
  size_t longest() const { return longest_; }

  static constexpr size_t none = std::string_view::npos;
  // Where the token begins whose keyword stands at a place; none when there is no such token. It is no part of a longer
  // word.
  size_t begin_of(std::string_view text, size_t keyword) const;
  // Where the token ends that begins at a place: not in the middle of a word.
  size_t end_of(std::string_view text, size_t begin) const { return end_of(text, begin, 0); }

 private:
  class Reader;
  size_t end_of(std::string_view text, size_t at, size_t part) const;
  bool ends_at(std::string_view text, size_t at) const;
  void choose_keywords();

  std::vector<Part> parts_;
  std::vector<std::string> keywords_;
  std::bitset<256> lead_;  // what stands before the keyword
  size_t lead_least_ = 0, lead_most_ = 0;
  size_t shortest_ = 0, longest_ = 0;
};

}  // namespace tfcheck
