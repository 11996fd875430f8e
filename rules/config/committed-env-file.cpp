// config/committed-env-file: files that exist to hold credentials and are tracked, once per file.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"
#include "model/secrets/environment_files.h"
#include "model/secrets/key_rings.h"
#include "model/secrets/key_store_bytes.h"
#include "model/secrets/secret_facts.h"
#include "model/secrets/token_hits.h"

namespace tfcheck {

namespace {

class CommittedStores {
 public:
  explicit CommittedStores(NativeContext& context)
      : context_(context),
        secrets_(context),
        environment_(context),
        tokens_(context),
        rings_(context),
        stores_(context.set("credential-store")),
        keys_(context.set("key-file")),
        client_(context.set("client-variable")),
        tool_(context.set("tool-variable")) {
    // In a plain directory nothing is tracked: then every file counts.
    const auto& files = context.project.files;
    versioned_ = std::any_of(files.begin(), files.end(), [](const ProjectFile& file) { return file.tracked; });
    for (uint32_t i = 0; i < files.size(); ++i) note_handed(i);
  }

  void look(uint32_t index) {
    const ProjectFile& file = context_.project.files[index];
    if (file.kind != FileEntry::Kind::Regular || file.size == 0 || (versioned_ && !file.tracked)) return;
    if (has_hit(file, "ansible-vault")) return;
    std::string_view name = base_name(file.path);
    file_ = index;
    if (file.detail == only_certificates) return;
    if (stores_.contains(name) && !environment_.is_template(name)) return report_store(name);
    if ((keys_.contains(name) && has_private_key(file)) || rings_.is_key(file))
      return ring_files_[rings_.ring_of(file.path)].push_back(index);
    std::string_view folder = dir_name(file.path);
    bool rails = (name == "master.key" && folder.ends_with("config")) ||
                 (name.ends_with(".key") && folder.ends_with("config/credentials"));
    if (rails) return void(report_key("The Rails master key {} is in the repository.", name, file));
    if (name == ".npmrc" || name == ".yarnrc" || name == ".pypirc" || name == ".dockercfg")
      return look_at_client(file, name);
    if (auto handed = handed_.find(index); handed != handed_.end()) return report_handed(handed->second, name);
    if (file.facts && environment_.contains(file)) return look_at_environment(file, name);
    if (file.facts && file.adapter && file.adapter->name == "json") look_at_json(file, name);
  }

  // Keys that were made together are one finding.
  void tell_keys() {
    for (const auto& [ring, files] : ring_files_) {
      file_ = files[0];
      const ProjectFile& file = context_.project.files[file_];
      std::string more = files.size() > 1 ? fmt::format(" and {} more of its kind are", files.size() - 1) : " is";
      Finding* finding = report_key("The private key {}" + more + " in the repository.", base_name(file.path), file);
      for (size_t i = 1; finding && i < files.size(); ++i) {
        finding->joined.push_back({files[i], std::nullopt, {}});
        if (i <= most_related) finding->related.push_back({files[i], std::nullopt, "this one, too"});
      }
    }
  }

  // Files without secrets: those of one folder are one finding.
  void tell_quiet() {
    for (const auto& [folder, files] : quiet_) {
      file_ = files[0].file;
      const ProjectFile& file = context_.project.files[file_];
      std::string text = files.size() == 1 ? said_of(files[0].variables, false)
                                           : fmt::format(
                                                 "The environment file {{}} and {} more of its folder are in the "
                                                 "repository.",
                                                 files.size() - 1);
      Finding* finding = report(text, base_name(file.path), file);
      if (!finding) continue;
      finding->severity = Severity::Note;
      finding->why = "Values that differ between deploys change with a commit instead of with the deploy";
      finding->fix = "Give each deploy these variables itself, and keep a `.env.example` with their names";
      for (size_t i = 1; i < files.size() && i <= most_related; ++i)
        finding->related.push_back({files[i].file, std::nullopt, "this one, too"});
    }
  }

 private:
  static constexpr size_t most_related = 40;

  // `secrets: {db-password: {file: db/password.txt}}` of a compose file.
  void note_handed(uint32_t compose) {
    const ProjectFile& file = context_.project.files[compose];
    if (!context_.looks_at(compose) || file.format() != "compose") return;
    for (const Fact& fact : context_.facts(file)) {
      bool names = fact.kind == FactKind::Entry && fact.name.starts_with("secrets.") && fact.name.ends_with(".file") &&
                   fact.value.is(ValueKind::String);
      uint32_t named = names ? context_.project.find_file(join_path(dir_name(file.path), fact.value.text)) : no_index;
      if (named != no_index) handed_.emplace(named, compose);
    }
  }

