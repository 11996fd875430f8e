#include "masking/sensitive_name.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t longest_name = 80;
constexpr size_t longest_harmless = 400;  // longer values are no references

using Parts = std::vector<std::string_view>;

// What is said of a secret's name behind it.
bool is_neutral(const MaskWords& words, std::string_view part) {
  return is_digits(part) || words.neutral.contains(part);
}

// "csrf_token", "eos_token", "proxy_pass": words that end so and hold no secret.
bool is_other(const MaskWords& words, std::string_view before, std::string_view last) {
  return (last == "token" && words.other_token.contains(before)) ||
         (last == "pass" && words.other_pass.contains(before));
}

// A name that rules take for a secret's.
bool is_known_name(const MaskWords& words, std::string_view name) {
  return words.passwords.contains(name) || words.signing.contains(name) || words.credentials.contains(name);
}

NameSense sense_of_parts(const MaskWords& words, std::string_view name) {
  Parts parts = split(name, '_');
  while (parts.size() > 1 && is_neutral(words, parts.back())) parts.pop_back();
  if (parts.empty()) return NameSense::Nothing;
  std::string_view last = parts.back();
  last = last.substr(0, last.find_last_not_of("0123456789") + 1);  // "password2"
  std::string_view before = parts.size() > 1 ? parts[parts.size() - 2] : std::string_view{};
  // What Vault calls the id of a root token is the token.
  if (last == "id" && before == "token" && parts.size() > 2 && parts[parts.size() - 3] == "root")
    return NameSense::Secret;
  // "ENCRYPTION_SECONDARY_KEY"; a table's primary key is none.
  while (last == "key" && parts.size() > 2 && is_neutral(words, before) && before != "primary") {
    parts.erase(parts.end() - 2);
    before = parts[parts.size() - 2];
  }
  if (last == "authorization") return NameSense::Authorization;
  if (is_other(words, before, last)) return NameSense::Nothing;
  bool secret = words.endings.contains(last) || (last == "key" && words.key_of.contains(before)) ||
                (last == "salt" && !before.empty()) || (last == "base" && before == "key") ||
                is_known_name(words, name);
  return secret ? NameSense::Secret : NameSense::Nothing;
}

// "my-password", "api_token", "accessToken": a word that names a secret.
bool is_compound_name(const MaskWords& words, std::string_view value) {
  bool plain = std::all_of(value.begin(), value.end(), [](char c) { return is_letter(c) || c == '_' || c == '-'; });
  if (!plain || words.tried_first.contains(value)) return false;
  return words.shown_names.contains(snake_case(value)) && sense_of(words, value) != NameSense::Nothing;
}

// "your-password", "<token>", "REPLACE_ME": words only, and they say that another value belongs here.
bool is_placeholder(const MaskWords& words, std::string_view value) {
  bool plain = std::all_of(value.begin(), value.end(), [](char c) {
    return is_letter(c) || c == '_' || c == '-' || c == ' ' || c == '<' || c == '>' || c == '[' || c == ']';
  });
  if (!plain) return false;
  return (value.front() == '<' && value.back() == '>') || (value.front() == '[' && value.back() == ']') ||
         words.shown_beginnings.contains(value);
}

// Base64 may look like a path: that has capitals and digits.
bool is_path(std::string_view value) {
  bool rooted =
      value.starts_with("/") || value.starts_with("./") || value.starts_with("../") || value.starts_with("~/");
  bool plain = std::all_of(value.begin(), value.end(), [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("_./~-").find(c) != std::string_view::npos;
  });
  bool mixed = std::any_of(value.begin(), value.end(), is_upper) && std::any_of(value.begin(), value.end(), is_digit);
  return rooted && plain && !mixed && value.find_first_of("/.", 2) != std::string_view::npos;
}

// As mask() writes it: stars with at most three characters before and two behind.
bool is_masked(std::string_view value) {
  size_t stars = value.find("********");
  if (stars > 3) return false;  // nowhere is further
  size_t behind = value.find_first_not_of('*', stars);
  return behind == std::string_view::npos || value.size() - behind <= 2;
}

struct Bracket {
  std::string_view open;
  std::string_view close;
};

// The end of the reference that begins at `at`; `at` when none does.
size_t skip_reference(std::string_view value, size_t at) {
  static constexpr Bracket brackets[] = {{"${{", "}}"}, {"${", "}"}, {"$(", ")"},  {"{{", "}}"}, {"<%", "%>"},
                                         {"#{", "}"},   {"%(", ")"}, {"[[", "]]"}, {"%{", "}"},  {"{", "}"}};
  std::string_view rest = value.substr(at);
  for (const Bracket& bracket : brackets) {
    if (!rest.starts_with(bracket.open)) continue;
    size_t close = rest.find(bracket.close, bracket.open.size());
    return close == std::string_view::npos ? at : at + close + bracket.close.size();
  }
  auto word_end = [&](size_t from) {
    while (from < rest.size() && (is_letter(rest[from]) || is_digit(rest[from]) || rest[from] == '_')) ++from;
    return from;
  };
  char first = rest.front();
  // "$1x" is no variable that anybody names, "$NAME", "$env:NAME" and "%NAME%" are.
  if (first == '$' && rest.size() > 1 && (is_letter(rest[1]) || rest[1] == '_')) {
    size_t end = word_end(1);
    return at + (rest.substr(0, end) == "$env" && end < rest.size() && rest[end] == ':' ? word_end(end + 1) : end);
  }
  if ((first == '%' || first == '@') && rest.size() > 2) {
    size_t end = word_end(1);
    if (end > 1 && end < rest.size() && rest[end] == first) return at + end + 1;
  }
  bool verb = first == '%' && rest.size() > 1 && std::string_view("svdqrw").find(rest[1]) != std::string_view::npos;
  return verb ? at + 2 : at;
}

