#include "report/secrets.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t prefix_size = sizeof(uint32_t);

uint32_t prefix_of(const char* bytes) {
  uint32_t prefix = 0;
  std::memcpy(&prefix, bytes, prefix_size);
  return prefix;
}

}  // namespace

SecretTexts::SecretTexts(size_t shortest) : shortest_(std::max(shortest, prefix_size)) {}

void SecretTexts::add(std::string_view secret) {
  while (!secret.empty()) {
    size_t end = std::min(secret.find_first_of("\r\n"), secret.size());
    std::string_view line = trim(secret.substr(0, end));
    secret.remove_prefix(std::min(end + 1, secret.size()));
    if (line.size() < shortest_) continue;
    std::vector<std::string>& bucket = by_prefix_[prefix_of(line.data())];
    if (std::find(bucket.begin(), bucket.end(), line) != bucket.end()) continue;
    bucket.emplace_back(line);
    longest_ = std::max(longest_, line.size());
  }
}

std::vector<Span> SecretTexts::find_in(std::string_view text) const {
  std::vector<Span> found;
  if (by_prefix_.empty()) return found;
  for (size_t at = 0; at + prefix_size <= text.size(); ++at) {
    auto bucket = by_prefix_.find(prefix_of(text.data() + at));
    if (bucket == by_prefix_.end()) continue;
    for (const std::string& secret : bucket->second) {
      if (!text.substr(at).starts_with(secret)) continue;
      found.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + secret.size())});
    }
  }
  return merge_spans(std::move(found));
}

std::vector<Span> merge_spans(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  std::vector<Span> merged;
  for (Span span : spans) {
    if (span.end <= span.begin) continue;
    if (!merged.empty() && span.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, span.end);
    } else {
      merged.push_back(span);
    }
  }
  return merged;
}

std::string mask_texts(std::string_view text, const SecretTexts& secrets) {
  std::string out;
  size_t at = 0;
  for (Span span : secrets.find_in(text)) {
    out += text.substr(at, span.begin - at);
    out += mask(text.substr(span.begin, span.end - span.begin));
    at = span.end;
  }
  return out.append(text.substr(at));
}

}  // namespace tfcheck
