#include "masking/sensitive_pieces.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/ascii.h"
#include "base/text.h"
#include "masking/sensitive_name.h"

namespace tfcheck {

namespace {

constexpr size_t shortest_piece = 4;
constexpr size_t shortest_constant = 6;
constexpr size_t longest_constant = 1024;
constexpr size_t most_searches = 64;  // in one expression, of what does not stand where the piece before ended

bool is_word_character(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}

// Letters alone are as likely a word of the text around.
bool is_told_apart(const MaskWords& words, std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_letter) && !std::all_of(text.begin(), text.end(), is_letter) &&
         !is_harmless(words, text);
}

class PieceScan {
 public:
  PieceScan(const MaskWords& words, std::string_view secret) : words_(words), secret_(secret) {}

  // Pieces come in the order in which they are joined.
  bool take(std::string_view piece) {
    piece = trim(piece);
    if (piece.size() < shortest_piece) return false;
    size_t at = secret_.substr(behind_).starts_with(piece) ? behind_ : search(piece);
    if (at == std::string_view::npos) return false;
    behind_ = at + piece.size();
    if (is_told_apart(words_, piece)) found_.push_back(piece);
    return true;
  }

  std::vector<std::string_view> found() { return std::move(found_); }

 private:
  size_t search(std::string_view piece) {
    if (secret_.size() > longest_constant || ++searches_ > most_searches) return std::string_view::npos;
    return secret_.find(piece);
  }

  const MaskWords& words_;
  std::string_view secret_;
  size_t behind_ = 0;
  size_t searches_ = 0;
  std::vector<std::string_view> found_;
};

// Calls `take` with the parts of a text between any of `signs`.
template <class Take>
void each_part(std::string_view text, std::string_view signs, Take take) {
  while (!text.empty()) {
    size_t end = std::min(text.find_first_of(signs), text.size());
    if (end > 0) take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

using Constants = std::unordered_map<std::string_view, std::string_view>;

Constants constants_of(const MaskWords& words, const FileFacts& facts) {
  Constants constants;
  for (const Fact& fact : facts.facts()) {
    bool is_text = fact.value.is(ValueKind::String) || fact.value.is(ValueKind::Template);
    if (fact.kind != FactKind::Assign || !is_text || fact.value.text.size() < shortest_constant ||
        fact.value.text.size() > longest_constant || !is_told_apart(words, fact.value.text))
      continue;
    constants.emplace(fact.name.substr(fact.name.rfind('.') + 1), fact.value.text);
  }
  return constants;
}

}  // namespace

std::vector<std::string_view> secret_pieces(const MaskWords& words, std::string_view written, std::string_view secret) {
  PieceScan scan(words, secret);
  each_part(written, "\"'`\\\r\n", [&](std::string_view part) {
    if (!scan.take(part)) each_part(part, "{}$()", [&](std::string_view inner) { scan.take(inner); });
  });
  return scan.found();
}

std::vector<std::string_view> secret_constants(const MaskWords& words, const FileFacts& facts, std::string_view text,
                                               const std::vector<SensitiveText>& secrets) {
  std::vector<std::string_view> found;
  Constants constants;
  bool is_made = false;
  for (const SensitiveText& secret : secrets) {
    if (secret.written.end <= secret.written.begin || secret.text.size() > longest_constant) continue;
    if (!is_made) constants = constants_of(words, facts), is_made = true;
    std::string_view written = text.substr(secret.written.begin, secret.written.end - secret.written.begin);
    size_t looks = 0;
    for (size_t at = 0; at < written.size() && looks < most_searches;) {
      size_t begin = at;
      while (at < written.size() && is_word_character(written[at])) ++at;
      auto constant = constants.find(written.substr(begin, at - begin));
      at = std::max(at, begin + 1);
      if (constant == constants.end()) continue;
      ++looks;
      bool is_part = constant->second.size() < secret.text.size();
      if (is_part && secret.text.find(constant->second) != std::string::npos) found.push_back(constant->second);
    }
  }
  return found;
}

std::string without_blanks(std::string_view secret) {
  std::string out;
  for (char c : secret) {
    if (c != ' ') out += c;
  }
  return out.size() < secret.size() ? out : std::string();
}

}  // namespace tfcheck
