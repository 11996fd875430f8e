#include "model/told_variables.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t most_names = 2'000;  // of one text
constexpr size_t longest_name = 80;
constexpr size_t shortest_plain = 3;  // of a name without an underscore

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_name_part(char c) {
  return is_upper(c) || (c >= '0' && c <= '9') || c == '_';
}

bool is_word_part(char c) {
  return is_name_part(c) || (c >= 'a' && c <= 'z');
}

bool ends_with_word(std::string_view before, std::string_view word) {
  return before.ends_with(word) &&
         (before.size() == word.size() || !is_word_part(before[before.size() - word.size() - 1]));
}

// "-e NAME", "export NAME", "--env NAME": words before a variable that is set or handed on.
bool is_handed_over(std::string_view before) {
  before = trim(before.substr(before.size() - std::min<size_t>(before.size(), 16)));
  return ends_with_word(before, "-e") || ends_with_word(before, "--env") || ends_with_word(before, "export") ||
         ends_with_word(before, "ENV") || ends_with_word(before, "set");
}

// "`NAME`", "| NAME |", "**NAME**", "$NAME", "${NAME}": how documents set a name off from their own words.
bool is_set_off(std::string_view text, size_t begin, size_t end) {
  char before = begin ? text[begin - 1] : '\n', after = end < text.size() ? text[end] : '\n';
  if (before == '`' || before == '$') return true;
  if (before == '{' && begin > 1 && text[begin - 2] == '$') return true;
  return (before == '*' && after == '*') || (before == ' ' && begin > 1 && text[begin - 2] == '|' && after == ' ');
}

class Reader {
 public:
  Reader(std::string_view text, bool only_assigned) : text_(text), only_assigned_(only_assigned) {}

  std::vector<ToldVariable> read() {
    for (size_t at = 0; at < text_.size() && found_.size() < most_names;) {
      if (!is_word_part(text_[at])) {
        ++at;
        continue;
      }
      size_t end = at;
      while (end < text_.size() && is_word_part(text_[end])) ++end;
      take(at, end);
      at = end;
    }
    std::vector<ToldVariable> all;
    all.reserve(found_.size());
    for (auto& [name, told] : found_) all.push_back(std::move(told));
    return all;
  }

 private:
  void take(size_t begin, size_t end) {
    std::string_view word = text_.substr(begin, end - begin);
    bool name = is_upper(word[0]) && word.size() <= longest_name && !word.ends_with('_') &&
                std::all_of(word.begin(), word.end(), is_name_part);
    if (!name || word.size() < shortest_plain) return;
    bool joined = word.find('_') != std::string_view::npos;
    char after = end < text_.size() ? text_[end] : '\n';
    bool assigned =
        (after == '=' && (end + 1 == text_.size() || text_[end + 1] != '=')) || is_handed_over(text_.substr(0, begin));
    if (!assigned && (only_assigned_ || (!joined && !is_set_off(text_, begin, end)))) return;
    auto [place, fresh] =
        found_.try_emplace(word, ToldVariable{std::string(word), static_cast<uint32_t>(begin), assigned});
    if (!fresh && assigned && !place->second.assigned)
      place->second = {std::string(word), static_cast<uint32_t>(begin), true};
  }

  std::string_view text_;
  bool only_assigned_;
  std::map<std::string_view, ToldVariable> found_;
};

}  // namespace

VariableTexts::VariableTexts(const Vocabulary& vocabulary)
    : documents_(vocabulary.set("telling-document")), files_(vocabulary.set("variable-file")) {}

std::vector<ToldVariable> VariableTexts::of(std::string_view path, std::string_view text) const {
  std::string_view name = base_name(path);
  bool document = documents_.contains(name);
  if (!document && !files_.contains(name)) return {};
  return Reader(text, !document).read();
}

}  // namespace tfcheck
