#include "model/secrets/secrets.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/ascii.h"
#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t longest_secret = 400;

template <typename Test>
bool any(std::string_view text, Test test) {
  return std::any_of(text.begin(), text.end(), test);
}

template <typename Test>
bool all(std::string_view text, Test test) {
  return std::all_of(text.begin(), text.end(), test);
}

double entropy_of(std::string_view text) {
  std::array<int, 256> counts{};
  for (char c : text) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (int n : counts) {
    if (n == 0) continue;
    double share = static_cast<double>(n) / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

// "com.acme.Thing", "user.password", "shop.s3.secret-key", "clients[].secret": a class or a key, not a secret. A digit
// or two only where there are three parts.
bool is_dotted_name(std::string_view value) {
  std::vector<std::string_view> parts = split(value, '.');
  if (parts.size() < 2) return false;
  auto is_slot = [](std::string_view part) { return part.size() > 2 && part.front() == '{' && part.back() == '}'; };
  std::erase_if(parts, is_slot);  // "ldap.domains.{DOMAIN}.password"
  if (parts.size() < 2) return false;
  bool digits = parts.size() > 2 && std::count_if(value.begin(), value.end(), is_digit) <= 2;
  return std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
    if (part.ends_with(']')) part = part.substr(0, part.rfind('['));
    return !part.empty() && !is_digit(part.front()) &&
           all(part, [&](char c) { return is_letter(c) || c == '_' || c == '-' || (digits && is_digit(c)); });
  });
}

// "bail|required|string", "required_unless:driver,log": how a form is checked.
bool is_validation(std::string_view value) {
  bool written = all(value, [](char c) {
    return is_lower(c) || is_digit(c) || std::string_view("_|:,.-").find(c) != std::string_view::npos;
  });
  size_t bar = value.find('|');
  bool starts = value.starts_with("required") || value.starts_with("nullable") || value.starts_with("sometimes");
  return written && (starts || (bar != std::string_view::npos && bar > 2 && all(value.substr(0, bar), is_lower)));
}

// "lineHeights.100", "colors.grey.900": a step of a scale of a design.
bool is_design_step(std::string_view value) {
  constexpr size_t longest_step = 3;
  size_t dot = value.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || value.size() - dot - 1 > longest_step) return false;
  return is_digits(value.substr(dot + 1)) &&
         all(value.substr(0, dot), [](char c) { return is_letter(c) || c == '.' || c == '-'; });
}

bool is_plain_word(std::string_view value) {
  return all(value, is_letter);
}

// Words joined by separators or capitals, hardly a digit: "auth-token", "accessToken", "X-Api-Key", "oauth2_token".
bool is_compound_name(std::string_view value) {
  size_t digits = static_cast<size_t>(std::count_if(value.begin(), value.end(), is_digit));
  bool plain =
      all(value, [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == ':'; });
  bool joined = any(value, [](char c) { return c == '_' || c == '-' || c == ':'; }) ||
                (is_lower(value.front()) && any(value, is_upper));
  return plain && joined && digits <= 1 && value.size() < 70;
}

std::string bare(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (is_letter(c) || is_digit(c)) out += is_upper(c) ? static_cast<char>(c + 32) : c;
  }
  return out;
}

// "auth/token_invalid": a route, the code of an error.
bool is_route(std::string_view value) {
  return is_lower(value.front()) && value.find('/') != std::string_view::npos &&
         all(value, [](char c) { return is_lower(c) || c == '/' || c == '_' || c == '-'; });
}

// Words as things are called by: hardly a digit, and no marks but those between words.
bool is_name_like(std::string_view value) {
  return value.size() < 60 && std::count_if(value.begin(), value.end(), is_digit) <= 1 && all(value, [](char c) {
           return is_letter(c) || is_digit(c) || std::string_view("_-.:/ ").find(c) != std::string_view::npos;
         });
}

