#include "masking/literal_scan.h"

namespace tfcheck {

size_t literal_end(std::string_view text, size_t at, std::string_view quote) {
  bool escaped = quote.front() == '\\';
  for (; at < text.size(); ++at) {
    if (text.substr(at, quote.size()) == quote) return at;
    if (quote.size() != 3 && (text[at] == '\n' || text[at] == '\r')) return at;
    // The literal round an escaped one ends both.
    if (escaped && text[at] == quote.back()) return at;
    if (text[at] == '\\' && !escaped) ++at;
  }
  return text.size();
}

size_t joined_literal(std::string_view text, size_t at, TextKind kind) {
  size_t next = skip_blanks(text, at);
  bool joined = next == at || kind == TextKind::Code;
  if (next < text.size() && (text[next] == '+' || text[next] == '.' || text[next] == '&' || text[next] == '~')) {
    joined = true;
    ++next;
    if (next < text.size() && text[next] == '.') ++next;
    next = skip_blanks(text, next);
  }
  while (joined && next < text.size() && next < at + 12 && !is_quote(text[next]) &&
         std::string_view("bfruBFRU@$L").find(text[next]) != std::string_view::npos)
    ++next;
  return joined && next < text.size() && is_quote(text[next]) ? next + quote_at(text, next).size()
                                                              : std::string_view::npos;
}

namespace {

// The value of up to `most` digits at `at`, which moves behind them; -1 when there is none.
int read_number(std::string_view text, size_t& at, int base, size_t most) {
  int value = 0;
  size_t begin = at;
  for (; at < text.size() && at - begin < most && value < 256; ++at) {
    char c = text[at];
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : 99;
    if (digit >= base) break;
    value = value * base + digit;
  }
  return at == begin ? -1 : value;
}

}  // namespace

std::string without_escapes(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (text[at] != '\\' || at + 1 >= text.size()) {
      out += text[at++];
      continue;
    }
    char kind = text[at + 1];
    bool hex = kind == 'x' || kind == 'u';
    bool braces = hex && at + 2 < text.size() && text[at + 2] == '{';
    size_t next = at + (hex ? 2 : 1) + (braces ? 1 : 0);
    int value = hex ? read_number(text, next, 16, kind == 'x' && !braces ? 2 : 4) : read_number(text, next, 8, 3);
    if (braces && next < text.size() && text[next] == '}') ++next;
    if (value < ' ' || value > '~') {
      out += text[at++];
    } else {
      out += static_cast<char>(value);
      at = next;
    }
  }
  return out;
}

char OpenLiteral::open_at(size_t at) {
  if (at < read_) return 0;
  for (; read_ < at && read_ < text_.size(); ++read_) {
    char c = text_[read_];
    if (c == '\\' && open_ != 0) {
      ++read_;
    } else if (is_quote(c) && (open_ == 0 || open_ == c)) {
      open_ = open_ == 0 ? c : '\0';
    } else if (c == '\n' && open_ != '`') {
      open_ = '\0';
    }
  }
  return read_ == at ? open_ : '\0';
}

std::string_view quote_at(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  if (text[at] == '\\') return at + 1 < text.size() && is_quote(text[at + 1]) ? text.substr(at, 2) : std::string_view{};
  if (!is_quote(text[at])) return {};
  bool wide = at + 2 < text.size() && text[at + 1] == text[at] && text[at + 2] == text[at];
  return text.substr(at, wide ? 3 : 1);
}

}  // namespace tfcheck
