#include "formats/tree_entries/values.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t most_parts = 50;
constexpr size_t longest_reference = 4'000;  // `${` without a brace that closes it so near begins none
constexpr size_t most_unclosed = 64;         // a text with more of such is no template
constexpr int deepest_default = 8;

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_identifier(std::string_view name) {
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::all_of(name.begin(), name.end(), is_name_char);
}

bool any_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_float(std::string_view text) {
  bool digit = false;
  bool dot = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c >= '0' && c <= '9') {
      digit = true;
    } else if (c == '.' && !dot) {
      dot = true;
    } else if ((c == 'e' || c == 'E') && digit && i + 1 < text.size()) {
      std::string_view exponent = text.substr(i + 1);
      if (exponent[0] == '-' || exponent[0] == '+') exponent.remove_prefix(1);
      return is_digits(exponent);
    } else {
      return false;
    }
  }
  return digit;
}

// One reference inside a text: `length` bytes of it, and what they are.
struct Reference {
  size_t length = 0;
  Value value;
};

Value read_text(FileFacts& facts, std::string_view text, Span span, Expansion expansion, int depth);

class Reader {
 public:
  Reader(FileFacts& facts, Span span, Expansion expansion, int depth)
      : facts_(facts), span_(span), expansion_(expansion), depth_(depth) {}

  // The reference at the start of `rest`, if one starts there.
  std::optional<Reference> at(std::string_view rest) {
    if (rest.size() < 2) return std::nullopt;
    rest = rest.substr(0, longest_reference);
    switch (rest[0]) {
      case '$':
        return dollar(rest);
      case '{':
        return rest[1] == '{' ? mustache(rest) : std::nullopt;
      case '<':
        return rest[1] == '%' ? erb(rest) : std::nullopt;
      case '%':
        return percent(rest);
      default:
        return std::nullopt;
    }
  }

 private:
  Value env(std::string_view name) { return facts_.value(ValueKind::Env, name, span_); }

  Value with_default(ValueKind kind, std::string_view name, std::string_view fallback) {
    Arg item{{}, read_text(facts_, fallback, span_, expansion_, depth_ + 1)};
    return facts_.with_items(kind, name, {&item, 1}, span_);
  }

  std::optional<Reference> dollar(std::string_view rest) {
    if (rest[1] == '{') return rest.starts_with("${{") ? expression(rest) : braces(rest);
    if (rest[1] == '(') return parens(rest);
    size_t end = 1;
    while (end < rest.size() && is_name_char(rest[end])) ++end;
    std::string_view name = rest.substr(1, end - 1);
    if (!is_identifier(name)) return std::nullopt;
    if (expansion_ != Expansion::Compose && !env_like(name)) return std::nullopt;
    return Reference{end, env(name)};
  }

  // ${X}, ${X:-d}, ${X-d}, ${X:?err}, ${X:default}, ${a.b.c}
  std::optional<Reference> braces(std::string_view rest) {
    size_t end = 1;
    for (int depth = 0; end < rest.size(); ++end) {
      if (rest[end] == '{') ++depth;
      if (rest[end] == '}' && --depth == 0) break;
      if (rest[end] == '\n') return std::nullopt;
    }
    if (end >= rest.size()) return std::nullopt;
    std::string_view body = rest.substr(2, end - 2);
    if (body.starts_with("env:")) body.remove_prefix(4);  // ${env:X} of log4j2 and serverless
    size_t stop = 0;
    while (stop < body.size() && (is_name_char(body[stop]) || body[stop] == '.')) ++stop;
    // A property name may hold dashes; `-` is a default only behind a variable's name.
    if (stop < body.size() && body[stop] == '-' && !env_like(body.substr(0, stop)) &&
        expansion_ != Expansion::Compose) {
      while (stop < body.size() && body[stop] != ':') ++stop;
    }
    std::string_view name = body.substr(0, stop);
    bool variable = env_like(name) || (expansion_ == Expansion::Compose && is_identifier(name));
    ValueKind kind = name.empty() ? ValueKind::Unknown : variable ? ValueKind::Env : ValueKind::Name;
    return Reference{end + 1, braces_value(kind, name, body.substr(stop))};
  }

  Value braces_value(ValueKind kind, std::string_view name, std::string_view tail) {
    if (tail.starts_with(":?") || tail.starts_with("?")) return facts_.value(kind, name, span_);
    if (tail.starts_with(":-")) return with_default(kind, name, tail.substr(2));
    if (tail.starts_with("-") || tail.starts_with(":")) return with_default(kind, name, tail.substr(1));
    if (tail.starts_with(",")) {  // ${env:X, 'd'} of serverless
      std::string_view fallback = trim(tail.substr(1));
      if (fallback.size() > 1 && (fallback[0] == '\'' || fallback[0] == '"'))
        fallback = fallback.substr(1, fallback.size() - 2);
      return with_default(kind, name, fallback);
    }
    return facts_.value(tail.empty() ? kind : ValueKind::Unknown, name, span_);
  }

