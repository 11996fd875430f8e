// Secrets at places that no name of a setting holds: what a function gives back, what is compared with, maps of
// accounts, settings inside a text.
#include <algorithm>

#include "base/text.h"
#include "model/secrets/secret_facts.h"

namespace tfcheck {

namespace {

std::string_view last_part(std::string_view name) {
  return name.substr(name.rfind('.') + 1);
}

// What a function gives back: getApiKey, get_api_key, apiKey → "ApiKey", "api_key", "apiKey".
std::string_view given_by(std::string_view function) {
  for (std::string_view verb : {"get_", "fetch_", "load_", "get", "Get", "fetch", "Fetch", "load", "Load"}) {
    if (!function.starts_with(verb) || function.size() < verb.size() + 3) continue;
    char next = function[verb.size()];
    if (verb.ends_with('_') || (next >= 'A' && next <= 'Z')) return function.substr(verb.size());
  }
  return function;
}

}  // namespace

// Where only what cannot be a word counts.
void SecretFacts::take_if_drawn(std::string_view name, const Value& value) {
  constexpr size_t shortest = 8;
  SecretName kind = secrets_.kind_of(name);
  if (kind == SecretName::None || !value.is(ValueKind::String) || value.text.size() < shortest) return;
  bool digit = std::any_of(value.text.begin(), value.text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digit && secrets_.strength_of(kind, name, value.text) == Strength::Strong)
    take_as(kind, name, value, SecretSource::Entry, false);
}

// A function's text: of the entry "return", or of `getKey = () => "…"`.
void SecretFacts::take_returned(const Fact& fact) {
  bool lambda = fact.value.is(ValueKind::Function);
  std::string_view function = lambda ? fact.name : fact.context.scope;
  take_if_drawn(given_by(last_part(function)), lambda ? fact.value.items()[0].value : fact.value);
}

bool SecretFacts::has_sibling(std::string_view name) const {
  constexpr uint32_t nearest = 3;
  const std::vector<Fact>& facts = facts_->facts();
  std::string_view parent = parent_of(facts[index_].name);
  uint32_t first = index_ > nearest ? index_ - nearest : 0;
  uint32_t last = std::min(index_ + nearest + 1, static_cast<uint32_t>(facts.size()));
  for (uint32_t i = first; i < last; ++i) {
    if (parent_of(facts[i].name) == parent && iequals(last_part(facts[i].name), name)) return true;
  }
  return false;
}

// `password == "X"`: whoever reads this can log in.
void SecretFacts::take_compared(const Value& condition, int depth) {
  constexpr int deepest_condition = 4;
  if (depth > deepest_condition || !code_) return;
  bool equal = condition.is(ValueKind::Call) && condition.item_count == 2 && condition.text == "==";
  if (equal) {
    const Value &left = condition.items()[0].value, &right = condition.items()[1].value;
    if (left.is(ValueKind::Name)) take_if_drawn(left.text, right);
    if (right.is(ValueKind::Name)) take_if_drawn(right.text, left);
    return;
  }
  for (const Arg& item : condition.items()) take_compared(item.value, depth + 1);
}

void SecretFacts::take_account(const Fact& fact) {
  std::string_view parent = parent_of(fact.name);
  if (parent.empty() || !fact.value.is(ValueKind::String)) return;
  bool second = last_part(fact.name) == "1" && login_pairs_.contains(parent);
  if (second || account_maps_.contains(parent)) return take_if_drawn("password", fact.value);
  if (live_ && fact.value.text.starts_with("--") && last_part(fact.name) == "command") return take_words(fact.value);
  if (code_ || !account_sections_.contains(std::string(base_name(path_)).append(":").append(parent))) return;
  std::string_view text = trim(before_first(fact.value.text, ','));
  Strength strength = secrets_.strength_of(SecretName::Password, "password", text);
  add({0, fact.value.span, span_of_part(fact.value, {0, text.size()}), std::string(fact.name), text,
       SecretName::Password, strength, SecretSource::Entry, true, false});
}

// Options that a compose file hands the program of its image: "--requirepass X".
void SecretFacts::take_words(const Value& value) {
  std::vector<std::string_view> words = split_words(value.text);
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    if (!words[i].starts_with("--") || words[i + 1].starts_with('-')) continue;
    auto begin = static_cast<size_t>(words[i + 1].data() - value.text.data());
    std::string_view name = words[i].substr(2);
    SecretName kind = secrets_.kind_of(name);
    if (kind == SecretName::None) continue;
    std::string_view text = words[i + 1];
    add({0, value.span, span_of_part(value, {begin, text.size()}), std::string(name), text, kind,
         secrets_.strength_of(kind, name, text), SecretSource::Option, true, false});
    return;
  }
}

// The lines of a file that a script writes.
void SecretFacts::take_lines(const Value& value) {
  constexpr size_t most = 200;
  std::vector<std::string_view> lines = split(value.text, '\n');
  if (lines.size() > most) return;
  for (std::string_view line : lines) {
    size_t sign = line.find('=');
    if (sign == std::string_view::npos || line.find_first_of(" :/") < sign) continue;
    std::string_view name = line.substr(0, sign), text = line.substr(sign + 1);
    SecretName kind = secrets_.kind_of(name);
    if (secrets_.strength_of(kind, name, text) != Strength::Strong) continue;
    auto begin = static_cast<size_t>(text.data() - value.text.data());
    Span place = span_of_part(value, {begin, text.size()});
    add({0, place, place, std::string(name), text, kind, Strength::Strong, SecretSource::Entry, false, false});
  }
}

// "DB_PASSWORD=X" as an element of a list or as what putenv is given.
void SecretFacts::take_pair_text(const Value& value) {
  size_t sign = value.is(ValueKind::String) ? value.text.find('=') : std::string_view::npos;
  if (sign == std::string_view::npos || value.text.find_first_of(" :/") < sign) return;
  std::string_view name = value.text.substr(0, sign), text = value.text.substr(sign + 1);
  SecretName kind = secrets_.kind_of(name);
  Strength strength = secrets_.strength_of(kind, name, text);
  if (strength != Strength::Strong) return;
  add({0, value.span, span_of_part(value, {sign + 1, text.size()}), std::string(name), text, kind, strength,
       SecretSource::Entry, false, false});
}

}  // namespace tfcheck
