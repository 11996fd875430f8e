#include "masking/sensitive_name.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t longest_name = 80;
constexpr size_t longest_harmless = 400;  // longer values are no references

using Words = std::vector<std::string_view>;

template <size_t N>
bool is_any(std::string_view word, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

template <size_t N>
bool ends_with_any(std::string_view word, const std::string_view (&list)[N]) {
  return std::any_of(std::begin(list), std::end(list), [&](auto end) { return word.ends_with(end); });
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

// Most names announce nothing: a look at their letters spares the words.
bool may_announce(std::string_view name) {
  static constexpr std::string_view roots[] = {"pass", "pwd",  "pw",     "secret", "token", "key",
                                               "cred", "auth", "bearer", "salt",   "pepper"};
  return std::any_of(std::begin(roots), std::end(roots), [&](auto root) { return icontains(name, root); });
}

// What is said of a secret's name behind it: which of several, of which environment, how it is written.
bool is_neutral(std::string_view word) {
  static constexpr std::string_view words[] = {"value", "default", "prod",    "production",  "live",    "dev",
                                               "local", "staging", "test",    "development", "main",    "primary",
                                               "old",   "new",     "current", "secondary",   "base64",  "b64",
                                               "plain", "text",    "str",     "string",      "literal", "raw"};
  return is_digits(word) || is_any(word, words);
}

bool is_key_of_secret(std::string_view before) {
  static constexpr std::string_view words[] = {
      "api",        "access",      "private", "secret", "signing", "sign",   "encryption", "encrypt",
      "decryption", "jwt",         "account", "auth",   "master",  "shared", "storage",    "service",
      "app",        "application", "session", "cookie", "aes",     "hmac",   "crypto",     "subscription",
      "license",    "deploy",      "client",  "cipher", "sas",     "server", "security"};
  return is_any(before, words);
}

// "csrf_token", "eos_token", "proxy_pass": words that end so and hold no secret.
bool is_other(std::string_view before, std::string_view last) {
  static constexpr std::string_view tokens[] = {"csrf", "xsrf", "page", "next", "sync", "pad",  "eos",
                                                "bos",  "unk",  "sep",  "cls",  "mask", "stop", "cancellation"};
  static constexpr std::string_view passes[] = {"proxy", "fastcgi", "uwsgi", "scgi", "grpc", "memcached", "by"};
  return (last == "token" && is_any(before, tokens)) || (last == "pass" && is_any(before, passes));
}

NameSense sense_of_words(Words words) {
  static constexpr std::string_view ends[] = {
      "password",  "passwd",     "passphrase", "passwort",   "pwd",           "secret", "token",    "apikey",
      "accesskey", "secretkey",  "privatekey", "masterauth", "requirepass",   "dbpass", "userpass", "masterkey",
      "authkey",   "signingkey", "jwtkey",     "accountkey", "encryptionkey", "pepper"};
  static constexpr std::string_view whole[] = {"pw", "pass", "passwords", "credential", "credentials", "bearer"};
  while (words.size() > 1 && is_neutral(words.back())) words.pop_back();
  if (words.empty()) return NameSense::Nothing;
  std::string_view last = words.back();
  last = last.substr(0, last.find_last_not_of("0123456789") + 1);  // "password2"
  std::string_view before = words.size() > 1 ? words[words.size() - 2] : std::string_view{};
  // What Vault calls the id of a root token is the token.
  if (last == "id" && before == "token" && words.size() > 2 && words[words.size() - 3] == "root")
    return NameSense::Secret;
  // "ENCRYPTION_SECONDARY_KEY"; a table's primary key is none.
  while (last == "key" && words.size() > 2 && is_neutral(before) && before != "primary") {
    words.erase(words.end() - 2);
    before = words[words.size() - 2];
  }
  if (last == "authorization") return NameSense::Authorization;
  if (is_other(before, last)) return NameSense::Nothing;
  bool secret = ends_with_any(last, ends) || is_any(last, whole) || (last == "key" && is_key_of_secret(before)) ||
                (last == "salt" && !before.empty()) || (last == "base" && before == "key");
  return secret ? NameSense::Secret : NameSense::Nothing;
}

// "my-password", "api_token", "accessToken": a word that names a secret.
bool is_compound_name(std::string_view value) {
  bool plain = std::all_of(value.begin(), value.end(), [](char c) { return is_letter(c) || c == '_' || c == '-'; });
  // "root-token" is as good as any other, and what everybody tries first.
  if (!plain || value.starts_with("root-") || value.starts_with("dev-") || value.starts_with("admin-")) return false;
  static constexpr std::string_view lasts[] = {"_password", "_passphrase", "_secret", "_token", "_key", "_credentials"};
  return ends_with_any(snake_case(value), lasts) && sense_of(value) != NameSense::Nothing;
}

bool is_known_default(std::string_view value) {
  static constexpr std::string_view words[] = {
      "password", "passwd",      "pass",        "pwd",      "secret",  "token",     "key",      "admin",
      "root",     "guest",       "user",        "username", "test",    "changeme",  "changeit", "change",
      "example",  "default",     "none",        "null",     "nil",     "undefined", "true",     "false",
      "yes",      "no",          "on",          "off",      "string",  "str",       "text",     "int",
      "integer",  "number",      "bool",        "boolean",  "object",  "required",  "optional", "read",
      "write",    "include",     "same-origin", "omit",     "inherit", "basic",     "bearer",   "hidden",
      "any",      "placeholder", "postgres",    "mysql",    "redis",   "required:"};
  return is_any(lower(value), words);
}

// "your-password", "<token>", "REPLACE_ME": words only, and they say that another value belongs here.
bool is_placeholder(std::string_view value) {
  static constexpr std::string_view starts[] = {"your",  "change", "replace", "insert", "enter", "placeholder",
                                                "dummy", "put",    "todo",    "fixme",  "xxx",   "example"};
  bool words = std::all_of(value.begin(), value.end(), [](char c) {
    return is_letter(c) || c == '_' || c == '-' || c == ' ' || c == '<' || c == '>' || c == '[' || c == ']';
  });
  if (!words) return false;
  std::string folded = lower(value);
  return (value.front() == '<' && value.back() == '>') || (value.front() == '[' && value.back() == ']') ||
         std::any_of(std::begin(starts), std::end(starts), [&](auto start) { return folded.starts_with(start); });
}

// Base64 may look like a path: that has capitals and digits.
bool is_path(std::string_view value) {
  bool rooted =
      value.starts_with("/") || value.starts_with("./") || value.starts_with("../") || value.starts_with("~/");
  bool plain = std::all_of(value.begin(), value.end(), [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("_./~-").find(c) != std::string_view::npos;
  });
  bool mixed = std::any_of(value.begin(), value.end(), is_upper) && std::any_of(value.begin(), value.end(), is_digit);
  return rooted && plain && !mixed && value.find_first_of("/.", 2) != std::string_view::npos;
}

// As mask() writes it: stars with at most three characters before and two behind.
bool is_masked(std::string_view value) {
  size_t stars = value.find("********");
  if (stars > 3) return false;  // nowhere is further
  size_t behind = value.find_first_not_of('*', stars);
  return behind == std::string_view::npos || value.size() - behind <= 2;
}

struct Bracket {
  std::string_view open;
  std::string_view close;
};

// The end of the reference that begins at `at`; `at` when none does.
size_t skip_reference(std::string_view value, size_t at) {
  static constexpr Bracket brackets[] = {{"${{", "}}"}, {"${", "}"}, {"$(", ")"},  {"{{", "}}"}, {"<%", "%>"},
                                         {"#{", "}"},   {"%(", ")"}, {"[[", "]]"}, {"%{", "}"},  {"{", "}"}};
  std::string_view rest = value.substr(at);
  for (const Bracket& bracket : brackets) {
    if (!rest.starts_with(bracket.open)) continue;
    size_t close = rest.find(bracket.close, bracket.open.size());
    return close == std::string_view::npos ? at : at + close + bracket.close.size();
  }
  auto word_end = [&](size_t from) {
    while (from < rest.size() && (is_letter(rest[from]) || is_digit(rest[from]) || rest[from] == '_')) ++from;
    return from;
  };
  char first = rest.front();
  // "$1x" is no variable that anybody names, "$NAME", "$env:NAME" and "%NAME%" are.
  if (first == '$' && rest.size() > 1 && (is_letter(rest[1]) || rest[1] == '_')) {
    size_t end = word_end(1);
    return at + (rest.substr(0, end) == "$env" && end < rest.size() && rest[end] == ':' ? word_end(end + 1) : end);
  }
  if ((first == '%' || first == '@') && rest.size() > 2) {
    size_t end = word_end(1);
    if (end > 1 && end < rest.size() && rest[end] == first) return at + end + 1;
  }
  bool verb = first == '%' && rest.size() > 1 && std::string_view("svdqrw").find(rest[1]) != std::string_view::npos;
  return verb ? at + 2 : at;
}

}  // namespace

NameSense sense_of(std::string_view name) {
  while (!name.empty() && (name.back() == '.' || name.back() == '-')) name.remove_suffix(1);
  if (name.size() > longest_name) name.remove_prefix(name.size() - longest_name);
  // The last part that says what it holds: of "password.value" or "keys.0" the one before.
  for (;;) {
    size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) break;
    std::string_view last = name.substr(dot + 1);
    if (!is_digits(last) && !iequals(last, "value") && !iequals(last, "default")) {
      name = last;
      break;
    }
    name = name.substr(0, dot);
  }
  if (name.size() < 2 || !may_announce(name)) return NameSense::Nothing;
  std::string snake = snake_case(name);
  return sense_of_words(split(snake, '_'));
}

