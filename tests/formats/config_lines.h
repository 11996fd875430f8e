// The facts of a piece of configuration as lines, for tables of input and expected facts.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "facts/adapter.h"

namespace tfcheck::test {

// One line per fact: "entry a.b = 1", with " @scope" for commands and imports, " dev" for the Development flag.
inline std::string config_lines(const Adapter& adapter, std::string_view path, std::string_view text) {
  FileFacts facts;
  adapter.extract({path, text}, facts);
  std::string out;
  for (const Fact& fact : facts.facts()) {
    out += to_string(fact);
    if (fact.kind == FactKind::Command || fact.kind == FactKind::Import) out += fmt::format(" @{}", fact.context.scope);
    if (fact.context.has(context::Development)) out += " dev";
    out += '\n';
  }
  return out;
}

// Only the lines that begin with a word: "dependency", "command".
inline std::string config_lines(const Adapter& adapter, std::string_view path, std::string_view text,
                                std::string_view kind) {
  std::string all = config_lines(adapter, path, text), out;
  for (size_t begin = 0; begin < all.size();) {
    size_t end = all.find('\n', begin) + 1;
    if (all.compare(begin, kind.size(), kind) == 0) out += all.substr(begin, end - begin);
    begin = end;
  }
  return out;
}

inline std::string config_format(const Adapter& adapter, std::string_view path, std::string_view text) {
  FileFacts facts;
  adapter.extract({path, text}, facts);
  return std::string(facts.format());
}

// The text that a fact's span covers.
inline std::string config_span(const Adapter& adapter, std::string_view path, std::string_view text,
                               std::string_view name) {
  FileFacts facts;
  adapter.extract({path, text}, facts);
  for (const Fact& fact : facts.facts()) {
    if (fact.name == name) return std::string(text.substr(fact.span.begin, fact.span.end - fact.span.begin));
  }
  return "no such fact";
}

inline bool lies_in(const Value& value, size_t size) {
  bool good = value.span.begin <= value.span.end && value.span.end <= size;
  for (const Arg& item : value.items()) good = good && lies_in(item.value, size);
  return good;
}

// Inputs that no adapter may crash on, recurse into or be slow with. True when every span of every fact and value lies
// in the text, for each of them and for each beginning of `sample`.
inline bool survives_bad_input(const Adapter& adapter, std::string_view path, std::string_view sample) {
  auto repeat = [](std::string_view part, size_t times) {
    std::string out;
    for (size_t i = 0; i < times; ++i) out += part;
    return out;
  };
  std::vector<std::string> inputs = {"",   "\n",   "=",    "[",    "]",           "<",
                                     "\"", "a=${", "a=%(", "a=\\", "a = \"\\u12", "\xEF\xBF\xBD"};
  for (std::string_view part : {"[",   "{",     "<a>",        "<a b='",  "a.",  "${",        "\"",   "'",          "(",
                                "a=[", "a\\\n", "group do\n", "%(",      "{{",  "-",         "]",    "</a>",       "$(",
                                " ",   "\n",    "a: b\n",     "[[a]]\n", "a, ", "<![CDATA[", "<!--", "<!DOCTYPE ["}) {
    inputs.push_back(repeat(part, 20000));
    inputs.push_back("[x]\na = " + repeat(part, 20000));
    inputs.push_back("<a b=\"" + repeat(part, 20000) + "\">");
  }
  for (size_t size = 0; size <= sample.size(); ++size) inputs.emplace_back(sample.substr(0, size));
  for (const std::string& input : inputs) {
    FileFacts facts;
    adapter.extract({path, input}, facts);
    for (const Fact& fact : facts.facts()) {
      if (fact.span.begin > fact.span.end || fact.span.end > input.size()) return false;
      if (!lies_in(fact.value, input.size())) return false;
      for (const Arg& arg : fact.args()) {
        if (!lies_in(arg.value, input.size())) return false;
      }
    }
  }
  return true;
}

}  // namespace tfcheck::test
