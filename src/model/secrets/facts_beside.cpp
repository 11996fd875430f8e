#include "model/secrets/facts_beside.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "formats/shared/references.h"

namespace tfcheck {

namespace {

constexpr uint32_t neighbourhood = 8;  // facts on either side
constexpr size_t family = 2;           // others that make one

// Words, with a digit or two: "s3-password".
bool is_name(std::string_view value) {
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return value.size() > 1 && value.size() < 40 && std::count_if(value.begin(), value.end(), is_digit) <= 2 &&
         std::all_of(value.begin(), value.end(), [&](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.' || is_digit(c);
         });
}

std::string squeezed(std::string_view name) {
  std::string said = snake_case(name);
  std::erase(said, '_');
  return said;
}

// "host" of db_host, "host" of "database.host".
std::string last_word(std::string_view name) {
  std::string snake = snake_case(name.substr(name.rfind('.') + 1));
  return snake.substr(snake.rfind('_') + 1);
}

std::string first_word(std::string_view name) {
  std::string snake = snake_case(telling_part(name));
  return snake.substr(0, snake.find('_'));
}

}  // namespace

std::string_view parent_of(std::string_view name) {
  size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(0, dot);
}

std::string_view key_alone(std::span<const Fact> facts, uint32_t index, const WordSet& verbs) {
  const Fact& own = facts[index];
  if (own.kind != FactKind::Entry) return own.name;
  size_t first = index > neighbourhood ? index - neighbourhood : 0;
  size_t last = std::min<size_t>(index + neighbourhood + 1, facts.size());
  for (const Fact& fact : facts.subspan(first, last - first)) {
    bool around = fact.kind == FactKind::Call && !fact.name.empty() && own.name.size() > fact.name.size() + 1 &&
                  own.name.starts_with(fact.name) && own.name[fact.name.size()] == '.' &&
                  fact.context.scope == own.context.scope && verbs.contains(first_word(fact.name));
    if (around) return own.name.substr(fact.name.size() + 1);
  }
  return own.name;
}

FactsBeside::FactsBeside(const ProjectView& view, const Secrets& secrets)
    : secrets_(secrets),
      connection_names_(view.set("connection-name")),
      login_names_(view.set("login-name")),
      references_(view.set("secret-reference-name")),
      holders_(view.set("secret-reference-holder")),
      embedded_(view.set("embedded-database-url")) {}

// Facts of the same map, section or scope near by.
template <typename Visit>
void FactsBeside::each_beside(uint32_t index, Visit visit) const {
  const std::vector<Fact>& facts = facts_->facts();
  const Fact& fact = facts[index];
  std::string_view parent = parent_of(fact.name);
  uint32_t first = index > neighbourhood ? index - neighbourhood : 0;
  uint32_t last = std::min(index + neighbourhood + 1, static_cast<uint32_t>(facts.size()));
  for (uint32_t i = first; i < last; ++i) {
    bool near = i != index && facts[i].kind == fact.kind && parent_of(facts[i].name) == parent &&
                facts[i].context.scope == fact.context.scope;
    if (near) visit(facts[i]);
  }
}

bool FactsBeside::is_connection(std::string_view name) const {
  return !name.empty() && connection_names_.contains(snake_case(telling_part(name)));
}

bool FactsBeside::is_login(std::string_view name) const {
  return !name.empty() && login_names_.contains(snake_case(telling_part(name)));
}

bool FactsBeside::has_connection(uint32_t index) const {
  if (secrets_.kind_of(facts_->facts()[index].name) != SecretName::Password) return false;
  bool found = false;
  each_beside(index, [&](const Fact& fact) { found |= is_connection(fact.name); });
  return found;
}

// A member of an enumeration or one of several constants needs more beside it than a key of a map: what a module is set
// up with may be called by its own name once.
bool FactsBeside::is_name_map(uint32_t index) const {
  const Fact& own = facts_->facts()[index];
  bool constant = own.kind == FactKind::Assign && !own.context.has(context::InFunction);
  if (!code_ || (own.kind != FactKind::Entry && !constant)) return false;
  size_t found = 0;
  each_beside(index, [&](const Fact& fact) {
    if (!fact.value.is(ValueKind::String) || fact.value.text.size() < 4 || !is_name(fact.value.text)) return;
    bool named = squeezed(telling_part(fact.name)).ends_with(squeezed(fact.value.text)) ||
                 last_word(telling_part(fact.name)) == last_word(fact.value.text);
    found += named && secrets_.kind_of(fact.name) == SecretName::None;
  });
  return found >= (constant ? family : 1);
}

bool FactsBeside::is_on_this_machine(uint32_t index) const {
  const Fact& own = facts_->facts()[index];
  std::string word = first_word(own.name);
  bool here = false, elsewhere = false;
  each_beside(index, [&](const Fact& fact) {
    std::string_view value = fact.value.text;
    std::string name = snake_case(telling_part(fact.name));
    bool host = name.ends_with("host") || name.ends_with("hostname") || name.ends_with("server");
    bool place = fact.value.is(ValueKind::String) && (host || value.find("://") != std::string_view::npos);
    // Flat keys belong together by how they begin: db_host and db_password, host and password.
    bool flat = parent_of(own.name).empty();
    if (!place ||
        (flat && first_word(fact.name) != word && (word != last_word(own.name) || name.find('_') != name.npos)))
      return;
    bool local = value.find("localhost") != std::string_view::npos || value.find("127.0.0.1") != std::string_view::npos;
    (local ? here : elsewhere) = true;
  });
  return here && !elsewhere;
}

bool FactsBeside::is_of_client(uint32_t index) const {
  const Fact& own = facts_->facts()[index];
  // What a variable is called may stand there, for whoever fills it in.
  bool variable = env_like(own.value.text);
  if (code_ || variable || !iequals(telling_part(own.name), "secret")) return false;
  // Exports of Keycloak have much between the id of a client and its secret.
  bool found = false;
  each_beside(index, [&](const Fact& fact) {
    std::string name = snake_case(telling_part(fact.name));
    found |= name == "client_id" || name == "public_client" || name == "client_authenticator_type";
  });
  return found;
}

bool FactsBeside::is_typed_password(uint32_t index) const {
  std::string_view name = facts_->facts()[index].name;
  if (code_ || !name.ends_with(".value") || name.find("credentials.") == std::string_view::npos) return false;
  bool found = false;
  each_beside(index, [&](const Fact& fact) { found |= fact.name.ends_with(".type") && fact.value.text == "password"; });
  return found;
}

bool FactsBeside::is_of_nobody(uint32_t index) const {
  const Fact& own = facts_->facts()[index];
  if (secrets_.kind_of(own.name) != SecretName::Password) return false;
  bool found = false;
  each_beside(index, [&](const Fact& fact) {
    bool of_it = first_word(fact.name) == first_word(own.name) || !parent_of(own.name).empty() ||
                 first_word(own.name) == last_word(own.name);
    found |= of_it && fact.value.is(ValueKind::String) && iequals(fact.value.text, "anonymous");
  });
  return found;
}

bool FactsBeside::is_of_embedded(uint32_t index) const {
  bool found = false;
  each_beside(index, [&](const Fact& fact) {
    bool text = fact.value.is(ValueKind::String) || fact.value.is(ValueKind::Template);
    found |= text && embedded_.contains(fact.value.text);
  });
  return found;
}

bool FactsBeside::is_part_of_reference(uint32_t index) const {
  const Fact& own = facts_->facts()[index];
  if (!own.value.is(ValueKind::String) || !is_name(own.value.text)) return false;
  if (is_pair_of_reference(index)) return true;
  if (last_word(own.name) != "key") return false;
  bool held = holders_.contains(snake_case(telling_part(parent_of(own.name))));
  bool found = false;
  each_beside(index, [&](const Fact& fact) {
    std::string name = snake_case(telling_part(fact.name));
    found |= references_.contains(name) || (held && name == "name");
  });
  return found;
}

// {secret: "shop-database", key: "password"}; a record with an id is of an account, whatever its values look like.
bool FactsBeside::is_pair_of_reference(uint32_t index) const {
  const Fact& own = facts_->facts()[index];
  std::string_view part = telling_part(own.name), other = part == "secret" ? "key" : "secret";
  if (code_ || (part != "secret" && part != "key")) return false;
  std::string_view secret = part == "secret" ? own.value.text : std::string_view{},
                   key = secret.empty() ? own.value.text : "";
  bool record = false;
  each_beside(index, [&](const Fact& fact) {
    std::string_view name = telling_part(fact.name);
    std::string word = last_word(fact.name);
    record |= word == "id" || word == "user" || word == "username";
    if (name == other && fact.value.is(ValueKind::String)) (other == "key" ? key : secret) = fact.value.text;
  });
  bool named = secret.find('-') != std::string_view::npos && is_name(secret) && is_name(key);
  return !record && named && secrets_.kind_of(key) != SecretName::None;
}

bool FactsBeside::is_one_of_names(uint32_t index) const {
  return is_family(index, true) || (last_word(facts_->facts()[index].name) == "key" && is_family(index, false));
}

bool FactsBeside::is_family(uint32_t index, bool by_first) const {
  const Fact& own = facts_->facts()[index];
  if (!code_ || own.kind != FactKind::Assign || own.context.has(context::InFunction)) return false;
  auto word_of = [&](std::string_view name) { return by_first ? first_word(name) : last_word(name); };
  std::string word = word_of(own.name);
  size_t names = 0;
  bool login = false;
  each_beside(index, [&](const Fact& fact) {
    if (word_of(fact.name) != word) return;
    bool account = is_connection(fact.name) || is_login(fact.name);
    login |= account || !fact.value.is(ValueKind::String);
    names +=
        fact.value.is(ValueKind::String) && is_name(fact.value.text) && secrets_.kind_of(fact.name) == SecretName::None;
  });
  return names >= family && !login;
}

}  // namespace tfcheck
