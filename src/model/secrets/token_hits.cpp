#include "model/secrets/token_hits.h"

#include <algorithm>
#include <numeric>

namespace tfcheck {

namespace {

constexpr uint32_t farthest = 300;  // bytes between an id and its secret

bool overlap(Span a, Span b) {
  return a.begin < b.end && b.begin < a.end;
}

}  // namespace

void TokenHits::set_file(const ProjectFile& file) {
  file_ = &file;
  pairs_.clear();
  const TextHit* secret = nullptr;
  const TextHit* id = nullptr;
  // The nearest one before, else the first behind: in the order of the text.
  for (const TextHit& hit : file.hits) {
    const std::string& kind = patterns_[hit.pattern].id;
    if (kind == "aws-access-key") {
      bool behind = secret && hit.span.begin - secret->span.end < farthest;
      if (behind && (pairs_.empty() || pairs_.back().secret != secret))
        pairs_.push_back({&hit, secret});
      else
        id = &hit;
    } else if (kind == "aws-secret-key") {
      secret = &hit;
      if (id && hit.span.begin - id->span.end < farthest) pairs_.push_back({id, secret});
      id = nullptr;
    }
  }
}

Severity TokenHits::severity_of(const TextHit& hit) const {
  return hit.doubtful ? Severity::Note : patterns_[hit.pattern].severity;
}

const TextHit* TokenHits::weak_at(Span span) const {
  auto hit = std::lower_bound(file_->hits.begin(), file_->hits.end(), span.begin,
                              [](const TextHit& one, uint32_t begin) { return one.span.begin < begin; });
  for (size_t asked = 0; hit != file_->hits.end() && hit->span.begin < span.end && asked < 4; ++hit, ++asked) {
    if (is_weak(*hit)) return &*hit;
  }
  return nullptr;
}

// Pairs stand in the order of the text, and so do their ids and their secrets.
bool TokenHits::is_half(const TextHit& hit) const {
  auto pair = std::lower_bound(pairs_.begin(), pairs_.end(), &hit,
                               [](const Pair& one, const TextHit* id) { return one.id < id; });
  return pair != pairs_.end() && pair->id == &hit;
}

const TextHit* TokenHits::half_of(Span secret) const {
  auto pair = std::lower_bound(pairs_.begin(), pairs_.end(), secret.begin,
                               [](const Pair& one, uint32_t begin) { return one.secret->span.end <= begin; });
  return pair != pairs_.end() && overlap(pair->secret->span, secret) ? pair->id : nullptr;
}

std::string without_host(std::string_view statement) {
  std::string out;
  for (size_t i = 0; i < statement.size(); ++i) {
    if (statement[i] != '@') {
      out += statement[i];
      continue;
    }
    size_t end = statement.find(' ', i);
    if (end == std::string_view::npos) break;
    i = end - 1;
  }
  return out;
}

std::vector<uint32_t> rings_of(std::span<const Fact> facts, const std::vector<const TextHit*>& keys) {
  std::vector<uint32_t> ring(keys.size());
  std::iota(ring.begin(), ring.end(), 0u);
  if (keys.size() < 2) return ring;
  for (const Fact& fact : facts) {
    if (!fact.value.is(ValueKind::List)) continue;
    auto first = std::lower_bound(keys.begin(), keys.end(), fact.value.span.begin,
                                  [](const TextHit* key, uint32_t begin) { return key->span.begin < begin; });
    for (auto key = first; key != keys.end() && (*key)->span.end <= fact.value.span.end; ++key)
      ring[static_cast<size_t>(key - keys.begin())] = ring[static_cast<size_t>(first - keys.begin())];
  }
  return ring;
}

}  // namespace tfcheck
