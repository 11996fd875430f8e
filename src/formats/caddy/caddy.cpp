#include "formats/caddy/caddy.h"

#include "formats/directives/entries.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

// {$NAME:default} and {env.NAME} are the environment's.
Value read_value(FileFacts& facts, std::string_view text, Span span, bool quoted) {
  size_t open = text.find("{$");
  size_t close = open == std::string_view::npos ? open : text.find('}', open);
  if (close == std::string_view::npos) return read_scalar(facts, text, span, quoted ? scalar::Text : 0u);
  std::string_view inside = text.substr(open + 2, close - open - 2);
  size_t colon = inside.find(':');
  bool whole = open == 0 && close + 1 == text.size();
  if (!whole) return facts.value(ValueKind::Template, text, span);
  Value value = facts.value(ValueKind::Env, inside.substr(0, colon), span);
  if (colon == std::string_view::npos) return value;
  Arg fallback{{}, facts.string(inside.substr(colon + 1), span)};
  return facts.with_items(ValueKind::Env, value.text, {&fallback, 1}, span);
}

constexpr DirectiveDialect directives{
    .style = {.ends = DirectiveStyle::Ends::Line, .blocks = DirectiveStyle::Blocks::Braces, .placeholders = true},
    .read = read_value};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("caddy");
  add_directives(facts, file.text, directives);
}

}  // namespace

const Adapter& caddy_adapter() {
  static constexpr std::string_view patterns[] = {"Caddyfile", "Caddyfile.*", "*.caddyfile", "*.Caddyfile",
                                                  "**/caddy/*.caddy"};
  static constexpr Format formats[] = {{.name = "caddy", .example = "Caddyfile", .tells = tells::Address}};
  static constexpr Adapter adapter{
      .name = "caddy", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
