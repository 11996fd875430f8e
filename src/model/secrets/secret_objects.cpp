#include "model/secrets/secret_objects.h"

#include <optional>
#include <string>

#include "base/ascii.h"
#include "base/quoted.h"
#include "base/text.h"
#include "model/secrets/value_shapes.h"

namespace tfcheck {

namespace {

constexpr std::string_view encoded = "Secret.data.";
constexpr size_t longest_object = 2'000;

bool is_public_key(std::string_view key) {
  return key.ends_with(".crt") || key.ends_with(".pub") || key == "ca" || icontains(key, "namespace");
}

// "10.0.0.7:5432", "1.29.0", "3600"
bool is_numeric(std::string_view value) {
  return value.find_first_not_of("0123456789.:") == std::string_view::npos;
}

// "ghcr.io/acme/shop:1.2"
bool is_image(std::string_view value) {
  size_t slash = value.find('/'), colon = value.rfind(':');
  bool tagged = slash != std::string_view::npos && slash > 0 && colon != std::string_view::npos && colon > slash;
  return tagged && value.find("//") == std::string_view::npos && shapes::all(value, [](char c) {
           return is_lower(c) || is_upper(c) || is_digit(c) ||
                  std::string_view("./:_@-").find(c) != std::string_view::npos;
         });
}

// An address in which nothing behind the host is a token.
bool is_plain_address(const Secrets& secrets, std::string_view value) {
  size_t scheme = value.find("://");
  if (scheme == std::string_view::npos || value.find_first_of(" \n\t") != std::string_view::npos) return false;
  constexpr std::string_view signs = "/?&=#";
  for (size_t at = value.find_first_of(signs, scheme + 3); at < value.size(); at = value.find_first_of(signs, at + 1)) {
    std::string_view part = value.substr(at + 1, value.find_first_of(signs, at + 1) - at - 1);
    if (secrets.strength_of(SecretName::Credential, "token", part) == Strength::Strong) return false;
  }
  return true;
}

// "git@example.org:acme/shop.git": who is asked, where, and for which path.
bool is_login_address(std::string_view value) {
  size_t at = value.find('@'), colon = value.find(':');
  bool apart = at != std::string_view::npos && at > 0 && colon != std::string_view::npos && colon > at + 1;
  return apart && value.find('.', at) != std::string_view::npos && value.find('/', at) != std::string_view::npos &&
         shapes::all(value, [](char c) {
           return is_lower(c) || is_upper(c) || is_digit(c) ||
                  std::string_view("@:/._~-").find(c) != std::string_view::npos;
         });
}

// A word or several, a number, an address: what a switch or a name is set to.
bool is_plain(const Secrets& secrets, std::string_view value) {
  if (value.empty() || secrets.is_reference(value) || is_numeric(value) || is_image(value)) return true;
  if (secrets.password_in(value)) return false;
  if (is_plain_address(secrets, value) || is_login_address(value)) return true;
  return shapes::is_name_like(value) && secrets.strength_of(SecretName::Credential, "token", value) != Strength::Strong;
}

// An object of JSON that has only such values.
bool is_plain_object(const Secrets& secrets, std::string_view text) {
  if (!text.starts_with('{') || text.size() > longest_object || secrets.secret_in_json(text)) return false;
  for (size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at + 1)) {
    size_t close = closing_quote(text, at, QuoteEscapes::Backslash);
    if (close == std::string_view::npos || !is_plain(secrets, text.substr(at + 1, close - at - 1))) return false;
    at = close;
  }
  return true;
}

}  // namespace

std::string_view key_of_secret_object(std::string_view entry) {
  for (std::string_view prefix : {encoded, std::string_view("Secret.stringData.")}) {
    if (entry.starts_with(prefix)) return entry.substr(prefix.size());
  }
  return {};
}

bool is_secret_of_object(const Secrets& secrets, std::string_view entry, std::string_view value) {
  std::string_view key = key_of_secret_object(entry), text = trim(value);
  bool sealed = text.starts_with("ENC[") || text.starts_with("ref+") || text.starts_with("<");
  if (text.empty() || is_public_key(key) || secrets.is_reference(text) || sealed) return false;
  if (secrets.kind_of(key) != SecretName::None) return true;
  std::optional<std::string> decoded = entry.starts_with(encoded) ? shapes::decoded_base64(text) : std::nullopt;
  std::string_view said = decoded ? trim(*decoded) : text;
  return !is_plain(secrets, said) && !is_plain_object(secrets, said);
}

}  // namespace tfcheck