  std::optional<Reference> expression(std::string_view rest) {
    size_t end = rest.find("}}");
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view body = trim(rest.substr(3, end - 3));
    bool plain = std::all_of(body.begin(), body.end(), [](char c) { return is_name_char(c) || c == '.' || c == '-'; });
    return Reference{end + 2, facts_.value(plain ? ValueKind::Name : ValueKind::Unknown, body, span_)};
  }

  std::optional<Reference> parens(std::string_view rest) {
    size_t end = rest.find(')');
    if (end == std::string_view::npos || !is_identifier(rest.substr(2, end - 2))) return std::nullopt;
    std::string_view name = rest.substr(2, end - 2);
    if (expansion_ != Expansion::Kubernetes && !env_like(name)) return std::nullopt;
    return Reference{end + 1, env(name)};
  }

  std::optional<Reference> mustache(std::string_view rest) {
    size_t end = rest.find("}}");
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view body = trim(rest.substr(2, end - 2));
    // lookup('env', 'X') of Ansible and `env "X"` of Consul templates read the environment.
    Value value = facts_.value(ValueKind::Template, rest.substr(0, end + 2), span_);
    if (size_t at = body.find("lookup("); at != std::string_view::npos && icontains(body.substr(at, 16), "env")) {
      std::string_view name = quoted(body.substr(std::min(body.size(), body.find(',', at))));
      if (!name.empty()) value = env(name);
    }
    return Reference{end + 2, value};
  }

  // The content of the first quoted text.
  static std::string_view quoted(std::string_view text) {
    size_t begin = text.find_first_of("'\"");
    if (begin == std::string_view::npos) return {};
    size_t end = text.find(text[begin], begin + 1);
    return end == std::string_view::npos ? std::string_view{} : text.substr(begin + 1, end - begin - 1);
  }

  std::optional<Reference> erb(std::string_view rest) {
    size_t end = rest.find("%>");
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view body = rest.substr(2, end - 2);
    Value value = facts_.value(ValueKind::Template, rest.substr(0, end + 2), span_);
    size_t at = body.find("ENV");
    if (at == std::string_view::npos) return Reference{end + 2, value};
    std::string_view after = body.substr(at + 3);
    if (!after.starts_with("[") && !after.starts_with(".fetch")) return Reference{end + 2, value};
    std::string_view name = quoted(after);
    size_t past = name.empty() ? after.size() : static_cast<size_t>(name.data() - after.data()) + name.size() + 1;
    return Reference{end + 2, ruby_read(name, after.substr(std::min(past, after.size())))};
  }

  // The read of ENV whose fallback is in `tail`: `) { "d" }`, `, "d")`, `] || "d"`.
  Value ruby_read(std::string_view name, std::string_view tail) {
    size_t mark = tail.find_first_of("{,|");
    if (mark == std::string_view::npos) return env(name);
    std::string_view fallback = trim(tail.substr(tail.find_first_not_of("{,|", mark) == std::string_view::npos
                                                     ? tail.size()
                                                     : tail.find_first_not_of("{,|", mark)));
    if (fallback.empty() || fallback.starts_with("nil")) return env(name);
    size_t stop = 0;
    while (stop < fallback.size() && is_name_char(fallback[stop])) ++stop;
    Arg item{{}, {}};
    if (fallback[0] == '"' || fallback[0] == '\'') {
      item.value = facts_.string(quoted(fallback), span_);
    } else if (is_digits(fallback.substr(0, stop)) && stop > 0) {
      item.value = facts_.value(ValueKind::Number, fallback.substr(0, stop), span_);
    } else {
      item.value = facts_.value(ValueKind::Unknown, {}, span_);
    }
    return facts_.with_items(ValueKind::Env, name, {&item, 1}, span_);
  }

  // %env(X)%, %env(int:X)% of Symfony; %parameter% is a reference of its own.
  std::optional<Reference> percent(std::string_view rest) {
    if (rest.starts_with("%env(")) {
      size_t end = rest.find(")%");
      if (end == std::string_view::npos) return std::nullopt;
      std::string_view name = rest.substr(5, end - 5);  // processors stand in front: int:X
      return Reference{end + 2, env(name.substr(name.rfind(':') + 1))};
    }
    if (!rest.starts_with("%kernel.") && !rest.starts_with("%app.")) return std::nullopt;
    size_t end = rest.find('%', 1);
    if (end == std::string_view::npos) return std::nullopt;
    return Reference{end + 1, facts_.value(ValueKind::Name, rest.substr(1, end - 1), span_)};
  }

