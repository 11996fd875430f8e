#include "model/secrets/told_values.h"

#include <vector>

#include "base/text.h"
#include "model/backing_compose.h"

namespace tfcheck {

namespace {

// Calls hand a value over, each by itself, unless they say what takes it; the others say what holds it.
bool holds(SecretSource source) {
  return source == SecretSource::Assigned || source == SecretSource::Entry || source == SecretSource::Option ||
         source == SecretSource::Argument;
}

std::string by_name(const SecretFact& found) {
  return "=" + snake_case(telling_part(found.name)) + "=" + std::string(found.text);
}

// "db.url" and "db.password" stand in one map; `kind` tells URLs from keys.
std::string by_map(const SecretFact& found, char kind) {
  std::string_view parent = parent_of(found.name);
  return parent.empty() ? std::string() : kind + std::string(parent) + "=" + std::string(found.text);
}

// "postgres_password" and "datasource_password" of one map: the same kind of secret with the same text.
std::string by_last_word(const SecretFact& found) {
  std::string_view parent = parent_of(found.name);
  std::string name = snake_case(telling_part(found.name));
  return parent.empty() ? std::string()
                        : "~" + std::string(parent) + name.substr(name.rfind('_') + 1) + "=" + std::string(found.text);
}

// What developers start is opened by one word, however many databases there are.
bool is_local_url(const SecretFact& found) {
  return found.source == SecretSource::Embedded && found.local && found.strength < Strength::Strong;
}

std::string by_url(const SecretFact& found) {
  return "@=" + std::string(found.text);
}

constexpr char url_kind = '@', key_kind = '/';

}  // namespace

std::optional<size_t> ToldValues::find(const SecretFact& found) const {
  auto look = [](const auto& known, std::string_view name) -> std::optional<size_t> {
    auto at = name.empty() ? known.end() : known.find(name);
    return at == known.end() ? std::nullopt : std::optional(at->second);
  };
  std::optional<size_t> before;
  if (holds(found.source)) before = look(by_name_, by_name(found));
  if (!before && found.source == SecretSource::Entry) before = look(by_name_, by_map(found, url_kind));
  if (!before && found.source == SecretSource::Entry) before = look(by_name_, by_last_word(found));
  if (!before && found.source == SecretSource::Embedded) before = look(by_name_, by_map(found, key_kind));
  if (!before && is_local_url(found)) before = look(by_name_, by_url(found));
  bool refers = found.source == SecretSource::Embedded || found.source == SecretSource::Option;
  return before || !refers ? before : look(by_text_, found.text);
}

std::optional<size_t> ToldValues::find_text(const SecretFact& found) const {
  if (std::optional<size_t> before = find(found)) return before;
  auto known = by_text_.find(found.text);
  return known == by_text_.end() ? std::nullopt : std::optional(known->second);
}

void ToldValues::add(const SecretFact& found, size_t number) {
  if (holds(found.source)) by_name_.try_emplace(by_name(found), number);
  if (found.source == SecretSource::Entry) {
    by_name_.try_emplace(by_map(found, key_kind), number);
    by_name_.try_emplace(by_last_word(found), number);
  }
  if (found.source == SecretSource::Embedded) by_name_.try_emplace(by_map(found, url_kind), number);
  if (is_local_url(found)) by_name_.try_emplace(by_url(found), number);
  // Two URLs are two connections.
  if (found.source != SecretSource::Embedded) by_text_.try_emplace(std::string(found.text), number);
}

void ToldValues::add(std::string_view text, size_t number) {
  if (!text.empty()) by_text_.try_emplace(std::string(text), number);
}

namespace {

// "clients.#.secret" of clients.3.secret, "users.#.credentials.#.value": the same key of each element of a list.
std::string list_of(const Fact& fact, const SecretFact& secret) {
  std::string_view last = fact.name.substr(fact.name.rfind('.') + 1), parent = parent_of(fact.name);
  // A pair of a name and a value is called as its name says.
  bool own = parent_of(secret.name) == parent;
  bool element = own && fact.kind == FactKind::Entry && secret.source == SecretSource::Entry && !is_digits(last) &&
                 !parent.empty() && is_digits(parent.substr(parent.rfind('.') + 1));
  std::string path;
  for (std::string_view part : element ? split(fact.name, '.') : std::vector<std::string_view>{})
    path.append(is_digits(part) ? "#" : part).append(".");
  return path;
}

}  // namespace

std::string entry_of(std::string_view format, const Fact& fact, const SecretFact& secret, const EmbeddedFile* inside) {
  std::string_view service = format == "compose" ? service_of(fact.name) : std::string_view{};
  if (!service.empty() && secret.source == SecretSource::Embedded && fact.value.is(ValueKind::String)) {
    std::string_view text = fact.value.text;
    size_t scheme = text.find("://"), sign = text.find('=');
    return std::string(service).append("\n").append(sign < scheme ? text.substr(sign + 1) : text);
  }
  if (std::string list = list_of(fact, secret); !inside && !list.empty()) return list;
  bool list = inside || (format == "terraform" && fact.name.starts_with("variable.") &&
                         fact.name.find(".default.") != fact.name.npos);
  std::string_view name = inside && fact.kind == FactKind::Entry ? inside->own(fact.name) : fact.name;
  std::string key = inside ? std::to_string(inside->first) + "\n" : std::string();
  size_t of_file = key.size();
  bool element = false;
  for (std::string_view part : list ? split(name, '.') : std::vector<std::string_view>{}) {
    element |= is_digits(part);
    key.append(is_digits(part) ? "#" : part).append(".");
  }
  if (element) return key;
  bool same = inside && secret.strength == Strength::Strong;
  return same ? key.substr(0, of_file).append(secret.text) : std::string();
}

bool is_of_both_ends(std::span<const Fact> facts, const SecretFact& first, const SecretFact& other,
                     const WordSet& services) {
  std::string_view name = telling_part(first.name), again = telling_part(other.name);
  bool embedded = other.source == SecretSource::Embedded || other.source == SecretSource::Option;
  if (embedded || name == again) return true;
  bool apart = service_of(facts[first.fact].name) != service_of(facts[other.fact].name);
  return apart && (other.strength == Strength::Strong || services.contains(name) != services.contains(again));
}

}  // namespace tfcheck
