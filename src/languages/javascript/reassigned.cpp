#include "languages/javascript/hooks.h"

namespace tfcheck::javascript {

namespace {

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// The word that ends before `end`, blanks between them left out.
std::string_view word_before(std::string_view source, size_t end) {
  while (end > 0 && is_blank(source[end - 1])) --end;
  size_t begin = end;
  while (begin > 0 && is_name(source[begin - 1])) --begin;
  return source.substr(begin, end - begin);
}

// `const x = `, `a, b = `, `(x = `, `: number = ` and `this.x = ` assign to no variable that was there before.
bool is_declared(std::string_view source, std::string_view name) {
  auto begin = static_cast<size_t>(name.data() - source.data());
  if (begin > 0 && (source[begin - 1] == '.' || source[begin - 1] == '#')) return true;
  std::string_view before = word_before(source, begin);
  if (before == "const" || before == "let" || before == "var") return true;
  size_t at = begin;
  while (at > 0 && is_blank(source[at - 1])) --at;
  return at > 0 && std::string_view(",([:|").find(source[at - 1]) != std::string_view::npos;
}

}  // namespace

std::vector<std::string_view> reassigned(std::string_view source) {
  std::vector<std::string_view> names;
  auto add = [&](std::string_view name) {
    if (!name.empty() && !is_declared(source, name)) names.push_back(name);
  };
  for (size_t at = source.find('='); at != std::string_view::npos; at = source.find('=', at + 1)) {
    char next = at + 1 < source.size() ? source[at + 1] : ' ';
    if (next == '=' || next == '>') {
      while (at + 1 < source.size() && source[at + 1] == '=') ++at;
      continue;
    }
    size_t end = at;
    while (end > 0 && std::string_view("+-*/%&|^?<>").find(source[end - 1]) != std::string_view::npos) --end;
    add(word_before(source, end));
  }
  for (std::string_view step : {"++", "--"}) {
    for (size_t at = source.find(step); at != std::string_view::npos; at = source.find(step, at + 2)) {
      add(word_before(source, at));
      size_t end = at + 2;
      while (end < source.size() && is_name(source[end])) ++end;
      if (end > at + 2) names.push_back(source.substr(at + 2, end - at - 2));
    }
  }
  return names;
}

}  // namespace tfcheck::javascript
