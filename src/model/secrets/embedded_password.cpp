// Passwords inside URLs, connection strings and data source names.
#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "model/secrets/secrets.h"

namespace tfcheck {

namespace {

bool is_plain_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_letter);
}

template <typename Test>
bool any(std::string_view text, Test test) {
  return std::any_of(text.begin(), text.end(), test);
}

// A message or a help text that mentions a connection, not one.
bool is_prose(std::string_view text) {
  return split_words(text).size() > 12;
}

}  // namespace

Strength Secrets::embedded_strength(std::string_view value) const {
  static constexpr std::string_view told[] = {"password", "pass", "pwd", "secret", "passwd"};
  if (value.empty() || value.size() > 120 || is_reference(value)) return Strength::None;
  if (any(value, [](char c) { return std::string_view("{}<>()[]\\^|`*\"' ").find(c) != std::string_view::npos; }))
    return Strength::None;
  // "Password=@password": a parameter that the caller binds.
  bool bound = (value.front() == '@' || value.front() == ':') && is_plain_word(value.substr(1));
  if (bound || is_mask(value)) return Strength::None;
  if (value.front() == '$' || value == "x" || value == "p" || value == "pw") return Strength::None;
  if (std::find(std::begin(told), std::end(told), value) != std::end(told)) return Strength::Name;
  // CLUSTER_API_SECRET: what is to be put there.
  bool variable = value.find('_') != std::string_view::npos &&
                  !any(value, [](char c) { return !(c >= 'A' && c <= 'Z') && c != '_'; });
  if (variable || is_placeholder(value)) return Strength::Placeholder;
  return weak_.contains(value) || is_plain_word(value) ? Strength::Weak : Strength::Strong;
}

std::optional<EmbeddedPassword> Secrets::password_in(std::string_view text) const {
  if (text.size() > 4000 || is_prose(text)) return std::nullopt;
  if (std::optional<EmbeddedPassword> found = password_in_url(text)) return found;
  if (std::optional<EmbeddedPassword> found = password_in_go_dsn(text)) return found;
  return text.find('=') == std::string_view::npos ? std::nullopt : password_in_connection_string(text);
}

namespace {

bool is_local(std::string_view host) {
  host = host.substr(0, host.find_first_of(":/?,"));
  return host == "localhost" || host == "127.0.0.1" || host == "::1" || host == "0.0.0.0" ||
         host.starts_with("host.docker");
}

}  // namespace

bool Secrets::is_sample_host(std::string_view host) const {
  return sample_hosts_.contains(host.substr(0, host.find_first_of(":/?,")));
}

std::optional<EmbeddedPassword> Secrets::password_in_url(std::string_view text) const {
  for (size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    if (at == 0 || !(is_letter(text[at - 1]) || is_digit(text[at - 1]))) continue;
    std::string_view rest = text.substr(at + 3);
    std::string_view authority = rest.substr(0, rest.find_first_of("/?#\"'` \t\n<>"));
    size_t sign = authority.rfind('@');
    size_t colon = authority.find(':');
    if (sign == std::string_view::npos || colon == std::string_view::npos || colon + 1 >= sign) continue;
    std::string_view user = authority.substr(0, colon);
    std::string_view password = authority.substr(colon + 1, sign - colon - 1);
    std::string_view host = rest.substr(sign + 1);
    if (is_sample_host(host) || any(user, [](char c) {
          return std::string_view("[](){}<>\\^*|").find(c) != std::string_view::npos && c != '{' && c != '}';
        }))
      continue;
    bool anonymous =
        iequals(user, "anonymous") || password == "x-oauth-basic" || iequals(user, "user") || iequals(user, "username");
    Strength strength = embedded_strength(password);
    if (strength <= Strength::Placeholder || (anonymous && strength < Strength::Strong)) continue;
    return EmbeddedPassword{{at + 3 + colon + 1, password.size()}, strength, is_local(host)};
  }
  return std::nullopt;
}

// "user:password@tcp(host:3306)/name", as Go's MySQL driver wants it.
std::optional<EmbeddedPassword> Secrets::password_in_go_dsn(std::string_view text) const {
  size_t sign = std::min(text.find("@tcp("), text.find("@unix("));
  size_t colon = text.find(':');
  if (sign == std::string_view::npos || colon == std::string_view::npos || colon >= sign || colon == 0)
    return std::nullopt;
  Strength strength = embedded_strength(text.substr(colon + 1, sign - colon - 1));
  std::string_view host = text.substr(text.find('(', sign) + 1);
  if (strength <= Strength::Placeholder || is_sample_host(host)) return std::nullopt;
  return EmbeddedPassword{{colon + 1, sign - colon - 1}, strength, is_local(host)};
}

std::optional<EmbeddedPassword> Secrets::password_in_connection_string(std::string_view text) const {
  std::string folded = lower(text);
  // "Note the refs: username=…, password=…" is a sentence; no key has more than two words.
  std::string_view head = text.substr(0, text.find('='));
  bool sentence = split_words(head).size() > 2 && head.find(';') == std::string_view::npos &&
                  head.find("://") == std::string_view::npos && head.find("jdbc:") == std::string_view::npos &&
                  head.find("LoginModule") == std::string_view::npos;
  if (sentence || !connection_marks_.contains(folded)) return std::nullopt;
  for (std::string_view key : {"password=", "pwd=", "passwd="}) {
    for (size_t at = folded.find(key); at != std::string::npos; at = folded.find(key, at + 1)) {
      if (at > 0 && std::string_view(";?& ,").find(folded[at - 1]) == std::string_view::npos) continue;
      size_t begin = at + key.size();
      while (begin < text.size() && (text[begin] == '"' || text[begin] == '\'' || text[begin] == '\\')) ++begin;
      std::string_view value = text.substr(begin, text.substr(begin).find_first_of(";&\"' \n,\\"));
      Strength strength = embedded_strength(value);
      if (strength <= Strength::Placeholder) continue;
      bool local = folded.find("localhost") != std::string::npos || folded.find("127.0.0.1") != std::string::npos ||
                   folded.find("(local") != std::string::npos;
      return EmbeddedPassword{{begin, value.size()}, strength, local};
    }
  }
  return std::nullopt;
}

}  // namespace tfcheck
