#include "formats/dotenv/dotenv.h"

#include <array>
#include <string>

#include "base/lines.h"
#include "base/quoted.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr uint32_t longest_value = 64 * 1024;

bool is_key(std::string_view key) {
  if (key.empty() || (key[0] >= '0' && key[0] <= '9')) return false;
  for (char c : key) {
    bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!word && c != '.' && c != '-') return false;
  }
  return true;
}

constexpr Escapes escapes{.letters = "ntr", .meanings = "\n\t\r"};

std::string_view without_comment(std::string_view value) {
  if (value.starts_with('#')) return {};
  size_t hash = std::min(value.find(" #"), value.find("\t#"));
  return trim(value.substr(0, hash));
}

class DotenvReader {
 public:
  DotenvReader(const SourceFile& file, FileFacts& facts) : text_(file.text), facts_(facts), lines_(file.text) {
    std::string_view name = base_name(file.path);
    bool example = icontains(name, "example") || icontains(name, "sample") || icontains(name, "template");
    if (!example && names_development(name)) context_.flags = context::Development;
  }

  void read() {
    while (!lines_.done()) read_line(trim(lines_.take().text));
  }

 private:
  void read_line(std::string_view line) {
    if (line.empty() || line[0] == '#') return;
    for (std::string_view prefix : {"export ", "set "}) {
      if (line.starts_with(prefix)) line = trim(line.substr(prefix.size()));
    }
    size_t delimiter = line.find('=');
    if (size_t colon = line.find(": "); colon < delimiter) delimiter = colon;
    std::string_view key = trim(line.substr(0, delimiter));
    if (!is_key(key)) return facts_.set_has_errors();
    Span key_span = span_in(text_, key);
    if (delimiter == none) {
      add_entry(facts_, key, key_span, {}, context_);
      return;
    }
    std::string_view value = trim(line.substr(delimiter + 1));
    bool quoted = !value.empty() && (value[0] == '"' || value[0] == '\'' || value[0] == '`');
    Value read = quoted ? quoted_value(value) : plain_value(without_comment(value), key_span);
    add_entry(facts_, key, key_span, read, context_);
  }

  Value plain_value(std::string_view value, Span key) {
    Span span = value.empty() ? key : span_in(text_, value);
    return read_scalar(facts_, value, span, references::shell_like | scalar::YesNo);
  }

  // A quoted value may go on over lines; an unclosed one ends with its own.
  Value quoted_value(std::string_view value) {
    size_t open = span_in(text_, value).begin;
    QuoteEscapes escaped = text_[open] == '"' ? QuoteEscapes::Backslash : QuoteEscapes::None;
    size_t close = closing_quote(text_, open, escaped, longest_value);
    if (close == none) return plain_value(without_comment(value), {});
    std::string_view inner = text_.substr(open + 1, close - open - 1);
    lines_.skip_to(close);
    Span span = {static_cast<uint32_t>(open + 1), static_cast<uint32_t>(close)};
    if (text_[open] != '"') return read_scalar(facts_, inner, span, scalar::Text | scalar::Verbatim);
    return read_scalar(facts_, unescape(inner, escapes), span, scalar::Text | references::shell_like);
  }

  std::string_view text_;
  FileFacts& facts_;
  Lines lines_;
  Context context_;
};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("dotenv");
  DotenvReader(file, facts).read();
}

}  // namespace

const Adapter& dotenv_adapter() {
  static constexpr std::array<std::string_view, 12> patterns = {
      ".env",       ".env.*",   "*.env",        "*.env.*",       ".flaskenv", "env.example",
      "env.sample", "env.dist", "env.template", "*.env-example", ".env-*",    "dotenv.*"};
  static constexpr Format formats[] = {{.name = "dotenv", .example = ".env", .tells = tells::Address}};
  static constexpr Adapter adapter{
      .name = "dotenv", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
