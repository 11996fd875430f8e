#include "formats/bicep/scanner.h"

#include <algorithm>
#include <vector>

#include "base/ascii.h"

namespace tfcheck::bicep {

namespace {

bool is_opening(char c) {
  return c == '(' || c == '[' || c == '{';
}

bool is_closing(char c) {
  return c == ')' || c == ']' || c == '}';
}

}  // namespace

void Scanner::skip_comment() {
  bool line = ahead("//");
  size_t end = text_.find(line ? "\n" : "*/", at_ + 2);
  at_ = end == std::string_view::npos ? text_.size() : end + (line ? 0 : 2);
}

void Scanner::skip_blanks() {
  while (!done()) {
    if (ahead("//") || ahead("/*"))
      skip_comment();
    else if (peek() == ' ' || peek() == '\t' || peek() == '\r')
      go();
    else
      return;
  }
}

void Scanner::skip_space() {
  for (skip_blanks(); peek() == '\n'; skip_blanks()) go();
}

std::string_view Scanner::word() {
  size_t begin = at_;
  while (!done() && (is_letter(peek()) || peek() == '_' || (at_ > begin && is_digit(peek())))) go();
  return from(begin);
}

void Scanner::skip_text() {
  if (ahead("'''")) {
    size_t end = text_.find("'''", at_ + 3);
    at_ = end == std::string_view::npos ? text_.size() : end + 3;
    return;
  }
  // What is open: texts, and the expressions in them with their brackets.
  std::vector<char> open{'\''};
  for (go(); !done() && !open.empty(); go()) {
    char c = peek();
    if (c == '\n') return;  // it has no end
    bool in_text = open.back() == '\'';
    if (in_text && c == '\\') {
      go();
    } else if (in_text && ahead("${")) {
      go();
      open.push_back('{');
    } else if (c == '\'') {
      in_text ? open.pop_back() : open.push_back('\'');
    } else if (!in_text && c == '{') {
      open.push_back('{');
    } else if (!in_text && c == '}') {
      open.pop_back();
    }
  }
}

void Scanner::skip_token() {
  if (peek() == '\'') return skip_text();
  if (ahead("//") || ahead("/*")) return skip_comment();
  go();
}

void Scanner::skip_brackets() {
  for (size_t depth = 0; !done();) {
    char c = peek();
    depth += is_opening(c) ? 1 : 0;
    if (is_closing(c) && --depth == 0) return go();
    skip_token();
    if (depth == 0) return;
  }
}

void Scanner::skip_expression() {
  while (!done() && peek() != '\n' && peek() != ',' && !is_closing(peek())) {
    if (ahead("//") || ahead("/*")) return;
    is_opening(peek()) ? skip_brackets() : skip_token();
  }
}

}  // namespace tfcheck::bicep
