// config/hardcoded-secret: tokens of a provider's shape anywhere in the text, and facts that hand a literal to a
// secret.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/words.h"
#include "engine/message.h"
#include "engine/native.h"
#include "model/scope.h"
#include "model/secrets/baked_files.h"
#include "model/secrets/environment_files.h"
#include "model/secrets/fallbacks.h"
#include "model/secrets/secret_facts.h"
#include "model/secrets/secret_weight.h"
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
        baked_(context),
        weight_(context, secrets_),
        tokens_(context),
        places_(context),
        samples_(context.set("sample-file")),
        pages_(context.set("page-file")),
        migrations_(context.set("migration-path")),
        verbs_(context.set("calling-verb")) {}

  void look(uint32_t index) {
    const ProjectFile& file = context_.project.files[index];
    if (baked_.contains(index) || environment_.contains(file)) return;
    if (file.format() == "dotenv" && environment_.is_template(file.path)) return;
    file_ = index;
    seen_.clear();
    first_ = nullptr;
    told_.clear();
    weight_.set_file(index);
    once_ = weight_.is_of_developers() || (file.scope & (scope::Development | scope::Example | scope::Seed));
    tokens_.set_file(file), places_.set_file(file);
    migration_ = migrations_.contains("/" + file.path);
    report_hits(file);
    if (migration_) return;
    if (!samples_.contains(base_name(file.path))) report_facts(file);
    report_weak(file);
  }

 private:
  void report_facts(const ProjectFile& file) {
    if (!file.facts) return;
    std::vector<SecretFact> accepted;
    for (SecretFact& found : facts_.of(file)) {
      bool shown = found.text.starts_with("AIza") && places_.is_web_client(found.span);
      if (!shown && weight_.is_live(found))
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
      if (!tokens_.is_weak(hit) || !seen_.add(hit.span) || places_.is_of_test(hit.span)) continue;
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
    std::vector<const TextHit*> keys, passwords, json;
    for (const TextHit& hit : file.hits) {
      const TextPattern& pattern = context_.text_patterns()[hit.pattern];
      if (pattern.id == "ansible-vault" || tokens_.is_weak(hit) || !seen_.add(hit.span)) continue;
      if (pattern.id == "private-key") {
        keys.push_back(&hit);
      } else if (pattern.id == "jwk-private") {
        json.push_back(&hit);
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
    Finding* set = json.empty() ? nullptr : report_token(file, *json.front());
    for (size_t i = 1; set && i < json.size(); ++i) {
      set->related.push_back({file_, json[i]->span, "another key of the same file"});
      set->secrets.push_back(json[i]->span);
    }
    if (!is_page(file) && !migration_) report_statements(file, passwords);
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
          (file.scope & (scope::Seed | scope::Trial)) || weight_.is_of_developers() || weight_.is_local_word(hit->text);
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
    Finding* finding = context_.report_live(file_, keys.front()->span, fmt::format("The file holds {}.", what));
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
    // What proves itself was given to somebody, whatever it is called.
    bool proven = pattern.check == TokenCheck::Crc32 && !hit.doubtful, example = places_.is_example(hit.span);
    if (example && !proven) return nullptr;
    Finding* finding = context_.report_live(file_, hit.span, fmt::format("The file holds {}.", pattern.title));
    if (!finding) return nullptr;
    finding->secrets.push_back(hit.span);
    finding->severity = std::min(finding->severity, tokens_.severity_of(hit));
    add_half(*finding, hit.span);
    if (key) finding->secrets.push_back(places_.literal_round(hit.span));
    // Keys of browser and mobile clients have the same shape and are public.
    if (client_key)
      finding->severity = std::min(finding->severity, Severity::Warning), finding->confidence = Confidence::Medium;
    bool base = pattern.id.starts_with("secret-key-base") && places_.is_replaced_at_start();
    // A program on people's machines cannot keep the secret by which it says who made it.
    bool installed = pattern.id == "google-oauth-secret" && weight_.is_of_installed_program();
    if (base || example || installed) finding->severity = Severity::Note;
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

  void report_all(const ProjectFile& file, const std::vector<SecretFact>& accepted) {
    struct Group {
      const SecretFact* first;
      Severity severity;
      std::vector<const SecretFact*> again;
    };
    std::vector<Group> groups;
    std::map<std::string, size_t> by_entry;  // of groups
    for (const SecretFact& found : accepted) {
      if (!seen_.add(found.secret)) continue;
      Severity severity = severity_of(file, found);
      std::optional<size_t> before = told_.find(found);
      std::string entry =
          before ? std::string()
                 : entry_of(file.format(), file.facts->facts()[found.fact], found, file.facts->embedded_of(found.fact));
      if (auto known = by_entry.find(entry); !entry.empty() && known != by_entry.end()) before = known->second;
      // What is louder than the value's first place is told by itself.
      bool repeats = before && (*before == ToldValues::elsewhere || groups[*before].severity >= severity);
      if (repeats) {
        // What a variable is put into says nothing new: the secret does not stand there.
        bool used = found.source == SecretSource::Embedded && found.secret == found.span;
        if (*before != ToldValues::elsewhere && !used) groups[*before].again.push_back(&found);
        continue;
      }
      told_.add(found, groups.size());
      by_entry.insert_or_assign(std::move(entry), groups.size());
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
        bool same = other->text == found.text;
        finding->related.push_back(
            {file_, place_of(file, *other), same ? "the same secret again" : "that of another element"});
        finding->secrets.push_back(other->secret);
      }
    }
  }

  Span place_of(const ProjectFile& file, const SecretFact& found) const {
    if (const TextHit* token = tokens_.weak_at(found.secret)) return token->span;
    return found.span.end > found.span.begin ? found.span : file.facts->facts()[found.fact].span;
  }

  Severity severity_of(const ProjectFile& file, const SecretFact& found) {
    const TextHit* token = tokens_.weak_at(found.secret);
    bool slight =
        token && tokens_.pattern(*token).check != TokenCheck::Jwt && tokens_.severity_of(*token) == Severity::Note;
    if (slight || weight_.is_minor(found)) return Severity::Note;
    return weight_.is_setting_of_own_machine(found) || is_fallback(file.facts->facts(), found) ? Severity::Warning
                                                                                               : Severity::Error;
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

  std::string message_of(const ProjectFile& file, const SecretFact& found) const {
    std::span<const Fact> facts = file.facts->facts();
    bool entry = found.source == SecretSource::Entry && found.name == facts[found.fact].name;
    std::string_view held = entry ? key_alone(facts, found.fact, verbs_) : std::string_view(found.name);
    std::string shown = mask(found.text), name = printable(spelled_name(file, std::string(held)));
    if (found.source == SecretSource::Embedded)
      return fmt::format("A password ({}) stands inside a connection string.", shown);
    // EncryptPassword("…"): what is called so holds nothing.
    bool method = found.source == SecretSource::Setter && last_word(facts[found.fact].name) == found.name;
    if (found.source == SecretSource::Position || method)
      return fmt::format("{} is given a literal secret ({}).", name, shown);
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
  BakedFiles baked_;
  SecretWeight weight_;
  TokenHits tokens_;
  TokenPlaces places_;
  ToldValues told_;  // of this file
  const WordSet &samples_, &pages_, &migrations_, &verbs_;
  uint32_t file_ = 0;
  bool migration_ = false;
  bool once_ = false;         // the file is to have one finding
  Finding* first_ = nullptr;  // of this file, where there is to be one only: nothing is reported behind it
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
