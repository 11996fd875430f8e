#include "formats/ini/redis.h"

#include "base/text.h"
#include "formats/shared/lines.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

void read_redis(const SourceFile& file, FileFacts& facts) {
  for (Lines lines(file.text); !lines.done();) {
    Line line = lines.take();
    std::string_view body = trim(line.text);
    if (body.empty() || body.starts_with('#')) continue;
    size_t blank = body.find_first_of(" \t");
    std::string_view key = body.substr(0, blank);
    Span span = span_in(line, key);
    Value value;
    if (blank != std::string_view::npos) {
      std::string_view rest = trim(body.substr(blank));
      bool quoted = rest.size() >= 2 && rest.front() == rest.back() && (rest.front() == '"' || rest.front() == '\'');
      if (quoted) rest = rest.substr(1, rest.size() - 2);
      value = read_scalar(facts, rest, span_in(line, rest), scalar::YesNo | (quoted ? scalar::Text : 0u));
    }
    add_entry(facts, lower(key), span, value);
  }
}

}  // namespace tfcheck
