#include "engine/message.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t longest = 60;

// Masks what lies between "://user:" and "@".
void mask_urls(std::string& text) {
  for (size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at + 3)) {
    size_t end = text.find_first_of("/ \"'?#", at + 3);
    size_t sign = text.substr(0, end).rfind('@');
    if (sign == std::string::npos || sign < at) continue;
    size_t colon = text.find(':', at + 3);
    if (colon == std::string::npos || colon > sign || text.compare(colon + 1, 2, "${") == 0) continue;
    text.replace(colon + 1, sign - colon - 1, "********");
  }
}

// Masks the value of password=… and pwd=… in connection strings.
void mask_connection_strings(std::string& text) {
  std::string folded = lower(text);
  for (std::string_view key : {"password=", "pwd=", "password:", "secret=", "accountkey="}) {
    for (size_t at = folded.find(key); at != std::string::npos; at = folded.find(key, at + 1)) {
      size_t begin = at + key.size();
      size_t end = std::min(folded.find_first_of(";& \"'", begin), folded.size());
      if (end == begin || text.compare(begin, 2, "${") == 0) continue;
      text.replace(begin, end - begin, "********");
      folded = lower(text);
    }
  }
}

const Value& meant_argument(const Fact& fact, const FactTest* test) {
  static constexpr Value absent;
  if (test) {
    for (const ArgumentTest& wanted : test->arguments) {
      for (const std::string& name : wanted.names) {
        if (const Value& value = argument(fact.args(), name)) return value;
      }
      for (int position : wanted.positions) {
        if (const Value& value = argument(fact.args(), {}, position)) return value;
      }
    }
  }
  return fact.arg_count ? fact.args()[0].value : absent;
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

std::string mask_credentials(std::string_view text) {
  std::string out(text);
  mask_urls(out);
  mask_connection_strings(out);
  return out;
}

std::string display(std::string_view text) {
  std::string out = printable(mask_credentials(text));
  if (out.size() <= longest) return out;
  size_t cut = longest - 3;
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
    if (key == "value") return display(fact.value);
    if (key == "argument") return display(meant_argument(fact, test));
    if (key == "path") return display(project.files[ref.file].path);
    if (key == "scope") return display(fact.context.scope);
    if (key == "command") {
      std::string words(fact.name);
      for (const Arg& arg : fact.args()) {
        if (arg.name.empty())
          words += " " + std::string(arg.value.is(ValueKind::Env) ? "$" + std::string(arg.value.text)
                                                                  : std::string(arg.value.text));
      }
      return display(words);
    }
    return "{" + std::string(key) + "}";
  });
}

std::string fill_message(std::string_view message, const Project& project, uint32_t file) {
  return fill(message, [&](std::string_view key) {
    return key == "path" ? display(project.files[file].path) : "{" + std::string(key) + "}";
  });
}

}  // namespace tfcheck
