#include "formats/fluent/fluent.h"

#include <algorithm>
#include <string>

#include "base/lines.h"
#include "base/text.h"
#include "formats/directives/entries.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr std::string_view tags[] = {"<source>", "<match", "<filter", "<label", "<system>", "<worker"};
constexpr std::string_view sections[] = {"[service]", "[input]",  "[filter]",           "[output]",
                                         "[parser]",  "[custom]", "[multiline_parser]", "[upstream]"};

Value read_value(FileFacts& facts, std::string_view text, Span span, bool quoted) {
  return read_scalar(facts, text, span, references::AnyCase | (quoted ? scalar::Text : 0u));
}

constexpr DirectiveDialect directives{
    .style = {.ends = DirectiveStyle::Ends::Line, .blocks = DirectiveStyle::Blocks::Tags, .comments_anywhere = false},
    .read = read_value};

bool begins_with_one_of(std::span<const std::string_view> marks, std::string_view line) {
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) { return line.starts_with(mark); });
}

enum class Dialect : uint8_t { None, Tags, Sections };

// By the first line that is no comment and includes nothing.
Dialect dialect_of(std::string_view text) {
  for (Lines lines(text); !lines.done();) {
    std::string_view line = trim(lines.take().text);
    if (line.empty() || line[0] == '#' || line[0] == '@') continue;
    std::string name = lower(line.substr(0, 40));
    if (begins_with_one_of(tags, name)) return Dialect::Tags;
    return begins_with_one_of(sections, name) ? Dialect::Sections : Dialect::None;
  }
  return Dialect::None;
}

// "[OUTPUT]", then "    Host  es": the key is the first word.
void read_sections(std::string_view text, FileFacts& facts) {
  std::string scope;
  uint32_t index = 0;
  for (Lines lines(text); !lines.done();) {
    std::string_view line = trim(lines.take().text);
    if (line.empty() || line[0] == '#' || line[0] == '@') continue;
    if (line[0] == '[') {
      scope = std::string(trim(line.substr(1, std::min(line.find(']'), size_t{100}) - 1)));
      ++index;
      continue;
    }
    size_t blank = std::min(line.find_first_of(" \t"), line.size());
    std::string_view key = line.substr(0, std::min(blank, size_t{200})), value = trim(line.substr(blank));
    Span span = span_in(text, value.empty() ? key : value);
    Value read = value.empty() ? facts.value(ValueKind::Bool, "true", span) : read_value(facts, value, span, false);
    add_entry(facts, scope.empty() ? std::string(key) : scope + "." + std::string(key), span, read, {scope, index});
  }
}

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("fluent");
  if (dialect_of(file.text) == Dialect::Sections) return read_sections(file.text, facts);
  add_directives(facts, file.text, directives);
}

}  // namespace

bool looks_like_fluent(std::string_view text) {
  return dialect_of(text) != Dialect::None;
}

const Adapter& fluent_adapter() {
  static constexpr std::string_view patterns[] = {"fluent*.conf", "td-agent*.conf", "**/fluentd/**.conf",
                                                  "**/fluent-bit/**.conf"};
  static constexpr Format formats[] = {{.name = "fluent", .example = "fluent.conf", .tells = tells::Address}};
  static constexpr Adapter adapter{
      .name = "fluent", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
