#include "scan/token_match.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>

#include "vocabulary/text_regex.h"

namespace tfcheck {

namespace {

// What is looked at round a keyword's end, and how far before it a token may begin.
constexpr size_t window_before = 200, window_behind = 400, farthest_begin = 80;
constexpr size_t widest_object = 4000;                    // to either side of a keyword
constexpr size_t longest_kept = 64, longest_whole = 300;  // of what is found

double entropy(std::string_view text) {
  std::map<char, int> counts;
  for (char c : text) ++counts[c];
  double bits = 0;
  for (auto [c, n] : counts) {
    double share = static_cast<double>(n) / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

std::string kept(re2::StringPiece text, size_t longest) {
  return text.size() <= longest ? std::string(text.data(), text.size()) : std::string();
}

}  // namespace

struct TokenMatchers::Lazy {
  std::once_flag once;
  std::unique_ptr<RE2> regex;
  std::unique_ptr<TokenShape> shape;
};

TokenMatchers::TokenMatchers(const Vocabulary& vocabulary, size_t first, size_t count)
    : patterns_(std::span(vocabulary.text_patterns()).subspan(first, count)),
      lazy_(std::make_unique<Lazy[]>(count)),
      words_(vocabulary) {}

TokenMatchers::~TokenMatchers() = default;

const RE2& TokenMatchers::regex(uint32_t number) const {
  Lazy& lazy = lazy_[number];
  std::call_once(lazy.once, [&] { lazy.regex = compile_text_regex(patterns_[number].regex); });
  if (!lazy.regex->ok())
    throw std::logic_error(patterns_[number].file + ": the regex of '" + patterns_[number].id + "' does not compile");
  return *lazy.regex;
}

const TokenShape& TokenMatchers::shape(uint32_t number) const {
  Lazy& lazy = lazy_[number];
  std::call_once(lazy.once, [&] {
    auto read = TokenShape::read(patterns_[number].shape);
    if (auto* shape = std::get_if<TokenShape>(&read)) lazy.shape = std::make_unique<TokenShape>(std::move(*shape));
  });
  if (!lazy.shape)
    throw std::logic_error(patterns_[number].file + ": the shape of '" + patterns_[number].id + "' cannot be read");
  return *lazy.shape;
}

void TokenMatch::add_token(uint32_t pattern, size_t begin, size_t end) {
  if (begin < searched_[pattern]) return;
  const TextPattern& sought = matchers_.pattern(pattern);
  const TokenShape& shape = matchers_.shape(pattern);
  size_t at = sought.named ? value_behind_name(matchers_.words(), text_, begin, end) : shape.begin_of(text_, begin);
  if (at == TokenShape::none) return;
  size_t behind = shape.end_of(text_, at);
  if (behind == TokenShape::none) return;
  searched_[pattern] = behind;
  std::string_view token = text_.substr(at, behind - at);
  TokenVerdict verdict = judge_token(sought, shape, matchers_.words(), token);
  if (verdict == TokenVerdict::No) return;
  // What its holder calls a token is one, whoever made it.
  bool doubtful = verdict == TokenVerdict::Doubtful &&
                  (sought.check == TokenCheck::Jwt || !is_held_as_token(matchers_.words(), text_, at));
  std::string text = token.size() <= longest_kept ? std::string(token) : std::string();
  hits_.push_back({pattern, {static_cast<uint32_t>(at), static_cast<uint32_t>(behind)}, text, text, doubtful});
}

// Each pair of braces is looked at once, and so is what has none.
void TokenMatch::add_in_object(uint32_t pattern, size_t begin) {
  if (begin < searched_[pattern]) return;
  size_t first = std::max(searched_[pattern], begin > widest_object ? begin - widest_object : 0);
  size_t open = text_.substr(first, begin - first).rfind('{');
  size_t length = text_.substr(begin, widest_object).find('}');
  bool closed = length != std::string_view::npos;
  searched_[pattern] = closed ? begin + length : std::min(begin + widest_object, text_.size());
  if (!closed || open == std::string_view::npos) return;
  std::string_view object = text_.substr(first + open, begin + length - first - open);
  re2::StringPiece input(object.data(), object.size()), found[2];
  if (!matchers_.regex(pattern).Match(input, 0, input.size(), RE2::UNANCHORED, found, 2)) return;
  auto at = static_cast<uint32_t>(found[1].data() - text_.data());
  hits_.push_back({pattern,
                   {at, at + static_cast<uint32_t>(found[1].size())},
                   kept(found[1], longest_kept),
                   kept(found[0], longest_whole)});
}

void TokenMatch::add(uint32_t pattern, size_t begin, size_t end) {
  const TextPattern& sought = matchers_.pattern(pattern);
  if (!sought.shape.empty()) return add_token(pattern, begin, end);
  if (sought.in_object) return add_in_object(pattern, begin);
  const RE2& regex = matchers_.regex(pattern);
  size_t window = end > window_before ? end - window_before : 0;
  std::string_view near = text_.substr(window, window_before + window_behind);
  re2::StringPiece input(near.data(), near.size());
  re2::StringPiece found[2];
  int groups = regex.NumberOfCapturingGroups() > 0 ? 2 : 1;
  size_t from = std::max({window, begin > farthest_begin ? begin - farthest_begin : 0, searched_[pattern]});
  while (from <= begin && regex.Match(input, from - window, input.size(), RE2::UNANCHORED, found, groups)) {
    re2::StringPiece part = groups == 2 && found[1].data() ? found[1] : found[0];
    auto at = static_cast<size_t>(part.data() - text_.data());
    bool telling = sought.entropy <= 0 || entropy({part.data(), part.size()}) >= sought.entropy;
    if (telling) {
      hits_.push_back({pattern,
                       {static_cast<uint32_t>(at), static_cast<uint32_t>(at + part.size())},
                       kept(part, longest_kept),
                       kept(found[0], longest_whole)});
    }
    // What begins behind this keyword has one of its own; what ends before it is passed over.
    if (static_cast<size_t>(found[0].data() - text_.data()) > begin) return;
    from = searched_[pattern] = std::max(at + part.size(), from + 1);
  }
}

std::vector<TextHit> TokenMatch::take() {
  std::sort(hits_.begin(), hits_.end(), [](const TextHit& a, const TextHit& b) {
    return a.span != b.span ? a.span < b.span : a.pattern < b.pattern;
  });
  std::set<Span> shown;  // to everybody, as the place of the value says, whatever its shape
  for (const TextHit& hit : hits_) {
    if (matchers_.pattern(hit.pattern).is_public) shown.insert(hit.span);
  }
  std::erase_if(hits_, [&](const TextHit& hit) { return shown.contains(hit.span); });
  auto same = [](const TextHit& a, const TextHit& b) { return a.pattern == b.pattern && a.span == b.span; };
  hits_.erase(std::unique(hits_.begin(), hits_.end(), same), hits_.end());
  return std::move(hits_);
}

}  // namespace tfcheck