  void report_handed(uint32_t compose, std::string_view name) {
    if (environment_.is_template(name)) return;
    const ProjectFile& file = context_.project.files[compose];
    Finding* finding = context_.report(file_, {},
                                       fmt::format("{}, which {} hands out as a secret, is in the repository.",
                                                   printable(name), base_name(file.path)));
    if (!finding) return;
    finding->related.push_back({compose, std::nullopt, "handed out here"});
    finding->fix =
        "Change the secret, `git rm --cached` the file and name it in `.gitignore`; each deploy gets a file of its own";
    if (file.scope & (scope::Development | scope::Aside)) finding->severity = Severity::Note;
  }

  bool has_private_key(const ProjectFile& file) const {
    return has_key(file) || has_hit(file, "pgp-private-key") || has_hit(file, "jwk-private") ||
           has_hit(file, "rsa-parameters");
  }

  // With armour or without.
  bool has_key(const ProjectFile& file) const {
    return std::any_of(file.hits.begin(), file.hits.end(), [&](const TextHit& hit) {
      return context_.text_patterns()[hit.pattern].id.starts_with("private-key");
    });
  }

  bool has_hit(const ProjectFile& file, std::string_view id) const {
    return std::any_of(file.hits.begin(), file.hits.end(),
                       [&](const TextHit& hit) { return context_.text_patterns()[hit.pattern].id == id; });
  }

  Finding* report(std::string_view text, std::string_view name, const ProjectFile& file) {
    Finding* finding = context_.report_live(file_, {}, fmt::format(fmt::runtime(text), printable(name)));
    if (!finding) return nullptr;
    if (file.scope & scope::Seed) finding->severity = Severity::Note;
    for (const TextHit& hit : file.hits) finding->secrets.push_back(hit.span);
    return finding;
  }

  Finding* report_key(std::string_view text, std::string_view name, const ProjectFile& file) {
    Finding* finding = report(text, name, file);
    if (finding)
      finding->fix = "Make a new key, `git rm --cached` this one, and give each deploy its own as a mounted secret";
    return finding;
  }

  void report_store(std::string_view name) {
    Finding* finding =
        context_.report(file_, {}, fmt::format("The credential store {} is in the repository.", printable(name)));
    // Android's debug key is the same on every machine.
    if (finding && name.find("debug") != std::string_view::npos) finding->severity = Severity::Note;
  }

  // Settings of package managers that hold a token or a password.
  void look_at_client(const ProjectFile& file, std::string_view name) {
    bool token = has_hit(file, "npmrc-token") || has_hit(file, "npmrc-password") || has_hit(file, "npm-token") ||
                 has_hit(file, "pypi-token");
    if (token || (file.facts && first_secret(file)))
      report("{} holds credentials and is in the repository.", name, file);
  }

  const Fact* first_secret(const ProjectFile& file) const {
    std::span<const Fact> facts = context_.facts(file);
    auto found = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) {
      return fact.kind == FactKind::Entry && secrets_.is_live(fact.name, fact.value);
    });
    return found == facts.end() ? nullptr : &*found;
  }

  struct Variables {
    std::vector<Span> secrets;
    std::string first_secret, first_own;  // names
    size_t own = 0;                       // of the app, with a value
    size_t set = 0;                       // with a value, of a tool or of the app
    size_t unsaid = 0;                    // named like a secret, with a placeholder or nothing
    size_t replaced = 0;                  // of those, with a placeholder
  };

  Variables variables_of(const ProjectFile& file) const {
    Variables found;
    for (const Fact& fact : context_.facts(file)) {
      bool entry = fact.kind == FactKind::Entry || fact.kind == FactKind::Assign;
      if (!entry || client_.contains(fact.name)) continue;
      bool secret = secrets_.kind_of(fact.name) != SecretName::None;
      if (secret && (fact.value.text.empty() || secrets_.is_placeholder(fact.value.text))) ++found.unsaid;
      if (fact.value.text.empty()) continue;
      if (secrets_.is_live(fact.name, fact.value)) {
        if (found.secrets.empty()) found.first_secret = fact.name;
        found.secrets.push_back(fact.value.span);
      }
      ++found.set;
      bool own_machine = fact.value.text.find("://localhost") != std::string_view::npos ||
                         fact.value.text.find("://127.0.0.1") != std::string_view::npos;
      if (own_machine) continue;
      if (fact.value.is_literal() && !tool_.contains(fact.name)) {
        if (found.own++ == 0) found.first_own = fact.name;
      }
      if (secret && secrets_.is_placeholder(fact.value.text)) ++found.replaced;
    }
    return found;
  }

