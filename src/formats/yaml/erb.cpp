#include "formats/yaml/erb.h"

#include <algorithm>
#include <optional>

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

}  // namespace

void add_erb_reads(const SourceFile& file, FileFacts& facts) {
  std::string_view text = file.text;
  for (size_t at = text.find("<%"); at != none; at = text.find("<%", at + 2)) {
    size_t end = text.substr(0, at + longest_tag).find("%>", at + 2);
    bool prints = text.substr(at + 2, 1) == "=" || text.substr(at + 2, 1) == "#";
    if (end != none && !prints) add_reads(text.substr(at, end - at), static_cast<uint32_t>(at), facts);
  }
}

}  // namespace tfcheck
