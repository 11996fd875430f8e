#include "formats/yaml/templating.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

struct Delimiters {
  std::string_view open;
  std::string_view close;
};

constexpr Delimiters languages[] = {{"{{", "}}"}, {"{%", "%}"}, {"<%", "%>"}};

// Where an expression ends: not inside its texts, `"{{ "{{workflow.name}}" }}"`. `npos` when it does not.
size_t end_of_expression(std::string_view window, std::string_view close) {
  for (size_t at = 0; at < window.size(); ++at) {
    if (window.substr(at).starts_with(close)) return at;
    if (window[at] != '"' && window[at] != '`') continue;
    size_t quote = window.find(window[at], at + 1);
    bool text = quote != std::string_view::npos && window.substr(at, quote - at).find('\n') == std::string_view::npos;
    if (text) at = quote;
  }
  return window.find(close);
}

// The expression that begins at or after `from`; empty when there is none.
Span next_expression(std::string_view source, size_t from) {
  for (size_t at = source.find_first_of("{<", from); at != std::string_view::npos;
       at = source.find_first_of("{<", at + 1)) {
    for (const Delimiters& language : languages) {
      if (!source.substr(at).starts_with(language.open)) continue;
      // An expression that is longer than this is no expression but a stray brace.
      std::string_view window = source.substr(at + 2, 4000);
      size_t close = end_of_expression(window, language.close);
      if (close == std::string_view::npos) continue;
      size_t end = at + 2 + close + 2;
      while (language.close == "}}" && end < source.size() && source[end] == '}') ++end;
      return {static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
    }
  }
  return {};
}

bool has_markers(std::string_view source) {
  return source.find("{{") != std::string_view::npos || source.find("{%") != std::string_view::npos ||
         source.find("<%") != std::string_view::npos;
}

// Blanks the lines from the one of `begin` to the one of `end` when they hold nothing but expressions.
class LineBlanker {
 public:
  LineBlanker(std::string_view source, MaskedText& masked) : source_(source), masked_(masked) {}

  void run() {
    const auto& all = masked_.expressions;
    for (size_t i = 0; i < all.size();) {
      size_t begin = all[i].begin;
      while (begin > 0 && source_[begin - 1] != '\n') --begin;
      size_t last = i;
      size_t end = line_end(all[last].end);
      while (last + 1 < all.size() && all[last + 1].begin < end) end = line_end(all[++last].end);
      if (only_expressions(begin, end, i, last)) blank(begin, end);
      i = last + 1;
    }
  }

 private:
  size_t line_end(size_t from) const {
    size_t end = source_.find('\n', from);
    return end == std::string_view::npos ? source_.size() : end;
  }

  bool only_expressions(size_t begin, size_t end, size_t first, size_t last) const {
    for (size_t i = first; i <= last; ++i) {
      if (!trim(source_.substr(begin, masked_.expressions[i].begin - begin)).empty()) return false;
      begin = masked_.expressions[i].end;
    }
    return trim(source_.substr(begin, end - begin)).empty();
  }

  // Spaces would be too deep in front of the first line of a text: empty lines are right everywhere.
  void blank(size_t begin, size_t end) { std::fill(masked_.text.begin() + begin, masked_.text.begin() + end, '\n'); }

  std::string_view source_;
  MaskedText& masked_;
};

}  // namespace

bool MaskedText::touches(Span range) const {
  auto it = std::lower_bound(expressions.begin(), expressions.end(), range.begin,
                             [](Span expression, uint32_t begin) { return expression.end <= begin; });
  return it != expressions.end() && it->begin < range.end;
}

MaskedText mask_templates(std::string_view source) {
  MaskedText masked;
  if (!has_markers(source)) return masked;
  masked.text = source;
  for (Span found = next_expression(source, 0); found.end != 0; found = next_expression(source, found.end)) {
    masked.expressions.push_back(found);
    std::fill(masked.text.begin() + found.begin, masked.text.begin() + found.end, 'x');
  }
  if (masked.any()) LineBlanker(source, masked).run();
  return masked;
}

}  // namespace tfcheck