  // Without a secret it is worth a word only where it is what every deploy loads.
  void look_at_environment(const ProjectFile& file, std::string_view name) {
    Variables found = variables_of(file);
    bool telling = !found.secrets.empty() || std::any_of(file.hits.begin(), file.hits.end(), [&](const TextHit& hit) {
      return tokens_.severity_of(hit) > Severity::Note;
    });
    bool development = false;
    for (std::string_view word : {"dev", "local", "development", "vagrant"})
      development |= snake_case(name).find(word) != std::string::npos;
    bool own_machine = development || name == ".envrc";
    // One with a name of its own is for one purpose, unless something loads it for a process.
    bool special = !name.starts_with(".env") && name != "env" && name != ".flaskenv" &&
                   !environment_.is_loaded(file.path) && secrets_.tells_nothing(context_.facts(file));
    bool shown = found.unsaid > 0 && found.replaced == 0;  // how it is to be filled in
    if (!telling && (found.own == 0 || shown || special || own_machine || name.ends_with(".default") ||
                     name.ends_with(".defaults")))
      return;
    if (!telling) return void(quiet_[std::string(dir_name(file.path))].push_back({file_, std::move(found)}));
    Finding* finding = report(said_of(found, telling), name, file);
    if (!finding) return;
    finding->secrets.insert(finding->secrets.end(), found.secrets.begin(), found.secrets.end());
    if (development) finding->severity = Severity::Note;
  }

  // "The environment file {} is in the repository, with a secret in DB_PASSWORD and 2 more."
  std::string said_of(const Variables& found, bool telling) const {
    auto more = [](size_t count) { return count > 1 ? fmt::format(" and {} more", count - 1) : std::string(); };
    auto shown = [&](const std::string& variable) {
      std::string text = context_.display(variable);
      std::erase_if(text, [](char c) { return c == '{' || c == '}'; });  // it becomes part of a format
      return text;
    };
    if (telling && !found.secrets.empty())
      return fmt::format("The environment file {{}} is in the repository, with a secret in {}{}.",
                         shown(found.first_secret), more(found.secrets.size()));
    if (telling) return "The environment file {} is in the repository, with secrets.";
    return fmt::format("The environment file {{}} is in the repository; it sets {}{}.", shown(found.first_own),
                       more(found.set));
  }

  // A Google service account, a Docker login, a client's registered secret.
  void look_at_json(const ProjectFile& file, std::string_view name) {
    bool account = false, key = has_hit(file, "private-key"), login = false;
    for (const Fact& fact : context_.facts(file)) {
      if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
      account |= fact.name == "type" && fact.value.text == "service_account";
      login |= fact.name.starts_with("auths.") && fact.name.ends_with(".auth") && !fact.value.text.empty();
      login |= (fact.name == "installed.client_secret" || fact.name == "web.client_secret") &&
               secrets_.strength_of(SecretName::Credential, fact.name, fact.value.text) == Strength::Strong;
    }
    if ((account && key) || login) report("{} holds credentials and is in the repository.", name, file);
  }

  NativeContext& context_;
  Secrets secrets_;
  EnvironmentFiles environment_;
  TokenHits tokens_;
  KeyRings rings_;
  std::map<std::string, std::vector<uint32_t>> ring_files_;  // of private keys, by what they belong to
  const WordSet &stores_, &keys_, &client_, &tool_;
  std::map<uint32_t, uint32_t> handed_;  // files of secrets, and the compose file that hands them out
  uint32_t file_ = 0;
  bool versioned_ = false;
  struct Quiet {
    uint32_t file;
    Variables variables;
  };
  std::map<std::string, std::vector<Quiet>> quiet_;  // by folder
};

}  // namespace

void rule_config_committed_env_file(NativeContext& context) {
  CommittedStores rule(context);
  for (uint32_t file = 0; file < context.project.files.size(); ++file) {
    if (context.looks_at(file)) rule.look(file);
  }
  rule.tell_keys();
  rule.tell_quiet();
}

}  // namespace tfcheck
