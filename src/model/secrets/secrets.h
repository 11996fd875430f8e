// What the rules about secrets agree on: which names hold a secret, which values could be one, and what a password
// looks like inside a URL or a connection string. Only names and values are judged here; where they stand is the rules'
// affair.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "model/project_view.h"
#include "model/secrets/drawn_values.h"
#include "vocabulary/token_shape.h"

namespace tfcheck {

enum class SecretName : uint8_t {
  None,
  Password,    // of a person or a service: short and weak values count
  Signing,     // a key that a framework signs or encrypts with: any literal is live
  Credential,  // a key or token that a provider hands out: must look like one
};

// How sure a value is to be a secret, in rising order.
enum class Strength : uint8_t {
  None,         // no secret: empty, a reference, a kind, a path, prose
  Placeholder,  // "changeme", "your-key-here"
  Name,         // words that name a secret and may be one all the same: "password", "orders-pwd"
  Weak,         // a common password or a plain word
  Strong,
};

// A part of a text.
struct TextPart {
  size_t begin = 0;
  size_t size = 0;
};

// A password inside a literal.
struct EmbeddedPassword {
  TextPart part;
  Strength strength = Strength::None;
  bool local = false;  // for a service on the same machine
};

class Secrets {
 public:
  explicit Secrets(const ProjectView& view);

  // By the last part of a dotted name, or the last two ("jwt.key").
  SecretName kind_of(std::string_view name) const;
  // How sure `value` is to be a secret of that kind; `name` is what holds it.
  Strength strength_of(SecretName kind, std::string_view name, std::string_view value) const;
  // The same where the place shows that the value is live: then a word counts for a key as well.
  Strength live_strength(std::string_view name, std::string_view value) const;
  // A variable of an environment that holds a secret, so that whatever takes the environment has it.
  bool is_live(std::string_view name, const Value& value) const;
  // None of these is a secret or differs from deploy to deploy: switches, numbers, words, this machine.
  bool tells_nothing(std::span<const Fact> variables) const;
  // The password of "scheme://user:password@host" or "Server=…;Password=…", if there is one.
  std::optional<EmbeddedPassword> password_in(std::string_view text) const;
  // The first secret in the text of a JSON object, of a key that is called so.
  std::optional<TextPart> secret_in_json(std::string_view text) const;
  bool is_placeholder(std::string_view value) const;
  // A provider's key that everybody may see: "pk_live_…".
  bool is_public_token(std::string_view value) const;
  // A value that stands for another: "${X}", "{{ x }}", "%X%", "<%= x %>", ":param", "%s". One that holds such a part
  // is none where the rest is what somebody drew.
  bool is_reference(std::string_view value) const;
  // What stands around the references of a text, or the whole of one without, is what somebody drew.
  bool is_drawn_around(std::string_view value) const;
  // One of the passwords that people choose most.
  bool is_common(std::string_view value) const { return weak_.contains(value); }

 private:
  Strength password_strength(std::string_view value) const;
  Strength signing_strength(std::string_view name, std::string_view value) const;
  Strength credential_strength(std::string_view name, std::string_view value) const;
  std::optional<EmbeddedPassword> password_in_url(std::string_view text) const;
  std::optional<EmbeddedPassword> password_in_go_dsn(std::string_view text) const;
  std::optional<EmbeddedPassword> password_in_oracle_url(std::string_view text) const;
  std::optional<EmbeddedPassword> password_in_connection_string(std::string_view text) const;
  Strength embedded_strength(std::string_view value) const;
  bool is_named(const WordSet& set, std::string_view snake) const;
  bool is_path(std::string_view value) const;
  bool refers(std::string_view value) const;
  // FlagNamePassword, CONFIG_KEY_TOKEN: what a flag or a setting is called by, as the words of the name say.
  bool names_something(std::string_view name) const;
  bool is_sample_host(std::string_view host) const;

  std::vector<TokenShape> public_tokens_;
  DrawnValues drawn_;
  const WordSet& password_names_;
  const WordSet& signing_names_;
  const WordSet& credential_names_;
  const WordSet& framework_names_;
  const WordSet& other_names_;
  const WordSet& placeholders_;
  const WordSet& no_secrets_;
  const WordSet& weak_;
  const WordSet& roots_;
  const WordSet& path_starts_;
  const WordSet& path_endings_;
  const WordSet& reference_marks_;
  const WordSet& hashes_;
  const WordSet& password_words_;
  const WordSet& connection_marks_;
  const WordSet& sample_hosts_;
  const WordSet &naming_words_, &key_places_, &message_phrases_, &live_names_, &client_names_, &managers_;
};
// The part of a dotted name that says what it holds: the last one that is no index and no "value" or "default".
std::string_view telling_part(std::string_view name);
// … with the part above it where it is one word that stands below many: "clients.secret" of "realm.clients.1.secret".
std::string placed_name(std::string_view name);
// True for texts of one look that say nothing: "xxxx", "000000".
bool is_one_character(std::string_view value);
// True for what stands in place of a secret that was taken out: "******", "**hidden**", "sk-****ab".
bool is_mask(std::string_view value);
// True when `value` only says again what the name says: "pm-27-device-auth-key" of DeviceAuthKey, "authcodes" of
// kindAuthCode.
bool repeats_name(std::string_view name, std::string_view value);

}  // namespace tfcheck
