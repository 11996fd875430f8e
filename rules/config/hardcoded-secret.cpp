// config/hardcoded-secret: tokens of a provider's shape anywhere in the text, and facts that hand a literal to a
// secret.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"
#include "model/secrets/secret_facts.h"
#include "model/words.h"

namespace tfcheck {

namespace {

// Google's configuration of mobile and web clients: its keys name a project, they are no secret.
bool is_client_config(std::string_view path) {
  std::string_view name = base_name(path);
  return name == "google-services.json" || name == "GoogleService-Info.plist";
}

class HardcodedSecrets {
 public:
  explicit HardcodedSecrets(NativeContext& context)
      : context_(context), secrets_(context), facts_(context, secrets_), samples_(context.set("sample-file")) {}

  void look(uint32_t index) {
    const ProjectFile& file = context_.project.files[index];
    if (file.tells(tells::Environment) || file.format() == "dotenv") return;
    file_ = index;
    seen_.clear();
    overridden_.reset();
    code_ = file.adapter && file.adapter->kind == AdapterKind::Code;
    for (const TextHit& hit : file.hits) report_hit(file, hit);
    if (!file.facts || samples_.contains(base_name(file.path))) return;
    for (const SecretFact& found : facts_.of(*file.facts)) {
      if (accepts(file, found)) report_fact(file, found);
    }
  }

 private:
  void report_hit(const ProjectFile& file, const TextHit& hit) {
    const TextPattern& pattern = context_.text_patterns()[hit.pattern];
    if (pattern.id == "ansible-vault" || !seen_.add(hit.span)) return;
    bool client_key = pattern.id == "google-api-key";
    if (client_key && is_client_config(file.path)) return;
    Finding* finding = context_.report(file_, hit.span, fmt::format("The file holds {}.", pattern.title));
    if (!finding) return;
    finding->secrets.push_back(hit.span);
    // Keys of browser and mobile clients have the same shape and are public.
    if (client_key)
      finding->severity = std::min(finding->severity, Severity::Warning), finding->confidence = Confidence::Medium;
    if ((file.scope & scope::Seed) && pattern.id.starts_with("sql-")) finding->severity = Severity::Note;
  }

  // What counts depends on where it stands: a plain word as the value of a key is a password in a connection and a
  // label elsewhere.
  bool accepts(const ProjectFile& file, const SecretFact& found) {
    const Fact& fact = file.facts->facts()[found.fact];
    if (fact.name.starts_with("test.") || fact.name.starts_with("testing.")) return false;
    if (found.source == SecretSource::Embedded) return found.strength > Strength::Placeholder;
    bool exact = found.kind == SecretName::Password && (found.connection || !code_);
    switch (found.strength) {
      case Strength::None:
        return false;
      case Strength::Strong:
        return true;
      case Strength::Placeholder:
        return is_live_placeholder(file, found);
      case Strength::Name:
        return exact && found.connection;
      case Strength::Weak:
        break;
    }
    if (found.kind == SecretName::Signing || !code_) return true;
    if (found.kind == SecretName::Credential) return found.source != SecretSource::Entry;
    if (found.source == SecretSource::Entry || found.source == SecretSource::Argument) return found.connection;
    // A word given to a local variable is as likely a mode as a password.
    if (found.source == SecretSource::Assigned && fact.context.has(context::InFunction) &&
        fact.name.find('.') == std::string_view::npos)
      return found.connection || secrets_.is_common(found.text);
    return true;
  }

  // A placeholder that is the value in every deploy, because nothing replaces it.
  bool is_live_placeholder(const ProjectFile& file, const SecretFact& found) {
    bool overridable =
        !code_ && (file.format() == "spring" || file.format() == "appsettings" || file.format() == "properties");
    if (overridable || is_overridden(file, found)) return false;
    if (found.kind == SecretName::Signing) return code_ || file.format() == "rails" || !found.name.empty();
    return found.kind == SecretName::Password && code_ && found.connection && found.source != SecretSource::Option &&
           found.source != SecretSource::Position;
  }

  // The same name is set from the environment elsewhere in the file.
  bool is_overridden(const ProjectFile& file, const SecretFact& found) {
    if (!overridden_) {
      overridden_.emplace();
      for (const Fact& fact : context_.facts(file)) {
        bool read = fact.kind == FactKind::EnvRead ||
                    ((fact.kind == FactKind::Assign || fact.kind == FactKind::Entry) && fact.value.is(ValueKind::Env));
        if (read) overridden_->insert(snake_case(telling_part(fact.name)));
      }
    }
    return overridden_->contains(snake_case(telling_part(found.name)));
  }

  void report_fact(const ProjectFile& file, const SecretFact& found) {
    if (!seen_.add(found.secret)) return;
    const Fact& fact = file.facts->facts()[found.fact];
    Finding* finding =
        context_.report(file_, found.span.end > found.span.begin ? found.span : fact.span, message_of(found));
    if (!finding) return;
    finding->secrets.push_back(found.secret);
    bool sure = found.strength == Strength::Strong || found.source == SecretSource::Embedded || found.connection;
    if (!sure) finding->confidence = Confidence::Medium;
    if (is_minor(file, fact)) finding->severity = Severity::Note;
  }

  bool is_minor(const ProjectFile& file, const Fact& fact) const {
    std::string place = lower(fact.context.scope);
    bool development = fact.context.has(context::Development) || fact.context.has(context::DevGuard) ||
                       fact.name.starts_with("development.") || fact.name.starts_with("dev.");
    bool scoped = place.find("test") != std::string::npos || place.find("development") != std::string::npos ||
                  place.find("devconfig") != std::string::npos || place.find("local") == 0;
    return development || scoped || (file.scope & scope::Seed);
  }

  static std::string message_of(const SecretFact& found) {
    std::string shown = mask(found.text);
    if (found.source == SecretSource::Embedded)
      return fmt::format("A password ({}) stands inside a connection string.", shown);
    if (found.source == SecretSource::Position)
      return fmt::format("{} is given a literal secret ({}).", printable(found.name), shown);
    if (found.source == SecretSource::Option)
      return fmt::format("The command is given a literal secret as {} ({}).", printable(found.name), shown);
    return fmt::format("{} holds a literal secret ({}).", printable(found.name), shown);
  }

  NativeContext& context_;
  Secrets secrets_;
  SecretFacts facts_;
  const WordSet& samples_;
  uint32_t file_ = 0;
  bool code_ = false;
  std::optional<std::set<std::string>> overridden_;  // names that this file reads from the environment, once asked for
  DisjointSpans seen_;
};

}  // namespace

void rule_config_hardcoded_secret(NativeContext& context) {
  HardcodedSecrets rule(context);
  for (uint32_t file = 0; file < context.project.files.size(); ++file) {
    if (context.looks_at(file)) rule.look(file);
  }
}

}  // namespace tfcheck
