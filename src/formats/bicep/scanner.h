// The words of Bicep, and the ends of what is not looked into.
#pragma once

#include <cstddef>
#include <string_view>

namespace tfcheck::bicep {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool done() const { return at_ >= text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  size_t at() const { return at_; }
  bool ahead(std::string_view mark) const { return text_.substr(at_, mark.size()) == mark; }
  std::string_view from(size_t begin) const { return text_.substr(begin, at_ - begin); }
  void go(size_t count = 1) { at_ = at_ + count < text_.size() ? at_ + count : text_.size(); }

  // Over blanks on this line and comments; over lines as well.
  void skip_blanks();
  void skip_space();
  // A name; "" where none begins.
  std::string_view word();
  // Behind the text that begins here, 'a ${b('c')}' or '''…'''.
  void skip_text();
  // To the end of an expression: the end of its line, a comma or a bracket that was not opened in it.
  void skip_expression();
  // Behind the brackets that open here.
  void skip_brackets();

 private:
  void skip_comment();
  void skip_token();

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace tfcheck::bicep
