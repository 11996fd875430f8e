#include "report/secrets.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t prefix_size = sizeof(uint32_t);
constexpr size_t shortest_cut = 5;   // of what a cut leaves over: less is as likely another word
constexpr size_t longest_cut = 200;  // of what a cut leaves over of a secret
constexpr size_t most_cuts = 8;      // looked at in one text
constexpr size_t long_text = 400;    // whose end may be a cut

uint32_t prefix_of(const char* bytes) {
  uint32_t prefix = 0;
  std::memcpy(&prefix, bytes, prefix_size);
  return prefix;
}

}  // namespace

static bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

SecretTexts::SecretTexts(size_t shortest) : shortest_(std::max(shortest, prefix_size)) {}

// "postgres" as a password is also the name of the image beside it: masking the word everywhere would hide what is no
// secret. Where it stands as the secret it is masked by its place.
static bool is_plain_word(std::string_view text) {
  constexpr std::string_view small = "abcdefghijklmnopqrstuvwxyz", large = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  if (text.size() >= 16) return false;
  size_t begin = large.find(text.front()) == std::string_view::npos ? 0 : 1;  // "Password"
  return text.find_first_not_of(small, begin) == std::string_view::npos ||
         text.find_first_not_of(large) == std::string_view::npos;
}

void SecretTexts::add(std::string_view secret) {
  while (!secret.empty()) {
    size_t end = std::min(secret.find_first_of("\r\n"), secret.size());
    std::string_view line = trim(secret.substr(0, end));
    secret.remove_prefix(std::min(end + 1, secret.size()));
    if (line.size() < shortest_ || is_plain_word(line)) continue;
    prefixes_.insert(prefix_of(line.data()));
    texts_.emplace(line);
    longest_ = std::max(longest_, line.size());
  }
}

std::vector<Span> SecretTexts::find_in(std::string_view text, size_t shortest) const {
  std::vector<Span> found;
  if (texts_.empty()) return found;
  for (size_t at = 0; at + prefix_size <= text.size(); ++at) {
    if (!prefixes_.contains(prefix_of(text.data() + at))) continue;
    size_t length = match(text.substr(at, longest_));
    if (length > 0 && length >= shortest && !is_in_name(text, at, at + length))
      found.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + length)});
  }
  return merge_spans(std::move(found));
}

bool SecretTexts::is_in_name(std::string_view text, size_t begin, size_t end) const {
  constexpr size_t longest_name = 120;
  if (names_.empty()) return false;
  size_t first = begin, last = end;
  while (first > 0 && begin - first < longest_name && is_name_character(text[first - 1])) --first;
  while (last < text.size() && last - end < longest_name && is_name_character(text[last])) ++last;
  bool is_whole = first == begin && last == end;
  return !is_whole && names_.contains(text.substr(first, last - first));
}

size_t SecretTexts::match(std::string_view text) const {
  while (!text.empty()) {
    auto after = texts_.upper_bound(text);
    if (after == texts_.begin()) return 0;
    const std::string& before = *std::prev(after);
    if (text.starts_with(before)) return before.size();
    // Every text that `text` begins with sorts before this one, and is no longer than what the two share.
    auto differ = std::mismatch(text.begin(), text.end(), before.begin(), before.end());
    text = text.substr(0, static_cast<size_t>(differ.first - text.begin()));
  }
  return 0;
}

std::vector<Span> SecretTexts::find_cut(std::string_view text) const {
  std::vector<Span> found;
  if (texts_.empty()) return found;
  auto look_before = [&](size_t cut) {
    size_t reach = std::min({cut, longest_, longest_cut});
    for (size_t at = cut - reach; at + shortest_cut <= cut; ++at) {
      std::string_view left = text.substr(at, cut - at);
      auto after = texts_.upper_bound(left);
      if (after == texts_.end() || !after->starts_with(left)) continue;
      found.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(cut)});
      break;
    }
  };
  size_t cuts = 0;
  for (size_t at = text.find("..."); at != std::string_view::npos && cuts < most_cuts; at = text.find("...", at + 3))
    look_before(at), ++cuts;
  if (text.size() >= long_text) look_before(text.size());
  return merge_spans(std::move(found));
}

}  // namespace tfcheck
