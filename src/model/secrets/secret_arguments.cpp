// Secrets that calls are handed: by the name of an argument, by position, by the name of the method.
#include <algorithm>

#include "base/text.h"
#include "model/secrets/secret_facts.h"

namespace tfcheck {

namespace {

std::string_view last_part(std::string_view callee) {
  return callee.substr(callee.rfind('.') + 1);
}

// What a setter sets: "setPassword" → "Password", "password" → "password"; "" for callees that set nothing.
std::string_view set_by(std::string_view callee) {
  size_t dot = callee.rfind('.');
  std::string_view last = callee.substr(dot == std::string_view::npos ? 0 : dot + 1);
  for (std::string_view prefix : {"set_", "set", "Set", "with", "With"}) {
    if (last.size() > prefix.size() + 2 && last.starts_with(prefix) &&
        (prefix == "set_" || (last[prefix.size()] >= 'A' && last[prefix.size()] <= 'Z')))
      return last.substr(prefix.size());
  }
  return {};
}

// withClient("shop").secret("…"), withRegistrationId("…").clientId("shop").clientSecret("…"): a builder of a client,
// whose secret is whatever it is given.
bool sets_client_secret(std::string_view callee) {
  bool secret = callee.ends_with(".secret") || callee.ends_with(".clientSecret");
  std::string_view before = callee.substr(0, callee.rfind('.'));
  return secret && (before.find("withClient") != std::string_view::npos || before.ends_with(".clientId") ||
                    before.find(".clientId.") != std::string_view::npos ||
                    before.find("ClientRegistration.") != std::string_view::npos);
}

// A call that sets up sessions or cookies: its secret is a key.
bool keeps_sessions(const Fact& fact) {
  if (icontains(fact.name, "session") || icontains(fact.name, "cookie")) return true;
  return std::any_of(fact.args().begin(), fact.args().end(), [](const Arg& arg) {
    return arg.value.is(ValueKind::Name) &&
           (icontains(arg.value.text, "session") || icontains(arg.value.text, "cookie"));
  });
}

}  // namespace

void SecretFacts::take_arguments(const Fact& fact) {
  bool connection = logs_in(fact) || makes_account(fact) ||
                    std::any_of(fact.args().begin(), fact.args().end(),
                                [&](const Arg& arg) { return beside_.is_connection(arg.name); });
  for (const Arg& arg : fact.args()) {
    if (arg.name == "secret" && keeps_sessions(fact))
      take_as(SecretName::Signing, arg.name, arg.value, SecretSource::Argument, connection);
    else if (!arg.name.empty())
      take(arg.name, arg.value, SecretSource::Argument, connection);
    // curl_setopt($curl, CURLOPT_USERPWD, "user:password")
    if (arg.value.is(ValueKind::Name) && arg.value.text.ends_with("CURLOPT_USERPWD") && fact.args().size() == 3) {
      const Value& pair = fact.args()[2].value;
      size_t colon = pair.is(ValueKind::String) ? pair.text.find(':') : std::string_view::npos;
      if (colon != std::string_view::npos) take_option("password", pair, colon + 1);
    }
    // requests.get(url, auth=("user", "password"))
    if (arg.name == "auth" && arg.value.is(ValueKind::List) && arg.value.item_count == 2)
      take_as(SecretName::Password, "auth", arg.value.items()[1].value, SecretSource::Argument, true);
    // What a reader of the environment is given as its default is config/secret-default's.
    bool fallback =
        arg.name == "default" && (fact.name.ends_with("dj_database_url.config") || fact.name.ends_with("env") ||
                                  fact.name.find("environ") != std::string_view::npos);
    if (!fallback) look_inside(arg.name.empty() ? fact.name : arg.name, arg.value, 0);
  }
}

void SecretFacts::take_setter(const Fact& fact) {
  if (fact.args().empty() || fact.context.has(context::Annotation)) return;
  const Value& first = fact.args()[0].value;
  if (fact.args().size() == 1) {
    if (iequals(last_part(fact.name), "putenv")) return take_pair_text(first);
    std::string_view name = set_by(fact.name);
    if (!name.empty()) take(name, first, SecretSource::Setter, false);
    if (sets_client_secret(fact.name)) take_as(SecretName::Signing, "clientSecret", first, SecretSource::Setter, true);
    // {noop} marks a password in the clear for Spring Security.
    if (name.empty() && first.is(ValueKind::String) && first.text.starts_with("{noop}"))
      take_as(SecretName::Password, "password", first, SecretSource::Setter, true);
    return;
  }
  bool key = first.is(ValueKind::String) || first.is(ValueKind::Name);
  if (fact.args().size() != 2 || !key || !setters_.contains(last_part(fact.name))) return;
  take(first.text, fact.args()[1].value, SecretSource::Setter, false);
}

// A call that is handed a user's name and password, whatever its arguments are called.
bool SecretFacts::logs_in(const Fact& fact) const {
  return login_calls_.contains(last_part(fact.name));
}

// DefaultUser{Name: "admin", Pass: "admin"}
bool SecretFacts::makes_account(const Fact& fact) const {
  std::string_view made = last_part(fact.name);
  if (!icontains(made, "user") && !icontains(made, "admin") && !icontains(made, "account")) return false;
  return std::any_of(fact.args().begin(), fact.args().end(), [&](const Arg& arg) {
    return arg.value.is(ValueKind::String) && !arg.value.text.empty() && beside_.is_login(arg.name);
  });
}

// builder.user("shop").password("…"), framework.secret("…"): the method's own name says what it is given.
void SecretFacts::take_method(const Fact& fact) {
  size_t dot = fact.name.rfind('.');
  bool method = dot != std::string_view::npos && fact.args().size() == 1 && fact.args()[0].name.empty() &&
                !fact.context.has(context::Annotation) && fact.args()[0].value.is(ValueKind::String);
  if (!method) return;
  std::string_view name = fact.name.substr(dot + 1), object = fact.name.substr(0, dot);
  // "@acme/design.token": a function of a module, and no object that is set up.
  size_t slash = object.rfind('/');
  if (slash != std::string_view::npos && object.find('.', slash) == std::string_view::npos) return;
  SecretName kind = secrets_.kind_of(name);
  if (kind == SecretName::None) return;
  bool connection = beside_.is_connection(last_part(object));
  const Value& value = fact.args()[0].value;
  // Of an object that nothing is known of, only what cannot be a word.
  Strength strength = secrets_.strength_of(kind, name, value.text);
  bool sure = strength == Strength::Strong && value.text.size() >= 8 &&
              value.text.find_first_of("0123456789") != std::string_view::npos;
  if (sure || (connection && kind == SecretName::Password)) take(name, value, SecretSource::Setter, connection);
}

void SecretFacts::take_positions(const Fact& fact) {
  if (fact.args().empty()) return;
  auto named = calls_by_last_.find(last_part(fact.name));
  if (named != calls_by_last_.end()) {
    for (size_t call : named->second) take_position(calls_[call], fact);
  }
  LetterSet letters(fact.name);
  for (const OtherCall& other : other_calls_) {
    if (!letters.lacks(other.letters)) take_position(calls_[other.call], fact);
  }
}

void SecretFacts::take_position(const SecretCall& call, const Fact& fact) {
  if (!glob_match(call.callee, fact.name, '.')) return;
  if (call.arguments > 0 && fact.args().size() != static_cast<size_t>(call.arguments)) return;
  const Value& value = argument(fact.args(), {}, call.position);
  if (!value) return;
  if (call.drawn) {
    const Value* literal = literal_in(value);
    Strength strength = literal ? secrets_.strength_of(call.kind, fact.name, literal->text) : Strength::None;
    if (strength != Strength::Strong || literal->text.size() < 8) return;
  }
  take_as(call.kind, fact.name, value, SecretSource::Position, true);
}

}  // namespace tfcheck
