#include "masking/sensitive_locator.h"

#include <algorithm>

#include "base/text.h"
#include "masking/sensitive_pieces.h"
#include "masking/sensitive_text.h"

namespace tfcheck {

namespace {

// A value may stand for a whole script whose parts cannot be told apart: then its text is looked for in the lines
// shown.
constexpr size_t widest_located = 4096;
constexpr size_t widest_quotes = 8;        // with prefixes, before a literal's text
constexpr size_t shortest_evaluated = 6;   // shorter ones are as likely part of a word
constexpr size_t longest_searched = 1024;  // a longer secret is hidden with all that it stands in

}  // namespace

void Locator::add(const Value& value, Span part) {
  std::string_view secret = value.text.substr(part.begin, part.end - part.begin);
  if (&value != value_) enter(value);
  if (raw_.empty()) return found_.texts.push_back({std::string(secret), {}});
  if (offset_ != std::string_view::npos) return put(offset_ + part.begin, secret);
  if (find(secret) || (secret.find('\n') != std::string_view::npos && find_lines(secret))) return;
  evaluated(secret);
  // A name stands for a literal elsewhere, where it is masked.
  if (raw_.find_first_of("\"'`\\\n") != std::string_view::npos) written();
}

SensitiveFile Locator::take() {
  found_.spans = merge_spans(std::move(found_.spans));
  return std::move(found_);
}

void Locator::enter(const Value& value) {
  Span span = value.span;
  value_ = &value;
  raw_ = {};
  behind_ = 0;
  if (span.end <= span.begin || span.end > text_.size()) return;
  if (span.end - span.begin > widest_located + 4 * value.text.size()) return;
  begin_ = span.begin;
  raw_ = text_.substr(span.begin, span.end - span.begin);
  offset_ = std::string_view::npos;
  for (size_t quotes = 0; quotes < widest_quotes && offset_ == std::string_view::npos; ++quotes) {
    if (raw_.substr(std::min(quotes, raw_.size())).starts_with(value.text)) offset_ = quotes;
  }
}

bool Locator::find(std::string_view secret) {
  if (secret.size() > longest_searched) return false;
  size_t at = raw_.find(secret, behind_);
  if (at == std::string_view::npos) return false;
  behind_ = at + secret.size();
  put(at, secret);
  return true;
}

// Of a text over several lines each is looked for: they are indented where they are written.
bool Locator::find_lines(std::string_view secret) {
  bool found = true;
  for (std::string_view line : split(secret, '\n')) found &= trim(line).empty() || find(trim(line));
  return found;
}

void Locator::put(size_t at, std::string_view secret) {
  auto begin = static_cast<uint32_t>(begin_ + at);
  found_.spans.push_back({begin, begin + static_cast<uint32_t>(secret.size())});
}

// Put together from pieces: whoever uses it has the whole text, and each piece is some of it.
void Locator::evaluated(std::string_view secret) {
  if (secret.size() < shortest_evaluated || !told_.emplace(secret.data(), secret.size()).second) return;
  auto begin = static_cast<uint32_t>(begin_);
  found_.texts.push_back({std::string(secret), {begin, begin + static_cast<uint32_t>(raw_.size())}});
  for (std::string_view piece : secret_pieces(words_, raw_, secret)) found_.texts.push_back({std::string(piece), {}});
  if (std::string joined = without_blanks(secret); !joined.empty() && raw_.find('\n') != std::string_view::npos)
    found_.texts.push_back({std::move(joined), {}});
}

// Written in escapes or pieces: what the writing shows of it, or all of it between its quotes.
void Locator::written() {
  if (begin_ == written_) return;
  written_ = begin_;
  std::vector<Span> parts = sensitive_parts(words_, raw_, TextKind::Code);
  for (Span part : parts) put(part.begin, raw_.substr(part.begin, part.end - part.begin));
  if (!parts.empty()) return;
  size_t first = raw_.find_first_of("\"'`"), last = raw_.find_last_of("\"'`");
  bool quoted = first != std::string_view::npos && first != last;
  put(quoted ? first + 1 : 0, quoted ? raw_.substr(first + 1, last - first - 1) : raw_);
}

}  // namespace tfcheck
