#include "vocabulary/token_shape.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "vocabulary/vocabulary.h"

namespace tfcheck {

namespace {

constexpr size_t most_words = 32;     // of a part
constexpr size_t longest_run = 5000;  // of an alphabet

size_t byte_of(char c) {
  return static_cast<unsigned char>(c);
}

bool is_word_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

}  // namespace

class TokenShape::Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::variant<TokenShape, std::string> run() {
    while (at_ < text_.size() && trouble_.empty()) {
      char c = text_[at_];
      if (c == '[')
        alphabet();
      else if (c == '(')
        choice();
      else
        words({std::string(1, character())});
    }
    if (trouble_.empty() && shape_.parts_.empty()) fail("it is empty");
    if (!trouble_.empty()) return trouble_;
    finish();
    return std::move(shape_);
  }

 private:
  void fail(std::string trouble) {
    if (trouble_.empty()) trouble_ = std::move(trouble);
  }

  char character() {
    char c = text_[at_++];
    if (std::string_view("{})]?*+|^$").find(c) != std::string_view::npos)
      fail(std::string("'") + c + "' stands where it means nothing; '\\" + c + "' is the character");
    if (c != '\\') return c;
    if (at_ == text_.size()) {
      fail("it ends in '\\'");
      return c;
    }
    return text_[at_++];
  }

  // Words that follow words are one part.
  void words(std::vector<std::string> list) {
    if (shape_.parts_.empty() || shape_.parts_.back().words.empty()) {
      shape_.parts_.emplace_back().words = std::move(list);
      return;
    }
    std::vector<std::string> joined;
    for (const std::string& before : shape_.parts_.back().words) {
      for (const std::string& word : list) joined.push_back(before + word);
    }
    if (joined.size() > most_words) fail("it has too many alternatives");
    shape_.parts_.back().words = std::move(joined);
  }

  void choice() {
    ++at_;
    std::vector<std::string> list(1);
    while (at_ < text_.size() && text_[at_] != ')' && trouble_.empty()) {
      if (text_[at_] == '|')
        ++at_, list.emplace_back();
      else
        list.back() += character();
    }
    if (at_ == text_.size()) fail("')' is missing");
    ++at_;
    if (at_ < text_.size() && text_[at_] == '?') ++at_, list.emplace_back();
    words(std::move(list));
  }

  void alphabet() {
    Part part;
    for (++at_; at_ < text_.size() && text_[at_] != ']' && trouble_.empty();) {
      char first = text_[at_] == '\\' ? character() : text_[at_++];
      char last = first;
      if (at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']') last = text_[++at_], ++at_;
      for (size_t c = byte_of(first); c <= byte_of(last); ++c) part.alphabet.set(c);
    }
    if (at_ >= text_.size()) fail("']' is missing");
    ++at_;
    if (at_ < text_.size() && text_[at_] == '{') count(part);
    if (part.alphabet.none() || part.most < part.least || part.most == 0) fail("an alphabet is empty");
    shape_.parts_.push_back(std::move(part));
  }

  void count(Part& part) {
    ++at_;
    part.least = part.most = number();
    if (at_ < text_.size() && text_[at_] == ',') ++at_, part.most = number();
    if (at_ == text_.size() || text_[at_] != '}') fail("'}' is missing");
    ++at_;
  }

  size_t number() {
    size_t value = 0;
    auto [end, failed] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (failed != std::errc() || value > longest_run)
      fail("a count must be a number up to " + std::to_string(longest_run));
    at_ = static_cast<size_t>(end - text_.data());
    return value;
  }

  void finish() {
    std::vector<Part>& parts = shape_.parts_;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (i + 1 < parts.size()) parts[i].flexible = can_begin(parts[i + 1], parts[i].alphabet);
      auto shorter = [](const std::string& a, const std::string& b) { return a.size() < b.size(); };
      const std::vector<std::string>& all = parts[i].words;
      shape_.shortest_ += all.empty() ? parts[i].least : std::min_element(all.begin(), all.end(), shorter)->size();
      shape_.longest_ += all.empty() ? parts[i].most : std::max_element(all.begin(), all.end(), shorter)->size();
    }
    shape_.choose_keywords();
  }

  static bool can_begin(const Part& part, const std::bitset<256>& alphabet) {
    if (part.words.empty()) return (part.alphabet & alphabet).any();
    return std::any_of(part.words.begin(), part.words.end(),
                       [&](const std::string& word) { return word.empty() || alphabet.test(byte_of(word[0])); });
  }

  std::string_view text_;
  size_t at_ = 0;
  std::string trouble_;
  TokenShape shape_;
};

std::variant<TokenShape, std::string> TokenShape::read(std::string_view text) {
  return Reader(text).run();
}

// The first part, or the second behind an alphabet: farther back nothing is looked for.
void TokenShape::choose_keywords() {
  for (size_t i = 0; i < std::min(parts_.size(), size_t{2}); ++i) {
    const std::vector<std::string>& words = parts_[i].words;
    if (words.empty()) continue;
    bool all_long =
        std::all_of(words.begin(), words.end(), [](const std::string& word) { return word.size() >= shortest_word; });
    if (!all_long) continue;
    keywords_ = words;
    if (i == 0) return;
    lead_ = parts_[0].alphabet, lead_least_ = parts_[0].least, lead_most_ = parts_[0].most;
    if (!parts_[0].words.empty()) keywords_.clear();
    return;
  }
}

size_t TokenShape::begin_of(std::string_view text, size_t keyword) const {
  size_t begin = keyword;
  while (begin > 0 && keyword - begin < lead_most_ && lead_.test(byte_of(text[begin - 1]))) --begin;
  if (keyword - begin < lead_least_) return none;
  if (begin == 0) return begin;
  char before = text[begin - 1];
  const Part& first = parts_[0];
  if (first.words.empty() ? first.alphabet.test(byte_of(before))
                          : before == '-' && parts_.size() > 1 && parts_[1].alphabet.test('-'))
    return none;
  if (!is_word_character(before)) return begin;
  // "\nghp_…": the letter is a part of an escape.
  bool escape = (before == 'n' || before == 'r' || before == 't') && begin > 1 && text[begin - 2] == '\\';
  return escape ? begin : none;
}

bool TokenShape::ends_at(std::string_view text, size_t at) const {
  if (at == text.size()) return true;
  const Part& last = parts_.back();
  return !is_word_character(text[at]) && !(last.words.empty() && last.alphabet.test(byte_of(text[at])));
}

size_t TokenShape::end_of(std::string_view text, size_t at, size_t number) const {
  if (number == parts_.size()) return ends_at(text, at) ? at : none;
  const Part& part = parts_[number];
  for (const std::string& word : part.words) {
    if (!text.substr(at).starts_with(word)) continue;
    if (size_t end = end_of(text, at + word.size(), number + 1); end != none) return end;
  }
  if (!part.words.empty()) return none;
  size_t run = 0;
  while (run < part.most && at + run < text.size() && part.alphabet.test(byte_of(text[at + run]))) ++run;
  for (size_t taken = run; taken >= part.least; --taken) {
    if (size_t end = end_of(text, at + taken, number + 1); end != none) return end;
    if (!part.flexible || taken == 0) break;
  }
  return none;
}

}  // namespace tfcheck
