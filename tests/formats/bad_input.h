// Broken text for readers of formats.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/adapter.h"

namespace tfcheck {

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
    inputs.push_back(repeat(part, 2500));
    inputs.push_back("[x]\na = " + repeat(part, 2500));
    inputs.push_back("<a b=\"" + repeat(part, 2500) + "\">");
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

}  // namespace tfcheck
