#include "scan/word_numbers.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace tfcheck {

uint32_t WordNumbers::id_of(std::string_view text, bool folded, bool whole) {
  std::tuple key{folded ? lower(text) : std::string(text), folded, whole};
  auto [place, fresh] = ids_.try_emplace(key, static_cast<uint32_t>(all_.words.size()));
  if (fresh) all_.words.push_back({std::get<0>(place->first), folded, whole, whole});
  return place->second;
}

uint32_t WordNumbers::every(uint32_t id) {
  all_.words[id].every = true;
  return id;
}

void WordNumbers::add_trigger(const std::vector<uint32_t>& words, Trigger frame) {
  if (words.empty()) {
    if (frame.groups.empty()) return;
    WordGroup group = all_.groups[frame.groups[0]];
    frame.groups.erase(frame.groups.begin());
    for (const std::vector<uint32_t>& alternative : group) add_trigger(alternative, frame);
    return;
  }
  frame.words = words;
  std::sort(frame.words.begin(), frame.words.end(), [&](uint32_t a, uint32_t b) {
    size_t size_a = all_.words[a].text.size(), size_b = all_.words[b].text.size();
    return size_a != size_b ? size_a > size_b : a < b;
  });
  frame.words.erase(std::unique(frame.words.begin(), frame.words.end()), frame.words.end());
  triggers_.insert(std::move(frame));
}

uint32_t WordNumbers::number_of(WordGroup group) {
  std::sort(group.begin(), group.end());
  group.erase(std::unique(group.begin(), group.end()), group.end());
  auto [place, fresh] = groups_.try_emplace(std::move(group), static_cast<uint32_t>(all_.groups.size()));
  if (fresh) all_.groups.push_back(place->first);
  return place->second;
}

void WordNumbers::add_group(WordGroup group, std::vector<uint32_t>& groups) {
  bool known = std::none_of(group.begin(), group.end(), [](const auto& words) { return words.empty(); });
  if (known && !group.empty()) groups.push_back(number_of(std::move(group)));
}

uint32_t WordNumbers::number_of_paths(std::vector<std::string> paths) {
  auto known = std::find(all_.paths.begin(), all_.paths.end(), paths);
  auto number = static_cast<uint32_t>(known - all_.paths.begin()) + 1;
  if (known == all_.paths.end()) all_.paths.push_back(std::move(paths));
  return number;
}

ScanWords WordNumbers::take() {
  all_.triggers.assign(triggers_.begin(), triggers_.end());
  all_.first_trigger.assign(all_.words.size() + 1, 0);
  for (const Trigger& trigger : all_.triggers) ++all_.first_trigger[trigger.words[0] + 1];
  for (size_t i = 0; i < all_.words.size(); ++i) all_.first_trigger[i + 1] += all_.first_trigger[i];
  return std::move(all_);
}

}  // namespace tfcheck