// "$(cat /run/x)", also its first word alone; no key that happens to begin so.
bool runs_command(std::string_view value) {
  if (!value.starts_with("$(")) return false;
  return value.ends_with(')') || std::all_of(value.begin() + 2, value.end(), [](char c) {
           return is_letter(c) || c == '_' || c == '-' || c == '.' || c == '/';
         });
}

// What stands behind the name in one pair of braces.
std::string_view own_default(std::string_view value) {
  if (!value.starts_with("${") || !value.ends_with("}") || value.starts_with("${{")) return {};
  size_t colon = value.find(':');
  if (colon == std::string_view::npos) return {};
  std::string_view rest = value.substr(colon + 1, value.size() - colon - 2);
  if (rest.starts_with('?') || rest.starts_with('+')) return {};
  if (rest.starts_with('-') || rest.starts_with('=')) rest.remove_prefix(1);
  return rest;
}

}  // namespace

NameSense sense_of(const MaskWords& words, std::string_view name) {
  while (!name.empty() && (name.back() == '.' || name.back() == '-')) name.remove_suffix(1);
  if (name.size() > longest_name) name.remove_prefix(name.size() - longest_name);
  // The last part that says what it holds: of "password.value" or "keys.0" the one before.
  for (;;) {
    size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) break;
    std::string_view last = name.substr(dot + 1);
    if (!is_digits(last) && !iequals(last, "value") && !iequals(last, "default")) {
      name = last;
      break;
    }
    name = name.substr(0, dot);
  }
  // Most names announce nothing: a look at their letters spares the words.
  if (name.size() < 2 || !words.roots.contains(name)) return NameSense::Nothing;
  return sense_of_parts(words, snake_case(name));
}

bool hands_over(const MaskWords& words, std::string_view callee) {
  std::string_view last = callee.substr(callee.find_last_of(".:\\>") + 1);
  return sense_of(words, last) != NameSense::Nothing && !words.asking.contains(before_first(snake_case(last), '_'));
}

int secret_position(const MaskWords& words, std::string_view callee) {
  for (const MaskWords::Call& call : words.calls) {
    if (!callee.ends_with(call.ending)) continue;
    if (glob_match(call.callee, callee, '.')) return call.position;
    // However it was imported: "\\PDO", "db.Sequelize".
    std::string_view known = call.anywhere;
    if (known.find('*') != std::string_view::npos || !callee.ends_with(known)) continue;
    char before = callee.size() > known.size() ? callee[callee.size() - known.size() - 1] : '.';
    if (before == '.' || before == '/' || before == ':' || before == '\\') return call.position;
  }
  return -1;
}

bool begins_call(std::string_view text) {
  size_t open = text.find('(');
  if (open == 0 || open == std::string_view::npos) return false;
  std::string_view callee = text.substr(0, open);
  return std::all_of(callee.begin(), callee.end(),
                     [](char c) { return is_letter(c) || c == '_' || c == '.' || c == '?'; });
}

bool is_key_material(std::string_view value) {
  constexpr size_t shortest = 16;
  bool plain = std::all_of(value.begin(), value.end(), [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("+/=_-").find(c) != std::string_view::npos;
  });
  return value.size() >= shortest && plain && std::any_of(value.begin(), value.end(), is_digit) &&
         std::any_of(value.begin(), value.end(), is_upper) &&
         std::any_of(value.begin(), value.end(), [](char c) { return is_letter(c) && !is_upper(c); });
}

std::string without_references(std::string_view value) {
  std::string rest;
  for (size_t at = 0; at < value.size();) {
    size_t end = skip_reference(value, at);
    if (end == at) rest += value[at++];
    at = std::max(at, end);
  }
  return rest;
}

bool is_pure_reference(std::string_view value) {
  value = trim(value);
  if (value.size() > longest_harmless) return false;
  if (is_masked(value)) return true;
  size_t letters = 0;
  for (size_t at = 0; at < value.size();) {
    size_t end = skip_reference(value, at);
    if (end == at) {
      letters += is_letter(value[at]) || is_digit(value[at]);
      ++at;
    } else {
      if (!default_of(value.substr(at, end - at)).empty()) return false;
      at = end;
    }
  }
  return letters < 2;
}

bool is_harmless(const MaskWords& words, std::string_view value) {
  value = trim(value);
  if (value.size() > longest_harmless) return false;
  if (value.size() < 2 || value.find_first_not_of(value.front()) == std::string_view::npos) return true;
  if (runs_command(value) || value.starts_with('`')) return true;
  return words.shown.contains(value) || words.no_secret.has_word(value) || is_pure_reference(value) ||
         is_placeholder(words, value) || is_path(value) || is_compound_name(words, value);
}

std::string_view default_of(std::string_view value) {
  constexpr int deepest = 4;  // of ${A:-${B:-…}}: what stands when none of them is set
  std::string_view fallback = own_default(value);
  for (int depth = 1; depth < deepest; ++depth) {
    std::string_view inner = own_default(fallback);
    if (inner.empty()) break;
    fallback = inner;
  }
  return fallback;
}

}  // namespace tfcheck
