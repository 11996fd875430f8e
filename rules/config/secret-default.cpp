// config/secret-default: reads of the environment whose fallback is a secret.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>

#include "base/text.h"
#include "base/words.h"
#include "engine/native.h"
#include "model/backing_compose.h"
#include "model/runtimes.h"
#include "model/scope.h"
#include "model/secrets/fallback_readers.h"
#include "model/secrets/fallbacks.h"
#include "model/secrets/key_stores.h"
#include "model/secrets/own_scripts.h"
#include "model/secrets/replaced_values.h"
#include "model/secrets/secret_facts.h"
#include "model/secrets/stage_names.h"

namespace tfcheck {

namespace {

class SecretDefaults {
 public:
  explicit SecretDefaults(NativeContext& context)
      : context_(context),
        secrets_(context),
        replaced_(context, secrets_),
        stages_(context),
        stores_(context),
        readers_(context),
        scripts_(context),
        backing_(backing_compose_files(context.project)) {}

  void look(uint32_t index) {
    const ProjectFile& file = context_.project.files[index];
    if (!file.facts || file.format() == "dotenv") return;
    file_ = index;
    seen_.clear(), found_.clear(), by_value_.clear();
    declared_.reset();
    stages_.set_file(file);
    chart_ = file.format() == "helm";
    std::span<const Fact> facts = context_.facts(file);
    for (size_t i = 0; i < facts.size(); ++i) {
      look_at(facts[i]);
      bool returned = facts[i].kind == FactKind::Entry && facts[i].name == "return" && !facts[i].context.scope.empty();
      if (returned) look_at_returned(facts[i], facts.subspan(0, i));
    }
    if (!found_.empty()) files_.push_back({index, std::move(found_)});
  }

  void tell() {
    for (uint32_t i = 0; i < files_.size(); ++i) note_siblings(i);
    for (uint32_t i = 0; i < files_.size(); ++i) tell(i);
  }

 private:
  // Settings of one folder that fall back alike are one: those with the shortest name, which the others start from.
  void note_siblings(uint32_t number) {
    const ProjectFile& file = context_.project.files[files_[number].file];
    bool settings = file.adapter && file.adapter->kind == AdapterKind::Config && !is_command_script(file) &&
                    !file.tells(tells::Environment | tells::Deploy);
    for (const Default& found : settings ? files_[number].found : std::vector<Default>{}) {
      Sibling key{dir_name(file.path), found.variable, found.verdict.text};
      auto [first, fresh] = first_of_.try_emplace(key, number);
      std::string_view before = context_.project.files[files_[first->second].file].path;
      if (!fresh && file.path.size() < before.size()) first->second = number;
      alike_[key].push_back({number, found.literal->span});
    }
  }

  void tell(uint32_t number) {
    file_ = files_[number].file;
    stages_.set_file(context_.project.files[file_]);
    Finding* stores = nullptr;  // of the passwords of key stores, which lie elsewhere
    for (Default& found : files_[number].found) {
      if (is_of_absent_store(found)) continue;
      Sibling key{dir_name(context_.project.files[file_].path), found.variable, found.verdict.text};
      auto first = first_of_.find(key);
      if (first != first_of_.end() && first->second != number) continue;
      Finding* finding = report(found);
      if (!finding || first == first_of_.end()) continue;
      for (const auto& [other, span] : alike_[key]) {
        if (other == number) continue;
        finding->related.push_back({files_[other].file, span, "the same fallback again"});
        finding->joined.push_back({files_[other].file, span, {}});
      }
    }
    for (Default& found : files_[number].found) {
      if (!is_of_absent_store(found)) continue;
      if (stores)
        add_related(*stores, place_of(found), "another one", found);
      else if ((stores = report(found)))
        stores->severity = Severity::Note;
    }
  }

  void look_at(const Fact& fact) {
    if (fact.kind == FactKind::EnvRead) return judge(fact, fact.name, {}, fact.value);
    if (fact.kind == FactKind::Assign || fact.kind == FactKind::Entry) {
      look_inside(fact, fact.name, fact.value, 0);
      if (fact.kind == FactKind::Entry) declared_default(fact);
      if (chart_ && fact.kind == FactKind::Entry) look_at_chart(fact);
      return;
    }
    if (fact.kind != FactKind::Call && fact.kind != FactKind::Command) return;
    bool secret = readers_.reads_secret(fact);
    for (const Arg& arg : fact.args()) look_inside(fact, secret ? typed_secret : arg.name, arg.value, 0);
    if (fact.name.ends_with("dj_database_url.config"))
      judge(fact, "DATABASE_URL", {}, argument(fact.args(), "default"));
    // viper.SetDefault("jwt.secret", "…"): configuration that the environment overrides.
    bool setter =
        fact.name.ends_with(".SetDefault") || fact.name.ends_with(".setDefault") || fact.name.ends_with(".set_default");
    look_at_getter(fact);
    const Value* fallback = readers_.fallback_of(context_.project.files[file_].format(), fact);
    if (fallback) judge(fact, fact.args()[0].value.text, {}, *fallback);
    if (setter && fact.args().size() == 2) judge(fact, fact.args()[0].value.text, {}, fact.args()[1].value);
  }

