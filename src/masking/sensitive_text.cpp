#include "masking/sensitive_text.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "masking/command_words.h"
#include "masking/literal_scan.h"
#include "masking/sensitive_name.h"
#include "masking/sensitive_url.h"

namespace tfcheck {

namespace {

constexpr size_t longest_looked_at = 400;  // of a bare value, to tell whether it is one

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit);
}
bool is_name_character(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
}
// A word that could as well be a variable's name.
bool is_identifier(std::string_view text) {
  return !text.empty() && !is_digit(text.front()) && std::all_of(text.begin(), text.end(), is_name_character);
}
bool is_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || c == '-' || c == '_' || c == '.'; });
}

// How a name is given its value.
struct Giving {
  size_t name = 0;  // where it begins
  NameSense sense = NameSense::Secret;
  bool colon = false;   // by a colon
  bool spaced = false;  // with blanks round it
};

// A value: where it begins, and behind its end.
struct Range {
  size_t begin = 0;
  size_t end = 0;
  size_t next = 0;
};

class TextScan {
 public:
  TextScan(const MaskWords& words, std::string_view text, TextKind kind) : words_(words), text_(text), kind_(kind) {}

  std::vector<Span> run() {
    found_ = url_secrets(text_, kind_);
    names();
    std::vector<Span> words = command_secrets(words_, text_, kind_);
    found_.insert(found_.end(), words.begin(), words.end());
    return merge_spans(std::move(found_));
  }

