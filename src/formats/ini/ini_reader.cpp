#include "formats/ini/ini_reader.h"

#include "base/lines.h"
#include "base/text.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;

bool is_comment(std::string_view trimmed) {
  return trimmed.starts_with('#') || trimmed.starts_with(';');
}

// Without ` ; comment` or ` # comment`, unless that stands in quotes.
std::string_view without_comment(std::string_view value) {
  char quote = value.empty() ? '\0' : value[0];
  size_t from = 1;
  if (quote == '"' || quote == '\'') {
    size_t close = value.find(quote, 1);
    from = close == none ? 1 : close + 1;
  }
  for (size_t at = value.find_first_of(";#", from); at != none; at = value.find_first_of(";#", at + 1)) {
    bool behind_quote = at == from && from > 1;
    if (behind_quote || value[at - 1] == ' ' || value[at - 1] == '\t') return trim(value.substr(0, at));
  }
  return value;
}

class IniReader {
 public:
  IniReader(std::string_view text, uint32_t style) : text_(text), style_(style), lines_(text) {}

  IniFile read() {
    while (!lines_.done()) read_line(lines_.take());
    return std::move(file_);
  }

 private:
  void read_line(const Line& line) {
    std::string_view body = trim(line.text);
    if (body.empty() || is_comment(body)) return;
    if (body.starts_with('[')) return read_section(line, body);
    read_entry(line, body);
  }

  void read_section(const Line& line, std::string_view body) {
    size_t close = body.find(']');
    if (close == none) {
      file_.has_errors = true;
      return;
    }
    section_ = trim(body.substr(1, close - 1));
    IniEntry header;
    header.section = section_;
    header.key_span = span_in(line, body.substr(0, close + 1));
    header.header = true;
    file_.entries.push_back(header);
  }

  void read_entry(const Line& line, std::string_view body) {
    size_t delimiter = body.find_first_of(style_ & ini_style::Colon ? "=:" : "=");
    IniEntry entry;
    entry.section = section_;
    entry.key = trim(body.substr(0, delimiter));
    entry.key_span = span_in(line, entry.key);
    if (entry.key.empty() || (delimiter == none && !(style_ & ini_style::BareKeys))) {
      file_.has_errors = true;
      return;
    }
    if (delimiter == none) {
      entry.key = without_comment(entry.key);
      file_.entries.push_back(entry);
      return;
    }
    entry.has_value = true;
    entry.raw = trim(body.substr(delimiter + 1));
    if (style_ & ini_style::Inline && is_comment(entry.raw) && entry.raw.starts_with(';'))
      entry.raw = entry.raw.substr(0, 0);
    if (style_ & ini_style::Inline) entry.raw = without_comment(entry.raw);
    if (style_ & ini_style::Backslash && line.text.ends_with('\\')) {
      fold_backslashes(entry);
    } else if (style_ & ini_style::Indent) {
      fold_indented(entry, static_cast<size_t>(body.data() - line.text.data()));
    }
    unquote(entry);
    file_.entries.push_back(entry);
  }

  void extend(IniEntry& entry, const Line& line, std::string_view body) {
    size_t begin = entry.raw.empty() ? span_in(line, body).begin : span_in(text_, entry.raw).begin;
    entry.raw = text_.substr(begin, span_in(line, body).end - begin);
    entry.folded = true;
  }

  void fold_backslashes(IniEntry& entry) {
    for (bool more = true; more && !lines_.done();) {
      Line line = lines_.take();
      std::string_view body = trim(line.text);
      more = body.ends_with('\\') || (is_comment(body) && style_ & ini_style::Backslash);
      if (!body.empty()) extend(entry, line, body);
    }
  }

  // Lines that are indented deeper than their key; empty lines and comments between them say nothing.
  void fold_indented(IniEntry& entry, size_t key_indent) {
    while (!lines_.done()) {
      Line line = lines_.peek();
      std::string_view body = trim(line.text);
      if (!body.empty() && static_cast<size_t>(body.data() - line.text.data()) <= key_indent) return;
      lines_.take();
      if (!body.empty() && !is_comment(body)) extend(entry, line, body);
    }
  }

  void unquote(IniEntry& entry) const {
    if (!(style_ & ini_style::Quotes) || entry.raw.size() < 2 || entry.folded) return;
    char quote = entry.raw.front();
    if ((quote != '"' && quote != '\'') || entry.raw.find(quote, 1) != entry.raw.size() - 1) return;
    entry.raw = entry.raw.substr(1, entry.raw.size() - 2);
    entry.quoted = true;
  }

  std::string_view text_;
  uint32_t style_;
  Lines lines_;
  IniFile file_;
  std::string_view section_;
};

}  // namespace

std::string IniEntry::text() const {
  if (!folded) return std::string(raw);
  std::string out;
  for (Lines lines(raw); !lines.done();) {
    std::string_view line = trim(lines.take().text);
    if (line.empty() || is_comment(line)) continue;
    bool joined = line.ends_with('\\');
    if (joined) line = trim(line.substr(0, line.size() - 1));
    out += line;
    out += joined ? ' ' : '\n';
  }
  if (!out.empty()) out.pop_back();
  return out;
}

IniFile read_ini(std::string_view text, uint32_t style) {
  return IniReader(text, style).read();
}

}  // namespace tfcheck