bool hands_over(std::string_view callee) {
  static constexpr std::string_view askers[] = {
      "get",    "find",   "fetch",  "read",     "load",   "has",     "is",       "check",  "validate",
      "verify", "hash",   "encode", "generate", "create", "parse",   "need",     "next",   "expect",
      "accept", "peek",   "match",  "lookup",   "decode", "require", "retrieve", "delete", "reset",
      "remove", "random", "make",   "build",    "ask",    "prompt"};
  std::string_view last = callee.substr(callee.find_last_of(".:\\>") + 1);
  if (sense_of(last) == NameSense::Nothing) return false;
  std::string snake = snake_case(last);
  return !is_any(before_first(snake, '_'), askers);
}

int password_position(std::string_view callee) {
  struct Row {
    std::string_view callee;
    int position;
  };
  static constexpr Row rows[] = {{"PDO", 2},
                                 {"mysqli", 2},
                                 {"mysqli_connect", 2},
                                 {"mysqli_real_connect", 3},
                                 {"mysql_connect", 2},
                                 {"mysql_pconnect", 2},
                                 {"oci_connect", 1},
                                 {"odbc_connect", 2},
                                 {"ftp_login", 2},
                                 {"ldap_bind", 2},
                                 {"imap_open", 2},
                                 {"ssh2_auth_password", 2},
                                 {"DriverManager.getConnection", 2},
                                 {"UsernamePasswordCredentials", 1},
                                 {"PasswordAuthentication", 1},
                                 {"NetworkCredential", 1},
                                 {"PlainCredentials", 1},
                                 {"BasicAWSCredentials", 1},
                                 {"NewStaticCredentials", 1},
                                 {"HTTPBasicAuth", 1},
                                 {"HTTPDigestAuth", 1},
                                 {"SetBasicAuth", 1},
                                 {"basic_auth", 1},
                                 {"smtp.PlainAuth", 2},
                                 {"SMTP.login", 1},
                                 {"SMTP_SSL.login", 1},
                                 {"FTP.login", 1},
                                 {"MySQLdb.connect", 2},
                                 {"pymysql.connect", 2},
                                 {"pymssql.connect", 2},
                                 {"cx_Oracle.connect", 1},
                                 {"Sequelize", 2},
                                 {"AuthTokens.basic", 1},
                                 {"jwt.sign", 1},
                                 {"jwt.encode", 1},
                                 {"jsonwebtoken.sign", 1}};
  for (const Row& row : rows) {
    if (!callee.ends_with(row.callee)) continue;
    char before = callee.size() > row.callee.size() ? callee[callee.size() - row.callee.size() - 1] : '.';
    if (before == '.' || before == '/' || before == ':' || before == '\\') return row.position;
  }
  return -1;
}

