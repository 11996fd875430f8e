// config/baked-config: secrets that stand in Dockerfiles, deploy manifests and CI files.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "engine/native.h"
#include "model/backing_compose.h"
#include "model/role_defaults.h"
#include "model/scope.h"
#include "model/secrets/baked_files.h"
#include "model/secrets/secret_facts.h"
#include "model/secrets/secret_objects.h"
#include "model/secrets/stage_names.h"
#include "model/secrets/token_hits.h"
#include "model/secrets/told_values.h"
#include "model/words.h"

namespace tfcheck {

namespace {

bool is_environment_file(std::string_view word) {
  std::string_view name = base_name(word);
  bool template_file = icontains(name, "example") || icontains(name, "sample") || icontains(name, "template") ||
                       icontains(name, ".dist");
  return !template_file && (name == ".env" || (name.starts_with(".env.") && name.size() > 5) ||
                            (name.size() > 4 && name.ends_with(".env")));
}

// The keys of a Kubernetes Secret; the first is the most telling.
struct Document {
  std::string message;
  std::vector<Span> secrets;
  bool named = false;
};

// A secret and where else the file has it.
struct Told {
  const SecretFact* first;
  std::vector<const SecretFact*> again;
};

class BakedConfig {
 public:
  explicit BakedConfig(NativeContext& context)
      : context_(context),
        secrets_(context),
        facts_(context, secrets_),
        stages_(context),
        tokens_(context),
        baked_(context),
        roles_(context),
        service_(context.set("service-variable")),
        throwaway_(context.set("throwaway-password")),
        samples_(context.set("sample-file")),
        test_files_(context.set("test-workflow")),
        test_words_(context.set("test-job-word")),
        backing_(backing_compose_files(context.project)) {}

  void look(uint32_t index) {
    const ProjectFile& file = context_.project.files[index];
    if (!baked_.contains(index)) return;
    file_ = index;
    format_ = file.format();
    ci_ = file.scope & scope::Ci;
    stages_.set_file(file);
    std::string_view name = base_name(file.path);
    test_file_ = test_files_.contains(name);
    sample_ = samples_.contains(name);
    seen_.clear();
    documents_.clear();
    tokens_.set_file(file);
    for (const TextHit& hit : file.hits) {
      if (!tokens_.is_weak(hit)) report_hit(hit);
    }
    look_at_facts(file);
    for (const TextHit& hit : file.hits) {
      if (tokens_.is_weak(hit)) report_hit(hit);
    }
  }

 private:
  void look_at_facts(const ProjectFile& file) {
    if (!file.facts) return;
    std::span<const Fact> facts = context_.facts(file);
    std::vector<SecretFact> found = facts_.of(file);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      // A text that is a file has its secrets where they stand.
      bool file_text = file.facts->embedded_of(i) || file.facts->embedded_of(i + 1) != nullptr;
      if (facts[i].kind == FactKind::Entry && !file_text) look_at(facts[i]);
    }
    for (const SecretFact& secret : found) look_at_file_of_secret(facts[secret.fact], secret);
    report_documents();
    report_facts(file, found);
  }

  void report_hit(const TextHit& hit) {
    const TextPattern& pattern = tokens_.pattern(hit);
    if (pattern.id == "ansible-vault" || tokens_.is_half(hit) || !seen_.add(hit.span)) return;
    Finding* finding = context_.report_live(file_, hit.span, fmt::format("The file holds {}.", pattern.title));
    if (!finding) return;
    finding->secrets.push_back(hit.span);
    finding->severity = std::min(finding->severity, tokens_.severity_of(hit));
    add_half(*finding, hit.span);
    // A job makes the database that it tests with.
    if (ci_ && pattern.id.starts_with("sql-")) finding->severity = Severity::Note;
  }

  void look_at(const Fact& fact) {
    if (format_ == "dockerfile" && (fact.name == "COPY" || fact.name == "ADD")) return look_at_copy(fact);
    if (format_ == "dockerfile" && fact.name.starts_with("ARG.")) return look_at_argument(fact);
    std::string_view key = key_of_secret_object(fact.name);
    if (!key.empty() && fact.value.is(ValueKind::String)) look_at_secret(fact, key);
  }

