#include "formats/haproxy/haproxy.h"

#include <algorithm>

#include "base/lines.h"
#include "base/text.h"
#include "formats/directives/entries.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr std::string_view sections[] = {"global",  "defaults",  "frontend",   "backend",  "listen",
                                         "peers",   "resolvers", "mailers",    "userlist", "cache",
                                         "program", "ring",      "http-errors"};

Value read_value(FileFacts& facts, std::string_view text, Span span, bool quoted) {
  return read_scalar(facts, text, span, quoted ? scalar::Text : 0u);
}

constexpr DirectiveDialect directives{
    .style = {.ends = DirectiveStyle::Ends::Line, .blocks = DirectiveStyle::Blocks::None},
    .sections = sections,
    .read = read_value};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("haproxy");
  add_directives(facts, file.text, directives);
}

}  // namespace

bool looks_like_haproxy(std::string_view text) {
  bool opened = false;
  for (Lines lines(text); !lines.done();) {
    std::string_view line = lines.take().text, body = trim(line);
    if (body.empty() || body[0] == '#') continue;
    std::string_view first = body.substr(0, body.find_first_of(" \t"));
    bool section = std::find(std::begin(sections), std::end(sections), first) != std::end(sections);
    if (!opened && !section) return false;
    // The second line is one of a section's: it is indented and gives no value to a key.
    if (opened) return section || ((line[0] == ' ' || line[0] == '\t') && body.find('=') == std::string_view::npos);
    opened = true;
  }
  return false;
}

const Adapter& haproxy_adapter() {
  static constexpr std::string_view patterns[] = {"haproxy*.cfg", "*haproxy.cfg*", "haproxy*.conf",
                                                  "**/haproxy/**.cfg"};
  static constexpr Format formats[] = {{.name = "haproxy", .example = "haproxy.cfg", .tells = tells::Address}};
  static constexpr Adapter adapter{
      .name = "haproxy", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
