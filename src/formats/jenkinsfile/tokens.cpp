#include "formats/jenkinsfile/tokens.h"

#include <algorithm>

#include "base/quoted.h"

namespace tfcheck::jenkinsfile {

namespace {

constexpr auto none = std::string_view::npos;
constexpr size_t most_tokens = 200'000;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

// Where the comment ends that begins at `at`; `at` for none.
size_t behind_comment(std::string_view source, size_t at) {
  std::string_view rest = source.substr(at);
  bool line = rest.starts_with("//") || (at == 0 && rest.starts_with("#!"));
  if (line) return std::min(source.find('\n', at), source.size());
  if (!rest.starts_with("/*")) return at;
  size_t end = source.find("*/", at + 2);
  return end == none ? source.size() : end + 2;
}

// The text that the quote at `at` opens; moves `at` behind it.
Token text_at(std::string_view source, size_t& at) {
  char quote = source[at];
  std::string_view three = source.substr(at, 3);
  bool triple = three.size() == 3 && three[1] == quote && three[2] == quote;
  size_t begin = at + (triple ? 3 : 1);
  size_t end = triple ? source.find(three, begin) : closing_quote(source, at, QuoteEscapes::Backslash);
  if (!triple && end != none && source.substr(begin, end - begin).find('\n') != none) end = none;
  if (end == none) end = triple ? source.size() : std::min(source.find('\n', begin), source.size());
  at = std::min(source.size(), end + (triple ? 3 : 1));
  return {Token::Kind::Text, source.substr(begin, end - begin), quote == '\''};
}

}  // namespace

std::vector<Token> tokens_of(std::string_view source) {
  std::vector<Token> tokens;
  for (size_t at = 0; at < source.size() && tokens.size() < most_tokens;) {
    char c = source[at];
    if (size_t behind = behind_comment(source, at); behind != at) {
      at = behind;
    } else if (c == '\'' || c == '"') {
      tokens.push_back(text_at(source, at));
    } else if (is_word(c)) {
      size_t begin = at;
      while (at < source.size() && is_word(source[at])) ++at;
      tokens.push_back({Token::Kind::Word, source.substr(begin, at - begin)});
    } else {
      if (c == '\n') tokens.push_back({Token::Kind::Line, {}});
      if (c != '\n' && c != ' ' && c != '\t' && c != '\r') tokens.push_back({Token::Kind::Sign, source.substr(at, 1)});
      ++at;
    }
  }
  return tokens;
}

}  // namespace tfcheck::jenkinsfile
