#include "pages/page_practices.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "pages/page_items.h"

namespace tfcheck {

namespace {

bool has_name(const std::vector<Practice>& practices, std::string_view name) {
  return std::any_of(practices.begin(), practices.end(), [&](const Practice& one) { return one.name == name; });
}

Error unknown_practice(std::string_view name, const std::vector<Practice>& practices, std::string_view file,
                       uint32_t line) {
  std::vector<std::string> names;
  for (const Practice& practice : practices) names.push_back(practice.name);
  std::string near = nearest(name, names);
  return Error{"the page has no [[practice]] '" + std::string(name) + "'", std::string(file), line,
               near.empty() ? "" : "did you mean '" + near + "'?"};
}

}  // namespace

std::optional<Error> take_practice_words(std::string_view text, uint32_t line, std::string_view file,
                                         std::vector<Practice>& practices) {
  Result<std::vector<PageItem>> items =
      page_items(text, line, file, "an item of \"What is seen as right\" is `- lock-file: every version is locked`");
  if (!items) return items.error();
  for (const PageItem& item : *items) {
    for (const std::string& name : item.names) {
      if (!has_name(practices, name)) return unknown_practice(name, practices, file, item.line);
      for (Practice& practice : practices) {
        if (practice.name != name) continue;
        if (!practice.message.empty())
          return Error{"'" + name + "' has an item already", std::string(file), item.line, ""};
        practice.message = item.text;
      }
    }
  }
  return std::nullopt;
}

std::optional<Error> check_practices(const std::vector<Practice>& practices, const std::vector<Example>& examples,
                                     std::string_view file) {
  for (const Practice& practice : practices) {
    if (practice.message.empty())
      return Error{"'## What is seen as right' has no item for the practice '" + practice.name + "'", std::string(file),
                   practice.match.line, "as in `- " + practice.name + ": what it is, in a few words`"};
  }
  for (const Example& example : examples) {
    for (const std::vector<std::string>* claimed : {&example.seen, &example.unseen}) {
      for (const std::string& name : *claimed) {
        if (!has_name(practices, name)) return unknown_practice(name, practices, file, example.line);
      }
    }
  }
  return std::nullopt;
}

}  // namespace tfcheck
