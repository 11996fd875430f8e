// What the tokens that text patterns recognised in a file weigh, and which of them belong together.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/severity.h"
#include "model/project_view.h"

namespace tfcheck {

class TokenHits {
 public:
  explicit TokenHits(const ProjectView& view) : patterns_(view.text_patterns()) {}
  // The file that is asked about from now on.
  void set_file(const ProjectFile& file);

  // How bad a token is at most.
  Severity severity_of(const TextHit& hit) const;
  // What holds it says more of it than its shape does: the facts of the file are asked first.
  bool is_weak(const TextHit& hit) const {
    return patterns_[hit.pattern].named || patterns_[hit.pattern].severity < Severity::Error;
  }
  // The weak token in a span; null when there is none.
  const TextHit* weak_at(Span span) const;
  const TextPattern& pattern(const TextHit& hit) const { return patterns_[hit.pattern]; }
  // The id that a provider gives with a secret: told with the secret.
  bool is_half(const TextHit& hit) const;
  // That of a secret which overlaps a span; null when there is none.
  const TextHit* half_of(Span secret) const;

 private:
  const std::vector<TextPattern>& patterns_;
  const ProjectFile* file_ = nullptr;
  struct Pair {
    const TextHit *id, *secret;
  };
  std::vector<Pair> pairs_;  // of the file
};

// A statement that makes an account, with no host that the account is for: "CREATE USER 'shop'@'%' …" and
// "CREATE USER 'shop'@'localhost' …" are one.
std::string without_host(std::string_view statement);

// The private keys of one list are one ring: by key, the number of its ring. `facts` and keys are a file's, in order.
std::vector<uint32_t> rings_of(std::span<const Fact> facts, const std::vector<const TextHit*>& keys);

}  // namespace tfcheck
