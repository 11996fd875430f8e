#include "masking/text_patterns.h"

#include <re2/re2.h>

namespace tfcheck {

struct TextPatterns::Compiled {
  explicit Compiled(const std::string& regex) : expression(regex, RE2::Quiet) {}
  RE2 expression;
};

TextPatterns::TextPatterns(const Vocabulary& vocabulary)
    : patterns_(vocabulary.text_patterns()), compiled_(patterns_.size()) {}

TextPatterns::~TextPatterns() = default;

std::vector<Span> TextPatterns::find_in(std::string_view text) {
  std::vector<Span> found;
  re2::StringPiece input(text.data(), text.size());
  for (size_t i = 0; i < patterns_.size(); ++i) {
    if (text.find(patterns_[i].keyword) == std::string_view::npos) continue;
    if (!compiled_[i]) compiled_[i] = std::make_unique<Compiled>(patterns_[i].regex);
    const RE2& expression = compiled_[i]->expression;
    if (!expression.ok()) continue;
    int groups = expression.NumberOfCapturingGroups() > 0 ? 2 : 1;
    re2::StringPiece match[2];
    for (size_t at = 0;
         at < text.size() && expression.Match(input, at, input.size(), RE2::UNANCHORED, match, groups);) {
      re2::StringPiece part = groups == 2 && match[1].data() ? match[1] : match[0];
      auto begin = static_cast<uint32_t>(part.data() - text.data());
      found.push_back({begin, begin + static_cast<uint32_t>(part.size())});
      at = std::max(at + 1, static_cast<size_t>(match[0].data() - text.data()) + match[0].size());
    }
  }
  return merge_spans(std::move(found));
}

}  // namespace tfcheck
