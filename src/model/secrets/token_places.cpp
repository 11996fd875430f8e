#include "model/secrets/token_places.h"

#include <algorithm>

#include "base/text.h"
#include "model/secrets/secrets.h"

namespace tfcheck {

const Fact* TokenPlaces::fact_round(Span part) const {
  if (!may_look()) return nullptr;
  std::span<const Fact> facts = view_.facts(*file_);
  auto found = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) {
    bool round = fact.value.span.begin <= part.begin && part.end <= fact.value.span.end;
    return round && !fact.value.is(ValueKind::Map) && !fact.value.is(ValueKind::List);
  });
  return found == facts.end() ? nullptr : &*found;
}

Span TokenPlaces::literal_round(Span part) const {
  const Fact* fact = fact_round(part);
  return fact ? fact->value.span : part;
}

bool TokenPlaces::is_shown(Span part) const {
  const Fact* fact = fact_round(part);
  if (!fact) return false;
  std::string name = snake_case(telling_part(fact->name));
  std::vector<std::string_view> words = split(name, '_');
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return shown_.contains(word); });
}

bool TokenPlaces::is_example(Span part) const {
  if (file_->format() == "openapi") return true;
  const Fact* fact = fact_round(part);
  if (!fact) return false;
  std::string name = snake_case(telling_part(fact->name));
  std::vector<std::string_view> words = split(name, '_');
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return samples_.contains(word); });
}

bool TokenPlaces::is_of_test(Span part) const {
  const Fact* fact = fact_round(part);
  return fact && stages_.is_test(*fact);
}

bool TokenPlaces::is_replaced_at_start() const {
  if (!file_->path.ends_with(".exs")) return false;
  return std::any_of(replacing_.patterns().begin(), replacing_.patterns().end(), [&](const std::string& name) {
    std::string_view folder = dir_name(file_->path);
    std::string path = folder.empty() ? name : std::string(folder).append("/").append(name);
    return path != file_->path && view_.project.find_file(path) != no_index;
  });
}

bool TokenPlaces::is_client_key(Span key) const {
  std::string_view name = base_name(file_->path);
  return name == "google-services.json" || name == "GoogleService-Info.plist" || is_web_client(key);
}

bool TokenPlaces::is_web_client(Span key) const {
  if (!may_look()) return false;
  std::span<const Fact> facts = view_.facts(*file_);
  for (size_t i = 0; i < facts.size(); ++i) {
    if (!(facts[i].value.span.begin <= key.begin && key.end <= facts[i].value.span.end)) continue;
    size_t first = i > 8 ? i - 8 : 0, last = std::min(i + 9, facts.size());
    for (size_t other = first; other < last; ++other) {
      std::string name = snake_case(telling_part(facts[other].name));
      if (name.ends_with("auth_domain") || name.ends_with("messaging_sender_id")) return true;
    }
  }
  return false;
}

}  // namespace tfcheck
