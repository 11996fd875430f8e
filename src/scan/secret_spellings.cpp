#include "scan/secret_spellings.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t shortest_name = 4;

// "*_api_key_?" → "api_key_".
std::string_view plain_ending(std::string_view pattern) {
  while (!pattern.empty() && (pattern.front() == '*' || pattern.front() == '_')) pattern.remove_prefix(1);
  while (!pattern.empty() && (pattern.back() == '*' || pattern.back() == '?')) pattern.remove_suffix(1);
  return pattern.find_first_of("*?") == std::string_view::npos ? pattern : std::string_view{};
}

void add_spellings(const WordSet& set, const WordSet& keywords, std::set<std::string>& names) {
  for (std::string_view pattern : set.patterns()) {
    std::string_view plain = plain_ending(pattern);
    if (plain.size() < shortest_name) continue;
    for (std::string_view separator : {"_", "", "-", "."}) {
      std::string spelling;
      for (char c : plain) spelling += c == '_' ? separator : std::string_view(&c, 1);
      bool found = std::any_of(keywords.patterns().begin(), keywords.patterns().end(),
                               [&](const std::string& word) { return icontains(spelling, word); });
      if (!found) names.insert(std::move(spelling));
    }
  }
}

}  // namespace

std::set<std::string> secret_spellings(const Vocabulary& vocabulary, const WordSet& keywords) {
  std::set<std::string> names;
  for (std::string_view set : {"password-name", "signing-name", "credential-name", "framework-secret-name"}) {
    if (const WordSet* of_secrets = vocabulary.find(set)) add_spellings(*of_secrets, keywords, names);
  }
  return names;
}

}  // namespace tfcheck
