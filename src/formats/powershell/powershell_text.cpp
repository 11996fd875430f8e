#include "formats/powershell/powershell_text.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr size_t longest_name = 200;
constexpr size_t most_parts = 50;

bool is_name(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == ':';
}

// Behind "…" or '…': a quote is doubled inside, and in double quotes a backtick takes the next character along.
size_t behind_quotes(std::string_view script, size_t at) {
  char quote = script[at];
  for (size_t i = at + 1; i < script.size(); ++i) {
    if (quote == '"' && script[i] == '`') {
      ++i;
    } else if (script[i] == quote) {
      if (i + 1 == script.size() || script[i + 1] != quote) return i + 1;
      ++i;
    }
  }
  return script.size();
}

// The text of a variable read inside a string: "${X}".
struct Parts {
  std::string text;
  std::vector<Arg> reads;
  size_t variables = 0;
};

// `$(…)` is whatever comes out of it.
size_t behind_expression(std::string_view inside, size_t at) {
  size_t depth = 0;
  for (; at < inside.size(); ++at) {
    depth += inside[at] == '(' ? 1 : 0;
    if (inside[at] == ')' && --depth == 0) return at + 1;
  }
  return inside.size();
}

void add_variable(FileFacts& facts, Parts& parts, std::string_view inside, size_t& at, uint32_t offset) {
  size_t end = inside.substr(at, 2) == "$(" ? behind_expression(inside, at + 1) : behind_variable(inside, at);
  std::string_view written = inside.substr(at, end - at);
  std::string_view name = written.starts_with("$(") ? std::string_view("expression") : variable_name(written);
  parts.text.append("${").append(name).append("}");
  Span span{offset + static_cast<uint32_t>(at), offset + static_cast<uint32_t>(end)};
  if (is_environment(written) && parts.reads.size() < most_parts)
    parts.reads.push_back({{}, facts.value(ValueKind::Env, name, span)});
  ++parts.variables;
  at = end;
}

// What stands between double quotes.
Parts read_parts(FileFacts& facts, std::string_view inside, uint32_t offset, bool here) {
  Parts parts;
  for (size_t at = 0; at < inside.size();) {
    char c = inside[at];
    bool variable = c == '$' && at + 1 < inside.size() &&
                    (is_name(inside[at + 1]) || inside[at + 1] == '{' || inside[at + 1] == '(');
    if (variable) {
      add_variable(facts, parts, inside, at, offset);
      continue;
    }
    bool escaped = c == '`' && at + 1 < inside.size();
    bool doubled = !here && inside.substr(at, 2) == "\"\"";
    at += escaped || doubled ? 1 : 0;
    char meant = inside[at++];
    if (escaped) meant = meant == 'n' ? '\n' : meant == 't' ? '\t' : meant == 'r' ? '\r' : meant;
    parts.text += meant;
  }
  return parts;
}

std::string undoubled(std::string_view inside) {
  std::string out;
  for (size_t at = 0; at < inside.size(); ++at) {
    out += inside[at];
    if (inside[at] == '\'' && at + 1 < inside.size() && inside[at + 1] == '\'') ++at;
  }
  return out;
}

Value variable(FileFacts& facts, const Text& text) {
  std::string_view name = variable_name(text.written);
  if (iequals(name, "null")) return facts.value(ValueKind::Null, {}, text.span);
  if (iequals(name, "true") || iequals(name, "false")) return facts.value(ValueKind::Bool, lower(name), text.span);
  return facts.value(is_environment(text.written) ? ValueKind::Env : ValueKind::Name, name, text.span);
}

}  // namespace

size_t behind_string(std::string_view script, size_t at) {
  if (script[at] == '"' || script[at] == '\'') return behind_quotes(script, at);
  bool here = script[at] == '@' && at + 1 < script.size() && (script[at + 1] == '"' || script[at + 1] == '\'');
  if (!here) return at;
  std::string mark = "\n" + std::string(1, script[at + 1]) + "@";
  size_t close = script.find(mark, at + 2);
  return close == none ? script.size() : close + mark.size();
}

size_t behind_comment(std::string_view script, size_t at) {
  bool block = script.substr(at, 2) == "<#";
  size_t end = script.find(block ? std::string_view("#>") : std::string_view("\n"), at + (block ? 2 : 0));
  return end == none ? script.size() : end + (block ? 2 : 0);
}

size_t behind_variable(std::string_view script, size_t at) {
  if (script.substr(at, 2) == "${") {
    size_t close = script.substr(at, longest_name).find('}');
    return close == none ? at + 2 : at + close + 1;
  }
  size_t end = at + 1;
  while (end < script.size() && is_name(script[end])) ++end;
  return end;
}

std::string_view variable_name(std::string_view written) {
  if (written.starts_with("${")) written = written.substr(1, written.size() - 1);
  while (!written.empty() && (written.front() == '$' || written.front() == '{')) written.remove_prefix(1);
  if (written.ends_with('}')) written.remove_suffix(1);
  return written.substr(written.rfind(':') + 1);
}

bool is_environment(std::string_view written) {
  size_t begin = std::min(written.find_first_not_of("${"), written.size());
  return iequals(written.substr(begin, 4), "env:");
}

Text read_text(std::string_view script, size_t at) {
  Text text;
  text.end = at;
  if (at >= script.size()) return text;
  if (size_t end = behind_string(script, at); end != at) {
    text.end = end;
    text.is_text = true;
  } else if (script[at] == '$' && script.substr(at, 2) != "$(") {
    text.end = behind_variable(script, at);
    text.is_text = text.end > at + 1;
  } else {
    text.end = std::min(script.find_first_of(" \t\r\n;,|&{}()\"'", at), script.size());
    text.is_text = is_number(script.substr(at, text.end - at));
  }
  text.written = script.substr(at, text.end - at);
  text.span = {static_cast<uint32_t>(at), static_cast<uint32_t>(text.end)};
  return text;
}

Value evaluate(FileFacts& facts, const Text& text) {
  std::string_view written = text.written;
  if (written.starts_with('$')) return variable(facts, text);
  bool here = written.starts_with("@\"") || written.starts_with("@'");
  bool quoted = here || written.starts_with('"') || written.starts_with('\'');
  if (!quoted) return facts.value(is_number(written) ? ValueKind::Number : ValueKind::String, written, text.span);
  size_t marks = here ? 2 : 1;
  size_t begin = here ? std::min(written.find('\n'), written.size() - 1) + 1 : 1;
  size_t end = written.size() > begin + marks ? written.size() - marks - (here ? 1 : 0) : begin;
  std::string_view inside = written.substr(begin, end > begin ? end - begin : 0);
  if (written[marks - 1] == '\'') return facts.string(here ? std::string(inside) : undoubled(inside), text.span);
  Parts parts = read_parts(facts, inside, text.span.begin + static_cast<uint32_t>(begin), here);
  if (parts.variables == 0) return facts.string(parts.text, text.span);
  if (parts.variables == 1 && parts.reads.size() == 1 && parts.text.size() == parts.reads[0].value.text.size() + 3)
    return parts.reads[0].value;
  return facts.with_items(ValueKind::Template, parts.text, parts.reads, text.span);
}

}  // namespace tfcheck
