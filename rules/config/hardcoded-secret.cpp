// config/hardcoded-secret: tokens of a provider's shape anywhere in the text, and facts that hand a literal to a
// secret.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "engine/message.h"
#include "engine/native.h"
#include "model/scope.h"
#include "model/secrets/asked_values.h"
#include "model/secrets/environment_files.h"
#include "model/secrets/fallbacks.h"
#include "model/secrets/own_scripts.h"
#include "model/secrets/replaced_values.h"
#include "model/secrets/secret_facts.h"
#include "model/secrets/stage_names.h"
#include "model/secrets/token_hits.h"
#include "model/secrets/token_places.h"
#include "model/secrets/told_values.h"
#include "model/words.h"

namespace tfcheck {

namespace {

class HardcodedSecrets {
 public:
  explicit HardcodedSecrets(NativeContext& context)
      : context_(context),
        secrets_(context),
        facts_(context, secrets_),
        environment_(context),
        replaced_(context, secrets_),
        stages_(context),
        asked_(context),
        scripts_(context),
        tokens_(context),
        places_(context),
        samples_(context.set("sample-file")),
        client_(context.set("client-variable")),
        stores_(context.set("key-store-password-name")),
        pages_(context.set("page-file")) {}

  void look(uint32_t index) {
    const ProjectFile& file = context_.project.files[index];
    if (file.tells(tells::Environment) || environment_.contains(file)) return;
    if (file.format() == "dotenv" && environment_.is_template(file.path)) return;
    file_ = index;
    seen_.clear();
    first_ = nullptr;
    code_ = file.adapter && file.adapter->kind == AdapterKind::Code;
    told_.clear();
    bool shell = file.format() == "shell";
    developers_ = shell && scripts_.runs_for_developer(index);
    local_ = shell && scripts_.is_local_client(index);
    once_ = developers_ || (file.scope & (scope::Development | scope::Example | scope::Seed));
    tokens_.set_file(file), places_.set_file(file);
    report_hits(file);
    if (!samples_.contains(base_name(file.path))) report_facts(file);
    report_weak(file);
  }

 private:
  void report_facts(const ProjectFile& file) {
    if (!file.facts) return;
    defaults_ = defaults_of(file);
    std::vector<SecretFact> accepted;
    for (SecretFact& found : facts_.of(file)) {
      if (accepts(file, found))
        accepted.push_back(std::move(found));
      else if (found.kind != SecretName::None)
        skip_weak(found.secret);
    }
    report_all(file, accepted);
  }

  // What no fact told of: of a kind that is worth a note, one a file.
  void report_weak(const ProjectFile& file) {
    std::map<uint32_t, std::vector<const TextHit*>> notes;  // by pattern
    for (const TextHit& hit : file.hits) {
      if (!tokens_.is_weak(hit) || !seen_.add(hit.span)) continue;
      if (tokens_.severity_of(hit) == Severity::Note)
        notes[hit.pattern].push_back(&hit);
      else
        report_token(file, hit);
    }
    for (const auto& [number, hits] : notes) {
      Finding* finding = report_token(file, *hits.front());
      for (size_t i = 1; finding && i < hits.size(); ++i) {
        finding->related.push_back({file_, hits[i]->span, "another one"});
        finding->secrets.push_back(hits[i]->span);
      }
    }
  }

  // What the facts have judged is not told by its shape.
  void skip_weak(Span secret) {
    if (const TextHit* hit = tokens_.weak_at(secret)) seen_.add(hit->span);
  }