// "otp" of OneTimePassword.
bool is_abbreviation(std::string_view name, std::string_view value) {
  if (value.size() < 2 || value.size() > 6 || !(all(value, is_lower) || all(value, is_upper))) return false;
  std::string snake = snake_case(name);
  std::vector<std::string_view> words = split(snake, '_');
  if (words.size() < value.size()) return false;
  size_t first = words.size() - value.size();
  for (size_t i = 0; i < value.size(); ++i) {
    std::string_view word = words[first + i];
    if (word.empty() || word.front() != (is_upper(value[i]) ? value[i] + 32 : value[i])) return false;
  }
  return true;
}

// "self_signing" of self_signing_key, "shop_login" of SHOP_LOGIN_COOKIE_KEY: the name without what it ends in. A secret
// by its own word is none: JWT_SECRET_KEY may well be "jwt_secret".
bool is_beginning_of(std::string_view name, std::string_view value) {
  std::string snake = snake_case(name);
  bool compound = is_compound_name(value) && !any(value, is_digit) && !icontains(value, "secret") &&
                  !icontains(value, "jwt") && !icontains(value, "pass") && !icontains(value, "token");
  return compound && snake.ends_with("_key") && bare(name).starts_with(bare(value));
}

// deprecations["jwt_secret"].key = "jwt_secret": the name that the fact stands under.
bool repeats_section(std::string_view name, std::string_view value) {
  size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || value.find_first_of("_-") == std::string_view::npos) return false;
  std::string section = bare(name.substr(0, dot)), said = bare(value);
  return said.size() > 5 && section.ends_with(said);
}

// "input[name=password]", "#login > .password".
bool is_selector(std::string_view value) {
  bool marks = value.find("[name") != std::string_view::npos || value.find("[id") != std::string_view::npos ||
               value.find("[type") != std::string_view::npos || any(value, [](char c) {
                 return c == '>' || c == '|' || c == '\\' || c == '(' || c == ',' || c == '"' || c == '[';
               });
  return marks && icontains(value, "pass") && !any(value, is_digit);
}

size_t words_in(std::string_view value) {
  return split_words(value).size();
}

// A text of bytes, some written as escapes: no words of any language.
bool has_control_bytes(std::string_view value) {
  return value.find("\\x") != std::string_view::npos ||
         any(value, [](char c) { return (c >= 0 && c < 32 && c != '\n' && c != '\t' && c != '\r') || c == 127; });
}

bool is_uuid(std::string_view value) {
  return value.size() == 36 && value[8] == '-' && value[13] == '-' && value[18] == '-' && value[23] == '-';
}

bool is_ascii(std::string_view value) {
  return all(value, [](char c) { return c >= 32 && c < 127; });
}

}  // namespace

std::string_view telling_part(std::string_view name) {
  while (!name.empty()) {
    std::string_view last = name.substr(name.rfind('.') + 1);
    bool idle = is_digits(last) || iequals(last, "value") || iequals(last, "default") || iequals(last, "defaultvalue");
    if (!idle || last.size() == name.size()) return last;
    name.remove_suffix(last.size() + 1);
  }
  return name;
}

bool Secrets::is_reference(std::string_view value) const {
  if (value.empty()) return false;
  if (reference_marks_.contains(value) || value.find("?php") != std::string_view::npos) return true;
  char first = value.front(), last = value.back();
  std::string_view inner = value.size() > 2 ? value.substr(1, value.size() - 2) : std::string_view{};
  auto word = [](std::string_view text) {
    return !text.empty() && all(text, [](char c) {
      return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-' || c == ' ';
    });
  };
  if ((first == '%' && last == '%') || (first == '{' && last == '}') || (first == '@' && last == '@') ||
      (first == '<' && last == '>') || (first == '#' && last == '#'))
    return true;
  if ((first == '[' && last == ']') && word(inner)) return true;
  if (first == '$' && word(value.substr(1)) && !is_digit(value.size() > 1 ? value[1] : '0')) return true;
  if (first == ':' && word(value.substr(1))) return true;
  // "_admin_password_"
  if (first == '_' && last == '_' && word(inner)) return true;
  // INSERT_TOKEN_HERE, REPLACE_ME: a slot that a script fills.
  bool slot = all(value, [](char c) { return is_upper(c) || is_digit(c) || c == '_'; }) &&
              (value.starts_with("INSERT_") || value.starts_with("REPLACE"));
  return slot || value == "?";
}

