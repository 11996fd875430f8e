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

// The expression that begins at or after `from`; empty when there is none.
Span next_expression(std::string_view source, size_t from) {
  for (size_t at = source.find_first_of("{<", from); at != std::string_view::npos;
       at = source.find_first_of("{<", at + 1)) {
    for (const Delimiters& language : languages) {
      if (!source.substr(at).starts_with(language.open)) continue;
      // An expression that is longer than this is no expression but a stray brace.
      std::string_view window = source.substr(at + 2, 4000);
      size_t close = window.find(language.close);
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

  void blank(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      if (source_[i] != '\n')
        masked_.text[i] = ' ';
      else
        masked_.text[i] = '\n';
    }
  }

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
