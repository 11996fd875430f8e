// Secrets of one file that tell a value again: the same variable or key, a command line, the URL that it stands in.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/secrets/secret_facts.h"

namespace tfcheck {

class ToldValues {
 public:
  // The number of what no fact has told.
  static constexpr size_t elsewhere = SIZE_MAX;

  void clear() { by_text_.clear(), by_name_.clear(); }
  // The number of what told it before, if it tells nothing new.
  std::optional<size_t> find(const SecretFact& found) const;
  // … or had the same text under whatever name.
  std::optional<size_t> find_text(const SecretFact& found) const;
  void add(const SecretFact& found, size_t number);
  // A text that something else than a fact tells.
  void add(std::string_view text, size_t number);

 private:
  std::map<std::string, size_t, std::less<>> by_text_;
  std::map<std::string, size_t, std::less<>> by_name_;
};

// What several secrets of a file have in common that are one to whoever changes them: one key of the elements of a
// list, the elements of one that a variable of Terraform falls back to, one URL that a service of a compose file has
// under two names; of a file that stands in it as a text (`inside`, null for its own facts) the elements of any list,
// and one secret under several keys. "" for none.
std::string entry_of(std::string_view format, const Fact& fact, const SecretFact& secret, const EmbeddedFile* inside);

// True for one value of a service of a compose file and of whoever connects to it; two services with the same word have
// two. `services`: variables by which images of services take their passwords.
bool is_of_both_ends(std::span<const Fact> facts, const SecretFact& first, const SecretFact& other,
                     const WordSet& services);

}  // namespace tfcheck