bool is_one_character(std::string_view value) {
  return !value.empty() && all(value, [&](char c) { return c == value.front(); });
}

bool is_mask(std::string_view value) {
  return value.find("***") != std::string_view::npos ||
         (value.size() > 3 && value.starts_with("**") && value.ends_with("**"));
}

bool repeats_name(std::string_view name, std::string_view value) {
  if (is_abbreviation(name, value)) return true;
  if (value.size() < 4 || value.size() > 80) return false;
  std::string whole = bare(name), said = bare(value);
  bool compound = is_compound_name(value) || std::count_if(value.begin(), value.end(), is_digit) <= 6;
  // Two words of the name at least, and none that keys are made of: "my-jwt-secret" is one.
  bool telling = snake_case(name).find('_') != std::string::npos && !icontains(name, "secret") &&
                 !icontains(name, "jwt") && !icontains(name, "pass");
  if (telling && whole.size() > 7 && compound && said.ends_with(whole)) return true;
  if (!is_plain_word(value)) return false;
  // The kind of a thing and its plural: "AuthCode", "authcodes", "signingkeies".
  for (std::string_view ending : {"", "s", "es", "ies"}) {
    if (!said.ends_with(ending) || said.size() < ending.size() + 5) continue;
    std::string one = said.substr(0, said.size() - ending.size()) + (ending == "ies" ? "y" : "");
    if (whole.size() > one.size() && whole.ends_with(one) &&
        (!ending.empty() || (one != "password" && one != "secret")))
      return true;
  }
  return false;
}

Secrets::Secrets(const ProjectView& view)
    : drawn_(view.set("common-letter-pair")),
      password_names_(view.set("password-name")),
      signing_names_(view.set("signing-name")),
      credential_names_(view.set("credential-name")),
      other_names_(view.set("secret-name-not")),
      placeholders_(view.set("placeholder")),
      no_secrets_(view.set("no-secret-value")),
      weak_(view.set("weak-password")),
      roots_(view.set("secret-root")),
      path_starts_(view.set("path-start")),
      path_endings_(view.set("path-ending")),
      reference_marks_(view.set("reference-mark")),
      hashes_(view.set("password-hash")),
      password_words_(view.set("password-word")),
      connection_marks_(view.set("connection-mark")),
      sample_hosts_(view.set("sample-host")),
      naming_words_(view.set("naming-word")),
      key_places_(view.set("key-place")),
      message_phrases_(view.set("message-phrase")),
      live_names_(view.set("live-credential-name")) {
  for (const TextPattern& pattern : view.text_patterns()) {
    if (!pattern.is_public) continue;
    auto read = TokenShape::read(pattern.shape);
    if (auto* shape = std::get_if<TokenShape>(&read)) public_tokens_.push_back(std::move(*shape));
  }
}

bool Secrets::is_public_token(std::string_view value) const {
  return std::any_of(public_tokens_.begin(), public_tokens_.end(),
                     [&](const TokenShape& shape) { return shape.end_of(value, 0) == value.size(); });
}

bool Secrets::is_named(const WordSet& set, std::string_view snake) const {
  return set.contains(snake);
}

