#include "pages/page_items.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "pages/block_keys.h"

namespace tfcheck {

namespace {

std::vector<std::string> names_in(std::string_view list) {
  std::vector<std::string> names;
  for (std::string_view name : split(list, ',')) names.emplace_back(trim(name));
  return names;
}

}  // namespace

bool is_page_item(std::string_view line) {
  return line.starts_with("- ");
}

Result<std::vector<PageItem>> page_items(std::string_view text, uint32_t line, std::string_view file,
                                         std::string_view usage) {
  std::vector<PageItem> items;
  for (std::string_view written : split(text, '\n')) {
    uint32_t own = line++;
    if (!items.empty() && written.starts_with("  ")) items.back().text += " " + std::string(trim(written));
    if (!is_page_item(written)) continue;
    std::string_view names = before_first(written.substr(2), ':');
    std::string_view rest = trim(written.substr(std::min(written.size(), names.size() + 3)));
    if (rest.empty()) return Error{std::string(usage), std::string(file), own, ""};
    items.push_back({names_in(names), std::string(rest), own});
  }
  return items;
}

std::optional<Error> unknown_format(std::string_view word, std::string_view file, uint32_t line) {
  const std::vector<std::string>& known = format_words();
  if (std::binary_search(known.begin(), known.end(), word)) return std::nullopt;
  std::string near = nearest(word, known);
  return Error{"'" + std::string(word) + "' is no language and no format", std::string(file), line,
               near.empty() ? "" : "did you mean '" + near + "'?"};
}

Result<PageCoverage> page_coverage(std::string_view text, uint32_t line, std::string_view file) {
  Result<std::vector<PageItem>> items =
      page_items(text, line, file, "an item of \"Coverage\" is `- claims: nginx, compose` or `- go, rust: why not`");
  if (!items) return items.error();
  PageCoverage coverage{{}, {}, line - 1};
  std::set<std::string> seen;
  for (PageItem& item : *items) {
    bool claims = item.names == std::vector<std::string>{"claims"};
    std::vector<std::string> names = claims ? names_in(item.text) : item.names;
    for (const std::string& name : names) {
      bool is_group = name == every_other_language && !claims;
      if (std::optional<Error> wrong = unknown_format(name, file, item.line); wrong && !is_group) return *wrong;
      if (!seen.insert((claims ? "claims " : "") + name).second)
        return Error{"'" + name + "' has an item already", std::string(file), item.line, ""};
    }
    if (claims)
      coverage.claims.insert(coverage.claims.end(), names.begin(), names.end());
    else
      coverage.reasons.push_back({std::move(names), std::move(item.text), item.line});
  }
  return coverage;
}

}  // namespace tfcheck
