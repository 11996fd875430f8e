#include "report/comments.h"

#include <array>

#include "base/text.h"

namespace tfcheck {

namespace {

// Longer openers first, so that a closer is looked up for the right one. A comment without closer ends with its line.
struct Opener {
  std::string_view open;
  std::string_view close;
};
constexpr std::array<Opener, 7> anywhere = {{
    {"<%--", "--%>"},
    {"<%#", "%>"},
    {"<!--", "-->"},
    {"{#", "#}"},
    {"/*", "*/"},
    {"//", ""},
    {"#", ""},
}};
// These mean other things inside code, so nothing but blanks may stand between them and the directive.
constexpr std::array<std::string_view, 4> directly = {"--", ";", "%", "*"};

std::string_view trim_right(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

bool is_rem(std::string_view word) {
  return word.size() == 3 && iequals(word, "rem");
}

}  // namespace

CommentStart comment_before(std::string_view prefix) {
  std::string_view near = trim_right(prefix);
  size_t best = 0;
  CommentStart comment;
  for (const Opener& opener : anywhere) {
    size_t at = near.rfind(opener.open);
    // The opener that ends last is the nearest; of `<%#` and the `#` in it the longer one is meant.
    if (at == std::string_view::npos || at + opener.open.size() <= best) continue;
    best = at + opener.open.size();
    comment = {true, opener.close};
  }
  if (comment.found) return comment;
  if (near.ends_with("{{!--")) return {true, "--}}"};
  for (std::string_view opener : directly) {
    if (!near.ends_with(opener)) continue;
    if (opener == "*") return {trim(near).find_first_not_of('*') == std::string_view::npos, "*/"};
    return {true, ""};
  }
  size_t word = near.find_last_of(" \t&");
  return {is_rem(word == std::string_view::npos ? near : near.substr(word + 1)), ""};
}

bool begins_comment(std::string_view text) {
  for (const Opener& opener : anywhere) {
    if (text.starts_with(opener.open)) return true;
  }
  if (text.starts_with('*'))
    return text.size() == 1 || std::string_view(" \t*/").find(text[1]) != std::string_view::npos;
  if (text.starts_with("--") || text.starts_with(';') || text.starts_with('%')) return true;
  if (text.starts_with("{{/*") || text.starts_with("{{- /*") || text.starts_with("{{!")) return true;
  return is_rem(text.substr(0, text.find_first_of(" \t")));
}

}  // namespace tfcheck