  void report_hits(const ProjectFile& file) {
    std::vector<const TextHit*> keys, passwords;
    for (const TextHit& hit : file.hits) {
      const TextPattern& pattern = context_.text_patterns()[hit.pattern];
      if (pattern.id == "ansible-vault" || tokens_.is_weak(hit) || !seen_.add(hit.span)) continue;
      if (pattern.id == "private-key") {
        keys.push_back(&hit);
      } else if (pattern.id.starts_with("sql-")) {
        passwords.push_back(&hit);
      } else {
        report_token(file, hit);
      }
    }
    std::map<uint32_t, std::vector<const TextHit*>> rings;
    std::span<const Fact> facts = keys.size() > 1 ? context_.facts(file) : std::span<const Fact>();
    std::vector<uint32_t> ring = rings_of(facts, keys);
    for (size_t i = 0; i < keys.size(); ++i) rings[ring[i]].push_back(keys[i]);
    for (const auto& [number, members] : rings) report_ring(members);
    if (!is_page(file)) report_statements(file, passwords);
  }

  // A page that shows how to make an account.
  bool is_page(const ProjectFile& file) const { return pages_.contains(base_name(file.path)); }

  // Statements of SQL that give accounts passwords: the same account again is one with the first.
  void report_statements(const ProjectFile& file, const std::vector<const TextHit*>& passwords) {
    std::map<std::string, std::vector<const TextHit*>> by_account;
    for (const TextHit* hit : passwords) by_account[without_host(hit->whole)].push_back(hit);
    for (const TextHit* hit : passwords) {
      const std::vector<const TextHit*>& same = by_account[without_host(hit->whole)];
      if (same.front() != hit && !hit->whole.empty()) continue;
      bool minor =
          (file.scope & (scope::Seed | scope::Trial)) || developers_ || (local_ && secrets_.is_common(hit->text));
      if (!minor) told_.add(hit->text, ToldValues::elsewhere);
      Finding* finding = tell(hit->span, hit->span, "The file holds a password in SQL.");
      if (!finding) continue;
      if (minor) finding->severity = Severity::Note;
      for (const TextHit* other : same) {
        if (other == hit || hit->whole.empty()) continue;
        finding->related.push_back({file_, other->span, "the same password again"});
        finding->secrets.push_back(other->span);
      }
    }
  }

  void report_ring(const std::vector<const TextHit*>& keys) {
    std::string what = keys.size() > 1 ? fmt::format("{} private keys", keys.size()) : "a private key";
    Finding* finding = context_.report(file_, keys.front()->span, fmt::format("The file holds {}.", what));
    if (!finding) return;
    for (const TextHit* key : keys) {
      finding->secrets.push_back(key->span);
      if (key != keys.front()) finding->related.push_back({file_, key->span, "another key of the same list"});
    }
  }

  Finding* report_token(const ProjectFile& file, const TextHit& hit) {
    const TextPattern& pattern = tokens_.pattern(hit);
    if (tokens_.is_half(hit)) return nullptr;
    bool client_key = pattern.id == "google-api-key";
    bool key = pattern.id.starts_with("private-key-");
    if (key && places_.is_shown(hit.span)) return nullptr;
    if (client_key && places_.is_client_key(hit.span)) return nullptr;
    Finding* finding = context_.report(file_, hit.span, fmt::format("The file holds {}.", pattern.title));
    if (!finding) return nullptr;
    finding->secrets.push_back(hit.span);
    finding->severity = std::min(finding->severity, tokens_.severity_of(hit));
    add_half(*finding, hit.span);
    if (key) finding->secrets.push_back(places_.literal_round(hit.span));
    // Keys of browser and mobile clients have the same shape and are public.
    if (client_key)
      finding->severity = std::min(finding->severity, Severity::Warning), finding->confidence = Confidence::Medium;
    bool made_up = key || pattern.id == "jwk-private" || pattern.id == "rsa-parameters";
    if (made_up && (file.scope & (scope::Seed | scope::Trial))) finding->severity = Severity::Note;
    return finding;
  }

  // The id that stands with the secret.
  void add_half(Finding& finding, Span secret) {
    const TextHit* id = tokens_.half_of(secret);
    if (!id) return;
    finding.related.push_back({file_, id->span, "the id that goes with it"});
    finding.secrets.push_back(id->span);
  }

