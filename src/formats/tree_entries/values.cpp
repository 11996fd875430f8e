#include "formats/tree_entries/values.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace tfcheck {

namespace {

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

}  // namespace

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

Value text_value(FileFacts& facts, std::string_view text, Span span, uint32_t syntax) {
  return read_scalar(facts, text, span, syntax | scalar::Text);
}

static bool is_environment_tag(std::string_view tag) {
  return any_of(tag, {"!env", "!ENV", "!Env", "!env_var", "!EnvVar"});
}

// Functions of CloudFormation, whose arguments are values, and tags that say of what type a value is or who reads it.
static constexpr std::string_view value_tags[] = {
    "!And",      "!Base64",      "!Cidr",         "!Condition", "!Equals",    "!FindInMap", "!GetAZs",   "!GetAtt",
    "!If",       "!ImportValue", "!Join",         "!Not",       "!Or",        "!Ref",       "!Select",   "!Split",
    "!Sub",      "!Transform",   "!ToJsonString", "!Length",    "!reference", "!str",       "!string",   "!float",
    "!int",      "!bool",        "!seq",          "!map",       "!set",       "!list",      "!binary",   "!regexp",
    "!sequence", "!array",       "!tuple",        "!unsafe",    "!raw",       "!literal",   "!override", "!reset"};

// A tag of the program that reads the file, by which it looks something up or works it out: `!Find`, `!KeyOf`.
static bool is_call_tag(std::string_view tag) {
  if (tag.size() < 2 || tag[0] != '!' || tag[1] == '!' || tag[1] == '<') return false;
  return std::find(std::begin(value_tags), std::end(value_tags), tag) == std::end(value_tags);
}

bool is_tagged_call(const ConfigNode& node) {
  return node.kind == NodeKind::List && is_call_tag(node.tag);
}

static Value tagged_value(FileFacts& facts, const ConfigNode& node, uint32_t syntax) {
  std::string_view tag = node.tag;
  if (any_of(tag, {"!Ref", "!GetAtt", "!ImportValue", "!secret", "!php/const", "!Condition"})) {
    return facts.value(ValueKind::Name, node.text, node.span);
  }
  if (tag == "!Sub") return facts.value(ValueKind::Template, node.text, node.span);
  if (tag == "!vault" || tag.starts_with("!encrypted")) return facts.value(ValueKind::Unknown, {}, node.span);
  if (is_environment_tag(tag) && node.text.find("${") == std::string_view::npos) {
    return facts.value(ValueKind::Env, before_first(node.text, ' '), node.span);
  }
  if (is_call_tag(tag)) return facts.value(ValueKind::Call, tag.substr(1), node.span);
  return text_value(facts, node.text, node.span, syntax);
}

Value tagged_list_value(FileFacts& facts, const ConfigTree& tree, NodeId id, uint32_t syntax) {
  const ConfigNode& list = tree.node(id);
  if (!is_environment_tag(list.tag)) return facts.value(ValueKind::Call, list.tag.substr(1), list.span);
  // !Env [NAME, default]
  NodeId name = tree.first(id), fallback = list.last;
  if (fallback == name || fallback == no_node) return facts.value(ValueKind::Env, tree.text(name), list.span);
  Arg item{{}, scalar_value(facts, tree.node(fallback), syntax)};
  return facts.with_items(ValueKind::Env, tree.text(name), {&item, 1}, list.span);
}

Value scalar_value(FileFacts& facts, const ConfigNode& node, uint32_t syntax) {
  if (facts.full()) return {};
  if (node.kind != NodeKind::Scalar) return facts.value(ValueKind::Null, {}, node.span);
  if (node.tag.starts_with("!") && !node.tag.starts_with("!!")) return tagged_value(facts, node, syntax);
  if (node.text.starts_with("ENC[") && node.text.ends_with("]")) return facts.value(ValueKind::Unknown, {}, node.span);
  if (node.type != ValueKind::Absent) return facts.value(node.type, node.text, node.span);
  if (!node.quoted && node.tag != "!!str") {
    ValueKind kind = plain_kind(node.text);
    if (kind == ValueKind::Bool) return facts.value(kind, bool_text(node.text), node.span);
    if (kind == ValueKind::Null) return facts.value(kind, {}, node.span);
    if (kind == ValueKind::Number) return facts.value(kind, node.text, node.span);
  }
  return text_value(facts, node.text, node.span, syntax);
}

}  // namespace tfcheck
