// Versions and ranges as texts.
#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "model/versions.h"

namespace tfcheck {

namespace {

std::string_view without_letters(std::string_view text) {
  while (!text.empty() && !is_digit(text[0])) text.remove_prefix(1);
  return text;
}

}  // namespace

Version parse_version(std::string_view product, std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  if (product == "java") text = without_letters(text);  // "openjdk11", "oraclejdk8"
  Version version;
  while (!text.empty() && is_digit(text[0]) && version.size() < 4) {
    int number = 0;
    size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits]) && digits < 6) number = number * 10 + (text[digits++] - '0');
    version.push_back(number);
    text.remove_prefix(digits);
    if (!text.starts_with('.')) break;
    text.remove_prefix(1);
  }
  if (product == "java" && version.size() > 1 && version[0] == 1) version.erase(version.begin());  // 1.8 is 8
  return version;
}

Version numbers_of(std::string_view text) {
  Version version;
  for (std::string_view part : split(text, '.')) version.push_back(std::stoi(std::string(part)));
  return version;
}

std::string_view version_words(std::string_view product, std::string_view text) {
  if (product == "java") text = without_letters(text);
  size_t end = text.find_first_not_of("0123456789.", text.starts_with('v') ? 1 : 0);
  text = text.substr(0, end);
  while (text.ends_with('.')) text.remove_suffix(1);  // "3.x"
  return text;
}

VersionRules::VersionRules(const ProjectView& view) : two_numbers_(view.table("product").keys_with("numbers", "2")) {}

size_t VersionRules::telling_numbers(std::string_view product, const Version& version) const {
  if (product == "postgres") return !version.empty() && version[0] < 10 ? 2 : 1;
  return two_numbers_.contains(product) ? 2 : 1;
}

bool VersionRules::agree(std::string_view product, const Version& a, const Version& b) const {
  size_t common = std::min({telling_numbers(product, a), a.size(), b.size()});
  return std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(common), b.begin());
}

// One comparison of a range: ">=3.9".
bool VersionRules::holds(std::string_view product, std::string_view text, const Version& version) const {
  std::string_view op = text.substr(0, text.find_first_of("0123456789vx*"));
  Version bound = parse_version(product, without_letters(text.substr(op.size())));
  op = trim(op);
  if (bound.empty()) return true;
  size_t telling = telling_numbers(product, version);
  Version have(version.begin(), version.begin() + static_cast<std::ptrdiff_t>(std::min(version.size(), telling)));
  Version want(bound.begin(), bound.begin() + static_cast<std::ptrdiff_t>(std::min(bound.size(), telling)));
  size_t common = std::min(have.size(), want.size());
  int order = 0;
  for (size_t i = 0; i < common && order == 0; ++i) order = have[i] < want[i] ? -1 : have[i] > want[i] ? 1 : 0;
  if (op == ">=" || op == ">") return order >= 0;
  if (op == "<=") return order <= 0;
  // "<21" and "<3.13" leave out what they name; "<20.5" does not leave out 20.
  if (op == "<") return order < 0 || (order == 0 && bound.size() > want.size());
  bool caret = op == "^" || ((op == "~=" || op == "~>") && bound.size() == 2);
  if (caret) return order >= 0 && have[0] == bound[0];
  if (op == "!=" || op == "!==") return true;
  return order == 0;
}

bool VersionRules::admits(std::string_view product, std::string_view range, const Version& version) const {
  std::string text(range);
  for (size_t at = text.find("||"); at != std::string::npos; at = text.find("||", at)) text.replace(at, 2, "|");
  for (std::string_view alternative : split(text, '|')) {
    std::string parts(alternative);
    std::replace(parts.begin(), parts.end(), ',', ' ');
    bool all = true, operator_alone = false;
    std::string pending;
    for (std::string_view word : split_words(parts)) {
      if (word == "-") return true;  // "16 - 18": not read
      operator_alone = word.find_first_of("0123456789x*") == std::string_view::npos;
      pending += word;
      if (operator_alone) continue;
      all = all && holds(product, pending, version);
      pending.clear();
    }
    if (all) return true;
  }
  return false;
}

}  // namespace tfcheck