  // `${X:-default}` and its like, also inside lists, maps and calls.
  void look_inside(const Fact& fact, std::string_view name, const Value& value, int depth) {
    if (depth > 5) return;
    bool read = value.is(ValueKind::Env) || (value.is(ValueKind::Name) && !value.items().empty());
    if (read && !value.items().empty()) {
      const Value& given = value.items().front().value;
      if (!given.is(ValueKind::Env)) return judge(fact, value.text, name, given);
      // ${A:-${B:-default}}
      return look_inside(fact, secrets_.kind_of(value.text) == SecretName::None ? name : value.text, given, depth + 1);
    }
    if (value.is(ValueKind::Call) && value.text == "||" && value.item_count == 2) look_at_fallback(fact, name, value);
    bool text = value.is(ValueKind::Template),
         chosen = value.is(ValueKind::Call) && value.text == "?" && value.item_count > 1;
    // What is compared is not what the name holds, and neither is the condition of a choice.
    if (value.is(ValueKind::Call) && is_comparison(value.text)) name = {};
    for (const Arg& item : value.items().subspan(chosen ? 1 : 0)) {
      bool password = text && item.value.is(ValueKind::Env) && is_password_of_url(value.text, item.value.text);
      look_inside(fact, password ? "password" : item.name.empty() ? name : item.name, item.value, depth + 1);
    }
  }

  // {{ .Values.db.password | default "…" | quote }}, {{ default "…" .Values.db.password }}
  void look_at_chart(const Fact& fact) {
    constexpr std::string_view word = "default \"";
    std::string_view text = fact.value.text;
    size_t at = fact.value.is(ValueKind::Template) ? text.find(word) : std::string_view::npos;
    if (at == std::string_view::npos || text.rfind("{{", at) == std::string_view::npos) return;
    size_t begin = at + word.size(), end = text.find('"', begin);
    SecretName kind = secrets_.kind_of(fact.name);
    if (end == std::string_view::npos || kind == SecretName::None) return;
    std::string_view given = text.substr(begin, end - begin);
    Strength strength = secrets_.strength_of(kind, fact.name, given);
    if (strength <= Strength::Placeholder || stages_.is_test(fact) || !seen_.insert(fact.value.span).second) return;
    found_.push_back(
        {&fact, last_word(fact.name), {}, &fact.value, {strength, given, {begin, given.size()}, false}, {}});
  }

  static bool is_comparison(std::string_view callee) {
    return callee == "==" || callee == "===" || callee == "!=" || callee == "!==" || callee == "<" || callee == ">" ||
           callee == "!";
  }

  // options.password || "…", configuration["Jwt:Secret"] ?? "…": only what cannot be a word.
  void look_at_fallback(const Fact& fact, std::string_view name, const Value& value) {
    const Value &left = value.items()[0].value, &right = value.items()[1].value;
    bool literal = left.is(ValueKind::Name) && right.is(ValueKind::String) && right.text.size() >= 8 &&
                   right.text.find_first_of("0123456789") != std::string_view::npos;
    if (!literal) return;
    std::string setting(left.text);
    std::replace(setting.begin(), setting.end(), ':', '.');
    if (verdict_of(setting, name, right).strength == Strength::Strong) judge(fact, left.text, name, right, setting);
  }

  // config.get("SECRET_KEY", "…")
  void look_at_getter(const Fact& fact) {
    std::string_view last = fact.name.substr(fact.name.rfind('.') + 1);
    bool getter = last == "get" && fact.args().size() == 2 && fact.args()[0].value.is(ValueKind::String) &&
                  fact.args()[1].value.is(ValueKind::String);
    std::string_view object = fact.name.substr(0, fact.name.size() - std::min(fact.name.size(), last.size() + 1));
    object = object.substr(object.rfind('.') + 1);
    if (getter && (icontains(object, "config") || icontains(object, "settings")))
      judge(fact, fact.args()[0].value.text, {}, fact.args()[1].value);
  }

  // if value := os.Getenv("X"); value != "" { return value }; return "…": in one function.
  void look_at_returned(const Fact& fact, std::span<const Fact> before) {
    constexpr size_t farthest = 12;
    size_t seen = 0;
    for (auto other = before.rbegin(); other != before.rend() && seen < farthest; ++other, ++seen) {
      if (other->context.scope != fact.context.scope) return;
      if (other->kind == FactKind::EnvRead && !other->value) return judge(fact, other->name, {}, fact.value);
    }
  }

