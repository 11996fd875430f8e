#include "model/secrets/key_stores.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "model/scope.h"
#include "model/secrets/key_store_bytes.h"
#include "model/secrets/secrets.h"

namespace tfcheck {

KeyStores::KeyStores(const ProjectView& view)
    : view_(view),
      names_(view.set("key-store-password-name")),
      sections_(view.set("key-store-section")),
      trust_names_(view.set("trust-store-password-name")),
      trust_sections_(view.set("trust-store-section")),
      files_(view.set("key-store-file")) {}

bool KeyStores::is_password(std::string_view name) const {
  return is_below(names_, sections_, name) || is_of_trust(name);
}

bool KeyStores::is_of_trust(std::string_view name) const {
  return is_below(trust_names_, trust_sections_, name);
}

bool KeyStores::is_below(const WordSet& names, const WordSet& sections, std::string_view name) const {
  if (names.contains(snake_case(telling_part(name)))) return true;
  std::vector<std::string_view> parts = split(name, '.');
  parts.pop_back();
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return sections.contains(snake_case(part)); });
}

bool KeyStores::has_any() const {
  if (any_) return *any_;
  const auto& files = view_.project.files;
  any_ = std::any_of(files.begin(), files.end(), [&](const ProjectFile& file) {
    return !(file.scope & scope::Outside) && files_.contains(base_name(file.path)) && file.detail != only_certificates;
  });
  return *any_;
}

}  // namespace tfcheck
