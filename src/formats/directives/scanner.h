// Configuration written as directives, `name argument …`: nginx, redis.conf, and what Apache, HAProxy and Caddy read.
// Their differences are a style.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tfcheck {

struct DirectiveStyle {
  enum class Ends : uint8_t { Semicolon, Line };       // what ends a directive; a line goes on behind a backslash
  enum class Blocks : uint8_t { None, Braces, Tags };  // `name … {` … `}`, or <name …> … </name>
  Ends ends = Ends::Semicolon;
  Blocks blocks = Blocks::Braces;
  std::string_view comments = "#";  // characters that begin one
  bool comments_anywhere = true;    // else only at the beginning of a line
  bool placeholders = false;        // {x}, without a blank, is part of a word
  bool templates = true;            // {{ x }}, <% x %> and ${x} are parts of words; {% x %} and {# x #} say nothing
};

struct DirectiveWord {
  std::string text;  // without its quotes
  Span span;         // with them
  bool quoted = false;
};

// What ended the words that were read.
enum class DirectiveEnd : uint8_t { File, Directive, Open, Close };

// Reads a text directive by directive, in one pass.
class DirectiveScanner {
 public:
  DirectiveScanner(std::string_view text, const DirectiveStyle& style) : text_(text), style_(style) {}

  // The words of the next directive, or of the opening of a block; few enough that no file is one directive.
  DirectiveEnd read(std::vector<DirectiveWord>& words);

 private:
  bool ahead(std::string_view mark) const { return text_.substr(at_, mark.size()) == mark; }
  bool is_template(std::string_view mark) const { return style_.templates && ahead(mark); }
  bool is_placeholder() const;
  bool skip_blanks(bool first);
  void skip_to(std::string_view close);
  bool ends_word() const;
  DirectiveEnd read_tag(std::vector<DirectiveWord>& words);
  void take_word(std::vector<DirectiveWord>& words);
  void quoted(char quote, std::string& out);
  void bare(std::string& out);

  std::string_view text_;
  DirectiveStyle style_;
  size_t at_ = 0;
  bool in_tag_ = false;
};

}  // namespace tfcheck
