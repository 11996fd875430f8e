// What a fact that could hold a secret weighs: whether its place shows that the value is live, and whether it is only a
// default or a word for somebody's own machine.
#pragma once

#include <cstdint>
#include <set>

#include "model/secrets/asked_values.h"
#include "model/secrets/fallback_readers.h"
#include "model/secrets/key_stores.h"
#include "model/secrets/own_scripts.h"
#include "model/secrets/replaced_values.h"
#include "model/secrets/secret_facts.h"
#include "model/secrets/stage_names.h"
#include "model/settings_layers.h"
#include "model/unused_settings.h"

namespace tfcheck {

class SecretWeight {
 public:
  SecretWeight(const ProjectView& view, const Secrets& secrets);
  // The file that is asked about from now on.
  void set_file(uint32_t index);

  // The value opens something, as its place shows: a plain word as the value of a key is a password in a connection and
  // a label elsewhere, and one of what is switched off opens nothing.
  bool is_live(const SecretFact& found);
  // A default, a value of development or of the machine of whoever runs the file.
  bool is_minor(const SecretFact& found);
  // A word for a service on the same machine, which a deploy has to change: any in settings, in code what everybody
  // tries first.
  bool is_setting_of_own_machine(const SecretFact& found) const {
    return is_own_machines(found) && (!code_ || secrets_.is_common(found.text));
  }
  // The file signs in from a program that people install.
  bool is_of_installed_program() const { return installed_; }
  // The file is a script that only developers run.
  bool is_of_developers() const { return developers_; }
  // The text is a password of a script whose clients talk to this machine only.
  bool is_local_word(std::string_view text) const { return local_ && secrets_.is_common(text); }

 private:
  const Fact& fact_of(const SecretFact& found) const { return file_->facts->facts()[found.fact]; }
  bool opens_store(std::string_view name) const;
  bool is_live_placeholder(const SecretFact& found) const;
  bool is_live_word(const SecretFact& found) const;
  static bool is_own_machines(const SecretFact& found);
  static bool is_of_build_plugin(std::string_view name);
  bool is_of_local_service(const SecretFact& found) const;
  bool is_asked(const SecretFact& found);
  bool is_prefill(const SecretFact& found) const;
  bool is_installed_client(const SecretFact& found) const;

  const ProjectView& view_;
  const Secrets& secrets_;
  ReplacedValues replaced_;
  SettingsLayers layers_;
  UnusedSettings unused_;
  StageNames stages_;
  AskedValues asked_;
  OwnScripts scripts_;
  KeyStores stores_;
  FallbackReaders readers_;
  const WordSet &client_, &fails_, &forms_, &prefills_, &redirects_, &salts_;
  const ProjectFile *file_ = nullptr, *asked_for_ = nullptr;
  uint32_t index_ = 0;  // of the file
  bool code_ = false;
  bool developers_ = false;
  bool local_ = false;                       // a script whose clients talk to this machine only
  std::set<std::string_view> form_classes_;  // whose members are fields of a form
  bool installed_ = false;                   // the file signs in from a program that people install
  std::set<Span> defaults_;                  // that a read of the environment falls back to: config/secret-default's
};

}  // namespace tfcheck
