#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/columns.h"
#include "report/display.h"
#include "report/environment.h"

namespace tfcheck {

namespace {

constexpr size_t longest_default = 32;
constexpr size_t most_values = 4;  // that a variable has in deploy files

// "config.py:11 +2": the first place, and how many more files there are.
std::string first_of(const std::vector<ListedPlace>& places, bool with_line) {
  if (places.empty()) return "-";
  std::set<std::string> files;
  for (const ListedPlace& place : places) files.insert(place.path);
  std::string out = places[0].path;
  if (with_line && places[0].line > 0) out += fmt::format(":{}", places[0].line);
  if (files.size() > 1) out += fmt::format(" +{}", files.size() - 1);
  return out;
}

std::string need_of(const ListedVariable& variable) {
  if (variable.read.empty()) return "not read";
  return variable.required      ? "required"
         : variable.has_default ? "default"
         : variable.optional    ? "optional"
                                : "no default";
}

std::string shown_value(const ListedValue& value) {
  switch (value.kind) {
    case ListedValue::Kind::None:
      return "-";
    case ListedValue::Kind::Literal:
      return value.text.empty() ? "\"\"" : value.text.size() > longest_default ? "(long)" : value.text;
    case ListedValue::Kind::Hidden:
      return "(hidden)";
    case ListedValue::Kind::Reference:
      return "(elsewhere)";
    case ListedValue::Kind::Computed:
      return "(computed)";
  }
  return "-";
}

std::string name_of(const ListedVariable& variable, const char* mark) {
  return variable.secret ? variable.name + mark : variable.name;
}

std::vector<std::string> row_of(const ListedVariable& variable) {
  return {name_of(variable, " *"),
          need_of(variable),
          variable.read.empty() ? "-" : shown_value(variable.fallback),
          first_of(variable.read, true),
          first_of(variable.given, false),
          first_of(variable.told, false)};
}

const std::vector<TextColumn>& columns() {
  static const std::vector<TextColumn> all = {
      {"VARIABLE", Cut::Never},  {"NEED"}, {"DEFAULT"}, {"READ", Cut::Begin}, {"GIVEN", Cut::Begin},
      {"DOCUMENTED", Cut::Begin}};
  return all;
}

// What a table has a row for: what the platform gives is told in one line, what only CI sets is CI's own.
bool has_row(const ListedVariable& variable) {
  auto counts = [](const ListedPlace& place) { return !place.ci; };
  bool told = !variable.told.empty() || std::any_of(variable.given.begin(), variable.given.end(), counts);
  return !variable.platform && (!variable.read.empty() || (!variable.library && told));
}

struct GapText {
  std::string title;
  std::vector<std::string> lines;
};

std::string place_of(const ListedPlace& place) {
  return place.line > 0 ? fmt::format("{}:{}", place.path, place.line) : place.path;
}

// The places with their values, each value once.
std::string values_of(const ListedVariable& variable) {
  std::vector<std::string> told;
  std::set<std::string> seen;
  for (const ListedPlace& place : variable.given) {
    bool literal = place.value.kind == ListedValue::Kind::Literal || place.value.kind == ListedValue::Kind::Hidden;
    if (!literal || place.development) continue;
    std::string text = fmt::format("{} in {}", shown_value(place.value), place_of(place));
    if (seen.insert(fmt::format("{}\n{}", shown_value(place.value), place.path)).second) told.push_back(text);
  }
  size_t more = told.size() - std::min(told.size(), most_values);
  told.resize(told.size() - more);
  return fmt::format("{}{}", fmt::join(told, ", "), more ? fmt::format(" and {} more", more) : "");
}

std::vector<GapText> gaps_of(const EnvironmentListing& listing) {
  std::vector<GapText> gaps;
  auto add = [&](std::string title, const std::vector<size_t>& numbers, auto text) {
    GapText gap{std::move(title), {}};
    for (size_t number : numbers) gap.lines.push_back(text(listing.variables[number]));
    if (!gap.lines.empty()) gaps.push_back(std::move(gap));
  };
  add("Read without a default, and nothing gives or documents it", listing.unprovided,
      [](const ListedVariable& variable) { return fmt::format("{} ({})", variable.name, place_of(variable.read[0])); });
  add("Perhaps misspelt", listing.misspelt, [](const ListedVariable& variable) {
    const ListedPlace& place = variable.given.empty() ? variable.told[0] : variable.given[0];
    return fmt::format("{} in {}: {} is what is read", variable.name, place_of(place), variable.like);
  });
  add("Given, but nothing reads it", listing.unread, [](const ListedVariable& variable) {
    return fmt::format("{} ({})", variable.name, place_of(variable.given[0]));
  });
  add("Documented, but nothing reads it", listing.told_unread,
      [](const ListedVariable& variable) { return fmt::format("{} ({})", variable.name, place_of(variable.told[0])); });
  add("Different between deploy files", listing.differing,
      [](const ListedVariable& variable) { return fmt::format("{}: {}", variable.name, values_of(variable)); });
  return gaps;
}

std::string wrapped(const std::string& text, const TextPen& pen, uint32_t indent) {
  uint32_t width = pen.style().width;
  std::string out, blanks(indent, ' ');
  for (const std::string& line : wrap(text, width > indent + 20 ? width - indent : width)) {
    out += blanks + line + "\n";
    blanks = std::string(indent + 2, ' ');
  }
  return out;
}

std::string platform_names(const EnvironmentListing& listing) {
  std::vector<std::string> names;
  for (const ListedVariable& variable : listing.variables) {
    if (variable.platform && !variable.read.empty()) names.push_back(variable.name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<std::vector<std::string>> rows_of(const EnvironmentListing& listing) {
  std::vector<std::vector<std::string>> rows;
  for (const ListedVariable& variable : listing.variables) {
    if (has_row(variable)) rows.push_back(row_of(variable));
  }
  return rows;
}

constexpr std::string_view nothing = "no variable of the environment is read, given or documented";

}  // namespace

std::string environment_text(const EnvironmentListing& listing, const TextStyle& style) {
  TextPen pen(style);
  std::vector<std::vector<std::string>> rows = rows_of(listing);
  std::string platform = platform_names(listing);
  if (rows.empty() && platform.empty()) return fmt::format("{}\n", nothing);
  for (std::vector<std::string>& row : rows) {
    for (std::string& cell : row) cell = pen.columns(cell);
  }
  std::string out = rows.empty() ? "" : columns_text(columns(), rows, pen);
  bool secret = std::any_of(listing.variables.begin(), listing.variables.end(),
                            [](const ListedVariable& variable) { return has_row(variable) && variable.secret; });
  if (secret) out += "* a secret by its name\n";
  if (!platform.empty()) out += "\n" + wrapped(pen.show("Read as well, given by the platform: " + platform), pen, 0);
  for (const GapText& gap : gaps_of(listing)) {
    out += "\n" + pen.ink(gap.title, Ink::Bold) + "\n";
    for (const std::string& line : gap.lines) out += wrapped(pen.show(line), pen, 2);
  }
  return out;
}

std::string environment_markdown(const EnvironmentListing& listing) {
  std::vector<std::vector<std::string>> rows = rows_of(listing);
  std::string out = "# Environment\n\n";
  if (rows.empty()) return out + fmt::format("{}.\n", nothing);
  out += columns_markdown(columns(), rows);
  if (std::string platform = platform_names(listing); !platform.empty())
    out += "\nRead as well, given by the platform: " + markdown_code(platform) + "\n";
  for (const GapText& gap : gaps_of(listing)) {
    out += "\n## " + gap.title + "\n\n";
    for (const std::string& line : gap.lines) out += "- " + markdown_code(line) + "\n";
  }
  return out;
}

}  // namespace tfcheck
