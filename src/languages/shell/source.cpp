#include "languages/shell/source.h"

#include <algorithm>

namespace tfcheck::shell {

namespace {

constexpr size_t longest_template = 400;

// The end of the `{{ … }}` that begins at `at`, npos when it does not end on its line.
size_t template_end(std::string_view text, size_t at) {
  size_t end = text.substr(at, longest_template).find("}}");
  if (end == std::string_view::npos || text.substr(at, end).find('\n') != std::string_view::npos)
    return std::string::npos;
  return at + end + 2;
}

// `${pkg.name}` is no shell: what packages the script puts a value there first.
void mask_dotted(std::string_view text, std::string& masked) {
  auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  for (size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
    size_t end = at + 2, dots = 0;
    for (; end < text.size() && (is_word(text[end]) || (end > at + 2 && (text[end] == '.' || text[end] == '-'))); ++end)
      dots += text[end] == '.';
    if (dots == 0 || end == text.size() || text[end] != '}') continue;
    if (masked.empty()) masked = text;
    std::fill(masked.begin() + static_cast<std::ptrdiff_t>(at), masked.begin() + static_cast<std::ptrdiff_t>(end + 1),
              'x');
  }
}

std::string mask_templates(std::string_view text) {
  std::string masked;
  mask_dotted(text, masked);
  for (size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    size_t end = template_end(text, at);
    if (end == std::string::npos) {
      at += 2;
      continue;
    }
    if (masked.empty()) masked = text;
    size_t begin = at > 0 && text[at - 1] == '$' ? at - 1 : at;
    std::fill(masked.begin() + static_cast<std::ptrdiff_t>(begin), masked.begin() + static_cast<std::ptrdiff_t>(end),
              'x');
    at = end;
  }
  return masked;
}

}  // namespace

Source::Source(std::string_view text, uint32_t offset, std::optional<Span> whole)
    : text_(text), offset_(offset), whole_(whole) {
  if (text.find('\r') != std::string_view::npos) {
    clean_.reserve(text.size());
    for (char c : text) {
      if (c == '\r') {
        removed_.push_back(static_cast<uint32_t>(clean_.size()));
      } else {
        clean_ += c;
      }
    }
    text_ = clean_;
  }
  masked_ = mask_templates(text_);
}

Span Source::span(Span range) const {
  if (whole_) return *whole_;
  auto original = [&](uint32_t at, auto first) {
    return offset_ + at + static_cast<uint32_t>(first(removed_.begin(), removed_.end(), at) - removed_.begin());
  };
  auto begin = [](auto from, auto to, uint32_t at) { return std::upper_bound(from, to, at); };
  auto end = [](auto from, auto to, uint32_t at) { return std::lower_bound(from, to, at); };
  if (range.begin == range.end) return {original(range.begin, begin), original(range.begin, begin)};
  return {original(range.begin, begin), original(range.end, end)};
}

}  // namespace tfcheck::shell
