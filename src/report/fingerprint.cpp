#include "report/fingerprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "report/display.h"

namespace tfcheck {

namespace {

constexpr size_t window_size = 100;
constexpr uint64_t factor = 37;
constexpr uint32_t end_of_file = 0xFFFF;
constexpr size_t longest_marked_text = 2'000;  // more text makes no finding more recognisable

constexpr uint64_t leaving_factor() {
  uint64_t power = 1;
  for (size_t i = 0; i < window_size; ++i) power *= factor;
  return power;
}

// A hash over the last 100 UTF-16 units. A line's hash is taken when the window has moved on to where the line began.
class LineHasher {
 public:
  void character(uint32_t unit) {
    if (unit == ' ' || unit == '\t' || (after_cr_ && unit == '\n')) {
      after_cr_ = false;
      return;
    }
    after_cr_ = unit == '\r';
    if (unit == '\r') unit = '\n';
    output();
    if (line_start_) begins_line_[index_] = true;
    line_start_ = unit == '\n';
    push(unit);
  }

  std::vector<std::string> finish() {
    character(end_of_file);
    for (size_t i = 0; i < window_size; ++i) {
      output();
      push(0);
    }
    return std::move(hashes_);
  }

 private:
  void output() {
    if (!begins_line_[index_]) return;
    begins_line_[index_] = false;
    hashes_.push_back(fmt::format("{:x}:{}", hash_, ++counts_[hash_]));
  }

  void push(uint32_t unit) {
    hash_ = hash_ * factor + unit - leaving_factor() * window_[index_];
    window_[index_] = unit;
    index_ = (index_ + 1) % window_size;
  }

  std::array<uint32_t, window_size> window_{};
  std::array<bool, window_size> begins_line_{};
  std::unordered_map<uint64_t, uint32_t> counts_;
  std::vector<std::string> hashes_;
  uint64_t hash_ = 0;
  size_t index_ = 0;
  bool line_start_ = true;
  bool after_cr_ = false;
};

// FNV-1a over fields that are kept apart by their lengths.
class Fnv {
 public:
  void field(std::string_view text) {
    number(text.size());
    for (char c : text) byte(static_cast<unsigned char>(c));
  }
  void number(uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) byte(static_cast<unsigned char>(value >> shift));
  }
  uint64_t value() const { return hash_; }

 private:
  void byte(unsigned char value) {
    hash_ ^= value;
    hash_ *= 0x100000001b3;
  }
  uint64_t hash_ = 0xcbf29ce484222325;
};

constexpr std::string_view blanks = " \t\r\n\f\v";

bool is_one_of(std::string_view set, char c) {
  return set.find(c) != std::string_view::npos;
}

// Calls `put` for each character of `span`, and `put_secret` once for each secret in it, until there is enough.
template <typename Put, typename PutSecret>
void read_marked(std::string_view text, Span span, std::span<const Span> secrets, Put put, PutSecret put_secret) {
  auto secret = std::lower_bound(secrets.begin(), secrets.end(), span.begin,
                                 [](Span s, uint32_t offset) { return s.end <= offset; });
  for (size_t at = span.begin; at < span.end;) {
    while (secret != secrets.end() && secret->end <= at) ++secret;
    bool is_secret = secret != secrets.end() && secret->begin <= at;
    if (!(is_secret ? put_secret() : put(text[at]))) return;
    at = is_secret ? secret->end : at + 1;
  }
}

// A text as no formatter changes it.
class BareText {
 public:
  // False when there is enough.
  bool put(char c) {
    if (is_one_of(blanks, c) || is_one_of("'\"`", c)) return true;
    if (is_one_of(")]}", c) && text_.ends_with(',')) text_.pop_back();
    text_ += c;
    return text_.size() < longest_marked_text;
  }

  std::string fingerprint() {
    while (!text_.empty() && is_one_of(",;", text_.back())) text_.pop_back();
    if (text_.empty()) return {};
    Fnv hash;
    hash.field("tfcheck/content");
    hash.field(text_);
    return fmt::format("{:016x}", hash.value());
  }

 private:
  std::string text_;
};

}  // namespace

std::vector<std::string> github_line_hashes(std::string_view text) {
  LineHasher hasher;
  for (size_t at = 0; at < text.size();) {
    uint32_t point = read_code_point(text, at);
    if (point >= 0x10000) {
      hasher.character(0xD800 + ((point - 0x10000) >> 10));
      hasher.character(0xDC00 + ((point - 0x10000) & 0x3FF));
    } else {
      hasher.character(point);
    }
  }
  return hasher.finish();
}

std::string stable_fingerprint(std::string_view rule, std::string_view path, std::string_view normal_text,
                               uint32_t ordinal) {
  Fnv hash;
  hash.field("tfcheck/v1");
  hash.field(rule);
  hash.field(path);
  hash.field(normal_text);
  hash.number(ordinal);
  return fmt::format("{:016x}", hash.value());
}

std::string content_fingerprint(std::string_view text, Span span, std::span<const Span> secrets) {
  BareText bare;
  read_marked(
      text, span, secrets, [&](char c) { return bare.put(c); }, [&] { return bare.put('\x01'); });
  return bare.fingerprint();
}

std::string outline_fingerprint(std::string_view text, std::span<const Span> secrets) {
  BareText bare;
  bool in_value = false;
  auto put = [&](char c) {
    in_value = c != '\n' && (in_value || c == '=' || c == ':');
    return in_value || bare.put(c);
  };
  read_marked(text, {0, static_cast<uint32_t>(text.size())}, secrets, put, [] { return true; });
  return bare.fingerprint();
}

std::string place_fingerprint(std::string_view scope, std::string_view kind, std::string_view name) {
  if (scope.empty() && name.empty()) return {};
  Fnv hash;
  hash.field("tfcheck/place");
  hash.field(scope);
  hash.field(kind);
  hash.field(name);
  return fmt::format("{:016x}", hash.value());
}

std::string normal_text(std::string_view text, Span span, std::span<const Span> secrets) {
  std::string out;
  auto put = [&](char c) {
    if (!is_one_of(blanks, c))
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
    return out.size() < longest_marked_text;
  };
  auto put_secret = [&] {
    out += '\x01';
    return out.size() < longest_marked_text;
  };
  read_marked(text, span, secrets, put, put_secret);
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace tfcheck
