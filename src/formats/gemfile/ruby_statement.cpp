#include "formats/gemfile/ruby_statement.h"

#include <algorithm>

namespace tfcheck {

namespace {

using Kind = RubyToken::Kind;
constexpr size_t longest_string = 4096;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '@' || c == '$';
}

char closer(char open) {
  return open == '(' ? ')' : open == '[' ? ']' : open == '{' ? '}' : open == '<' ? '>' : open;
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  std::vector<RubyStatement> read() {
    skip_comment_block();
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '\n' || c == ';') {
        end_line(c == ';');
      } else if (c == ' ' || c == '\t' || c == '\r') {
        ++at_;
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '\n' || text_[at_ + 1] == '\r')) {
        at_ += 2;
      } else {
        read_token(c);
      }
    }
    flush();
    return std::move(statements_);
  }

 private:
  char ahead(size_t by) const { return at_ + by < text_.size() ? text_[at_ + by] : '\0'; }

  void flush() {
    if (!current_.empty()) statements_.push_back(std::move(current_));
    current_.clear();
    depth_ = 0;
  }

  void end_line(bool semicolon) {
    ++at_;
    bool goes_on = !current_.empty() && current_.back().kind == Kind::Mark &&
                   (current_.back().text == "," || current_.back().text == "=>" || current_.back().text == "||");
    if (!semicolon && (goes_on || depth_ > 0) && current_.size() < 500) return;
    flush();
    skip_comment_block();
  }

  // `=begin` at the beginning of a line opens a comment of whole lines.
  void skip_comment_block() {
    if (text_.substr(at_, 6) != "=begin") return;
    size_t end = text_.find("\n=end", at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 5;
  }

  void add(Kind kind, std::string_view text, size_t begin) {
    current_.push_back({kind, text, {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)}});
  }

  void read_token(char c) {
    size_t begin = at_;
    if (c == '"' || c == '\'') return read_string(at_, c);
    if (c == '%' && (ahead(1) == 'q' || ahead(1) == 'Q') && !is_word(ahead(2)) && ahead(2) > ' ') {
      return read_string(at_ + 2, closer(ahead(2)));
    }
    if (c == ':' && is_word(ahead(1))) {
      ++at_;
      while (is_word(ahead(0))) ++at_;
      return add(Kind::Symbol, text_.substr(begin + 1, at_ - begin - 1), begin);
    }
    if (is_word(c)) return read_word();
    at_ += text_.substr(at_, 2) == "=>" || text_.substr(at_, 2) == "||" ? 2 : 1;
    if (c == '(' || c == '[') ++depth_;
    if ((c == ')' || c == ']') && depth_ > 0) --depth_;
    add(Kind::Mark, text_.substr(begin, at_ - begin), begin);
  }

  void read_string(size_t open, char close) {
    size_t begin = at_;
    size_t limit = std::min(text_.size(), open + longest_string);
    for (size_t i = open + 1; i < limit; ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == close) {
        at_ = i + 1;
        return add(Kind::String, text_.substr(open + 1, i - open - 1), begin);
      }
    }
    // An unclosed string: the rest of its line means nothing.
    at_ = std::min(text_.find('\n', open), text_.size());
  }

  void read_word() {
    size_t begin = at_;
    while (is_word(ahead(0)) || (ahead(0) == '.' && is_word(ahead(1))) || (ahead(0) == '?' || ahead(0) == '!')) ++at_;
    bool key = ahead(0) == ':' && ahead(1) != ':';
    std::string_view text = text_.substr(begin, at_ - begin);
    if (key) ++at_;
    add(key ? Kind::Key : Kind::Word, text, begin);
  }

  std::string_view text_;
  size_t at_ = 0;
  int depth_ = 0;  // of open brackets in the current statement
  RubyStatement current_;
  std::vector<RubyStatement> statements_;
};

}  // namespace

std::vector<RubyStatement> read_ruby_statements(std::string_view text) {
  return Tokenizer(text).read();
}

}  // namespace tfcheck