bool begins_call(std::string_view text) {
  size_t open = text.find('(');
  if (open == 0 || open == std::string_view::npos) return false;
  std::string_view callee = text.substr(0, open);
  return std::all_of(callee.begin(), callee.end(),
                     [](char c) { return is_letter(c) || c == '_' || c == '.' || c == '?'; });
}

bool is_key_material(std::string_view value) {
  constexpr size_t shortest = 16;
  bool plain = std::all_of(value.begin(), value.end(), [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("+/=_-").find(c) != std::string_view::npos;
  });
  return value.size() >= shortest && plain && std::any_of(value.begin(), value.end(), is_digit) &&
         std::any_of(value.begin(), value.end(), is_upper) &&
         std::any_of(value.begin(), value.end(), [](char c) { return is_letter(c) && !is_upper(c); });
}

bool is_pure_reference(std::string_view value) {
  value = trim(value);
  if (value.size() > longest_harmless) return false;
  if (is_masked(value)) return true;
  size_t letters = 0;
  for (size_t at = 0; at < value.size();) {
    size_t end = skip_reference(value, at);
    if (end == at) {
      letters += is_letter(value[at]) || is_digit(value[at]);
      ++at;
    } else {
      if (!default_of(value.substr(at, end - at)).empty()) return false;
      at = end;
    }
  }
  return letters < 2;
}

bool is_harmless(std::string_view value) {
  value = trim(value);
  if (value.size() > longest_harmless) return false;
  if (value.size() < 2 || value.find_first_not_of(value.front()) == std::string_view::npos) return true;
  if (value.starts_with("$(") || value.starts_with('`')) return true;
  return is_known_default(value) || is_pure_reference(value) || is_placeholder(value) || is_path(value) ||
         is_compound_name(value);
}

std::string_view default_of(std::string_view value) {
  if (!value.starts_with("${") || !value.ends_with("}") || value.starts_with("${{")) return {};
  size_t colon = value.find(':');
  if (colon == std::string_view::npos) return {};
  std::string_view rest = value.substr(colon + 1, value.size() - colon - 2);
  if (rest.starts_with('?') || rest.starts_with('+')) return {};
  if (rest.starts_with('-') || rest.starts_with('=')) rest.remove_prefix(1);
  return rest;
}

}  // namespace tfcheck
