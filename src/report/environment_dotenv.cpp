// A commented `.env.example`. What stands in it was written by others: a name is letters, digits and underscores, a
// value is plain or stands in single quotes, and what fits neither is left out.
#include <fmt/format.h>

#include <algorithm>

#include "report/environment.h"

namespace tfcheck {

namespace {

constexpr size_t most_places = 3;  // of a variable, in its comment

bool is_plain(char c) {
  constexpr std::string_view marks = "_./:@,+%-";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         marks.find(c) != std::string_view::npos;
}

bool is_name(const std::string& name) {
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::all_of(name.begin(), name.end(), [](char c) {
    return c == '_' || (is_plain(c) && std::string_view("./:@,+%-").find(c) == std::string_view::npos);
  });
}

// The same for a shell and for every reader of such files; nothing where there is no such spelling.
std::string quoted(const std::string& value, bool& fits) {
  fits = true;
  if (std::all_of(value.begin(), value.end(), is_plain)) return value;
  fits = std::all_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != 0x7f && c != '\'' && c != '\\';
  });
  return fits ? "'" + value + "'" : std::string();
}

// What a newcomer would begin with: the value of an example, else of a file for developers, else of a deploy.
const std::string* known_value(const ListedVariable& variable) {
  const std::string* best = nullptr;
  int best_rank = 4;
  auto look = [&](const ListedPlace& place, int rank) {
    bool usable = place.value.kind == ListedValue::Kind::Literal && !place.value.text.empty();
    if (usable && rank < best_rank) best = &place.value.text, best_rank = rank;
  };
  for (const ListedPlace& place : variable.told) look(place, 0);
  for (const ListedPlace& place : variable.given) look(place, place.by == "file" ? 1 : place.development ? 2 : 3);
  return best;
}

std::string places_of(const ListedVariable& variable) {
  std::string out;
  size_t shown = std::min(variable.read.size(), most_places);
  for (size_t i = 0; i < shown; ++i)
    out += fmt::format("{}{}:{}", i ? ", " : "", variable.read[i].path, variable.read[i].line);
  if (variable.read.size() > shown) out += fmt::format(" and {} more", variable.read.size() - shown);
  return out;
}

bool is_written(const ListedVariable& variable) {
  bool app = std::any_of(variable.read.begin(), variable.read.end(),
                         [](const ListedPlace& place) { return !place.development; });
  return app && !variable.platform && !variable.computed && is_name(variable.name);
}

std::string entry(const ListedVariable& variable) {
  bool fits = false;
  const std::string* known = variable.secret ? nullptr : known_value(variable);
  bool stands_in = variable.fallback.kind == ListedValue::Kind::Literal && !variable.secret;
  bool commented = variable.has_default || (variable.optional && !variable.required && !known);
  std::string value;
  if (commented && stands_in)
    value = quoted(variable.fallback.text, fits);
  else if (known)
    value = quoted(*known, fits);
  std::string_view need = variable.required      ? "Required."
                          : variable.has_default ? "Has a default."
                          : variable.optional    ? "Optional."
                                                 : "No default.";
  return fmt::format("# {}{} {}\n{}{}={}\n", need, variable.secret ? " A secret." : "", places_of(variable),
                     commented ? "#" : "", variable.name, value);
}

}  // namespace

std::string environment_dotenv(const EnvironmentListing& listing) {
  std::string must, may;
  for (const ListedVariable& variable : listing.variables) {
    if (!is_written(variable)) continue;
    (variable.has_default || (variable.optional && !variable.required) ? may : must)
        .append(entry(variable))
        .append("\n");
  }
  std::string out =
      "# Variables that the code reads, as `tfcheck env -f dotenv` found them. Copy this file to .env, fill it in,\n"
      "# and keep .env out of version control.\n\n";
  out += must;
  if (!may.empty()) out += "# What follows may stay as it is.\n\n" + may;
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace tfcheck
