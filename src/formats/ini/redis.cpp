#include "formats/ini/redis.h"

#include "formats/directives/entries.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

Value read_value(FileFacts& facts, std::string_view text, Span span, bool quoted) {
  return read_scalar(facts, text, span, scalar::YesNo | (quoted ? scalar::Text : 0u));
}

constexpr DirectiveDialect directives{
    .style = {.ends = DirectiveStyle::Ends::Line, .blocks = DirectiveStyle::Blocks::None, .comments_anywhere = false},
    .read = read_value,
    .lower_case = true};

}  // namespace

void read_redis(const SourceFile& file, FileFacts& facts) {
  add_directives(facts, file.text, directives);
}

}  // namespace tfcheck