  void look_at_copy(const Fact& fact) {
    if (!fact.value.is(ValueKind::String) || argument(fact.args(), "from")) return;
    std::vector<std::string_view> words = split_words(fact.value.text);
    if (words.size() < 2) return;
    words.pop_back();
    auto file = std::find_if(words.begin(), words.end(),
                             [&](std::string_view word) { return is_environment_file(word) && !is_harmless(word); });
    if (file == words.end()) return;
    if (Finding* finding = context_.report(
            file_, fact.span, fmt::format("The image carries the environment file {}.", printable(*file)))) {
      finding->severity = std::min(finding->severity, Severity::Warning);
    }
  }

  // A tracked file without a secret.
  bool is_harmless(std::string_view path) const {
    if (path.starts_with("./")) path.remove_prefix(2);
    uint32_t index = context_.project.find_file(join_path(dir_name(context_.project.files[file_].path), path));
    if (index == no_index) index = context_.project.find_file(path);
    if (index == no_index || !context_.project.files[index].facts) return false;
    const ProjectFile& file = context_.project.files[index];
    std::span<const Fact> facts = context_.facts(file);
    return file.hits.empty() && std::none_of(facts.begin(), facts.end(),
                                             [&](const Fact& one) { return secrets_.is_live(one.name, one.value); });
  }

  // A secret that the build is handed stays in the history of the image.
  void look_at_argument(const Fact& fact) {
    bool given = fact.value && !fact.value.text.empty();
    if (given || !fact.context.has(context::FinalStage)) return;
    std::string_view name = fact.name.substr(4);
    if (secrets_.kind_of(name) == SecretName::None) return;
    Finding* finding = context_.report(
        file_, fact.span,
        fmt::format("The build argument {} hands the build a secret, which stays in the image's history.",
                    printable(name)));
    if (finding) finding->severity = std::min(finding->severity, Severity::Warning);
  }

  // A Secret is one construct, however many keys it has.
  void look_at_secret(const Fact& fact, std::string_view key) {
    if (!is_secret_of_object(secrets_, fact.name, fact.value.text) || !seen_.add(fact.value.span)) return;
    bool named = secrets_.kind_of(key) != SecretName::None;
    add_to_object(fact.context.index, named, fact.value.span, key, trim(fact.value.text));
  }

  // What stands in a file that one of the keys holds.
  void look_at_file_of_secret(const Fact& fact, const SecretFact& secret) {
    bool telling = secret.strength > Strength::Placeholder && !key_of_secret_object(fact.context.scope).empty();
    bool inside = telling && context_.project.files[file_].facts->embedded_of(secret.fact);
    if (inside && seen_.add(secret.secret))
      add_to_object(fact.context.index, true, place_of(fact, secret), telling_part(secret.name), secret.text);
  }

  void add_to_object(uint32_t index, bool named, Span place, std::string_view key, std::string_view text) {
    Document& document = documents_[index];
    bool first = document.message.empty() || (named && !document.named);
    document.secrets.insert(first ? document.secrets.begin() : document.secrets.end(), place);
    document.named = document.named || named;
    if (first)
      document.message =
          fmt::format("A Kubernetes Secret is committed with its data ({}: {}).", printable(key), mask(text));
  }

  void report_documents() {
    for (auto& [index, document] : documents_) {
      if (Finding* finding = context_.report(file_, document.secrets.front(), document.message))
        finding->secrets = document.secrets;
    }
  }

  bool accepts(const Fact& fact, const SecretFact& found) const {
    bool sealed = fact.name.starts_with("SealedSecret.") || fact.name.starts_with("ExternalSecret.") ||
                  fact.name.starts_with("ClusterExternalSecret.") ||
                  fact.name.find("encryptedData") != std::string_view::npos;
    bool service_of_ci = ci_ && fact.name.find("services.") != std::string_view::npos;
    bool object = !key_of_secret_object(fact.name).empty() || !key_of_secret_object(fact.context.scope).empty();
    if (sealed || object || service_of_ci) return false;
    if (fact.context.scope.find("healthcheck") != std::string_view::npos) return false;
    if (fact.name.find(".labels.") != std::string_view::npos || fact.name.find("healthcheck") != std::string_view::npos)
      return false;
    if (fact.context.scope == "HEALTHCHECK" ||
        (fact.context.scope == "RUN" && found.source == SecretSource::Option && found.strength < Strength::Strong))
      return false;
    // Databases of a test run have passwords that open nothing.
    if (ci_)
      return found.strength == Strength::Strong && found.kind != SecretName::Signing && !test_file_ && !found.local &&
             !service_.contains(telling_part(found.name)) && !is_throwaway(found.text) && !is_of_test_job(fact);
    bool image = format_ == "dockerfile";
    switch (found.strength) {
      case Strength::None:
        return false;
      case Strength::Strong:
        return !image || !is_throwaway(found.text);
      case Strength::Weak:
        return !image || found.kind == SecretName::Password;
      case Strength::Name:
        return found.kind == SecretName::Password || found.source == SecretSource::Embedded;
      // Live in a manifest, a default that the environment replaces in an image or a chart.
      case Strength::Placeholder:
        return format_ == "compose" || ((format_ == "kubernetes" || format_ == "openshift") && !is_parameter(fact)) ||
               (format_ == "helm" && fact.name.find(".containers.") != std::string_view::npos);
    }
    return false;
  }

