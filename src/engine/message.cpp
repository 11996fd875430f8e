#include "engine/message.h"

#include <algorithm>

#include "base/text.h"
#include "masking/sensitive_facts.h"
#include "masking/sensitive_name.h"
#include "masking/sensitive_text.h"

namespace tfcheck {

namespace {

constexpr size_t longest = 60;
constexpr size_t longest_read = 4096;  // of a value: what lies behind cannot come into view

// The argument that a test asks for, and what it is called.
Arg meant_argument(const Fact& fact, const FactTest* test) {
  if (test) {
    for (const ArgumentTest& wanted : test->arguments) {
      for (const std::string& name : wanted.names) {
        if (const Value& value = argument(fact.args(), name)) return {name, value};
      }
      for (int position : wanted.positions) {
        if (const Value& value = argument(fact.args(), {}, position)) return {{}, value};
      }
    }
  }
  return fact.arg_count ? fact.args()[0] : Arg{};
}

// A value under its name, which may announce a secret.
std::string display_named(std::string_view name, const Value& value) {
  bool literal = value.is(ValueKind::String) || value.is(ValueKind::Template) || value.is(ValueKind::Number);
  if (!literal || sense_of(name) != NameSense::Secret || is_harmless(value.text)) return display(value);
  return value.is(ValueKind::Number) ? mask(value.text) : "'" + mask(value.text) + "'";
}

std::string fill(std::string_view message, auto&& value_of) {
  std::string out;
  for (size_t at = 0; at < message.size();) {
    size_t open = message.find('{', at);
    size_t close = open == std::string_view::npos ? open : message.find('}', open);
    if (close == std::string_view::npos) return out.append(message.substr(at));
    out.append(message.substr(at, open - at)).append(value_of(message.substr(open + 1, close - open - 1)));
    at = close + 1;
  }
  return out;
}

}  // namespace

std::string display(std::string_view text) {
  std::string out = printable(mask_sensitive(text.substr(0, longest_read), TextKind::Prose));
  if (out.size() <= longest && text.size() <= longest_read) return out;
  size_t cut = std::min(longest - 3, out.size());
  while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0) == 0x80) --cut;
  return out.substr(0, cut) + "...";
}

std::string display(const Value& value) {
  switch (value.kind) {
    case ValueKind::String:
    case ValueKind::Template:
      return "'" + display(value.text) + "'";
    case ValueKind::Env:
      return "$" + display(value.text);
    case ValueKind::Call:
      return display(value.text) + "(…)";
    case ValueKind::Absent:
      return "";
    case ValueKind::Unknown:
      return "a computed value";
    case ValueKind::Null:
      return "null";
    case ValueKind::List:
      return "a list";
    case ValueKind::Map:
      return "a map";
    case ValueKind::Function:
      return "a function";
    default:
      return display(value.text);
  }
}

std::string fill_message(std::string_view message, const Project& project, FactRef ref, const FactTest* test) {
  const Fact& fact = project.fact(ref);
  return fill(message, [&](std::string_view key) -> std::string {
    if (key == "name") return display(fact.name);
    if (key == "value") return display_named(fact.name, fact.value);
    if (key == "argument") {
      Arg meant = meant_argument(fact, test);
      return display_named(meant.name, meant.value);
    }
    if (key == "path") return display(project.files[ref.file].path);
    if (key == "scope") return display(fact.context.scope);
    if (key == "command") return display(masked_command(fact));
    return "{" + std::string(key) + "}";
  });
}

std::string fill_message(std::string_view message, const Project& project, uint32_t file) {
  return fill(message, [&](std::string_view key) {
    return key == "path" ? display(project.files[file].path) : "{" + std::string(key) + "}";
  });
}

}  // namespace tfcheck