  // Literals that a read of the environment falls back to are config/secret-default's.
  std::set<Span> defaults_of(const ProjectFile& file) const {
    std::set<Span> spans;
    for (const Fact& fact : context_.facts(file)) {
      if (fact.kind == FactKind::EnvRead && fact.value) spans.insert(fact.value.span);
    }
    return spans;
  }

  // What counts depends on where it stands: a plain word as the value of a key is a password in a connection and a
  // label elsewhere.
  bool accepts(const ProjectFile& file, const SecretFact& found) {
    const Fact& fact = file.facts->facts()[found.fact];
    if (found.text.starts_with("AIza") && places_.is_web_client(found.span)) return false;
    // A key that a bundler puts into what browsers load is public.
    if (found.kind == SecretName::Credential && client_.contains(telling_part(found.name))) return false;
    if (stages_.is_test(fact) || defaults_.contains(found.span) || replaced_.is_refused(found.text)) return false;
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
        return exact && (found.connection || opens_store(found.name)) && found.source != SecretSource::Option;
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

  // A setting of the app's, in a section of its own: a tool's variables say so of what it makes.
  bool opens_store(std::string_view name) const {
    return name.find('.') != std::string_view::npos && stores_.contains(snake_case(telling_part(name)));
  }

  // A placeholder that is the value in every deploy, because nothing replaces it.
  bool is_live_placeholder(const ProjectFile& file, const SecretFact& found) const {
    bool overridable =
        !code_ && (file.format() == "spring" || file.format() == "appsettings" || file.format() == "properties");
    if (overridable || replaced_.is_overridden(found.name)) return false;
    if (found.kind == SecretName::Signing) return code_ || file.format() == "rails" || !found.name.empty();
    return found.kind == SecretName::Password && code_ && found.connection && found.source != SecretSource::Option &&
           found.source != SecretSource::Position;
  }

  void report_all(const ProjectFile& file, const std::vector<SecretFact>& accepted) {
    struct Group {
      const SecretFact* first;
      Severity severity;
      std::vector<const SecretFact*> again;
    };
    std::vector<Group> groups;
    if (!accepted.empty()) asked_.set_file(file);
    for (const SecretFact& found : accepted) {
      if (!seen_.add(found.secret)) continue;
      Severity severity = severity_of(file, found);
      std::optional<size_t> before = told_.find(found);
      // What is louder than the value's first place is told by itself.
      bool repeats = before && (*before == ToldValues::elsewhere || groups[*before].severity >= severity);
      if (repeats) {
        if (*before != ToldValues::elsewhere) groups[*before].again.push_back(&found);
        continue;
      }
      told_.add(found, groups.size());
      groups.push_back({&found, severity, {}});
    }
    for (const Group& group : groups) {
      Finding* finding = tell(place_of(file, *group.first), group.first->secret, message_of(file, *group.first));
      if (!finding) continue;
      const SecretFact& found = *group.first;
      bool sure = found.strength == Strength::Strong || found.source == SecretSource::Embedded || found.connection;
      if (!sure) finding->confidence = Confidence::Medium;
      finding->severity = std::min(finding->severity, group.severity);
      add_half(*finding, found.secret);
      for (const SecretFact* other : group.again) {
        finding->related.push_back({file_, place_of(file, *other), "the same secret again"});
        finding->secrets.push_back(other->secret);
      }
    }
  }

  Span place_of(const ProjectFile& file, const SecretFact& found) const {
    if (const TextHit* token = tokens_.weak_at(found.secret)) return token->span;
    return found.span.end > found.span.begin ? found.span : file.facts->facts()[found.fact].span;
  }

  Severity severity_of(const ProjectFile& file, const SecretFact& found) const {
    const Fact& fact = file.facts->facts()[found.fact];
    const TextHit* token = tokens_.weak_at(found.secret);
    bool slight =
        token && tokens_.pattern(*token).check != TokenCheck::Jwt && tokens_.severity_of(*token) == Severity::Note;
    if (slight || is_minor(file, fact, found)) return Severity::Note;
    bool settings = !code_ && is_own_machines(found);
    return settings || is_fallback(file.facts->facts(), found) ? Severity::Warning : Severity::Error;
  }

  // A word for a service on the same machine: settings that a deploy has to change.
  static bool is_own_machines(const SecretFact& found) {
    bool held = found.source == SecretSource::Entry || found.source == SecretSource::Assigned;
    return found.local && held && found.strength < Strength::Strong;
  }

  // What only developers meet is one finding a file, with the others as related places. The new finding, if there is
  // one.
  Finding* tell(Span place, Span secret, std::string message) {
    if (first_) {
      first_->related.push_back({file_, place, "another one"});
      first_->secrets.push_back(secret);
      return nullptr;
    }
    Finding* finding = context_.report(file_, place, std::move(message));
    if (finding) finding->secrets.push_back(secret);
    if (once_) first_ = finding;
    return finding;
  }

  // A weak value in a settings file is only a default where the app sets what is called so from its environment.
  bool is_minor(const ProjectFile& file, const Fact& fact, const SecretFact& found) const {
    bool replaced = file.adapter && file.adapter->kind == AdapterKind::Config && file.format() != "shell" &&
                    found.strength < Strength::Strong && replaced_.is_overridden(found.name);
    // The word for the database on one's own machine, in a profile or a script that every deploy has to change.
    bool shell = file.format() == "shell";
    bool profile = shell || (file.format() == "spring" && base_name(file.path).starts_with("application-"));
    bool held = found.source == SecretSource::Assigned || found.source == SecretSource::Entry;
    replaced |= code_ && held && replaced_.is_set_again(file, found.name);
    bool own = developers_ || (profile && is_own_machines(found)) || (local_ && is_of_local_service(fact, found)) ||
               asked_.is_asked_near(found.fact);
    return replaced || own || stages_.is_development(fact) || (file.scope & (scope::Seed | scope::Trial));
  }

  // In a script that talks to this machine only.
  bool is_of_local_service(const Fact& fact, const SecretFact& found) const {
    return found.local ||
           (found.source == SecretSource::Option && found.strength < Strength::Strong && scripts_.is_client(fact));
  }

  std::string message_of(const ProjectFile& file, const SecretFact& found) const {
    std::string shown = mask(found.text), name = printable(spelled_name(file, std::string(found.name)));
    if (found.source == SecretSource::Embedded)
      return fmt::format("A password ({}) stands inside a connection string.", shown);
    if (found.source == SecretSource::Position) return fmt::format("{} is given a literal secret ({}).", name, shown);
    if (found.source == SecretSource::Option)
      return fmt::format("The command is given a literal secret as {} ({}).", name, shown);
    const TextHit* token = tokens_.weak_at(found.secret);
    if (token) return fmt::format("{} holds {} ({}).", name, tokens_.pattern(*token).title, shown);
    return fmt::format("{} holds a literal secret ({}).", name, shown);
  }

  NativeContext& context_;
  Secrets secrets_;
  SecretFacts facts_;
  EnvironmentFiles environment_;
  ReplacedValues replaced_;
  StageNames stages_;
  AskedValues asked_;
  OwnScripts scripts_;
  TokenHits tokens_;
  TokenPlaces places_;
  ToldValues told_;  // of this file
  const WordSet &samples_, &client_, &stores_, &pages_;
  uint32_t file_ = 0;
  bool code_ = false;
  bool developers_ = false;   // a script that only developers run
  bool local_ = false;        // a script whose clients talk to this machine only
  bool once_ = false;         // the file is to have one finding
  Finding* first_ = nullptr;  // of this file, where there is to be one only: nothing is reported behind it
  std::set<Span> defaults_;   // of this file
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
