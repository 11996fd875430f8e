#include "model/secrets/value_shapes.h"

#include <array>
#include <cmath>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"

namespace tfcheck::shapes {

double entropy_of(std::string_view text) {
  std::array<int, 256> counts{};
  for (char c : text) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (int n : counts) {
    if (n == 0) continue;
    double share = static_cast<double>(n) / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

bool is_dotted_name(std::string_view value) {
  std::vector<std::string_view> parts = split(value, '.');
  if (parts.size() < 2) return false;
  auto is_slot = [](std::string_view part) { return part.size() > 2 && part.front() == '{' && part.back() == '}'; };
  std::erase_if(parts, is_slot);  // "ldap.domains.{DOMAIN}.password"
  if (parts.size() < 2) return false;
  bool digits = parts.size() > 2 && std::count_if(value.begin(), value.end(), is_digit) <= 2;
  return std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
    if (part.ends_with(']')) part = part.substr(0, part.rfind('['));
    return !part.empty() && !is_digit(part.front()) &&
           all(part, [&](char c) { return is_letter(c) || c == '_' || c == '-' || (digits && is_digit(c)); });
  });
}

bool is_validation(std::string_view value) {
  bool written = all(value, [](char c) {
    return is_lower(c) || is_digit(c) || std::string_view("_|:,.-").find(c) != std::string_view::npos;
  });
  size_t bar = value.find('|');
  bool starts = value.starts_with("required") || value.starts_with("nullable") || value.starts_with("sometimes");
  return written && (starts || (bar != std::string_view::npos && bar > 2 && all(value.substr(0, bar), is_lower)));
}

bool is_constant_name(std::string_view value) {
  constexpr size_t most_digits = 2, fewest_words = 3;
  bool plain = all(value, [](char c) { return is_upper(c) || is_digit(c) || c == '_'; });
  if (!plain || static_cast<size_t>(std::count_if(value.begin(), value.end(), is_digit)) > most_digits) return false;
  std::vector<std::string_view> words = split(value, '_');
  return words.size() >= fewest_words &&
         std::all_of(words.begin(), words.end(), [](std::string_view word) { return any(word, is_upper); });
}

bool is_version_range(std::string_view value) {
  size_t sign = value.find_first_not_of("^~<>=! ");
  if (sign == 0 || sign == std::string_view::npos || !is_digit(value[sign])) return false;
  return all(value,
             [](char c) { return is_digit(c) || std::string_view("^~<>=!|.,*x- ").find(c) != std::string_view::npos; });
}

bool is_counted(std::string_view value) {
  constexpr size_t shortest = 16;
  if (value.size() < shortest) return false;
  size_t breaks = 0;
  for (size_t i = 1; i < value.size(); ++i) {
    bool follows = value[i] == value[i - 1] + 1 || (value[i - 1] == '9' && value[i] == '0');
    // A new run begins where one may: "…9a…", "…f0…", "…z0…".
    bool begins = std::string_view("01aA").find(value[i]) != std::string_view::npos;
    if (!follows && !begins) return false;
    breaks += !follows;
  }
  return breaks * 6 <= value.size();
}

bool is_design_step(std::string_view value) {
  constexpr size_t longest_step = 3;
  size_t dot = value.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || value.size() - dot - 1 > longest_step) return false;
  return is_digits(value.substr(dot + 1)) &&
         all(value.substr(0, dot), [](char c) { return is_letter(c) || c == '.' || c == '-'; });
}

bool is_plain_word(std::string_view value) {
  return all(value, is_letter);
}

bool is_compound_name(std::string_view value) {
  size_t digits = static_cast<size_t>(std::count_if(value.begin(), value.end(), is_digit));
  bool plain =
      all(value, [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == ':'; });
  bool joined = any(value, [](char c) { return c == '_' || c == '-' || c == ':'; }) ||
                (is_lower(value.front()) && any(value, is_upper));
  return plain && joined && digits <= 1 && value.size() < 70;
}

std::string bare(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (is_letter(c) || is_digit(c)) out += is_upper(c) ? static_cast<char>(c + 32) : c;
  }
  return out;
}

