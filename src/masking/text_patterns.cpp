#include "masking/text_patterns.h"

#include <re2/re2.h>

#include "vocabulary/token_shape.h"

namespace tfcheck {

struct TextPatterns::Compiled {
  explicit Compiled(const std::string& regex) : expression(regex, RE2::Quiet) {}
  RE2 expression;
};

TextPatterns::TextPatterns(const Vocabulary& vocabulary)
    : patterns_(vocabulary.text_patterns()), compiled_(patterns_.size()) {}

TextPatterns::~TextPatterns() = default;

// What is known by its name only is masked by that name.
bool TextPatterns::is_in(const TextPattern& pattern, std::string_view text) {
  return !pattern.named && std::any_of(pattern.keywords.begin(), pattern.keywords.end(), [&](const std::string& word) {
    return text.find(word) != std::string_view::npos;
  });
}

void TextPatterns::find_tokens(const TextPattern& pattern, std::string_view text, std::vector<Span>& found) {
  auto read = TokenShape::read(pattern.shape);
  const auto* shape = std::get_if<TokenShape>(&read);
  if (!shape) return;
  for (const std::string& keyword : pattern.keywords) {
    for (size_t at = text.find(keyword); at != std::string_view::npos; at = text.find(keyword, at + 1)) {
      size_t begin = shape->begin_of(text, at);
      size_t end = begin == TokenShape::none ? begin : shape->end_of(text, begin);
      if (end != TokenShape::none) found.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    }
  }
}

void TextPatterns::find_matches(size_t number, std::string_view text, std::vector<Span>& found) {
  if (!compiled_[number]) compiled_[number] = std::make_unique<Compiled>(patterns_[number].regex);
  const RE2& expression = compiled_[number]->expression;
  if (!expression.ok()) return;
  re2::StringPiece input(text.data(), text.size()), match[2];
  int groups = expression.NumberOfCapturingGroups() > 0 ? 2 : 1;
  for (size_t at = 0; at < text.size() && expression.Match(input, at, input.size(), RE2::UNANCHORED, match, groups);) {
    re2::StringPiece part = groups == 2 && match[1].data() ? match[1] : match[0];
    auto begin = static_cast<uint32_t>(part.data() - text.data());
    found.push_back({begin, begin + static_cast<uint32_t>(part.size())});
    at = std::max(at + 1, static_cast<size_t>(match[0].data() - text.data()) + match[0].size());
  }
}

std::vector<Span> TextPatterns::find_in(std::string_view text) {
  std::vector<Span> found;
  for (size_t i = 0; i < patterns_.size(); ++i) {
    if (!is_in(patterns_[i], text)) continue;
    if (patterns_[i].shape.empty())
      find_matches(i, text, found);
    else
      find_tokens(patterns_[i], text, found);
  }
  return merge_spans(std::move(found));
}

}  // namespace tfcheck
