#include "formats/xml/xml_properties.h"

namespace tfcheck {

namespace {

constexpr int most_rounds = 5;
constexpr size_t longest_result = 4096;

bool has_reference(std::string_view text) {
  return text.find("${") != std::string_view::npos || text.find("$(") != std::string_view::npos;
}

}  // namespace

std::string XmlProperties::resolve_once(std::string_view text) const {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t dollar = std::min(text.find('$', at), text.size());
    out += text.substr(at, dollar - at);
    if (dollar + 1 >= text.size()) return out += text.substr(dollar);
    at = dollar + 1;
    char open = text[at];
    size_t close = open == '{' || open == '(' ? text.find(open == '{' ? '}' : ')', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      out += '$';
      continue;
    }
    std::string_view name = text.substr(at + 1, close - at - 1);
    name = name.substr(0, name.find(":-"));
    if (name.starts_with("var:")) name.remove_prefix(4);
    auto known = values_.find(name);
    out += known == values_.end() ? text.substr(dollar, close + 1 - dollar) : known->second;
    at = close + 1;
    if (out.size() > longest_result) return out += text.substr(at);
  }
  return out;
}

std::string XmlProperties::resolve(std::string_view text) const {
  std::string out(text);
  for (int round = 0; round < most_rounds && has_reference(out) && out.size() < longest_result; ++round) {
    std::string next = resolve_once(out);
    if (next == out) break;
    out = std::move(next);
  }
  return out;
}

}  // namespace tfcheck
