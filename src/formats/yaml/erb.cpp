#include "formats/yaml/erb.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/lines.h"
#include "base/quoted.h"
#include "base/text.h"
#include "formats/shared/references.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr size_t longest_tag = 4'000;

// What stands between ENV and the name that it is asked for.
constexpr std::string_view askings[] = {"[", ".fetch(", ".fetch ", ".key?(", ".has_key?(", ".include?("};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool opens_quote(std::string_view text, size_t at) {
  return at < text.size() && (text[at] == '"' || text[at] == '\'');
}

// The string behind `, `, `] || ` or `) || `; nothing where none follows.
std::optional<std::string_view> fallback_behind(std::string_view script, size_t close) {
  size_t at = script.find_first_not_of("]) ", close + 1);
  if (at == none) return std::nullopt;
  if (script[at] == ',') {
    at = script.find_first_not_of(' ', at + 1);
  } else if (script.substr(at, 2) == "||") {
    at = script.find_first_not_of(' ', at + 2);
  } else {
    return std::nullopt;
  }
  if (at == none || !opens_quote(script, at)) return std::nullopt;
  size_t end = closing_quote(script, at, QuoteEscapes::Backslash);
  return end == none ? std::nullopt : std::optional(script.substr(at + 1, end - at - 1));
}

void add_reads(std::string_view script, uint32_t offset, FileFacts& facts) {
  for (size_t at = script.find("ENV"); at != none; at = script.find("ENV", at + 3)) {
    if (at > 0 && (is_word(script[at - 1]) || script[at - 1] == '.')) continue;
    std::string_view rest = script.substr(at + 3);
    auto asking = std::find_if(std::begin(askings), std::end(askings),
                               [&](std::string_view words) { return rest.starts_with(words); });
    if (asking == std::end(askings) || !opens_quote(rest, asking->size())) continue;
    size_t open = at + 3 + asking->size();
    size_t close = closing_quote(script, open, QuoteEscapes::Backslash);
    if (close == none) continue;
    std::string_view name = script.substr(open + 1, close - open - 1);
    if (!env_like(name)) continue;
    Span span{offset + static_cast<uint32_t>(at), offset + static_cast<uint32_t>(close + 1)};
    std::optional<std::string_view> fallback = fallback_behind(script, close);
    facts.add(FactKind::EnvRead, name, span, fallback ? facts.string(*fallback, span) : Value{});
  }
}

// A tag that prints nothing, without its signs.
struct Tag {
  std::string_view script;
  uint32_t begin, end;
};

std::vector<Tag> control_tags(std::string_view text) {
  std::vector<Tag> tags;
  for (size_t at = text.find("<%"); at != none; at = text.find("<%", at + 2)) {
    size_t end = text.substr(0, at + longest_tag).find("%>", at + 2);
    if (end == none || text.substr(at + 2, 1) == "=" || text.substr(at + 2, 1) == "#") continue;
    std::string_view script = text.substr(at + 2, end - at - 2);
    while (script.starts_with('-')) script.remove_prefix(1);
    while (script.ends_with('-')) script.remove_suffix(1);
    tags.push_back({trim(script), static_cast<uint32_t>(at), static_cast<uint32_t>(end + 2)});
  }
  return tags;
}

std::string_view first_word(std::string_view script) {
  size_t end = 0;
  while (end < script.size() && is_word(script[end])) ++end;
  return script.substr(0, end);
}

bool opens_block(std::string_view script) {
  constexpr std::array<std::string_view, 6> words = {"if", "unless", "case", "for", "while", "begin"};
  bool word = std::find(words.begin(), words.end(), first_word(script)) != words.end();
  return word || script.ends_with(" do") || (script.ends_with('|') && script.find(" do |") != none);
}

// "  adapter" of "  adapter: x": a key with its indentation, which says whose it is.
std::set<std::string_view> keys_of(std::string_view text) {
  std::set<std::string_view> keys;
  for (Lines lines(text); !lines.done();) {
    std::string_view line = lines.take().text;
    size_t colon = line.find(':');
    bool plain = colon != none && colon > 0 && line.find_first_of("<#") > colon;
    if (plain) keys.insert(line.substr(0, colon));
  }
  return keys;
}

bool shares_key(std::string_view one, std::string_view other) {
  std::set<std::string_view> keys = keys_of(one), others = keys_of(other);
  return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return others.contains(key); });
}

// The arms of a condition that is open.
struct Choice {
  Tag opening;
  std::vector<Span> arms;
  bool has_else = false;
};

// Without its variable `if ENV["X"]` is not taken, and neither is `if sqlite` where a line above reads one into it.
bool asks_environment(std::string_view condition, std::string_view above) {
  condition = trim(condition.substr(std::min<size_t>(2, condition.size())));
  if (condition.find("ENV") != none) return condition.find(".nil?") == none && !condition.starts_with('!');
  std::string_view name = first_word(condition);
  std::string set = std::string(name) + " = ENV";
  return !name.empty() && name.size() == condition.size() && above.find(set) != none;
}

}  // namespace

void flag_other_arms(const SourceFile& file, FileFacts& facts) {
  constexpr size_t deepest = 8;  // conditions within each other whose arms are compared
  std::vector<Choice> open;
  std::vector<Span> others;
  auto close_arm = [&](const Tag& tag) { open.back().arms.back().end = tag.begin; };
  for (const Tag& tag : control_tags(file.text)) {
    std::string_view word = first_word(tag.script);
    if (opens_block(tag.script)) {
      open.push_back({tag, {{tag.end, tag.end}}});
    } else if (!open.empty() && (word == "else" || word == "elsif" || word == "end")) {
      close_arm(tag);
      open.back().has_else |= word == "else";
      if (word != "end") {
        open.back().arms.push_back({tag.end, tag.end});
        continue;
      }
      Choice choice = std::move(open.back());
      open.pop_back();
      bool decides = choice.has_else && first_word(choice.opening.script) == "if" && open.size() < deepest;
      if (!decides) continue;
      Span first = choice.arms.front(), last = choice.arms.back();
      std::string_view text = file.text;
      if (!shares_key(text.substr(first.begin, first.end - first.begin),
                      text.substr(last.begin, last.end - last.begin)))
        continue;
      bool keeps_last = asks_environment(choice.opening.script, text.substr(0, choice.opening.begin));
      choice.arms.erase(keeps_last ? choice.arms.end() - 1 : choice.arms.begin());
      others.insert(others.end(), choice.arms.begin(), choice.arms.end());
    }
  }
  std::sort(others.begin(), others.end(), [](Span a, Span b) { return a.begin < b.begin; });
  for (Fact& fact : others.empty() ? std::span<Fact>() : std::span<Fact>(facts.facts())) {
    bool other = std::any_of(others.begin(), others.end(),
                             [&](Span arm) { return arm.begin <= fact.span.begin && fact.span.end <= arm.end; });
    if (other) fact.context.flags |= context::InCondition;
  }
}

void add_erb_reads(const SourceFile& file, FileFacts& facts) {
  std::string_view text = file.text;
  for (size_t at = text.find("<%"); at != none; at = text.find("<%", at + 2)) {
    size_t end = text.substr(0, at + longest_tag).find("%>", at + 2);
    bool prints = text.substr(at + 2, 1) == "=" || text.substr(at + 2, 1) == "#";
    if (end != none && !prints) add_reads(text.substr(at, end - at), static_cast<uint32_t>(at), facts);
  }
}

}  // namespace tfcheck
