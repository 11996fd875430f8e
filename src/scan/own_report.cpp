#include "scan/own_report.h"

#include "base/text.h"

namespace tfcheck {

namespace {

// The beginning without the blanks that another JSON writer sets otherwise.
std::string head_of(std::string_view text) {
  std::string head;
  for (char c : text.substr(0, 2048)) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') head += c;
  }
  return head;
}

}  // namespace

bool is_own_report(std::string_view text) {
  if (!trim(text.substr(0, 64)).starts_with('{')) return false;
  std::string head = head_of(text);
  for (std::string_view own : {"{\"schema\":\"tfcheck-report/", "{\"schema\":\"tfcheck-baseline/"}) {
    if (head.starts_with(own)) return true;
  }
  bool is_sarif = head.starts_with("{\"$schema\":") || head.starts_with("{\"version\":\"2.1.0\",");
  return is_sarif && head.find("\"runs\":[{\"tool\":{\"driver\":{\"name\":\"tfcheck\",") != std::string::npos;
}

}  // namespace tfcheck