SecretName Secrets::kind_of(std::string_view name) const {
  std::string_view last = telling_part(name);
  if (last.size() < 2 || last.size() > 60 || !roots_.contains(last)) return SecretName::None;
  std::string snake = snake_case(last);
  if (is_named(other_names_, snake)) return SecretName::None;
  if (is_named(signing_names_, snake)) return SecretName::Signing;
  if (is_named(password_names_, snake)) return SecretName::Password;
  // "jwt.key", "session.secret": the part before says what kind of key it is.
  size_t at = static_cast<size_t>(last.data() - name.data());
  if (at > 1) {
    std::string_view before = telling_part(name.substr(0, at - 1));
    if (is_named(signing_names_, snake_case(std::string(before) + "_" + std::string(last)))) return SecretName::Signing;
  }
  return is_named(credential_names_, snake) ? SecretName::Credential : SecretName::None;
}

bool Secrets::is_path(std::string_view value) const {
  bool slashes = std::count(value.begin(), value.end(), '/') > 1 &&
                 !any(value, [](char c) { return c == '+' || c == '='; }) &&
                 value.find("://") == std::string_view::npos;
  // Base64 may begin with a slash; a path has words.
  if (path_starts_.contains(value) && !(value.front() == '/' && value.size() > 30 && any(value, is_digit))) return true;
  if (slashes && value.size() < 30 && !any(value, is_digit)) return true;
  return path_endings_.contains(value);
}

bool Secrets::names_something(std::string_view name) const {
  std::string snake = snake_case(name);
  std::vector<std::string_view> words = split(snake, '_');
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    if (naming_words_.contains(words[i])) return true;
    if (i > 0 && words[i] == "key" && key_places_.contains(words[i - 1])) return true;
  }
  return false;
}

bool Secrets::is_placeholder(std::string_view value) const {
  return is_one_character(value) || placeholders_.contains(value);
}

Strength Secrets::strength_of(SecretName kind, std::string_view name, std::string_view value) const {
  value = trim(value);
  if (kind == SecretName::None || value.size() < 2 || value.size() > longest_secret) return Strength::None;
  if (!is_ascii(value)) {
    bool bytes = kind == SecretName::Signing && has_control_bytes(value) && value.size() >= 8;
    return bytes ? Strength::Strong : Strength::None;
  }
  if (is_mask(value) || is_reference(value) || hashes_.contains(value) || no_secrets_.contains(value) ||
      is_public_token(value))
    return Strength::None;
  if (value.starts_with("{noop}")) return Strength::Strong;
  bool scheme = value.find("://") != std::string_view::npos;
  if (scheme || is_path(value) || is_dotted_name(value) || is_route(value) || is_validation(value))
    return Strength::None;
  std::string_view last = telling_part(name);
  if ((is_name_like(value) && names_something(last)) || repeats_section(name, value)) return Strength::None;
  // "secret key" of SECRET_KEY is no identifier, and signs whatever it is asked to.
  bool phrase = kind == SecretName::Signing && value.find(' ') != std::string_view::npos && !any(value, is_upper);
  if (bare(value) == bare(last) && !phrase) return any(value, is_upper) ? Strength::None : Strength::Name;
  // authKey = "auth": the key of a map.
  bool begins = kind != SecretName::Password && is_plain_word(value) && bare(last).starts_with(value) &&
                value != "secret" && value != "session" && value != "cookie";
  if (begins || is_beginning_of(last, value) || repeats_name(last, value)) return Strength::None;
  if (is_placeholder(value)) return Strength::Placeholder;
  if (kind == SecretName::Signing) return signing_strength(last, value);
  return kind == SecretName::Password ? password_strength(value) : credential_strength(snake_case(last), value);
}