  FileFacts& facts_;
  Span span_;
  Expansion expansion_;
  int depth_;  // of defaults inside defaults
};

Value read_text(FileFacts& facts, std::string_view text, Span span, Expansion expansion, int depth) {
  if (depth > deepest_default || text.find_first_of("${<%") == std::string_view::npos) return facts.string(text, span);
  Reader reader(facts, span, expansion, depth);
  std::vector<Arg> items;
  size_t unclosed = 0;
  bool template_text = false;
  for (size_t i = text.find_first_of("${<%"); i < text.size(); i = text.find_first_of("${<%", i)) {
    if (text.substr(i, 2) == "$$") {
      i += 2;
      continue;
    }
    std::optional<Reference> found = reader.at(text.substr(i));
    if (!found) {
      bool opens = text.substr(i, 2) == "${" || text.substr(i, 2) == "{{" || text.substr(i, 2) == "<%";
      if (opens && ++unclosed > most_unclosed) break;
      ++i;
      continue;
    }
    if (i == 0 && found->length == text.size()) return found->value;
    template_text = true;
    if (found->value.is(ValueKind::Env)) items.push_back({{}, found->value});
    if (items.size() > most_parts) break;
    i += found->length;
  }
  if (!template_text) return facts.string(text, span);
  return facts.with_items(ValueKind::Template, text, items, span);
}

}  // namespace

bool env_like(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

ValueKind plain_kind(std::string_view text) {
  if (text.empty() || any_of(text, {"~", "null", "Null", "NULL"})) return ValueKind::Null;
  if (text.size() <= 5 && any_of(text, {"true", "True", "TRUE", "false", "False", "FALSE", "yes", "Yes", "YES", "no",
                                        "No", "NO", "on", "On", "ON", "off", "Off", "OFF"})) {
    return ValueKind::Bool;
  }
  std::string_view digits = text;
  if (digits[0] == '-' || digits[0] == '+') digits.remove_prefix(1);
  if (digits.empty()) return ValueKind::String;
  auto hex = [](char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f'); };
  if (digits.size() > 2 && digits.starts_with("0x") && std::all_of(digits.begin() + 2, digits.end(), hex)) {
    return ValueKind::Number;
  }
  if (digits.size() > 2 && digits.starts_with("0o") && is_digits(digits.substr(2))) return ValueKind::Number;
  return is_float(digits) || any_of(digits, {".inf", ".Inf", ".nan", ".NaN"}) ? ValueKind::Number : ValueKind::String;
}

std::string_view bool_text(std::string_view text) {
  char c = static_cast<char>(text.empty() ? 'f' : text[0] | 32);
  return c == 't' || c == 'y' || (c == 'o' && text.size() == 2) ? "true" : "false";
}

Value text_value(FileFacts& facts, std::string_view text, Span span, Expansion expansion) {
  return facts.full() ? Value{} : read_text(facts, text, span, expansion, 0);
}

static Value tagged_value(FileFacts& facts, const ConfigNode& node, Expansion expansion) {
  std::string_view tag = node.tag;
  if (any_of(tag, {"!Ref", "!GetAtt", "!ImportValue", "!secret", "!php/const", "!Condition"})) {
    return facts.value(ValueKind::Name, node.text, node.span);
  }
  if (tag == "!Sub") return facts.value(ValueKind::Template, node.text, node.span);
  if (tag == "!vault" || tag.starts_with("!encrypted")) return facts.value(ValueKind::Unknown, {}, node.span);
  if (any_of(tag, {"!env", "!ENV", "!env_var"}) && node.text.find("${") == std::string_view::npos) {
    return facts.value(ValueKind::Env, before_first(node.text, ' '), node.span);
  }
  return text_value(facts, node.text, node.span, expansion);
}

Value scalar_value(FileFacts& facts, const ConfigNode& node, Expansion expansion) {
  if (facts.full()) return {};
  if (node.kind != NodeKind::Scalar) return facts.value(ValueKind::Null, {}, node.span);
  if (node.tag.starts_with("!") && !node.tag.starts_with("!!")) return tagged_value(facts, node, expansion);
  if (node.text.starts_with("ENC[") && node.text.ends_with("]")) return facts.value(ValueKind::Unknown, {}, node.span);
  if (!node.quoted && node.tag != "!!str") {
    ValueKind kind = plain_kind(node.text);
    if (kind == ValueKind::Bool) return facts.value(kind, bool_text(node.text), node.span);
    if (kind == ValueKind::Null) return facts.value(kind, {}, node.span);
    if (kind == ValueKind::Number) return facts.value(kind, node.text, node.span);
  }
  return text_value(facts, node.text, node.span, expansion);
}

}  // namespace tfcheck
