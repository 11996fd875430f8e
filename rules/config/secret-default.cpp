// config/secret-default: reads of the environment whose fallback is a secret.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/native.h"
#include "model/secrets/secret_facts.h"

namespace tfcheck {

namespace {

class SecretDefaults {
 public:
  explicit SecretDefaults(NativeContext& context) : context_(context), secrets_(context) {}

  void look(uint32_t index) {
    const ProjectFile& file = context_.project.files[index];
    if (!file.facts || file.format() == "dotenv") return;
    file_ = index;
    seen_.clear();
    declared_.reset();
    for (const Fact& fact : context_.facts(file)) look_at(fact);
  }

 private:
  void look_at(const Fact& fact) {
    if (fact.name.starts_with("test.")) return;
    if (fact.kind == FactKind::EnvRead) return judge(fact, fact.name, {}, fact.value);
    if (fact.kind == FactKind::Assign || fact.kind == FactKind::Entry) {
      look_inside(fact, fact.name, fact.value, 0);
      if (fact.kind == FactKind::Entry) declared_default(fact);
      return;
    }
    if (fact.kind != FactKind::Call && fact.kind != FactKind::Command) return;
    for (const Arg& arg : fact.args()) look_inside(fact, arg.name, arg.value, 0);
    if (fact.name.ends_with("dj_database_url.config"))
      judge(fact, "DATABASE_URL", {}, argument(fact.args(), "default"));
    // viper.SetDefault("jwt.secret", "…"): configuration that the environment overrides.
    bool setter =
        fact.name.ends_with(".SetDefault") || fact.name.ends_with(".setDefault") || fact.name.ends_with(".set_default");
    if (setter && fact.args().size() == 2) judge(fact, fact.args()[0].value.text, {}, fact.args()[1].value);
  }

  // `${X:-default}` and its like, also inside lists, maps and calls.
  void look_inside(const Fact& fact, std::string_view name, const Value& value, int depth) {
    if (depth > 5) return;
    bool read = value.is(ValueKind::Env) || (value.is(ValueKind::Name) && !value.items().empty());
    if (read && !value.items().empty()) return judge(fact, value.text, name, value.items().front().value);
    for (const Arg& item : value.items())
      look_inside(fact, item.name.empty() ? name : item.name, item.value, depth + 1);
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

  void judge(const Fact& fact, std::string_view variable, std::string_view holder, const Value& fallback) {
    const Value* literal = &fallback;
    if (literal->is(ValueKind::Call) && !literal->items().empty()) literal = &literal->items().front().value;
    if (!literal->is(ValueKind::String) && !literal->is(ValueKind::Template)) return;
    Verdict verdict = verdict_of(variable, holder, *literal);
    if (verdict.strength <= Strength::Placeholder || !seen_.insert(literal->span).second) return;
    std::string_view name = variable.empty() ? holder : variable;
    bool placed = literal->span.end > literal->span.begin;
    Finding* finding =
        context_.report(file_, placed ? literal->span : fact.span,
                        fmt::format("{} falls back to a literal secret ({}).", printable(name), mask(verdict.text)));
    if (!finding) return;
    finding->secrets.push_back(placed && literal->is(ValueKind::String) ? span_of_part(*literal, verdict.part)
                               : placed                                 ? literal->span
                                                                        : fact.span);
    bool minor = verdict.minor || fact.context.has(context::Development) || fact.context.has(context::DevGuard);
    if (minor) finding->severity = Severity::Note;
    if (verdict.strength < Strength::Strong) finding->confidence = Confidence::Medium;
  }

  struct Verdict {
    Strength strength = Strength::None;
    std::string_view text;
    TextPart part;
    bool minor = false;
  };

  Verdict verdict_of(std::string_view variable, std::string_view holder, const Value& literal) const {
    if (std::optional<EmbeddedPassword> found = secrets_.password_in(literal.text)) {
      bool minor = found->local && found->strength < Strength::Strong;
      return {found->strength, literal.text.substr(found->part.begin, found->part.size), found->part, minor};
    }
    if (literal.is(ValueKind::Template)) return {};
    SecretName kind = secrets_.kind_of(variable), held = secrets_.kind_of(holder);
    Strength strength = secrets_.strength_of(kind, variable, literal.text);
    Strength other = secrets_.strength_of(held, holder, literal.text);
    if (other > strength) strength = other, kind = held;
    // A common password as the default of a service is what developers' machines have.
    bool minor = kind == SecretName::Password && strength < Strength::Strong;
    return {strength, literal.text, {0, literal.text.size()}, minor};
  }

  NativeContext& context_;
  Secrets secrets_;
  uint32_t file_ = 0;
  std::set<Span> seen_;
  std::optional<std::set<std::string_view>> declared_;  // of this file, once asked for
};

}  // namespace

void rule_config_secret_default(NativeContext& context) {
  SecretDefaults rule(context);
  for (uint32_t file = 0; file < context.project.files.size(); ++file) {
    if (context.looks_at(file)) rule.look(file);
  }
}

}  // namespace tfcheck