Strength Secrets::password_strength(std::string_view value) const {
  if (value.size() < 3 || words_in(value) > 1 || is_uuid(value)) return Strength::None;
  if (password_words_.contains(value)) return Strength::Name;
  // "Password" is what something is called, "password" what somebody chose.
  bool title = is_plain_word(value) && is_upper(value.front()) && all(value.substr(1), is_lower);
  if (title && password_words_.contains(lower(value))) return Strength::None;
  if (weak_.contains(value)) return Strength::Weak;
  // "Passwort", "PASSWORD_REQUIRED", "userPassword", "new-password", "#password", "[name=password]".
  if (is_plain_word(value) && is_upper(value.front()) && all(value.substr(1), is_lower)) return Strength::None;
  if (all(value, [](char c) { return is_upper(c) || c == '_'; }) && value.find('_') != std::string_view::npos)
    return Strength::None;
  if (is_selector(value)) return Strength::None;
  if (value.front() == '#' || value.front() == '.' || value.ends_with(":") || value.ends_with("..."))
    return Strength::None;
  if (value.size() >= 10 && drawn_.contains(value)) return Strength::Strong;
  if (is_compound_name(value)) {
    bool told = kind_of(value) != SecretName::None || icontains(value, "password") || icontains(value, "pwd");
    // "orders-pwd" is the password of a deploy or what somebody calls it; "newPassword" is only a name.
    bool separated = all(value, [](char c) { return !is_upper(c); });
    if (told) return separated ? Strength::Name : Strength::None;
    return Strength::Weak;
  }
  return is_plain_word(value) ? Strength::Weak : Strength::Strong;
}

Strength Secrets::signing_strength(std::string_view name, std::string_view value) const {
  if (value.size() < 3) return Strength::None;
  // "shop-key" of EncryptionKey is the name of a key in a store of keys.
  bool names_key = icontains(name, "key") && any(name, is_lower) && value.ends_with("-key") &&
                   is_compound_name(value) && kind_of(value) == SecretName::None;
  if (names_key) return Strength::Name;
  // What a cookie is stored under.
  if (snake_case(name).ends_with("cookie_key") && is_compound_name(value)) return Strength::None;
  if (all(value, [](char c) { return is_upper(c) || c == '_'; })) return Strength::None;
  if (words_in(value) > 8 || value.ends_with(".") || value.ends_with("?") || value.ends_with(":"))
    return Strength::None;
  if (words_in(value) > 1 && message_phrases_.contains(value)) return Strength::None;
  bool word = is_plain_word(value) && is_upper(value.front()) && all(value.substr(1), is_lower);
  if (word) return Strength::None;
  return any(value, is_digit) && value.size() >= 8 ? Strength::Strong : Strength::Weak;
}

Strength Secrets::credential_strength(std::string_view name, std::string_view value) const {
  if (name == "authorization" || name.ends_with("_authorization") || name == "bearer") {
    bool basic = value.starts_with("Basic ");
    if (!basic && !value.starts_with("Bearer ") && !value.starts_with("Token ") && !value.starts_with("token "))
      return Strength::None;
    value = trim(value.substr(value.find(' ')));
    if (basic && value.size() < 16) return Strength::None;
  }
  if (words_in(value) > 1 || value.size() < 6 || is_design_step(value)) return Strength::None;
  bool secret = name.find("secret") != std::string_view::npos;
  size_t digits = static_cast<size_t>(std::count_if(value.begin(), value.end(), is_digit));
  bool text = all(value, [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("_-.+/=:~!@#$^&*").find(c) != std::string_view::npos;
  });
  if (text && value.size() >= 16 && drawn_.contains(value)) return Strength::Strong;
  if (!text || is_compound_name(value)) return Strength::None;
  double bits = entropy_of(value);
  if (digits > 1 && value.size() >= 12 && bits >= 2.8) return Strength::Strong;
  bool mixed = any(value, is_upper) && any(value, is_lower);
  if (digits == 0 && mixed && value.size() >= 24 && bits >= 4) return Strength::Strong;
  if (is_plain_word(value))
    return secret && all(value, is_lower) && value.size() >= 10 && !weak_.contains(value) ? Strength::Weak
                                                                                          : Strength::None;
  if (secret && digits > 0 && value.size() >= 6) return Strength::Weak;
  return Strength::None;
}

}  // namespace tfcheck