bool is_route(std::string_view value) {
  return is_lower(value.front()) && value.find('/') != std::string_view::npos &&
         all(value, [](char c) { return is_lower(c) || c == '/' || c == '_' || c == '-'; });
}

bool is_name_like(std::string_view value) {
  return value.size() < 60 && std::count_if(value.begin(), value.end(), is_digit) <= 1 && all(value, [](char c) {
           return is_letter(c) || is_digit(c) || std::string_view("_-.:/ ").find(c) != std::string_view::npos;
         });
}

bool is_abbreviation(std::string_view name, std::string_view value) {
  if (value.size() < 2 || value.size() > 6 || !(all(value, is_lower) || all(value, is_upper))) return false;
  std::string snake = snake_case(name);
  std::vector<std::string_view> words = split(snake, '_');
  if (words.size() < value.size()) return false;
  size_t first = words.size() - value.size();
  for (size_t i = 0; i < value.size(); ++i) {
    std::string_view word = words[first + i];
    if (word.empty() || word.front() != (is_upper(value[i]) ? value[i] + 32 : value[i])) return false;
  }
  return true;
}

bool is_beginning_of(std::string_view name, std::string_view value) {
  std::string snake = snake_case(name);
  bool compound = is_compound_name(value) && !any(value, is_digit) && !icontains(value, "secret") &&
                  !icontains(value, "jwt") && !icontains(value, "pass") && !icontains(value, "token");
  return compound && snake.ends_with("_key") && bare(name).starts_with(bare(value));
}

bool repeats_section(std::string_view name, std::string_view value) {
  size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || value.find_first_of("_-") == std::string_view::npos) return false;
  std::string section = bare(name.substr(0, dot)), said = bare(value);
  return said.size() > 5 && section.ends_with(said);
}

bool is_selector(std::string_view value) {
  bool marks = value.find("[name") != std::string_view::npos || value.find("[id") != std::string_view::npos ||
               value.find("[type") != std::string_view::npos || any(value, [](char c) {
                 return c == '>' || c == '|' || c == '\\' || c == '(' || c == ',' || c == '"' || c == '[';
               });
  return marks && icontains(value, "pass") && !any(value, is_digit);
}

std::optional<std::string> decoded_base64(std::string_view value) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr size_t longest = 4'000;
  if (value.size() > longest) return std::nullopt;
  std::string text;
  uint32_t bits = 0, count = 0;
  for (char c : value) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '=') continue;
    size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6) | static_cast<uint32_t>(digit);
    if (++count % 4 != 1) text += static_cast<char>((bits >> (6 - 2 * ((count - 1) % 4))) & 0xff);
  }
  return text;
}

size_t words_in(std::string_view value) {
  return split_words(value).size();
}

bool has_control_bytes(std::string_view value) {
  return value.find("\\x") != std::string_view::npos ||
         any(value, [](char c) { return (c >= 0 && c < 32 && c != '\n' && c != '\t' && c != '\r') || c == 127; });
}

bool is_interspersed(std::string_view value) {
  constexpr size_t fewest_runs = 3;
  size_t runs = 0;
  for (size_t i = 1; i < value.size(); ++i) runs += is_digit(value[i]) && !is_digit(value[i - 1]);
  return runs >= fewest_runs && any(value, is_upper) && any(value, is_lower);
}

bool is_client_word(std::string_view value) {
  bool words = all(value, [](char c) { return is_lower(c) || is_digit(c) || c == '-' || c == '_'; });
  bool ends = value.ends_with("-secret") || value.ends_with("_secret");
  return words && ends && !bare(value).ends_with("clientsecret");
}

bool names_object(std::string_view name, std::string_view value) {
  constexpr std::string_view kind = "secret";
  bool dashed = value.find('-') != std::string_view::npos &&
                all(value, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
  if (!dashed || !snake_case(name).ends_with("_secret")) return false;
  return bare(name) == bare(value).append(kind);
}

bool is_uuid(std::string_view value) {
  return value.size() == 36 && value[8] == '-' && value[13] == '-' && value[18] == '-' && value[23] == '-';
}

bool is_ascii(std::string_view value) {
  return all(value, [](char c) { return c >= 32 && c < 127; });
}

}  // namespace tfcheck::shapes
