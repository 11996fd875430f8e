#include "formats/shared/scalar.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr int deepest_default = 8;
constexpr size_t longest_reference = 512;
constexpr size_t longest_template = size_t{64} * 1024;  // longer values are data

bool is_upper(char c) {
  return (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word(char c) {
  return is_upper(c) || is_digit(c) || (c >= 'a' && c <= 'z');
}

struct Reference {
  size_t begin = 0;
  size_t end = 0;
  ValueKind kind = ValueKind::Name;
  std::string_view name;
  std::optional<std::string_view> fallback;
};

bool is_variable(std::string_view name, uint32_t syntax) {
  if (name.empty() || is_digit(name[0])) return false;
  return std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_upper(c) || is_digit(c) || (syntax & scalar::AnyCase && is_word(c)); });
}

std::string_view unquoted(std::string_view text) {
  text = trim(text);
  bool quoted = text.size() >= 2 && text.front() == text.back() && (text.front() == '"' || text.front() == '\'');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// The inside of `${…}`: X, X:default, X:-default, env.X, env:X, some.property:default.
Reference braced(std::string_view inner, uint32_t syntax) {
  Reference found;
  bool env = inner.starts_with("env:") || inner.starts_with("env.") || inner.starts_with("ENV:");
  if (env) inner.remove_prefix(4);
  size_t end = 0;
  while (end < inner.size() && (is_word(inner[end]) || inner[end] == '.' || inner[end] == '[' || inner[end] == ']'))
    ++end;
  bool variable = is_variable(inner.substr(0, end), syntax);
  if (!variable && !env) {
    while (end < inner.size() && inner[end] != ':') ++end;
  }
  found.name = inner.substr(0, end);
  found.kind = variable || env ? ValueKind::Env : ValueKind::Name;
  std::string_view rest = inner.substr(end);
  if (rest.starts_with(":-") || rest.starts_with(":=")) {
    found.fallback = rest.substr(2);
  } else if (rest.starts_with(":?") || rest.starts_with("?") || rest.starts_with(":+") || rest.starts_with("+")) {
    found.fallback = std::nullopt;
  } else if (rest.starts_with(':') || rest.starts_with('-') || rest.starts_with('=')) {
    found.fallback = rest.substr(1);
  }
  // `${sys:name}`, `${sd:a.b}`: a lookup with a prefix, not a name with a default.
  static constexpr std::array<std::string_view, 11> lookups = {"sys",  "ctx",    "date",  "bundle", "main", "map",
                                                               "java", "spring", "log4j", "jndi",   "sd"};
  if (!variable && !env && found.fallback && std::find(lookups.begin(), lookups.end(), found.name) != lookups.end()) {
    found.name = inner.substr(0, inner.find(":-"));
    found.fallback = inner.find(":-") == none ? std::nullopt : std::optional(inner.substr(inner.find(":-") + 2));
  }
  return found;
}

// Ruby or Spring text that may read the environment: ENV['X'], ENV.fetch("X", "d"), systemEnvironment['X'].
Reference scripted(std::string_view inner) {
  Reference found;
  found.name = inner = trim(inner);
  std::string_view rest;
  for (std::string_view opener : {"ENV[", "ENV.fetch(", "systemEnvironment[", "env["}) {
    if (inner.starts_with(opener)) rest = inner.substr(opener.size());
  }
  if (rest.empty()) return found;
  size_t end = rest.find_first_of(",])");
  found.kind = ValueKind::Env;
  found.name = unquoted(rest.substr(0, end));
  if (end == none) return found;
  std::string_view tail = rest.substr(end + 1);
  if (rest[end] == ',') {
    found.fallback = unquoted(tail.substr(0, tail.rfind(')')));
  } else if (size_t either = tail.find("||"); either != none) {
    found.fallback = unquoted(tail.substr(either + 2));
  } else if (trim(tail).starts_with("?:")) {
    found.fallback = unquoted(trim(tail).substr(2));
  }
  return found;
}

size_t matching_brace(std::string_view text, size_t open) {
  int depth = 0;
  for (size_t i = open; i < text.size() && i - open < longest_reference; ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i;
  }
  return none;
}

std::optional<Reference> at_range(Reference found, size_t begin, size_t end) {
  found.begin = begin;
  found.end = end;
  if (found.name.empty()) return std::nullopt;
  return found;
}

std::optional<Reference> dollar_reference(std::string_view text, size_t at, uint32_t syntax) {
  if (at + 1 >= text.size()) return std::nullopt;
  if (text[at + 1] == '{') {
    size_t close = matching_brace(text, at + 1);
    if (close == none) return std::nullopt;
    return at_range(braced(text.substr(at + 2, close - at - 2), syntax), at, close + 1);
  }
  bool paren = text[at + 1] == '(';
  size_t begin = at + (paren ? 2 : 1), end = begin;
  while (end < text.size() && (is_word(text[end]) || (paren && text[end] == '.'))) ++end;
  Reference found;
  found.name = text.substr(begin, end - begin);
  bool variable = is_variable(found.name, syntax);
  if (paren) {
    if (end >= text.size() || text[end] != ')') return std::nullopt;
    if (found.name.starts_with("circus.env.")) found.name.remove_prefix(11), variable = true;
    found.kind = variable ? ValueKind::Env : ValueKind::Name;
    return at_range(found, at, end + 1);
  }
  bool whole = at == 0 && end == text.size() && found.name.size() > 1;
  if (!variable || !(whole || syntax & scalar::Dollar)) return std::nullopt;
  found.kind = ValueKind::Env;
  return at_range(found, at, end);
}

std::optional<Reference> percent_reference(std::string_view text, size_t at) {
  bool paren = at + 1 < text.size() && text[at + 1] == '(';
  size_t begin = at + (paren ? 2 : 1), end = begin;
  while (end < text.size() && (is_word(text[end]) || (paren && (text[end] == '.' || text[end] == '-')))) ++end;
  Reference found;
  found.name = text.substr(begin, end - begin);
  if (paren) {
    if (end >= text.size() || text[end] != ')') return std::nullopt;
    if (found.name.starts_with("ENV_")) found.name.remove_prefix(4), found.kind = ValueKind::Env;
    size_t after = end + 1;
    if (after < text.size() && (text[after] == 's' || text[after] == 'd')) ++after;
    return at_range(found, at, after);
  }
  // Shorter names would take the %C3%A9 of an encoded URL for a variable.
  if (end >= text.size() || text[end] != '%' || found.name.size() < 3 || !is_variable(found.name, 0))
    return std::nullopt;
  found.kind = ValueKind::Env;
  return at_range(found, at, end + 1);
}

// `open`…`close` around Ruby, Jinja or SpEL text.
std::optional<Reference> fenced(std::string_view text, size_t at, std::string_view open, std::string_view close) {
  if (text.substr(at, open.size()) != open) return std::nullopt;
  size_t begin = at + open.size();
  size_t end = text.substr(0, at + longest_reference).find(close, begin);
  if (end == none) return std::nullopt;
  return at_range(scripted(text.substr(begin, end - begin)), at, end + close.size());
}

std::optional<Reference> reference_at(std::string_view text, size_t at, uint32_t syntax) {
  switch (text[at]) {
    case '$':
      return dollar_reference(text, at, syntax);
    case '%':
      return percent_reference(text, at);
    case '#':
      return fenced(text, at, "#{", "}");
    case '{':
      return fenced(text, at, "{{", "}}");
    case '<':
      return fenced(text, at, "<%=", "%>");
    default:
      return std::nullopt;
  }
}

std::optional<Reference> next_reference(std::string_view text, size_t from, uint32_t syntax) {
  for (size_t at = text.find_first_of("$%#{<", from); at != none; at = text.find_first_of("$%#{<", at + 1)) {
    if (text[at] == '$' && syntax & scalar::AnyCase && text.substr(at, 2) == "$$") {
      ++at;
      continue;
    }
    if (auto found = reference_at(text, at, syntax)) return found;
  }
  return std::nullopt;
}

// Maven and Gradle filter `@name@` when the build copies a resource.
bool is_filtered(std::string_view text) {
  if (text.size() < 3 || text.front() != '@' || text.back() != '@') return false;
  std::string_view name = text.substr(1, text.size() - 2);
  return std::all_of(name.begin(), name.end(), [](char c) { return is_word(c) || c == '.' || c == '-'; });
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

Value read(FileFacts& facts, std::string_view text, Span span, uint32_t syntax, int depth);

Value reference_value(FileFacts& facts, const Reference& reference, Span span, uint32_t syntax, int depth) {
  if (!reference.fallback) return facts.value(reference.kind, reference.name, span);
  Arg fallback{{}, read(facts, *reference.fallback, span, syntax, depth + 1)};
  return facts.with_items(reference.kind, reference.name, {&fallback, 1}, span);
}

Value read(FileFacts& facts, std::string_view text, Span span, uint32_t syntax, int depth) {
  if (syntax & scalar::Verbatim || depth > deepest_default || text.size() > longest_template)
    return facts.string(text, span);
  auto reference = next_reference(text, 0, syntax);
  if (!reference) {
    if (is_filtered(text)) return facts.value(ValueKind::Name, text.substr(1, text.size() - 2), span);
    return literal(facts, text, span, syntax);
  }
  if (reference->begin == 0 && reference->end == text.size()) {
    return reference_value(facts, *reference, span, syntax, depth);
  }
  std::string parts;
  std::vector<Arg> reads;
  size_t from = 0;
  for (; reference; reference = next_reference(text, from, syntax)) {
    parts += text.substr(from, reference->begin - from);
    std::string_view written = text.substr(reference->begin, reference->end - reference->begin);
    parts += written.starts_with("${") ? std::string(written) : "${" + std::string(reference->name) + "}";
    if (reference->kind == ValueKind::Env) {
      reads.push_back({{}, reference_value(facts, *reference, span, syntax, depth)});
    }
    from = reference->end;
  }
  parts += text.substr(from);
  return facts.with_items(ValueKind::Template, parts, reads, span);
}

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
  return read(facts, text, span, syntax, 0);
}

std::optional<std::string> shell_references(std::string_view text) {
  std::string out;
  size_t from = 0;
  bool changed = false;
  while (auto reference = next_reference(text, from, scalar::Dollar)) {
    out += text.substr(from, reference->begin - from);
    std::string_view written = text.substr(reference->begin, reference->end - reference->begin);
    bool plain = written.starts_with('$') && !written.starts_with("$(");
    out += plain ? std::string(written) : "${" + std::string(reference->name) + "}";
    changed = changed || !plain;
    from = reference->end;
  }
  if (!changed) return std::nullopt;
  return out += text.substr(from);
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
    while (end < name.size() && is_word(name[end]) && name[end] != '_') ++end;
    std::string_view word = name.substr(begin, end - begin);
    if (std::any_of(words.begin(), words.end(), [&](std::string_view known) { return iequals(known, word); }))
      return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace tfcheck
