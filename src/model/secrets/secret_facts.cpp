#include "model/secrets/secret_facts.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr int deepest = 6;
constexpr size_t pair_size = 4;  // keys of one map between a name and its value

bool parent_of_setting(std::string_view name, std::string_view parent) {
  return name.size() > parent.size() + 1 && name.starts_with(parent) && name[parent.size()] == '.';
}

std::string_view last_part(std::string_view callee) {
  return callee.substr(callee.rfind('.') + 1);
}

// `:skip`: one sign in front of the text. A symbol names something, whatever it is handed to.
bool is_symbol(const Value& value) {
  return value.is(ValueKind::String) && !value.text.empty() &&
         value.span.end - value.span.begin == value.text.size() + 1;
}

}  // namespace

Span span_of_part(const Value& literal, TextPart part) {
  size_t size = literal.span.end - literal.span.begin;
  size_t text = literal.text.size();
  if (size < text) return literal.span;
  size_t around = size - text;
  // Quotes stand on both sides, one or three, prefixes such as b, f, @, $ and %q before.
  size_t before = around == 0   ? 0
                  : around == 2 ? 1
                  : around <= 4 ? around - 1
                  : around == 6 ? 3
                  : around == 7 ? 4
                                : std::string_view::npos;
  if (before == std::string_view::npos) return literal.span;
  auto begin = static_cast<uint32_t>(literal.span.begin + before + part.begin);
  return {begin, begin + static_cast<uint32_t>(part.size)};
}

SecretFacts::SecretFacts(const ProjectView& view, const Secrets& secrets)
    : secrets_(secrets),
      beside_(view, secrets),
      label_parents_(view.set("label-parent")),
      reference_parents_(view.set("secret-reference-parent")),
      account_sections_(view.set("account-section")),
      account_maps_(view.set("account-map")),
      login_pairs_(view.set("login-pair")),
      conversions_(view.set("text-conversion")),
      own_conversions_(view.set("text-conversion-function")),
      encodings_(view.set("encoding-name")),
      setters_(view.set("setter-by-key")),
      login_calls_(view.set("login-call")),
      pair_names_(view.set("pair-name")),
      credential_lists_(view.set("credential-list")),
      pair_values_(view.set("pair-value")),
      shown_(view.set("showing-key")),
      calls_(secret_calls(view.table("secret-call"))),
      options_(view.table("password-option")),
      readers_(view.table("secret-reader")),
      option_(options_.column("option")),
      attached_(options_.column("attached")),
      verb_(options_.column("verb")),
      pair_(options_.column("pair")),
      separator_(options_.column("separator")),
      behind_(options_.column("behind")),
      reader_option_(readers_.column("option")),
      reader_pair_(readers_.column("pair")),
      headers_(view.set("header-option")),
      fields_(view.set("field-option")) {
  for (size_t i = 0; i < calls_.size(); ++i) {
    std::string_view last = last_part(calls_[i].callee);
    bool plain = last.find_first_of("*?") == std::string_view::npos;
    if (plain)
      calls_by_last_[last].push_back(i);
    else
      other_calls_.push_back({i, LetterSet::of_glob(calls_[i].callee)});
  }
}

// The literal inside calls that only convert text; null when there is none. `string("x")` converts, `flags.string("x")`
// asks for what is called x.
const Value* SecretFacts::literal_in(const Value& value) const {
  const Value* inner = &value;
  for (int depth = 0; depth < 4 && inner->is(ValueKind::Call); ++depth) {
    bool converts = conversions_.contains(last_part(inner->text)) || own_conversions_.contains(inner->text);
    if (!converts || inner->items().empty()) return nullptr;
    inner = &inner->items().front().value;
  }
  // Programs mean the references in their texts.
  if (!code_ && inner->is(ValueKind::Template) && secrets_.is_drawn_around(inner->text)) return inner;
  bool encoding = inner != &value && encodings_.contains(inner->text);
  return inner->is(ValueKind::String) && !encoding && !(code_ && is_symbol(*inner)) ? inner : nullptr;
}

