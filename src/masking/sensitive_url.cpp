#include "masking/sensitive_url.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/ascii.h"
#include "base/text.h"
#include "masking/literal_scan.h"
#include "masking/sensitive_name.h"

namespace tfcheck {

namespace {

constexpr size_t longest_authority = 512;

// A user that is a token.
bool is_token(std::string_view user) {
  bool plain =
      std::all_of(user.begin(), user.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; });
  return user.size() >= 16 && plain && std::any_of(user.begin(), user.end(), is_digit);
}

// The characters of literals that are joined, and where each of them stands.
struct Joined {
  std::string text;
  std::vector<uint32_t> places;
};

class UrlScan {
 public:
  UrlScan(std::string_view text, TextKind kind) : text_(text), kind_(kind) {}

  std::vector<Span> run() {
    urls();
    data_sources();
    return std::move(found_);
  }

 private:
  void add(size_t begin, size_t end) { found_.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}); }

  // --- scheme://user:password@host ---

  void urls() {
    for (size_t at = text_.find("://"); at != std::string_view::npos; at = text_.find("://", at + 3)) {
      Joined rest = authority(at + 3);
      std::string_view joined = rest.text;
      size_t colon = joined.find(':');
      size_t sign = end_of_password(joined, colon, text_.substr(0, at));
      if (sign == std::string_view::npos || joined.starts_with('[')) continue;
      bool user_only =
          colon == std::string_view::npos || colon > sign || joined.substr(colon + 1).starts_with("x-oauth");
      if (user_only) {
        std::string_view user = joined.substr(0, std::min(colon, sign));
        if (is_token(user)) add_joined(rest, 0, user.size());
      } else if (!is_pure_reference(joined.substr(colon + 1, sign - colon - 1))) {
        add_joined(rest, colon + 1, sign);
      }
    }
  }

  // What may be user, password and host, over joined literals.
  Joined authority(size_t at) const {
    Joined out;
    while (at < text_.size() && out.text.size() < longest_authority) {
      char c = text_[at];
      if (is_quote(c)) {
        at = joined_literal(text_, at + 1, kind_);
        if (at == std::string_view::npos) break;
        continue;
      }
      if (is_blank(c) || c == '\n' || c == '\r' || c == '<' || c == '>') break;
      out.text += c;
      out.places.push_back(static_cast<uint32_t>(at++));
      if (out.text.ends_with("://")) break;  // the next URL's
    }
    return out;
  }

  // The '@' behind a password; one with a slash in it is no URL's, but it is written. Of a web page a port or a path
  // stands there.
  static size_t end_of_password(std::string_view joined, size_t colon, std::string_view before) {
    size_t stop = std::min(joined.find_first_of("/?#"), joined.size());
    size_t sign = joined.substr(0, stop).rfind('@');
    if (sign != std::string_view::npos || colon == std::string_view::npos || colon > stop) return sign;
    std::string_view port = joined.substr(colon + 1, stop - colon - 1);
    bool web = before.ends_with("http") || before.ends_with("https");
    return web || port.empty() || is_digits(port) ? sign : joined.find('@', stop);
  }

  void add_joined(const Joined& joined, size_t from, size_t to) {
    for (size_t at = from; at < to;) {
      size_t end = at + 1;
      while (end < to && joined.places[end] == joined.places[end - 1] + 1) ++end;
      add(joined.places[at], joined.places[end - 1] + size_t{1});
      at = end;
    }
  }

  // "user:password@tcp(host:3306)/name"
  void data_sources() {
    for (std::string_view mark : {"@tcp(", "@unix("}) {
      for (size_t at = text_.find(mark); at != std::string_view::npos; at = text_.find(mark, at + 1)) {
        size_t begin = at;
        while (begin > 0 && at - begin < longest_authority && !is_quote(text_[begin - 1]) && text_[begin - 1] > ' ')
          --begin;
        size_t colon = text_.substr(begin, at - begin).find(':');
        if (colon == std::string_view::npos ||
            is_pure_reference(text_.substr(begin + colon + 1, at - begin - colon - 1)))
          continue;
        add(begin + colon + 1, at);
      }
    }
  }

  std::string_view text_;
  TextKind kind_;
  std::vector<Span> found_;
};

}  // namespace

std::vector<Span> url_secrets(std::string_view text, TextKind kind) {
  return UrlScan(text, kind).run();
}

}  // namespace tfcheck
