#include "engine/companions.h"

namespace tfcheck {

// Keys below the same parent of the same document: in code by the dotted name, in formats by scope and index.
Companions::Group Companions::group_of(const Fact& fact) const {
  if (reach_ == Reach::Function) return {fact.context.scope, 0};
  if (reach_ == Reach::File) return {};
  size_t dot = fact.name.rfind('.');
  return {fact.name.substr(0, dot == std::string_view::npos ? 0 : dot), fact.context.index};
}

void Companions::add(const Fact& fact, uint32_t index) {
  auto [place, fresh] = found_.try_emplace(group_of(fact), index, no_index);
  if (!fresh && place->second.second == no_index) place->second.second = index;
}

uint32_t Companions::other_than(const Fact& fact, uint32_t index) const {
  auto found = found_.find(group_of(fact));
  if (found == found_.end()) return no_index;
  return found->second.first != index ? found->second.first : found->second.second;
}

}  // namespace tfcheck
