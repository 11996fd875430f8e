// Values at places that prove them live: what a file of the environment or a compose file gives a variable is what the
// process gets, however it looks.
#include <algorithm>

#include "base/text.h"
#include "model/secrets/secrets.h"

namespace tfcheck {

namespace {

constexpr size_t shortest = 4;
constexpr size_t most_letters = 8;

bool is_word(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
}

}  // namespace

Strength Secrets::live_strength(std::string_view name, std::string_view value) const {
  SecretName kind = kind_of(name);
  Strength strength = strength_of(kind, name, value);
  if (kind != SecretName::Credential || strength != Strength::None) return strength;
  value = trim(value);
  bool exact = live_names_.contains(snake_case(telling_part(name)));
  bool other = value.size() < shortest || !is_word(value) || is_digits(value) || is_mask(value) ||
               is_reference(value) || no_secrets_.contains(value) || hashes_.contains(value) || is_path(value) ||
               is_public_token(value) || repeats_name(name, value);
  return exact && !other ? Strength::Weak : Strength::None;
}

bool Secrets::tells_nothing(std::span<const Fact> variables) const {
  return std::all_of(variables.begin(), variables.end(), [&](const Fact& fact) {
    if (fact.kind != FactKind::Entry && fact.kind != FactKind::Assign) return true;
    std::string_view value = fact.value.text;
    bool own = value.empty() || value == "localhost" || value == "127.0.0.1" || value == "0.0.0.0" || is_digits(value);
    bool word = value.size() <= most_letters &&
                std::all_of(value.begin(), value.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return kind_of(fact.name) == SecretName::None && !fact.value.is(ValueKind::Env) && (own || word);
  });
}

bool Secrets::is_live(std::string_view name, const Value& value) const {
  bool drawn = value.is(ValueKind::Template) && is_drawn_around(value.text);
  if (!value.is(ValueKind::String) && !value.is(ValueKind::Number) && !drawn) return false;
  if (password_in(value.text)) return true;
  SecretName kind = kind_of(name);
  Strength strength = strength_of(kind, name, value.text);
  if (kind == SecretName::Password) return strength > Strength::Placeholder;
  bool told = kind == SecretName::Signing || icontains(name, "secret");
  return strength == Strength::Strong || (told && live_strength(name, value.text) == Strength::Weak);
}

}  // namespace tfcheck