std::vector<SecretFact> SecretFacts::of(const ProjectFile& file) {
  facts_ = file.facts.get();
  const FileFacts& facts = *facts_;
  set_part(file.path, file.format(), file.adapter);
  found_.clear();
  seen_.clear();
  ids_.reset();
  const EmbeddedFile* inner = nullptr;
  for (index_ = 0; index_ < facts.facts().size(); ++index_) {
    const EmbeddedFile* here = facts.embedded().empty() ? nullptr : facts.embedded_of(index_);
    if (here && here != inner) set_part(here->path, here->format, here->adapter);
    if (!here && inner) set_part(file.path, file.format(), file.adapter);
    inner = here;
    visit(facts.facts()[index_]);
  }
  return std::move(found_);
}

// The file, or one that stands in it as a text.
void SecretFacts::set_part(std::string_view path, std::string_view format, const Adapter* adapter) {
  path_ = path;
  code_ = adapter && adapter->kind == AdapterKind::Code;
  beside_.set_file(*facts_, code_);
  live_ = format == "compose";
  resources_ = format == "arm" || format == "bicep";
  label_parent_ = {}, below_label_ = is_below_label({});
}

void SecretFacts::visit(const Fact& fact) {
  switch (fact.kind) {
    case FactKind::Assign:
      take_assigned(fact);
      take_key(fact);
      if (fact.value.is(ValueKind::Function) && fact.value.item_count == 1) take_returned(fact);
      return look_inside(fact.name, fact.value, 0);
    case FactKind::Entry:
      take_entry(fact);
      take_key(fact);
      take_account(fact);
      if (fact.name == "return" && !fact.value.is(ValueKind::Function)) take_returned(fact);
      if (!code_ && !live_ && is_digits(last_part(fact.name))) take_pair_text(fact.value);
      if (!is_read_by_line(fact) && !shown_.contains(last_part(fact.name))) look_inside(fact.name, fact.value, 0);
      return;
    case FactKind::Call:
      take_arguments(fact);
      take_positions(fact);
      take_method(fact);
      return take_setter(fact);
    case FactKind::Command:
      return take_command(fact);
    case FactKind::Branch:
      return take_compared(fact.value, 0);
    default:
      return;
  }
}

// A text whose lines are entries of their own.
bool SecretFacts::is_read_by_line(const Fact& fact) const {
  if (index_ + 1 >= facts_->facts().size() || !fact.value.is(ValueKind::String)) return false;
  return parent_of_setting(facts_->facts()[index_ + 1].name, fact.name);
}

// The name of an entry, or of the pair that it is the value of: { name: "X", value: "…" }.
std::string_view SecretFacts::name_of(const Fact& fact) const {
  // <property name="X">…</property>
  const Fact* after = index_ + 1 < facts_->facts().size() ? &facts_->facts()[index_ + 1] : nullptr;
  bool attribute = after && after->kind == FactKind::Entry && parent_of(after->name) == fact.name &&
                   pair_names_.contains(last_part(after->name)) && after->value.is(ValueKind::String);
  if (attribute) return after->value.text;
  if (!pair_values_.contains(fact.name.substr(fact.name.rfind('.') + 1))) return fact.name;
  std::string_view parent = parent_of(fact.name);
  size_t first = index_ > pair_size ? index_ - pair_size : 0,
         last = std::min(index_ + pair_size + 1, facts_->facts().size());
  for (size_t i = first; i < last; ++i) {
    const Fact& other = facts_->facts()[i];
    bool beside = other.kind == FactKind::Entry && other.value.is(ValueKind::String) &&
                  parent_of(other.name) == parent && other.context.index == fact.context.index;
    // credentials: [{ type: "password", value: "…" }]
    bool typed = beside && last_part(other.name) == "type" && is_digits(last_part(parent)) &&
                 credential_lists_.contains(last_part(parent_of(parent)));
    bool names = beside && (pair_names_.contains(last_part(other.name)) ||
                            (typed && secrets_.kind_of(other.value.text) != SecretName::None));
    if (names && !parent.empty()) return other.value.text;
  }
  return fact.name;
}

