#include "report/variables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t longest_name = 40;

bool is_upper_name(std::string_view text) {
  return text.size() > 1 && std::all_of(text.begin(), text.end(),
                                        [](unsigned char c) { return std::isupper(c) || std::isdigit(c) || c == '_'; });
}

// The variable that is read at the place, or nearest above it.
std::string_view read_at(const Value& value, Span place) {
  for (const Arg& item : value.items()) {
    if (std::string_view inner = read_at(item.value, place); !inner.empty()) return inner;
  }
  bool holds = value.span.begin <= place.begin && place.end <= value.span.end;
  return value.is(ValueKind::Env) && holds ? value.text : std::string_view{};
}

// "JWT_SECRET" of "jwtSecret" and of "Jwt__Secret"; "" of what is no name.
std::string as_variable(std::string_view part) {
  std::string name = snake_case(part);
  name.erase(std::unique(name.begin(), name.end(), [](char a, char b) { return a == '_' && b == '_'; }), name.end());
  for (char& c : name) {
    auto letter = static_cast<unsigned char>(c);
    c = std::isalnum(letter) ? static_cast<char>(std::toupper(letter)) : '_';
  }
  bool known = !name.empty() && std::isalpha(static_cast<unsigned char>(name[0])) && name.size() <= longest_name;
  return known ? name : std::string();
}

enum class Above : uint8_t { Goes, Passes, Ends };

// Whether a key goes before what it holds: not what every setting stands in, and nothing goes before a variable.
Above use_of(std::string_view key) {
  std::string name = lower(key);
  for (std::string_view ends : {"environment", "env", "data", "stringdata", "build_args", "args"}) {
    if (name == ends) return Above::Ends;
  }
  for (std::string_view passed : {"default", "config", "settings", "return", "this", "self", "parameters", "params",
                                  "production", "staging", "development", "test", "local"}) {
    if (name == passed) return Above::Passes;
  }
  return name.empty() || is_digits(name) ? Above::Passes : Above::Goes;
}

// "services.web.environment.3" is one of a list.
bool stands_in_environment(std::string_view path) {
  std::string_view list = path.substr(0, std::min(path.rfind('.'), path.size()));
  return is_digits(after_last(path, '.')) && (list.ends_with(".environment") || list.ends_with(".env"));
}

// "Kestrel__Certificates__Default__Password"
bool is_identifier(std::string_view text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

// What a setting is called says little by one word: the key above it goes before.
std::string of_key(std::string_view path) {
  std::vector<std::string_view> parts = split(path, '.');
  std::string name, plain;  // plain: one word that is a variable's by its letters
  for (size_t i = parts.size(); i-- > 0;) {
    Above use = name.empty() ? Above::Goes : use_of(parts[i]);
    if (use == Above::Ends) return plain.empty() ? name : plain;
    if (use == Above::Passes || is_digits(parts[i])) continue;
    std::string part = as_variable(parts[i]);
    if (part.empty()) return plain;
    if (!name.empty()) return part.size() + name.size() < longest_name ? fmt::format("{}_{}", part, name) : name;
    name = part;
    if (name.find('_') != std::string::npos) return name;
    if (is_upper_name(parts[i])) plain = name;
  }
  return plain;
}

}  // namespace

std::string variable_in(std::string_view message) {
  std::string_view first = before_first(message, ' ');
  return is_upper_name(first) && first.find('_') != std::string_view::npos ? std::string(first) : std::string();
}

std::string variable_of(const Fact& fact, std::string_view key, std::optional<Span> place) {
  if (fact.kind == FactKind::EnvRead) return is_upper_name(fact.name) ? std::string(fact.name) : std::string();
  if (place) {
    std::string_view read = read_at(fact.value, *place);
    for (const Arg& arg : fact.args()) {
      if (read.empty()) read = read_at(arg.value, *place);
    }
    if (!read.empty()) return is_upper_name(read) ? std::string(read) : std::string();
  }
  if (fact.kind != FactKind::Entry && fact.kind != FactKind::Assign) return {};
  // What holds the whole of an address says nothing of a token in it.
  bool part = place && fact.value.span.begin + 1 < place->begin && place->end <= fact.value.span.end;
  if (part && fact.value.text.find("://") != std::string_view::npos) return {};
  if (fact.value.is(ValueKind::Env) && is_upper_name(fact.value.text)) return std::string(fact.value.text);
  // "- DB_PASSWORD=…" of a list of variables
  bool text = fact.value.is(ValueKind::String) || fact.value.is(ValueKind::Template);
  std::string_view pair = text ? before_first(fact.value.text, '=') : std::string_view{};
  bool is_pair = pair.size() < (text ? fact.value.text.size() : 0);
  if (is_pair && is_upper_name(pair)) return std::string(pair);
  // … of .NET, with `__` between the levels
  if (is_pair && pair.find("__") != std::string_view::npos) return as_variable(pair);
  if (is_pair && stands_in_environment(fact.name) && is_identifier(pair)) return std::string(pair);
  return of_key(key);
}

std::string variable_of_kind(std::string_view message) {
  constexpr std::string_view opening = "The file holds a";
  if (!message.starts_with(opening)) return {};
  std::string_view title = before_first(message.substr(opening.size()), '.');
  title = trim(title.starts_with("n ") ? title.substr(2) : title);
  if (title.find(" in ") != std::string_view::npos || title.size() > longest_name) return {};
  std::string name;
  for (unsigned char c : title) name += std::isalnum(c) ? static_cast<char>(std::toupper(c)) : '_';
  return is_upper_name(name) && std::isalpha(static_cast<unsigned char>(name[0])) ? name : std::string();
}

}  // namespace tfcheck
