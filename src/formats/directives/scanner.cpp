#include "formats/directives/scanner.h"

#include <algorithm>

#include "base/quoted.h"

namespace tfcheck {

namespace {

constexpr size_t most_words = 500;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

}  // namespace

DirectiveEnd DirectiveScanner::read(std::vector<DirectiveWord>& words) {
  words.clear();
  bool by_line = style_.ends == DirectiveStyle::Ends::Line;
  bool braces = style_.blocks == DirectiveStyle::Blocks::Braces;
  while (true) {
    bool line_ended = skip_blanks(words.empty());
    if (by_line && line_ended && !words.empty()) return DirectiveEnd::Directive;
    if (at_ >= text_.size()) return by_line && !words.empty() ? DirectiveEnd::Directive : DirectiveEnd::File;
    char c = text_[at_];
    if (style_.blocks == DirectiveStyle::Blocks::Tags && c == '<' && words.empty() && !is_template("<%"))
      return read_tag(words);
    if (!by_line && c == ';') return ++at_, DirectiveEnd::Directive;
    if (braces && c == '{' && !is_template("{{") && !is_template("{%") && !is_placeholder())
      return ++at_, DirectiveEnd::Open;
    if (braces && c == '}') {
      // On a line of its own it closes a block; behind words it ends these first.
      if (by_line && !words.empty()) return DirectiveEnd::Directive;
      return ++at_, DirectiveEnd::Close;
    }
    take_word(words);
  }
}

// Blanks, comments, and the control lines of template languages; true when a line ended among them.
bool DirectiveScanner::skip_blanks(bool first) {
  bool by_line = style_.ends == DirectiveStyle::Ends::Line;
  bool line_ended = at_ == 0;
  while (at_ < text_.size()) {
    char c = text_[at_];
    if (c == '\n') {
      if (by_line && !first) return true;  // what follows belongs to the next directive
      line_ended = true;
      ++at_;
    } else if (is_blank(c)) {
      ++at_;
    } else if (by_line && c == '\\' && (ahead("\\\n") || ahead("\\\r\n"))) {
      at_ += ahead("\\\n") ? 2 : 3;
    } else if (style_.comments.find(c) != std::string_view::npos && (style_.comments_anywhere || first)) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (is_template("{%")) {
      skip_to("%}");
    } else if (is_template("{#")) {
      skip_to("#}");
    } else if (is_template("<%") && !ahead("<%=")) {
      skip_to("%>");
    } else {
      return line_ended;
    }
  }
  return true;
}

bool DirectiveScanner::is_placeholder() const {
  if (!style_.placeholders || text_[at_] != '{' || at_ + 1 >= text_.size()) return false;
  char next = text_[at_ + 1];
  return !is_blank(next) && next != '\n' && next != '}';
}

void DirectiveScanner::skip_to(std::string_view close) {
  size_t end = text_.find(close, at_);
  at_ = end == std::string_view::npos ? text_.size() : end + close.size();
}

// `<name argument …>` up to the end of its line; `</name>` has no words.
DirectiveEnd DirectiveScanner::read_tag(std::vector<DirectiveWord>& words) {
  if (ahead("</")) {
    at_ = std::min(text_.find('\n', at_), text_.size());
    return DirectiveEnd::Close;
  }
  ++at_;
  in_tag_ = true;
  while (at_ < text_.size() && text_[at_] != '\n') {
    if (text_[at_] == '>') {
      ++at_;
      break;
    }
    if (is_blank(text_[at_]))
      ++at_;
    else
      take_word(words);
  }
  in_tag_ = false;
  return DirectiveEnd::Open;
}

void DirectiveScanner::take_word(std::vector<DirectiveWord>& words) {
  size_t begin = at_;
  DirectiveWord word;
  char c = text_[at_];
  word.quoted = c == '"' || c == '\'';
  if (word.quoted)
    quoted(c, word.text);
  else
    bare(word.text);
  word.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)};
  if (words.size() < most_words) words.push_back(std::move(word));
}

void DirectiveScanner::quoted(char quote, std::string& out) {
  const char known[] = {quote, '\\'};
  const Escapes escapes{.letters = {known, 2}, .meanings = {known, 2}, .keeps_unknown = true};
  for (++at_; at_ < text_.size() && text_[at_] != quote;) {
    if (text_[at_] == '\\')
      at_ = append_escape(out, text_, at_, escapes);
    else
      out += text_[at_++];
  }
  if (at_ < text_.size()) ++at_;
}

bool DirectiveScanner::ends_word() const {
  char c = text_[at_];
  if (is_blank(c) || c == '\n' || (in_tag_ && c == '>')) return true;
  if (style_.blocks == DirectiveStyle::Blocks::Braces && (c == '{' || c == '}')) return true;
  return style_.ends == DirectiveStyle::Ends::Semicolon && c == ';';
}

// A bare word runs to a blank or what ends its directive; ${x}, {{ x }} and <%= x %> are part of it.
void DirectiveScanner::bare(std::string& out) {
  size_t begin = at_;
  bool by_line = style_.ends == DirectiveStyle::Ends::Line;
  while (at_ < text_.size()) {
    if (is_template("${")) {
      skip_to("}");
    } else if (is_template("{{")) {
      skip_to("}}");
    } else if (is_template("<%")) {
      skip_to("%>");
    } else if (is_placeholder()) {
      skip_to("}");
    } else if (text_[at_] == '\\' && at_ + 1 < text_.size() && !(by_line && text_[at_ + 1] == '\n')) {
      at_ += 2;
    } else if (text_[at_] == '\\' || !ends_word()) {
      if (by_line && text_[at_] == '\\' && at_ > begin) break;
      ++at_;
    } else {
      break;
    }
  }
  at_ = std::min(at_, text_.size());
  if (at_ == begin) ++at_;  // a brace that begins no block
  out = text_.substr(begin, at_ - begin);
}

}  // namespace tfcheck