  // Of a template: whoever makes objects of it gives another.
  static bool is_parameter(const Fact& fact) { return fact.name.find("parameters.") != std::string_view::npos; }

  // "jobs.unit-tests.env.X", "pytest.variables.X"; no "jobs.latest.env.X".
  bool is_of_test_job(const Fact& fact) const {
    for (std::string_view name : {fact.name, fact.context.scope}) {
      std::string snake = snake_case(name);
      std::vector<std::string_view> words = split(snake, '_');
      if (std::any_of(words.begin(), words.end(), [&](std::string_view word) { return test_words_.contains(word); }))
        return true;
    }
    return false;
  }

  bool is_throwaway(std::string_view text) const { return text.size() < 20 && throwaway_.contains(text); }

  // Tasks repeat what one account is given, an object's data a password inside of an address, and a service of a
  // compose file what another one asks for: which of `told` a secret repeats, their number for none.
  size_t told_before(std::span<const Fact> facts, const SecretFact& secret, const std::vector<Told>& told) const {
    bool compose = format_ == "compose";
    if (!compose && format_ != "ansible" && format_ != "kubernetes") return told.size();
    size_t before = (compose ? told_.find_text(secret) : told_.find(secret)).value_or(told.size());
    bool apart = compose && before < told.size() && !is_of_both_ends(facts, *told[before].first, secret, service_);
    return apart ? told.size() : before;
  }

  // What only developers meet is one finding a file.
  void report_facts(const ProjectFile& file, const std::vector<SecretFact>& found) {
    std::span<const Fact> facts = context_.facts(file);
    std::map<std::string_view, uint32_t> last = last_variables(facts);
    bool made_up = sample_ || (file.scope & (scope::Seed | scope::Trial)), backing = backing_.contains(file_);
    bool once = made_up || (file.scope & (scope::Development | scope::Example));
    ComposeServices services = format_ == "compose" ? compose_services(context_.project, file) : ComposeServices{};
    std::vector<const SecretFact*> folded;
    std::set<std::string_view> words;  // of what is folded
    std::vector<Told> told;
    std::map<std::string, size_t> by_entry;  // of told
    told_.clear();
    for (const SecretFact& secret : found) {
      const Fact& fact = facts[secret.fact];
      if (!accepts(fact, secret) || is_reset(fact, secret.fact, last) || stages_.is_test(fact) ||
          roles_.is_set_anew(file_, fact)) {
        skip_weak(secret);
        continue;
      }
      if (!seen_.add(secret.secret)) continue;
      // A password that somebody thought up opens something; a word is for the database on the developer's machine.
      bool inspects = services.of_inspecting.contains(service_of(fact.name));
      bool minor =
          once || ((backing || inspects) && (secret.strength < Strength::Strong || words.contains(secret.text)));
      if (!minor) {
        size_t before = told_before(facts, secret, told);
        const EmbeddedFile* inside = file.facts->embedded_of(secret.fact);
        std::string entry = before < told.size() ? std::string() : entry_of(format_, fact, secret, inside);
        if (auto known = by_entry.find(entry); !entry.empty() && known != by_entry.end()) before = known->second;
        if (before < told.size()) {
          told[before].again.push_back(&secret);
          continue;
        }
        by_entry.emplace(std::move(entry), told.size());
        told_.add(secret, told.size());
        told.push_back({&secret, {}});
        continue;
      }
      folded.push_back(&secret);
      words.insert(secret.text);
    }
    for (const Told& each : told) {
      Finding* finding = tell(facts[each.first->fact], *each.first);
      for (const SecretFact* other : each.again) {
        if (!finding) break;
        bool same = other->text == each.first->text;
        finding->related.push_back(
            {file_, place_of(facts[other->fact], *other), same ? "the same secret again" : "that of another element"});
        finding->secrets.push_back(other->secret);
      }
    }
    if (folded.empty()) return;
    Finding* first = tell(facts[folded.front()->fact], *folded.front());
    if (!first) return;
    if (!once || made_up || backing) first->severity = Severity::Note;
    for (size_t i = 1; i < folded.size(); ++i) {
      const SecretFact& other = *folded[i];
      first->related.push_back(
          {file_, place_of(facts[other.fact], other), fmt::format("{} as well", printable(telling_part(other.name)))});
      first->secrets.push_back(other.secret);
    }
  }