  // postgres://shop:${PGPW:-…}@db: whatever the variable is called.
  static bool is_password_of_url(std::string_view text, std::string_view variable) {
    size_t at = text.find(fmt::format("${{{}", variable));
    size_t scheme = text.find("://");
    if (at == std::string_view::npos || scheme == std::string_view::npos || scheme > at || text[at - 1] != ':')
      return false;
    size_t close = text.find('}', at);
    return close != std::string_view::npos && text.substr(close + 1, 1) == "@" && at > scheme + 3;
  }

  // A schema of convict and its like: { env: "X", default: "…" }.
  void declared_default(const Fact& fact) {
    constexpr std::string_view ending = ".default";
    if (!fact.name.ends_with(ending)) return;
    if (!declared_) declared_ = declared_parents();
    if (declared_->contains(fact.name.substr(0, fact.name.size() - ending.size())))
      judge(fact, fact.name, {}, fact.value);
  }

  // What the file's entries "X.env" stand below.
  std::set<std::string_view> declared_parents() const {
    constexpr std::string_view ending = ".env";
    std::set<std::string_view> parents;
    for (const Fact& fact : context_.facts(context_.project.files[file_])) {
      if (fact.kind == FactKind::Entry && fact.name.ends_with(ending))
        parents.insert(fact.name.substr(0, fact.name.size() - ending.size()));
    }
    return parents;
  }

  // read_secret("db_password"): what it is handed says where the value is.
  static bool looks_up(std::string_view callee) {
    std::string name = snake_case(callee.substr(callee.rfind('.') + 1));
    std::string_view verb = before_first(name, '_');
    return verb == "read" || verb == "get" || verb == "load" || verb == "fetch" || verb == "generate";
  }

  // `said`: the variable by another spelling, for what it holds.
  void judge(const Fact& fact, std::string_view variable, std::string_view holder, const Value& fallback,
             std::string_view said = {}) {
    const Value* literal = &fallback;
    if (literal->is(ValueKind::Call) && looks_up(literal->text)) return;
    if (literal->is(ValueKind::Call) && readers_.is_secret_type(literal->text)) holder = typed_secret;
    if (literal->is(ValueKind::Call) && !literal->items().empty()) literal = &literal->items().front().value;
    bool number = literal->is(ValueKind::Number) && literal->text.size() > 2 && is_digits(literal->text);
    if (!literal->is(ValueKind::String) && !literal->is(ValueKind::Template) && !number) return;
    Verdict verdict = verdict_of(said.empty() ? variable : said, holder, *literal);
    if (verdict.strength <= Strength::Placeholder || stages_.is_test(fact)) return;
    bool known =
        public_stores_.contains(verdict.text) && (stores_.is_password(variable) || stores_.is_password(holder));
    if (known || replaced_.is_refused(verdict.text)) return;
    if (!seen_.insert(literal->span).second || is_told(fact, variable, *literal)) return;
    found_.push_back({&fact, variable, holder, literal, verdict, {}});
  }

  struct Verdict {
    Strength strength = Strength::None;
    std::string_view text;
    TextPart part;
    bool minor = false;
  };

  struct Default {
    const Fact* fact;
    std::string_view variable, holder;
    const Value* literal;
    Verdict verdict;
    std::vector<Span> again;
  };

  // One setting may be known twice, as the text that a list holds and by the name in it; several may fall back alike.
  bool is_told(const Fact& fact, std::string_view variable, const Value& literal) {
    auto [place, fresh] = by_value_.try_emplace({variable, literal.text}, found_.size());
    if (fresh) return false;
    Default& same = found_[place->second];
    Span whole = same.literal->span, part = literal.span;
    if (part.begin >= whole.begin && part.end <= whole.end && part.end - part.begin < whole.end - whole.begin)
      same.fact = &fact, same.literal = &literal;
    else if (part.end > part.begin)
      same.again.push_back(part);
    return true;
  }

  // Of a file of keys that the repository does not have.
  bool is_of_absent_store(const Default& found) const {
    return !stores_.has_any() && (stores_.is_password(found.variable) || stores_.is_password(found.holder));
  }

  Span place_of(const Default& found) const {
    Span literal = found.literal->span;
    return literal.end > literal.begin ? literal : found.fact->span;
  }

  // What no output may show.
  Span secret_of(const Default& found) const {
    bool text = found.literal->span.end > found.literal->span.begin && found.literal->is(ValueKind::String);
    return text ? span_of_part(*found.literal, found.verdict.part) : place_of(found);
  }

