#include "model/secrets/secrets.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "masking/sensitive_name.h"
#include "model/secrets/value_shapes.h"

namespace tfcheck {

using namespace shapes;

namespace {

constexpr size_t longest_secret = 400;
constexpr size_t shortest_free_key = 40;  // one that may hold any signs

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

std::string placed_name(std::string_view name) {
  std::string_view last = telling_part(name);
  auto at = static_cast<size_t>(last.data() - name.data());
  bool word = all(last, is_lower) && at > 1 && at <= name.size();
  std::string_view above = word ? telling_part(name.substr(0, at - 1)) : std::string_view{};
  return above.empty() ? std::string(last) : std::string(above).append(".").append(last);
}

bool Secrets::is_reference(std::string_view value) const {
  return managers_.contains(value) || (refers(value) && !is_drawn_around(value));
}

// "#^9$o%s(xT…": a key that somebody drew has signs in it that mean something elsewhere.
bool Secrets::is_drawn_around(std::string_view value) const {
  constexpr size_t shortest = 12, shortest_unspoken = 20;
  if (value.size() < shortest || value.size() > longest_secret || value.find("://") != std::string_view::npos)
    return false;
  std::string rest = without_references(value);
  bool open = any(rest, [](char c) { return c == ' ' || c == '"' || c == '\'' || c == '\n'; });
  if (open || rest.size() < shortest) return false;
  return drawn_.contains(rest) || (rest.size() >= shortest_unspoken && any(rest, is_digit) && drawn_.is_unspoken(rest));
}

bool Secrets::refers(std::string_view value) const {
  if (value.empty()) return false;
  // $$NAME: what a container's own shell is to put there.
  if (value.starts_with("$$")) value.remove_prefix(1);
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
  if (first == '$' && word(value.substr(1)) && !is_digit(value.size() > 1 ? value[1] : '0'))
    return !is_interspersed(value.substr(1));
  if (first == ':' && word(value.substr(1))) return true;
  // "_admin_password_"
  if (first == '_' && last == '_' && word(inner)) return true;
  // INSERT_TOKEN_HERE, REPLACE_ME: a slot that a script fills.
  bool slot = all(value, [](char c) { return is_upper(c) || is_digit(c) || c == '_'; }) &&
              (value.starts_with("INSERT_") || value.starts_with("REPLACE"));
  return slot || value == "?";
}

bool is_one_character(std::string_view value) {
  if (value.starts_with("0x") && value.size() > 3) value.remove_prefix(2);
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
      framework_names_(view.set("framework-secret-name")),
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
      live_names_(view.set("live-credential-name")),
      client_names_(view.set("client-secret-name")),
      managers_(view.set("secret-manager-reference")) {
  for (const TextPattern& pattern : view.text_patterns()) {
    if (!pattern.is_public || pattern.shape.empty()) continue;
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
  if (is_named(framework_names_, snake)) return SecretName::Credential;
  if (is_named(other_names_, snake)) return SecretName::None;
  if (is_named(signing_names_, snake)) return SecretName::Signing;
  if (is_named(password_names_, snake)) return SecretName::Password;
  // "jwt.key", "session.secret": the part before says what kind of key it is.
  size_t at = static_cast<size_t>(last.data() - name.data());
  std::string both;
  if (at > 1) both = snake_case(std::string(telling_part(name.substr(0, at - 1))) + "_" + std::string(last));
  if (!both.empty() && is_named(signing_names_, both)) return SecretName::Signing;
  if (is_named(credential_names_, snake)) return SecretName::Credential;
  bool key = both.ends_with("api_key") || both.ends_with("access_key");
  bool told = !both.empty() && (key || is_named(framework_names_, both));
  return told ? SecretName::Credential : SecretName::None;
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
  bool drawn = refers(value) && is_drawn_around(value);
  if (is_mask(value) || is_reference(value) || hashes_.contains(value) || no_secrets_.contains(value) ||
      is_public_token(value))
    return Strength::None;
  if (value.starts_with("{noop}")) return Strength::Strong;
  bool scheme = value.find("://") != std::string_view::npos;
  if (scheme || is_path(value) || is_dotted_name(value) || is_route(value) || is_validation(value) ||
      is_constant_name(value) || is_version_range(value))
    return Strength::None;
  if (drawn) return Strength::Strong;
  std::string_view last = telling_part(name);
  if ((is_name_like(value) && names_something(last)) || repeats_section(name, value) || names_object(last, value))
    return Strength::None;
  // "secret key" of SECRET_KEY is no identifier, and signs whatever it is asked to.
  bool phrase = kind == SecretName::Signing && value.find(' ') != std::string_view::npos && !any(value, is_upper);
  if (bare(value) == bare(last) && !phrase) return any(value, is_upper) ? Strength::None : Strength::Name;
  // authKey = "auth": the key of a map.
  bool begins = kind != SecretName::Password && is_plain_word(value) && bare(last).starts_with(value) &&
                value != "secret" && value != "session" && value != "cookie";
  if (begins || is_beginning_of(last, value) || repeats_name(last, value)) return Strength::None;
  if (is_placeholder(value) || is_counted(value)) return Strength::Placeholder;
  if (kind == SecretName::Signing) {
    // { cookie: { key: "_csrf" } }: the part before is a part of the name.
    size_t at = static_cast<size_t>(last.data() - name.data());
    std::string both = iequals(last, "key") && at > 1 ? std::string(telling_part(name.substr(0, at - 1))) + "_key" : "";
    return signing_strength(both.empty() ? last : both, value);
  }
  return kind == SecretName::Password ? password_strength(value) : credential_strength(snake_case(last), value);
}

Strength Secrets::password_strength(std::string_view value) const {
  if (value.size() < 3 || words_in(value) > 1 || is_uuid(value)) return Strength::None;
  // PASSWORD is where one goes.
  if (all(value, is_upper) && password_words_.contains(lower(value))) return Strength::Placeholder;
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
  if (is_named(framework_names_, name) && value.size() >= shortest_free_key && is_drawn_around(value))
    return Strength::Strong;  // of any signs
  bool secret = name.find("secret") != std::string_view::npos;
  size_t digits = static_cast<size_t>(std::count_if(value.begin(), value.end(), is_digit));
  bool text = all(value, [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("_-.+/=:~!@#$^&*").find(c) != std::string_view::npos;
  });
  if (text && value.size() >= 16 && drawn_.contains(value)) return Strength::Strong;
  if (text && client_names_.contains(name) && is_client_word(value)) return Strength::Weak;
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
