#include "languages/import_head.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tfcheck {

namespace {

// What a line begins with that defines a function or a type.
constexpr std::array<std::string_view, 26> definitions = {"def ",
                                                          "defp ",
                                                          "class ",
                                                          "async def ",
                                                          "function ",
                                                          "async function ",
                                                          "export default ",
                                                          "export class ",
                                                          "export function ",
                                                          "export abstract ",
                                                          "export async ",
                                                          "module.exports",
                                                          "abstract class ",
                                                          "final class ",
                                                          "trait ",
                                                          "func ",
                                                          "fn ",
                                                          "pub fn ",
                                                          "async fn ",
                                                          "pub async fn ",
                                                          "impl ",
                                                          "impl<",
                                                          "pub struct ",
                                                          "struct ",
                                                          "@Component",
                                                          "@Injectable"};

bool defines(std::string_view line) {
  constexpr std::string_view first_letters = "dcaefmtpis@";
  if (line.empty() || first_letters.find(line[0]) == std::string_view::npos) return false;
  return std::any_of(definitions.begin(), definitions.end(),
                     [&](std::string_view word) { return line.starts_with(word); });
}

}  // namespace

std::string_view import_head(std::string_view text) {
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    if (defines(trim(text.substr(begin, end - begin)))) return text.substr(0, begin);
    begin = end + 1;
  }
  return text;
}

}  // namespace tfcheck
