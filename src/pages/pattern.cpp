// Patterns and value tests of a rule block.
#include <algorithm>

#include "base/text.h"
#include "model/versions.h"
#include "pages/rule.h"

namespace tfcheck {

namespace {

bool any_text(const Patterns& patterns, std::string_view text) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const Pattern& pattern) { return pattern.matches_text(text); });
}

// The text by which a value can be compared: its own, or for lists and maps none.
bool has_text(const Value& value) {
  return value.is_literal() || value.is(ValueKind::Name) || value.is(ValueKind::Template) ||
         value.is(ValueKind::Call) || value.is(ValueKind::Function);
}

// A path that a call joins from parts (path.join(dir, "x.log"), new File(dir, "x.log")) is known by its last part;
// other values stand for themselves.
const Value& known_part(const WordSet* joiners, const Value& value) {
  if (!joiners || !value.is(ValueKind::Call) || value.item_count == 0) return value;
  const Value& part = value.items().back().value;
  bool text = part.is(ValueKind::String) || part.is(ValueKind::Template);
  return text && joiners->contains(value.text) ? part : value;
}

bool looks_like_path(const Value& value) {
  bool text = value.is(ValueKind::String) || value.is(ValueKind::Template);
  if (!text || value.text.empty() || value.text.find("://") != std::string_view::npos) return false;
  return value.text.find('/') != std::string_view::npos || value.text.find('\\') != std::string_view::npos ||
         value.text.find('.') != std::string_view::npos;
}

// The text of a value, or of anything inside it, passes. Templates are also asked word by word: "${process.pid}" holds
// "process.pid".
bool holds_inside(const Patterns& patterns, const Value& value, int depth) {
  constexpr int deepest = 6;
  if (!value.text.empty() && any_text(patterns, value.text)) return true;
  if (value.is(ValueKind::Template)) {
    constexpr std::string_view breaks = "${}()+ \t\"'`";
    for (size_t at = 0; at < value.text.size();) {
      size_t begin = value.text.find_first_not_of(breaks, at);
      if (begin == std::string_view::npos) break;
      size_t end = std::min(value.text.find_first_of(breaks, begin), value.text.size());
      if (any_text(patterns, value.text.substr(begin, end - begin))) return true;
      at = end;
    }
  }
  if (depth >= deepest) return false;
  std::span<const Arg> items = value.items();
  return std::any_of(items.begin(), items.end(),
                     [&](const Arg& item) { return holds_inside(patterns, item.value, depth + 1); });
}

// "^3.2.1-rc1" is 3, 2, 1.
Version version_of(std::string_view text) {
  return parse_version({}, text.substr(std::min(text.size(), text.find_first_not_of("^~>=v "))));
}

bool is_below(std::string_view text, std::string_view limit) {
  Version version = version_of(text);
  return !version.empty() && version < version_of(limit);
}

}  // namespace

bool Pattern::matches_name(std::string_view name) const {
  if (set) return set->contains(name);
  return glob ? glob_match(text, name, '.') : text == name;
}

bool Pattern::matches_text(std::string_view word) const {
  if (set) return set->contains(word);
  return glob ? glob_match(text, word, '\0') : text == word;
}

bool Pattern::matches_path(std::string_view path) const {
  if (set)
    return std::any_of(set->patterns().begin(), set->patterns().end(),
                       [&](const std::string& pattern) { return path_match(pattern, path); });
  return path_match(text, path);
}

bool ValueTest::operator()(const Value& given_value) const {
  const Value& value = effective && given_value.is(ValueKind::Env) && given_value.item_count
                           ? given_value.items()[0].value
                           : given_value;
  if (flag && *flag != (value.is(ValueKind::Bool) && value.text == "true")) return false;
  if (!std::all_of(all.begin(), all.end(), [&](const ValueTest& one) { return one(value); })) return false;
  if (!contains.empty() && !holds_inside(contains, value, 0)) return false;
  if (!below.empty() && !is_below(value.text, below)) return false;
  if (given && *given != static_cast<bool>(value)) return false;
  if (literal && *literal != value.is_literal()) return false;
  if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), value.kind) == kinds.end()) return false;
  if (nonempty && value.text.empty() && value.item_count == 0) return false;
  if (path && !looks_like_path(known_part(joiners, value))) return false;
  if (!is.empty()) {
    bool elements = value.is(ValueKind::List);
    const Value& part = known_part(joiners, value);
    bool found = (has_text(value) && any_text(is, value.text)) || (&part != &value && any_text(is, part.text));
    for (const Arg& item : elements ? value.items() : std::span<const Arg>{})
      found |= has_text(item.value) && any_text(is, item.value.text);
    if (!found) return false;
  }
  if (is_not.empty()) return true;
  auto differs = [&](const Value& one) { return !has_text(one) || !any_text(is_not, one.text); };
  return differs(value) && differs(known_part(joiners, value));
}

}  // namespace tfcheck