// Keys that are called no more than that: a constant KEY with digits, bytes made of a literal, Laravel's "base64:…".
void SecretFacts::take_key(const Fact& fact) {
  std::string_view last = telling_part(fact.name);
  if (last.size() < 3 || !iequals(last.substr(last.size() - 3), "key")) return;
  const Value* literal = literal_in(fact.value);
  if (!literal || literal->text.size() < 12) return;
  std::string_view text = literal->text;
  auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  bool separate = text.find_first_of(" ./:_-") != std::string_view::npos;
  bool constant = fact.kind == FactKind::Assign && last == "KEY" && digits >= 4 && !separate && text.size() >= 16;
  bool bytes = fact.kind == FactKind::Assign && fact.value.is(ValueKind::Call);
  // "this is my secret key for 2020"
  bool told = fact.kind == FactKind::Assign && icontains(text, "secret") &&
              (digits > 0 || text.find(' ') != std::string_view::npos) &&
              text.find_first_of(":./") == std::string_view::npos && text.size() >= 16;
  // { key: "…", cipher: "AES-256-CBC" }
  bool cipher = iequals(last, "key") && digits > 1 && !separate && has_sibling("cipher");
  if (constant || bytes || told || cipher || (last == "key" && text.starts_with("base64:")))
    take_as(SecretName::Signing, fact.name, fact.value, SecretSource::Assigned, false);
}

void SecretFacts::add(SecretFact found) {
  if (found.strength == Strength::None) return;
  found.fact = index_;
  auto [place, fresh] = seen_.try_emplace(found.span, found_.size());
  if (fresh) return found_.push_back(std::move(found));
  // `secret = "secret"` may be a name; the call that signs with it knows better.
  SecretFact& before = found_[place->second];
  bool surer = found.source == SecretSource::Position && found.strength > before.strength;
  if (surer) before = std::move(found);
}

SecretName SecretFacts::kind_for(std::string_view name, const Value& value) const {
  if (!value || name.empty()) return SecretName::None;
  SecretName kind = secrets_.kind_of(name);
  // Keys come in lists, for rotation; passwords do not.
  bool element = is_digits(name.substr(name.rfind('.') + 1)) || value.is(ValueKind::List);
  return kind == SecretName::Password && element ? SecretName::None : kind;
}

void SecretFacts::take(std::string_view name, const Value& value, SecretSource source, bool connection) {
  take_as(kind_for(name, value), name, value, source, connection);
}

void SecretFacts::take_assigned(const Fact& fact) {
  SecretName kind = kind_for(fact.name, fact.value);
  if (kind != SecretName::None)
    take_as(kind, fact.name, fact.value, SecretSource::Assigned, beside_.has_connection(index_));
}

void SecretFacts::take_entry(const Fact& fact) {
  if (is_label(fact.name)) return;
  std::string typed = beside_.is_typed_password(index_) ? std::string(parent_of(fact.name)) + ".password" : "";
  std::string_view name = typed.empty() ? name_of(fact) : typed;
  SecretName kind = kind_for(name, fact.value);
  if (kind == SecretName::None || beside_.is_part_of_reference(index_) || is_record(fact)) return;
  take_as(kind, name, fact.value, SecretSource::Entry, beside_.has_connection(index_));
}

void SecretFacts::take_as(SecretName kind, std::string_view name, const Value& value, SecretSource source,
                          bool connection) {
  if (kind == SecretName::None) return;
  if (value.is(ValueKind::List)) {
    for (const Arg& item : value.items()) {
      if (item.value.is(ValueKind::String)) take_as(kind, name, item.value, source, connection);
    }
    return;
  }
  const Value* literal = literal_in(value);
  bool number = kind == SecretName::Password && value.is(ValueKind::Number) && (connection || !code_) &&
                value.text.size() > 2 && is_digits(value.text);
  if (number) literal = &value;
  if (!literal) return;
  bool live = live_ && source == SecretSource::Entry &&
              facts_->facts()[index_].name.find(".environment.") != std::string_view::npos;
  live |= source == SecretSource::Entry && kind == SecretName::Credential && beside_.is_of_client(index_);
  Strength strength =
      live ? secrets_.live_strength(name, literal->text) : secrets_.strength_of(kind, name, literal->text);
  if (is_only_named(*literal, strength)) return;
  // A word that a constant holds, and that the constant's own name would tell.
  bool elsewhere = code_ && literal->span.end <= facts_->facts()[index_].span.begin;
  if (elsewhere && source == SecretSource::Assigned && strength < Strength::Strong) return;
  if (elsewhere && is_held_as_id(literal->span)) return;
  bool held = connection && (source == SecretSource::Entry || source == SecretSource::Assigned);
  bool local = held && beside_.is_on_this_machine(index_);
  add({0, literal->span, span_of_part(*literal, {0, literal->text.size()}), std::string(name), literal->text, kind,
       strength, source, connection, local, held && beside_.is_of_embedded(index_)});
}