  void add_related(Finding& finding, Span place, std::string text, const Default& found) const {
    finding.related.push_back({file_, place, std::move(text)});
    finding.secrets.push_back(secret_of(found));
  }

  Finding* report(Default& found) {
    std::string_view name = found.variable.empty() ? found.holder : found.variable;
    const Value& literal = *found.literal;
    bool placed = literal.span.end > literal.span.begin;
    Finding* finding = context_.report(
        file_, place_of(found),
        fmt::format("{} falls back to a literal secret ({}).", printable(name), mask(found.verdict.text)));
    if (!finding) return nullptr;
    finding->secrets.push_back(secret_of(found));
    std::span<const Fact> facts = context_.project.files[file_].facts->facts();
    auto index = static_cast<uint32_t>(found.fact - facts.data());
    bool refused = placed && is_refused_in_production(facts, index, literal.span, fails_);
    bool minor = refused || found.verdict.minor || stages_.is_development(*found.fact) ||
                 (context_.project.files[file_].scope & scope::Seed);
    // A word for the databases that developers start beside the app.
    minor |=
        found.verdict.strength < Strength::Strong && (backing_.contains(file_) || scripts_.runs_for_developer(file_));
    if (minor) finding->severity = Severity::Note;
    if (found.verdict.strength < Strength::Strong) finding->confidence = Confidence::Medium;
    std::sort(found.again.begin(), found.again.end());
    Span last = literal.span;
    for (Span span : found.again) {
      auto within = [&](Span other) { return span.begin < other.end && other.begin < span.end; };
      if (within(literal.span) || within(last)) continue;
      last = span;
      finding->related.push_back({file_, span, "the same fallback again"});
      finding->secrets.push_back(span);
    }
    return finding;
  }

  Verdict verdict_of(std::string_view variable, std::string_view holder, const Value& literal) const {
    if (std::optional<EmbeddedPassword> found = secrets_.password_in(literal.text)) {
      bool minor = found->local && found->strength < Strength::Strong;
      return {found->strength, literal.text.substr(found->part.begin, found->part.size), found->part, minor};
    }
    if (literal.is(ValueKind::Template) && !secrets_.is_drawn_around(literal.text)) return {};
    if (std::optional<TextPart> found = secrets_.secret_in_json(literal.text)) {
      std::string_view text = literal.text.substr(found->begin, found->size);
      return {Strength::Strong, text, *found, false};
    }
    if (literal.is(ValueKind::Number) && secrets_.kind_of(variable) != SecretName::Password &&
        secrets_.kind_of(holder) != SecretName::Password)
      return {};
    SecretName kind = secrets_.kind_of(variable), held = secrets_.kind_of(holder);
    Strength strength = secrets_.strength_of(kind, variable, literal.text);
    Strength other = secrets_.strength_of(held, holder, literal.text);
    strength = std::max(strength, other);
    // "password" for AWS_SECRET_ACCESS_KEY: what everybody tries first.
    bool common = kind == SecretName::Credential && icontains(variable, "secret") && secrets_.is_common(literal.text);
    if (strength == Strength::None && common) return {Strength::Weak, literal.text, {0, literal.text.size()}, true};
    return {strength, literal.text, {0, literal.text.size()}, false};
  }

  static constexpr std::string_view typed_secret = "secret_key";  // what holds a value whose type says that it is one

  NativeContext& context_;
  Secrets secrets_;
  ReplacedValues replaced_;
  StageNames stages_;
  KeyStores stores_;
  FallbackReaders readers_;
  OwnScripts scripts_;
  const WordSet& public_stores_ = context_.set("public-store-password");
  const WordSet& fails_ = context_.set("failing-call");
  std::unordered_set<uint32_t> backing_;  // compose files that start no app
  uint32_t file_ = 0;
  bool chart_ = false;  // the file is a template of Helm
  std::set<Span> seen_;
  std::vector<Default> found_;                                                // of this file
  std::map<std::pair<std::string_view, std::string_view>, size_t> by_value_;  // … by variable and fallback
  struct FileDefaults {
    uint32_t file;
    std::vector<Default> found;
  };
  std::vector<FileDefaults> files_;
  using Sibling = std::tuple<std::string_view, std::string_view, std::string_view>;  // folder, variable, fallback
  std::map<Sibling, uint32_t> first_of_;                                             // of files_
  std::map<Sibling, std::vector<std::pair<uint32_t, Span>>> alike_;
  std::optional<std::set<std::string_view>> declared_;  // of this file, once asked for
};

}  // namespace

void rule_config_secret_default(NativeContext& context) {
  SecretDefaults rule(context);
  for (uint32_t file = 0; file < context.project.files.size(); ++file) {
    if (context.looks_at(file)) rule.look(file);
  }
  rule.tell();
}

}  // namespace tfcheck