 private:
  void add(size_t begin, size_t end) { found_.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}); }

  bool is_at(size_t at, char c) const { return at < text_.size() && text_[at] == c; }

  // --- NAME = VALUE ---

  void names() {
    for (size_t at = 0; at < text_.size();) {
      if (!is_name_character(text_[at])) {
        ++at;
        continue;
      }
      size_t begin = at;
      while (at < text_.size() && is_name_character(text_[at])) ++at;
      std::string_view name = text_.substr(begin, at - begin);
      if (is_scheme(name)) scheme(begin, at);
      NameSense sense = sense_of(words_, name);
      if (sense != NameSense::Nothing) at = std::max(at, value_of(begin, at, sense));
    }
  }

  static bool is_scheme(std::string_view word) {
    return iequals(word, "Bearer") || iequals(word, "Basic") || iequals(word, "Token") || iequals(word, "ApiKey") ||
           iequals(word, "Digest") || iequals(word, "Negotiate");
  }

  // "Bearer X" as a whole literal.
  void scheme(size_t begin, size_t end) {
    size_t from = skip_blanks(text_, end);
    if (begin == 0 || !is_quote(text_[begin - 1]) || from == end) return;
    size_t to = from;
    while (to < text_.size() && !is_quote(text_[to]) && text_[to] > ' ') ++to;
    bool whole = to < text_.size() && is_quote(text_[to]);
    std::string_view value = text_.substr(from, to - from);
    if (whole && value.size() >= 6 && !is_harmless(words_, value)) add(from, to);
  }

  // Masks what the name at [begin, end) is given; answers where to go on.
  size_t value_of(size_t begin, size_t end, NameSense sense) {
    size_t at = end + quote_at(text_, end).size();
    bool quoted = at > end;
    bool tag = !quoted && begin > 0 && text_[begin - 1] == '<';
    if (is_at(at, '>') && (tag || quoted)) return element(at + 1, sense);
    if (is_at(at, ']') || (is_at(at, ')') && quoted)) ++at;
    size_t sign = skip_blanks(text_, at);
    if (quoted || is_at(sign, ',')) sign = pair_value(sign);
    if (sign >= text_.size()) return end;
    if (size_t value = separator(sign); value != std::string_view::npos)
      return assigned(value,
                      {begin, sense, text_[sign] == ':' && !is_at(sign + 1, '='), value > sign + 1 || sign > at});
    if (is_at(sign, ',') || is_at(sign, '(')) return argument(begin, end, sign, sense);
    return beside(begin, end, sign, sense);
  }

  // <password>X</password>, <entry key="password">X</entry>
  size_t element(size_t from, NameSense sense) {
    size_t to = std::min(text_.find_first_of("<\n", from), text_.size());
    if (to + 1 >= text_.size() || text_[to] != '<' || text_[to + 1] != '/') return from;
    return take({from, to, to}, sense);
  }

  // The separator behind the word "value" that follows: name="password" value="X", {"name": "PASSWORD", "value": "X"}.
  size_t pair_value(size_t at) const {
    size_t next = skip_blanks(text_, is_at(at, ',') ? at + 1 : at);
    next = skip_blanks(text_, next + (is_at(next, '{') ? 1 : 0));
    size_t word = next + quote_at(text_, next).size();
    for (std::string_view key : {"value", "Value", "VALUE", "content", "default"}) {
      if (!text_.substr(word).starts_with(key)) continue;
      size_t behind = word + key.size();
      behind = skip_blanks(text_, behind + quote_at(text_, behind).size());
      if (is_at(behind, '=') || is_at(behind, ':')) return behind;
    }
    return at;
  }

  // Where the value behind the separator at `at` begins; npos when there is no separator.
  size_t separator(size_t at) const {
    std::string_view rest = text_.substr(at);
    for (std::string_view sign : {"===", "==", "=~", "::", "=>", ":=", ":-", "||=", "?\?=", "?=", "+=", "=", ":"}) {
      if (!rest.starts_with(sign)) continue;
      size_t value = skip_blanks(text_, at + sign.size());
      bool none = sign == "::" || sign == "=~" || (sign.starts_with("==") && !is_telling_literal(value));
      return none ? std::string_view::npos : value;
    }
    return std::string_view::npos;
  }

  // What a token is compared with is as often a word of a grammar.
  bool is_telling_literal(size_t at) const {
    Range literal = quoted_value(at);
    std::string_view value = text_.substr(literal.begin, literal.end - literal.begin);
    return literal.next > 0 && value.size() >= 6 && has_digit(value);
  }

  size_t assigned(size_t at, const Giving& giving) {
    if (giving.colon && kind_ == TextKind::Code) at = behind_type(at);
    if (closes_literal(at)) return joined_value(at, giving.sense);
    if (Range literal = quoted_value(at); literal.next > 0) return take_literals(literal, giving.sense);
    if (at >= text_.size() || text_[at] == '\n' || text_[at] == '\r') return at;
    size_t next = bare(at, giving);
    if (kind_ == TextKind::Code && next == at) alternatives(at, giving.sense);
    return next;
  }

  // Of `"?password=" + name` the quote ends the literal that the name stands in.
  bool closes_literal(size_t at) {
    if (kind_ != TextKind::Code && kind_ != TextKind::Prose) return false;
    if (at >= text_.size() || !is_quote(text_[at]) || is_blank(text_[at - 1])) return false;
    if (literals_.open_at(at) != text_[at]) return false;
    size_t next = skip_blanks(text_, at + 1);
    return next >= text_.size() || std::string_view("+.,);&]}\r\n").find(text_[next]) != std::string_view::npos;
  }

  // The literal that is joined to the one that ends at `at`.
  size_t joined_value(size_t at, NameSense sense) {
    size_t more = joined_literal(text_, at + 1, kind_);
    if (more == std::string_view::npos) return at + 1;
    size_t end = literal_end(text_, more, text_.substr(more - 1, 1));
    return take_literals({more, end, std::min(end + 1, text_.size())}, sense);
  }

  // `password: string = "X"`
  size_t behind_type(size_t at) const {
    size_t next = at;
    while (next < text_.size() && next < at + 40 &&
           (is_name_character(text_[next]) || is_blank(text_[next]) ||
            std::string_view("<>|?[]").find(text_[next]) != std::string_view::npos))
      ++next;
    return next > at && is_at(next, '=') && !is_at(next + 1, '=') ? skip_blanks(text_, next + 1) : at;
  }

  // read() or "X", read() ?? "X", a ? "X" : "Y"
  void alternatives(size_t at, NameSense sense) {
    std::string_view near = text_.substr(0, at + longest_looked_at);  // names may follow each other without an end
    size_t end = std::min(near.find_first_of(";\r\n", at), near.size());
    bool chosen = false;
    for (size_t begin = at; at < end; ++at) {
      if (!is_quote(text_[at])) continue;
      std::string_view before = text_.substr(begin, at - begin);
      before = before.substr(0, before.find_last_not_of(" \t") + 1);
      chosen |= before.ends_with('?');
      bool other = before.ends_with("?") || before.ends_with("||") || before.ends_with(" or") ||
                   before.ends_with(" else") || (chosen && before.ends_with(':'));
      Range literal = quoted_value(at);
      if (other && literal.next > 0) take_literals(literal, sense);
      at = std::max(at, literal.next > 0 ? literal.next - 1 : at);
    }
  }

  // The first literal at `at`, its prefix left out; `next` is 0 when there is none.
  Range quoted_value(size_t at) const {
    size_t quote = at;
    while (quote < text_.size() && quote < at + 3 &&
           std::string_view("bfruBFRUL@$").find(text_[quote]) != std::string_view::npos)
      ++quote;
    std::string_view mark = quote_at(text_, quote);
    if (mark.empty()) return {};
    size_t begin = quote + mark.size();
    size_t end = literal_end(text_, begin, mark);
    return {begin, end, std::min(end + mark.size(), text_.size())};
  }

  // The literal and those that are joined to it.
  size_t take_literals(Range literal, NameSense sense) {
    for (;;) {
      std::string_view value = text_.substr(literal.begin, literal.end - literal.begin);
      if (is_harmless(words_, value) && default_of(trim(value)).empty()) return harmless_end(literal);
      size_t next = take(literal, sense);
      size_t more = joined_literal(text_, literal.next, kind_);
      if (more == std::string_view::npos) return next;
      std::string_view mark = text_.substr(more - 1, 1);
      size_t end = literal_end(text_, more, mark);
      literal = {more, end, std::min(end + 1, text_.size())};
    }
  }

  // Inside a reference there may be another name with a default of its own.
  size_t harmless_end(const Range& value) const {
    return text_.substr(value.begin, value.end - value.begin).find("${") == std::string_view::npos ? value.end
                                                                                                   : value.begin;
  }

  size_t take(Range value, NameSense sense) {
    std::string_view text = text_.substr(value.begin, value.end - value.begin);
    size_t skipped = text.size() - text.substr(std::min(text.find_first_not_of(" \t"), text.size())).size();
    value.begin += skipped;
    text = trim(text);
    if (sense == NameSense::Authorization) {
      size_t word = text.find(' ');
      size_t secret = word == std::string_view::npos ? 0 : std::min(text.find_first_not_of(' ', word), text.size());
      if (word == std::string_view::npos && (!has_digit(text) || text.size() < 8)) return value.next;
      value.begin += secret;
      text.remove_prefix(secret);
    }
    if (std::string_view inner = default_of(text); !inner.empty()) {
      value.begin += static_cast<size_t>(inner.data() - text.data());
      text = inner;
    }
    if (is_harmless(words_, text)) return harmless_end(value);
    add(value.begin, value.begin + text.size());
    return value.next;
  }

  // --- values without quotes ---

  size_t bare(size_t at, const Giving& giving) {
    if (text_.substr(at).starts_with("$(")) return at;
    bool line = kind_ == TextKind::Config && giving.spaced && is_line_start(giving.name);
    std::string_view before = text_.substr(0, giving.name);
    bool braces = before.ends_with("${") || before.ends_with("#{");
    std::string_view stops = line                       ? "\r\n"
                             : braces                   ? "\r\n\"'`}"
                             : kind_ == TextKind::Shell ? " \t\r\n\"'`;&|<>"
                                                        : " \t\r\n\"'`;&,<>";
    if (line && std::string_view("{[|>&*!").find(text_[at]) != std::string_view::npos) return at;
    // Names may follow each other without an end: each looks only so far.
    std::string_view near = text_.substr(at, line ? std::string_view::npos : longest_looked_at);
    size_t length = std::min(near.find_first_of(stops), near.size());
    if (!line && !braces && !counts(near.substr(0, length), giving)) return at;
    size_t end = std::min(text_.find_first_of(stops, at + length), text_.size());
    // "Authorization: Bearer X"
    if (giving.sense == NameSense::Authorization && is_scheme(text_.substr(at, end - at)) && is_at(end, ' '))
      end = std::min(text_.find_first_of(stops, skip_blanks(text_, end)), text_.size());
    if (line) end = before_comment(at, end);
    std::string_view value = text_.substr(at, end - at);
    while (!line && !value.empty() && std::string_view(")]},").find(value.back()) != std::string_view::npos &&
           !opens(value))
      value.remove_suffix(1);
    return value.empty() ? at : take({at, at + value.size(), at + value.size()}, giving.sense);
  }

  static bool opens(std::string_view value) { return value.find_first_of("([{") != std::string_view::npos; }

  // Whether a bare value is one, and not a variable or an expression.
  bool counts(std::string_view value, const Giving& giving) const {
    if (value.empty()) return false;
    bool reference = value.front() == '$' || value.front() == '{' || value.front() == '%';
    if (kind_ == TextKind::Shell || kind_ == TextKind::Config || reference) return true;
    bool telling = has_digit(value) || !is_word(value);
    if (kind_ == TextKind::Prose) return !begins_call(value) && (!giving.colon || telling);
    // "Server=db;Password=X", "?token=X"
    char before = giving.name > 0 ? text_[giving.name - 1] : ' ';
    if (!giving.spaced && !giving.colon && std::string_view(";?&\"'`").find(before) != std::string_view::npos)
      return true;
    if (value.find_first_of("([") != std::string_view::npos) return false;
    return has_digit(value) && (!is_identifier(value) || (!giving.colon && !giving.spaced));
  }

  bool is_line_start(size_t at) const {
    while (at > 0 && std::string_view(" \t-#\"'").find(text_[at - 1]) != std::string_view::npos) --at;
    if (at == 0 || text_[at - 1] == '\n' || text_[at - 1] == '\r') return true;
    std::string_view before = text_.substr(0, at);
    return before.ends_with("export") || before.ends_with("ENV") || before.ends_with("ARG");
  }

  size_t before_comment(size_t at, size_t end) const {
    size_t sign = text_.substr(0, end).find(" #", at);
    return sign == std::string_view::npos ? end : sign;
  }

  // --- values behind a comma, a parenthesis, or nothing ---

  // put("password", "X"), setPassword("X")
  size_t argument(size_t begin, size_t end, size_t sign, NameSense sense) {
    Range literal = quoted_value(skip_blanks(text_, sign + 1));
    if (literal.next == 0 || sense != NameSense::Secret) return end;
    if (text_[sign] == '(' && !hands_over(words_, text_.substr(begin, end - begin))) return end;
    std::string_view value = text_.substr(literal.begin, literal.end - literal.begin);
    if (value.starts_with('-') || (is_word(value) && !has_digit(value))) return end;
    return take_literals(literal, sense);
  }

  // password "X", requirepass X, ENV DB_PASSWORD X
  size_t beside(size_t begin, size_t end, size_t at, NameSense sense) {
    if (at == end) return end;
    std::string_view name = text_.substr(begin, end - begin);
    Range literal = quoted_value(at);
    if (literal.next > 0) {
      std::string_view value = text_.substr(literal.begin, literal.end - literal.begin);
      return kind_ == TextKind::Prose && !has_digit(value) ? end : take_literals(literal, sense);
    }
    size_t stop = std::min(text_.find_first_of(" \t\r\n\"'`;,", at), text_.size());
    std::string_view value = text_.substr(at, stop - at);
    bool directive = name.ends_with("requirepass") || name.ends_with("masterauth");
    bool environment = kind_ == TextKind::Config && text_.substr(0, begin).ends_with("ENV ");
    bool told = kind_ != TextKind::Code && is_any_password(name) && has_digit(value) && value.size() >= 4 &&
                std::any_of(value.begin(), value.end(), is_letter);
    if (!directive && !environment && !told) return end;
    return take({at, stop, stop}, sense);
  }

  static bool is_any_password(std::string_view name) {
    return iequals(name, "password") || iequals(name, "passwd") || iequals(name, "passphrase");
  }

  const MaskWords& words_;
  std::string_view text_;
  TextKind kind_;
  std::vector<Span> found_;
  OpenLiteral literals_{text_};
};

}  // namespace

std::vector<Span> sensitive_parts(const MaskWords& words, std::string_view text, TextKind kind) {
  return TextScan(words, text, kind).run();
}

std::string mask_sensitive(const MaskWords& words, std::string_view text, TextKind kind) {
  return mask_spans(text, sensitive_parts(words, text, kind));
}

std::string mask_spans(std::string_view text, const std::vector<Span>& spans) {
  std::string out;
  size_t at = 0;
  for (Span span : spans) {
    out += text.substr(at, span.begin - at);
    out += mask(text.substr(span.begin, span.end - span.begin));
    at = span.end;
  }
  return out.append(text.substr(at));
}

}  // namespace tfcheck
