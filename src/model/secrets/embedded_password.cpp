// Passwords inside URLs, connection strings and data source names.
#include <algorithm>

#include "base/ascii.h"
#include "base/quoted.h"
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
  if (std::optional<EmbeddedPassword> found = password_in_oracle_url(text)) return found;
  return text.find('=') == std::string_view::npos ? std::nullopt : password_in_connection_string(text);
}

namespace {

constexpr size_t shortest_token = 20;

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
    if (sign == std::string_view::npos) continue;
    // https://TOKEN@host: a token instead of a name.
    bool token =
        colon == std::string_view::npos && sign >= shortest_token && drawn_.contains(authority.substr(0, sign));
    if (token) return EmbeddedPassword{{at + 3, sign}, Strength::Strong, false};
    if (colon == std::string_view::npos || colon + 1 >= sign) continue;
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

// "jdbc:oracle:thin:user/password@host:1521/name"
std::optional<EmbeddedPassword> Secrets::password_in_oracle_url(std::string_view text) const {
  size_t begin = text.find("jdbc:oracle:");
  if (begin == std::string_view::npos) return std::nullopt;
  size_t user = text.find(':', begin + std::string_view("jdbc:oracle:").size());
  size_t slash = user == std::string_view::npos ? user : text.find_first_of("/@ ", user);
  size_t sign = slash == std::string_view::npos ? slash : text.find_first_of("@ ", slash);
  if (sign == std::string_view::npos || text[slash] != '/' || text[sign] != '@' || slash == user + 1)
    return std::nullopt;
  Strength strength = embedded_strength(text.substr(slash + 1, sign - slash - 1));
  if (strength <= Strength::Placeholder) return std::nullopt;
  std::string_view host = text.substr(sign + 1);
  return EmbeddedPassword{{slash + 1, sign - slash - 1}, strength, is_local(host.substr(host.find_first_not_of('/')))};
}

// "user:password@tcp(host:3306)/name", as Go's MySQL driver wants it; "user:password@/name" for this machine.
std::optional<EmbeddedPassword> Secrets::password_in_go_dsn(std::string_view text) const {
  size_t sign = std::min(text.find("@tcp("), text.find("@unix("));
  if (sign == std::string_view::npos && text.find("://") == std::string_view::npos) {
    sign = text.find("@/");
    bool name = sign != std::string_view::npos && sign + 2 < text.size() && is_letter(text[sign + 2]);
    std::string_view user = text.substr(0, text.find(':'));
    bool plain = name && text.substr(0, sign).find_first_of(":@/ ", user.size() + 1) == std::string_view::npos;
    if (!plain || any(user, [](char c) { return !is_letter(c) && !is_digit(c) && c != '_'; })) return std::nullopt;
  }
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

// {"user": "shop", "password": "…"}: settings in one variable.
std::optional<TextPart> Secrets::secret_in_json(std::string_view text) const {
  constexpr size_t longest = 2'000;
  if (!text.starts_with('{') || text.size() > longest) return std::nullopt;
  size_t begin = 0;
  std::string_view key;
  for (size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at + 1)) {
    size_t close = closing_quote(text, at, QuoteEscapes::Backslash);
    if (close == std::string_view::npos) return std::nullopt;
    std::string_view word = text.substr(at + 1, close - at - 1);
    bool value = trim(text.substr(begin, at - begin)) == ":";
    SecretName kind = value ? kind_of(key) : SecretName::None;
    if (kind != SecretName::None && strength_of(kind, key, word) == Strength::Strong)
      return TextPart{at + 1, word.size()};
    key = word, begin = close + 1, at = close;
  }
  return std::nullopt;
}

}  // namespace tfcheck
