#include "formats/shared/scalar.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr int deepest_default = 8;
constexpr size_t most_parts = 50;
constexpr size_t longest_template = size_t{64} * 1024;  // longer values are data

bool is_letter_or_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_true(std::string_view text, uint32_t syntax) {
  return iequals(text, "true") || (syntax & scalar::YesNo && (iequals(text, "yes") || iequals(text, "on")));
}

bool is_false(std::string_view text, uint32_t syntax) {
  return iequals(text, "false") || (syntax & scalar::YesNo && (iequals(text, "no") || iequals(text, "off")));
}

Value literal(FileFacts& facts, std::string_view text, Span span, uint32_t syntax) {
  if (syntax & scalar::Text) return facts.string(text, span);
  if (is_true(text, syntax)) return facts.value(ValueKind::Bool, "true", span);
  if (is_false(text, syntax)) return facts.value(ValueKind::Bool, "false", span);
  return facts.value(is_number(text) ? ValueKind::Number : ValueKind::String, text, span);
}

// What a piece of code in a template says: a number, a bool, or something that nobody knows.
Value code(FileFacts& facts, std::string_view text, Span span) {
  if (is_number(text)) return facts.value(ValueKind::Number, text, span);
  if (text == "true" || text == "false") return facts.value(ValueKind::Bool, text, span);
  return facts.value(ValueKind::Unknown, {}, span);
}

// Reads one text; defaults may hold references of their own.
class TextReader {
 public:
  TextReader(FileFacts& facts, std::string_view text, Span span, uint32_t syntax)
      : facts_(facts), text_(text), span_(span), syntax_(syntax) {
    // The places of its parts are known where the text is as it is written: plain, or in the quotes of YAML and JSON.
    size_t written = span.end - span.begin;
    bool quoted = written == text.size() + 2 && (syntax & references::Doubled);
    known_ = quoted || written == text.size();
    begin_ = span.begin + (quoted ? 1 : 0);
  }

  Value read(std::string_view text, int depth) {
    if (syntax_ & scalar::Verbatim || depth > deepest_default || text.size() > longest_template)
      return facts_.string(text, place_of(text));
    size_t budget = most_unclosed;
    auto reference = next_reference(text, 0, syntax_, budget);
    if (!reference) return literal(facts_, text, place_of(text), syntax_);
    if (reference->begin == 0 && reference->end == text.size()) return value(*reference, depth);
    std::string parts;
    std::vector<Arg> reads;
    size_t from = 0;
    for (size_t count = 0; reference && count <= most_parts; ++count) {
      parts += text.substr(from, reference->begin - from);
      std::string_view written = text.substr(reference->begin, reference->end - reference->begin);
      bool named = reference->kind == ValueKind::Env || reference->kind == ValueKind::Name;
      parts += named && !written.starts_with("${") ? "${" + std::string(reference->name) + "}" : std::string(written);
      if (reference->kind == ValueKind::Env) reads.push_back({{}, value(*reference, depth)});
      from = reference->end;
      reference = next_reference(text, from, syntax_, budget);
    }
    parts += text.substr(from);
    return facts_.with_items(ValueKind::Template, parts, reads, span_);
  }

 private:
  Value value(const Reference& reference, int depth) {
    if (reference.has == Reference::Default::None) return facts_.value(reference.kind, reference.name, span_);
    Arg item{{}, fallback(reference, depth)};
    return facts_.with_items(reference.kind, reference.name, {&item, 1}, span_);
  }

  Value fallback(const Reference& reference, int depth) {
    if (reference.has == Reference::Default::String)
      return facts_.string(reference.fallback, place_of(reference.fallback));
    if (reference.has == Reference::Default::Code)
      return code(facts_, reference.fallback, place_of(reference.fallback));
    return read(reference.fallback, depth + 1);
  }

  // Of a part of the text; the whole where its place is not known.
  Span place_of(std::string_view part) const {
    bool inside = std::less_equal<>()(text_.data(), part.data()) &&
                  std::less_equal<>()(part.data() + part.size(), text_.data() + text_.size());
    if (!known_ || !inside || part.size() == text_.size() || part.empty()) return span_;
    auto from = begin_ + static_cast<uint32_t>(part.data() - text_.data());
    return {from, from + static_cast<uint32_t>(part.size())};
  }

  FileFacts& facts_;
  std::string_view text_;
  Span span_;
  uint32_t syntax_;
  bool known_ = false;
  uint32_t begin_ = 0;  // of the text, behind a quote
};

}  // namespace

bool is_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  size_t digits = 0, points = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      ++digits;
    } else if (text[i] == '.') {
      ++points;
    } else {
      return digits > 0 && (text[i] == 'e' || text[i] == 'E') && points < 2 && is_digits(text.substr(i + 1));
    }
  }
  return digits > 0 && points < 2 && text.front() != '.' && text.back() != '.';
}

Value read_scalar(FileFacts& facts, std::string_view text, Span span, uint32_t syntax) {
  return facts.full() ? Value{} : TextReader(facts, text, span, syntax).read(text, 0);
}

Fact& add_entry(FileFacts& facts, std::string_view name, Span key, const Value& value, const Context& context) {
  Context place = context;
  size_t dot = name.rfind('.');
  if (place.scope.empty() && dot != none) place.scope = name.substr(0, dot);
  Span span = value && value.span.end > value.span.begin ? value.span : key;
  return facts.add(FactKind::Entry, name, span, value, {}, place);
}

bool names_development(std::string_view name) {
  static constexpr std::array<std::string_view, 20> words = {
      "dev",  "devel", "develop", "development", "test",   "tests",         "testing", "local", "lint",  "linting",
      "docs", "doc",   "ci",      "debug",       "format", "documentation", "typing",  "mypy",  "style", "bench"};
  for (size_t begin = 0; begin < name.size();) {
    size_t end = begin;
    while (end < name.size() && is_letter_or_digit(name[end])) ++end;
    std::string_view word = name.substr(begin, end - begin);
    if (std::any_of(words.begin(), words.end(), [&](std::string_view known) { return iequals(known, word); }))
      return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace tfcheck
