#include "formats/dockerfile/variables.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck::dockerfile {

namespace {

constexpr size_t longest_value = 4096;  // ENV A=$A$A doubles with every line

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The end of the reference that begins with the `$` at `at`; `at` + 1 when it is a plain dollar sign.
size_t reference_end(std::string_view word, size_t at) {
  size_t end = at + 1;
  if (end < word.size() && word[end] == '{') {
    size_t depth = 0;
    for (; end < word.size(); ++end) {
      if (word[end] == '{') ++depth;
      if (word[end] == '}' && --depth == 0) return end + 1;
    }
    return at + 1;
  }
  while (end < word.size() && is_name_char(word[end])) ++end;
  return end;
}

}  // namespace

Value Variables::value(FileFacts& facts, std::string_view word, Span span) const {
  return resolve(facts, word, span, Arguments::Reads);
}

Value Variables::with_defaults(FileFacts& facts, std::string_view word, Span span) const {
  return resolve(facts, word, span, Arguments::Defaults);
}

// `body` is what stands in the braces: NAME, NAME:-default, NAME-default, NAME:+other.
Value Variables::reference(FileFacts& facts, std::string_view body, Span span, Arguments arguments) const {
  size_t length = 0;
  while (length < body.size() && is_name_char(body[length])) ++length;
  std::string_view name = body.substr(0, length), rest = body.substr(length);
  bool fallback = rest.starts_with(":-") || rest.starts_with("-");
  if (!rest.empty() && !fallback) return facts.value(ValueKind::Template, "${" + std::string(body) + "}", span);
  auto found = values_.find(std::string(name));
  bool known = found != values_.end() && found->second.value && found->second.value.text.size() < longest_value;
  if (known && (!found->second.argument || arguments == Arguments::Defaults)) {
    Value value = found->second.value;
    value.span = span;
    return value;
  }
  Value other;
  if (fallback) other = facts.string(rest.substr(rest.find('-') + 1), span);
  if (known) other = found->second.value;
  if (other && arguments == Arguments::Defaults) return other;
  Arg item{{}, other};
  return facts.with_items(ValueKind::Env, name, {&item, other ? 1u : 0u}, span);
}

Value Variables::resolve(FileFacts& facts, std::string_view word, Span span, Arguments arguments) const {
  std::string text;
  Value single;
  size_t parts = 0;
  bool open = false;
  char quote = '\0';
  for (size_t i = 0; i < word.size() && text.size() < longest_value * 4;) {
    char c = word[i];
    size_t end = c == '$' && quote != '\'' ? reference_end(word, i) : i + 1;
    if (end > i + 1) {
      bool braces = word[i + 1] == '{';
      single =
          reference(facts, braces ? word.substr(i + 2, end - i - 3) : word.substr(i + 1, end - i - 1), span, arguments);
      bool literal = single.is(ValueKind::String);
      open = open || !literal;
      text += literal || single.is(ValueKind::Template) ? std::string(single.text)
              : braces                                  ? std::string(word.substr(i, end - i))
                                                        : "${" + std::string(word.substr(i + 1, end - i - 1)) + "}";
      ++parts;
      i = end;
    } else if (c == '\\' && quote != '\'' && i + 1 < word.size()) {
      if (word[i + 1] != '\n') text += word[i + 1], parts += 2;
      i += 2;
    } else if ((quote == '\0' && (c == '"' || c == '\'')) || (quote != '\0' && c == quote)) {
      quote = quote == '\0' ? c : '\0';
      ++i;
    } else {
      text += c;
      parts += 2;
      ++i;
    }
  }
  if (parts == 1) return single;
  return facts.value(open ? ValueKind::Template : ValueKind::String, text, span);
}

}  // namespace tfcheck::dockerfile