// const ClientId = "…"; headers["api-key"] = ClientId: the constant says what it is.
bool SecretFacts::is_held_as_id(Span literal) {
  if (!ids_) {
    ids_.emplace();
    for (const Fact& fact : facts_->facts()) {
      std::string name = snake_case(last_part(fact.name));
      bool id = fact.kind == FactKind::Assign && (name == "id" || name.ends_with("_id"));
      if (id && fact.value.is(ValueKind::String)) ids_->insert(fact.value.span);
    }
  }
  return ids_->contains(literal);
}

// A word that says what something is called, as the facts beside it show.
bool SecretFacts::is_only_named(const Value& literal, Strength strength) const {
  if (beside_.is_of_nobody(index_)) return true;
  if (strength != Strength::Name && strength != Strength::Weak) return false;
  bool name = strength == Strength::Name || secrets_.kind_of(literal.text) != SecretName::None;
  if (name && beside_.is_name_map(index_)) return true;
  return beside_.is_one_of_names(index_);
}

void SecretFacts::look_inside(std::string_view name, const Value& value, int depth) {
  if (depth > deepest || value.is(ValueKind::Env)) return;
  if (value.is(ValueKind::String) || value.is(ValueKind::Template)) {
    size_t scheme = value.is(ValueKind::String) ? value.text.find("://") : std::string_view::npos;
    bool web = scheme != std::string_view::npos && value.text.substr(0, scheme).find("http") != std::string_view::npos;
    size_t query = web ? value.text.find('?', scheme) : std::string_view::npos;
    if (query != std::string_view::npos) take_fields(value, query + 1, SecretSource::Entry);
    if (std::optional<TextPart> found =
            value.is(ValueKind::String) && code_ ? secrets_.secret_in_json(value.text) : std::nullopt) {
      add({0, value.span, span_of_part(value, *found), std::string(name), value.text.substr(found->begin, found->size),
           SecretName::Credential, Strength::Strong, SecretSource::Entry, false, false});
      return;
    }
    if (std::optional<EmbeddedPassword> found = secrets_.password_in(value.text)) {
      bool located = value.is(ValueKind::String);
      Span secret = located ? span_of_part(value, found->part) : value.span;
      add({0, value.span, secret, std::string(name), value.text.substr(found->part.begin, found->part.size),
           SecretName::Password, found->strength, SecretSource::Embedded, true, found->local});
    }
    return;
  }
  for (const Arg& item : value.items()) look_inside(name, item.value, depth + 1);
}

// A token in one of a list of records that a program holds is data, as a provider's sample of an event has it.
bool SecretFacts::is_record(const Fact& fact) const {
  std::string_view parent = parent_of(fact.name);
  bool token = code_ && icontains(last_part(fact.name), "token") && !parent.empty();
  std::vector<std::string_view> parts = token ? split(parent, '.') : std::vector<std::string_view>{};
  return parts.size() > 1 && std::any_of(parts.begin(), parts.end() - 1, is_digits);
}

// Most facts have the parent of the one before.
bool SecretFacts::is_label(std::string_view name) {
  std::string_view parent = parent_of(name);
  if (parent != label_parent_) label_parent_ = parent, below_label_ = is_below_label(parent);
  return below_label_;
}

// Below such a key stand labels and rules, or names by which a secret is looked up elsewhere.
bool SecretFacts::is_below_label(std::string_view parent) const {
  if (parent.starts_with("ConfigMap.data.")) return false;  // the names of files
  for (std::string_view part : split(parent, '.')) {
    // In code a map of that name may hold them.
    bool reference = reference_parents_.contains(part) && !(code_ && part == "secrets");
    bool label = label_parents_.contains(part) && !(resources_ && part == "properties");
    if (reference || label) return true;
  }
  return false;
}

}  // namespace tfcheck