  // What the facts have judged is not told by its shape.
  void skip_weak(const SecretFact& secret) {
    const TextHit* hit = secret.kind == SecretName::None ? nullptr : tokens_.weak_at(secret.secret);
    if (hit) seen_.add(hit->span);
  }

  // The id that stands with the secret.
  void add_half(Finding& finding, Span secret) {
    const TextHit* id = tokens_.half_of(secret);
    if (!id) return;
    finding.related.push_back({file_, id->span, "the id that goes with it"});
    finding.secrets.push_back(id->span);
  }

  Span place_of(const Fact& fact, const SecretFact& secret) const {
    if (const TextHit* token = tokens_.weak_at(secret.secret)) return token->span;
    return secret.span.end > secret.span.begin ? secret.span : fact.span;
  }

  Finding* tell(const Fact& fact, const SecretFact& secret) {
    Finding* finding = context_.report(file_, place_of(fact, secret), message_of(secret));
    if (!finding) return nullptr;
    finding->secrets.push_back(secret.secret);
    add_half(*finding, secret.secret);
    if (secret.strength < Strength::Strong && !secret.connection) finding->confidence = Confidence::Medium;
    // Whoever takes the role may say another.
    if (roles_.is_file_of(file_)) finding->severity = std::min(finding->severity, Severity::Warning);
    if (stages_.is_development(fact)) finding->severity = Severity::Note;
    return finding;
  }

  // Of a Dockerfile's variables, the entry that the image keeps.
  std::map<std::string_view, uint32_t> last_variables(std::span<const Fact> facts) const {
    std::map<std::string_view, uint32_t> last;
    for (uint32_t i = 0; format_ == "dockerfile" && i < facts.size(); ++i) {
      bool kept = facts[i].kind == FactKind::Entry && facts[i].name.starts_with("ENV.") &&
                  facts[i].context.has(context::FinalStage);
      if (kept) last[facts[i].name] = i;
    }
    return last;
  }

  // A dummy for one step of the build, which a later stage replaces.
  static bool is_reset(const Fact& fact, uint32_t index, const std::map<std::string_view, uint32_t>& last) {
    auto kept = last.find(fact.name);
    return kept != last.end() && kept->second > index;
  }

  std::string message_of(const SecretFact& found) const {
    const TextHit* token = tokens_.weak_at(found.secret);
    std::string what = found.source == SecretSource::Embedded
                           ? "A password stands inside a URL or connection string"
                           : fmt::format("{} has {} as its value", printable(placed_name(found.name)),
                                         token ? tokens_.pattern(*token).title : "a literal secret");
    return fmt::format("{} ({}).", what, mask(found.text));
  }

  NativeContext& context_;
  Secrets secrets_;
  SecretFacts facts_;
  StageNames stages_;
  TokenHits tokens_;
  BakedFiles baked_;
  RoleDefaults roles_;
  const WordSet &service_, &throwaway_, &samples_, &test_files_, &test_words_;
  std::unordered_set<uint32_t> backing_;  // compose files that start no app
  uint32_t file_ = 0;
  std::string_view format_;
  bool ci_ = false;
  bool sample_ = false;     // the file shows by its name how another is written
  bool test_file_ = false;  // whose jobs are all for tests, by its name
  DisjointSpans seen_;
  ToldValues told_;  // of this file
  std::map<uint32_t, Document> documents_;
};

}  // namespace

void rule_config_baked_config(NativeContext& context) {
  BakedConfig rule(context);
  for (uint32_t file = 0; file < context.project.files.size(); ++file) {
    if (context.looks_at(file)) rule.look(file);
  }
}

}  // namespace tfcheck
