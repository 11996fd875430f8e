// Passwords of files that hold keys. They open nothing for whoever has not got the file.
#pragma once

#include <optional>
#include <string_view>

#include "model/project_view.h"

namespace tfcheck {

class KeyStores {
 public:
  explicit KeyStores(const ProjectView& view);
  // The setting is called so: keyPassword, ssl.key-store-password, store_password of a section of a key store.
  bool is_password(std::string_view name) const;
  // … the password of one that holds nothing but certificates.
  bool is_of_trust(std::string_view name) const;
  // A key store lies in the repository for the app: whoever reads its password has both.
  bool has_any() const;

 private:
  const ProjectView& view_;
  bool is_below(const WordSet& names, const WordSet& sections, std::string_view name) const;

  const WordSet &names_, &sections_, &trust_names_, &trust_sections_, &files_;
  mutable std::optional<bool> any_;  // once asked for
};

}  // namespace tfcheck
