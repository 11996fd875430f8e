#include "formats/properties/properties.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/lines.h"
#include "base/quoted.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\f';
}

std::string_view skip_blanks(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && is_blank(text[at])) ++at;
  return text.substr(at);
}

// An odd number of backslashes at the end: the next line goes on.
bool continues(std::string_view line) {
  size_t last = line.find_last_not_of('\\');
  return (line.size() - (last == none ? 0 : last + 1)) % 2 == 1;
}

constexpr Escapes escapes{
    .letters = "ntrf", .meanings = "\n\t\r\f", .hex = escape_hex::U, .joins = "\r\n", .blanks = " \t\f\n"};

// Where the key of a logical line ends: at the first unescaped = : or blank.
size_t key_end(std::string_view line) {
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '=' || line[i] == ':' || is_blank(line[i])) {
      return i;
    }
  }
  return line.size();
}

void add_line(FileFacts& facts, std::string_view text, std::string_view line, const Context& context) {
  std::string_view key = line.substr(0, key_end(line));
  std::string_view value = skip_blanks(line.substr(key.size()));
  if (value.starts_with('=') || value.starts_with(':')) value = skip_blanks(value.substr(1));
  if (key.empty()) return;
  bool escaped = line.find('\\') != none;
  // A trailing blank is part of a Java value, but never what its author means.
  while (!value.empty() && (is_blank(value.back()) || value.back() == '\r')) value.remove_suffix(1);
  Span span = span_in(text, value.empty() ? key : value);
  Value read = escaped ? read_scalar(facts, unescape(value, escapes), span) : read_scalar(facts, value, span);
  add_entry(facts, escaped ? unescape(key, escapes) : std::string(key), span_in(text, key), read, context);
}

struct PropertiesFormat {
  Format format;
  std::string_view names[2];  // globs
};

// The first whose names fit has a file; the last fits all.
constexpr PropertiesFormat rows[] = {
    {{.name = "spring", .example = ""}, {"application*", "bootstrap*"}},
    {{.name = "log4j", .example = "log4j.properties"}, {"log4j*", ""}},
    {{.name = "gradle-wrapper", .example = "gradle-wrapper.properties"},
     {"gradle-wrapper.properties", "maven-wrapper.properties"}},
    {{.name = "properties", .example = "application.properties"}, {"*", ""}},
};

std::string_view format_of(std::string_view name) {
  auto row = std::find_if(std::begin(rows), std::end(rows), [&](const PropertiesFormat& each) {
    return glob_match(each.names[0], name, '/') || glob_match(each.names[1], name, '/');
  });
  return row->format.name;
}

std::vector<Format> formats_of_rows() {
  std::vector<Format> formats{{.name = "messages", .example = "messages.properties"}};
  for (const PropertiesFormat& row : rows) formats.push_back(row.format);
  return formats;
}

// messages_de.properties, labels.properties: user-interface texts, not configuration.
bool is_message_bundle(std::string_view name) {
  std::string_view stem = name.substr(0, name.rfind('.'));
  for (std::string_view bundle : {"messages", "ApplicationResources", "ValidationMessages", "labels", "i18n"}) {
    if (stem == bundle || (stem.starts_with(bundle) && stem.substr(bundle.size()).starts_with('_'))) return true;
  }
  return false;
}

void extract(const SourceFile& file, FileFacts& facts) {
  std::string_view name = base_name(file.path);
  if (is_message_bundle(name)) return facts.set_format("messages");
  facts.set_format(format_of(name));
  Context context;
  size_t dash = name.find('-');
  if (facts.format() == "spring" && dash != none && names_development(name.substr(dash + 1))) {
    context.flags = context::Development;
  }
  for (Lines lines(file.text); !lines.done();) {
    Line line = lines.take();
    std::string_view body = skip_blanks(line.text);
    if (body.starts_with("#---") || body.starts_with("!---")) ++context.index;
    if (body.empty() || body[0] == '#' || body[0] == '!') continue;
    size_t begin = span_in(line, body).begin, end = line.end();
    while (continues(line.text) && !lines.done()) line = lines.take(), end = line.end();
    add_line(facts, file.text, file.text.substr(begin, end - begin), context);
  }
}

}  // namespace

const Adapter& properties_adapter() {
  static constexpr std::array<std::string_view, 3> patterns = {"*.properties", "*.properties.example",
                                                               "*.properties.template"};
  static const std::vector<Format> formats = formats_of_rows();
  static const Adapter adapter{
      .name = "properties", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
