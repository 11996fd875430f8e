#include "model/secrets/secret_weight.h"

#include "base/text.h"
#include "base/words.h"
#include "model/called_scripts.h"
#include "model/runtimes.h"
#include "model/scope.h"
#include "model/secrets/fallbacks.h"

namespace tfcheck {

SecretWeight::SecretWeight(const ProjectView& view, const Secrets& secrets)
    : view_(view),
      secrets_(secrets),
      replaced_(view, secrets),
      layers_(view),
      unused_(view),
      stages_(view),
      asked_(view),
      scripts_(view),
      stores_(view),
      readers_(view),
      client_(view.set("client-variable")),
      fails_(view.set("failing-call")),
      forms_(view.set("form-field-annotation")),
      prefills_(view.set("form-values")),
      redirects_(view.set("installed-app-redirect")),
      salts_(view.set("salt-beside-key")) {}

void SecretWeight::set_file(uint32_t index) {
  file_ = &view_.project.files[index], index_ = index;
  code_ = file_->adapter && file_->adapter->kind == AdapterKind::Code;
  bool shell = is_command_script(*file_);
  developers_ = shell && scripts_.runs_for_developer(index);
  local_ = shell && scripts_.is_local_client(index);
  asked_for_ = nullptr;
  defaults_.clear(), form_classes_.clear();
  installed_ = false;
  for (const Fact& fact : view_.facts(*file_)) {
    if (fact.kind == FactKind::EnvRead && fact.value) defaults_.insert(fact.value.span);
    if (const Value* fallback = readers_.fallback_of(file_->format(), fact)) defaults_.insert(fallback->span);
    bool annotation = fact.kind == FactKind::Call && fact.context.has(context::Annotation);
    if (annotation && forms_.contains(last_word(fact.name))) form_classes_.insert(fact.context.scope);
    bool text = fact.value.is(ValueKind::String) && (fact.kind == FactKind::Assign || fact.kind == FactKind::Entry);
    installed_ |= text && redirects_.contains(fact.value.text);
    for (const Arg& arg : fact.kind == FactKind::Call ? fact.args() : std::span<const Arg>())
      installed_ |= arg.value.is(ValueKind::String) && redirects_.contains(arg.value.text);
  }
}

bool SecretWeight::is_live(const SecretFact& found) {
  // A key that a bundler puts into what browsers load is public.
  if (found.kind == SecretName::Credential && client_.contains(telling_part(found.name))) return false;
  bool elsewhere = stages_.is_test(fact_of(found)) || defaults_.contains(found.span);
  if (elsewhere || replaced_.is_refused(found.text) || is_prefill(found)) return false;
  bool drawn = found.strength == Strength::Strong;  // it may open something elsewhere
  if (!drawn && unused_.is_unused_login(index_, fact_of(found))) return false;
  if (found.source == SecretSource::Embedded) return found.strength > Strength::Placeholder;
  // What a task starts on somebody's own machine is opened by a word.
  bool by_hand = holds_tasks(*file_) && (file_->scope & scope::Development);
  if (by_hand && found.strength < Strength::Strong) return false;
  bool exact = found.kind == SecretName::Password && (found.connection || !code_);
  switch (found.strength) {
    case Strength::None:
      return false;
    case Strength::Strong:
      return true;
    case Strength::Placeholder:
      return is_live_placeholder(found);
    case Strength::Name:
      return exact && (found.connection || opens_store(found.name)) && found.source != SecretSource::Option;
    case Strength::Weak:
      return is_live_word(found);
  }
  return false;
}

bool SecretWeight::is_live_word(const SecretFact& found) const {
  const Fact& fact = fact_of(found);
  if (found.kind == SecretName::Signing || !code_) return true;
  if (found.kind == SecretName::Credential) return found.source != SecretSource::Entry;
  if (found.source == SecretSource::Entry || found.source == SecretSource::Argument) return found.connection;
  // A word given to a local variable is as likely a mode as a password.
  bool variable = found.source == SecretSource::Assigned && fact.context.has(context::InFunction) &&
                  fact.name.find('.') == std::string_view::npos;
  return !variable || found.connection || secrets_.is_common(found.text);
}

// A setting of the app's, in a section of its own: a tool's variables say so of what it makes.
bool SecretWeight::opens_store(std::string_view name) const {
  return name.find('.') != std::string_view::npos && stores_.is_password(name);
}

// A placeholder that is the value in every deploy, because nothing replaces it.
bool SecretWeight::is_live_placeholder(const SecretFact& found) const {
  std::string_view format = file_->format();
  bool overridable = !code_ && (format == "spring" || format == "appsettings" || format == "properties");
  // A script fills in what a build or a test asks for.
  if (overridable || is_command_script(*file_) || replaced_.is_overridden(found.name)) return false;
  if (found.kind == SecretName::Signing) return code_ || format == "rails" || !found.name.empty();
  return found.kind == SecretName::Password && code_ && found.connection && found.source != SecretSource::Option &&
         found.source != SecretSource::Position;
}

bool SecretWeight::is_own_machines(const SecretFact& found) {
  bool held = found.source == SecretSource::Entry || found.source == SecretSource::Assigned ||
              found.source == SecretSource::Embedded;
  return found.local && held && found.strength < Strength::Strong;
}

// In a script that talks to this machine only, or makes key stores there: what opens those stands in the app's
// settings.
bool SecretWeight::is_of_local_service(const SecretFact& found) const {
  return found.local || (found.source == SecretSource::Option && found.strength < Strength::Strong &&
                         (scripts_.is_client(fact_of(found)) || scripts_.makes_key(fact_of(found))));
}

// Few files hold what has to be asked for.
bool SecretWeight::is_asked(const SecretFact& found) {
  if (asked_for_ != file_) asked_.set_file(*file_);
  asked_for_ = file_;
  return asked_.is_asked_near(found.fact);
}

// What a form is filled in with until somebody types: set by the class that describes its fields.
bool SecretWeight::is_prefill(const SecretFact& found) const {
  const Fact& fact = fact_of(found);
  if (fact.kind != FactKind::Assign || form_classes_.empty()) return false;
  std::string_view scope = fact.context.scope;
  return form_classes_.contains(scope) || form_classes_.contains(scope.substr(0, scope.rfind('.')));
}

// A program on people's machines cannot keep the secret by which it says who made it.
bool SecretWeight::is_installed_client(const SecretFact& found) const {
  return installed_ && snake_case(telling_part(found.name)).ends_with("client_secret");
}

// "project.build.plugins.plugin.configuration.password"
bool SecretWeight::is_of_build_plugin(std::string_view name) {
  return name.find("build.") != std::string_view::npos && name.find(".plugin.configuration.") != std::string_view::npos;
}

bool SecretWeight::is_minor(const SecretFact& found) {
  bool shell = is_command_script(*file_);
  bool config = file_->adapter && file_->adapter->kind == AdapterKind::Config && !shell;
  bool held = found.source == SecretSource::Assigned || found.source == SecretSource::Entry;
  // A weak value in settings is only a default where the app sets what is called so from its environment, and so is
  // what the settings that a deploy starts with say anew.
  bool weak = config && found.strength < Strength::Strong;
  bool replaced = (weak && (replaced_.is_overridden(found.name) || layers_.is_default(index_, fact_of(found)))) ||
                  ((held || found.source == SecretSource::Embedded) && layers_.is_set_anew(index_, fact_of(found)));
  // The word for the database on one's own machine, in a profile or a script that every deploy has to change.
  bool profile = shell || (file_->format() == "spring" && base_name(file_->path).starts_with("application-"));
  bool own =
      developers_ || (profile && is_own_machines(found)) || (local_ && is_of_local_service(found)) || is_asked(found);
  bool refused = code_ && held && fact_of(found).context.has(context::InCondition) &&
                 is_refused_in_production(file_->facts->facts(), found.fact, found.span, fails_);
  bool salt = held && salts_.contains(snake_case(telling_part(found.name)));
  bool store = stores_.is_of_trust(found.name) || (config && stores_.is_password(found.name) && !stores_.has_any());
  // What a plug-in of the build tries on its own machine.
  bool build = file_->format() == "maven" && found.strength < Strength::Strong && is_of_build_plugin(found.name);
  bool form = code_ && found.source == SecretSource::Entry && prefills_.contains(last_word(parent_of(found.name)));
  return replaced || own || refused || salt || store || build ||
         (found.embedded && found.strength < Strength::Strong) || form || is_installed_client(found) ||
         stages_.is_development(fact_of(found)) || (file_->scope & (scope::Seed | scope::Trial));
}

}  // namespace tfcheck
