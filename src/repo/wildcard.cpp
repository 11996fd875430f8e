#include "repo/wildcard.h"

#include <cctype>
#include <optional>
#include <string>

namespace tfcheck {

namespace {

struct ClassName {
  std::string_view name;
  int (*holds)(int);
};

int is_blank(int c) {
  return c == ' ' || c == '\t';
}

// Bytes as git sees them: ASCII, whatever the locale.
std::optional<bool> in_class(std::string_view name, int c, Letters letters) {
  static constexpr ClassName classes[] = {{"alnum", ::isalnum}, {"alpha", ::isalpha}, {"blank", is_blank},
                                          {"cntrl", ::iscntrl}, {"digit", ::isdigit}, {"graph", ::isgraph},
                                          {"lower", ::islower}, {"print", ::isprint}, {"punct", ::ispunct},
                                          {"space", ::isspace}, {"upper", ::isupper}, {"xdigit", ::isxdigit}};
  for (const ClassName& known : classes) {
    if (known.name != name) continue;
    if (c >= 128) return false;
    return known.holds(c) != 0 || (letters == Letters::Folded && name == "upper" && ::islower(c));
  }
  return std::nullopt;
}

// The inside of a bracket expression, collected in the order in which git reads it.
class SetReader {
 public:
  SetReader(std::string_view pattern, size_t at, Letters letters) : pattern_(pattern), at_(at), letters_(letters) {}

  // Reads from behind the opening bracket; false when the expression is malformed, and then nothing matches it.
  bool read(std::bitset<256>& set) {
    bool is_negated = peek() == '!' || peek() == '^';
    if (is_negated) ++at_;
    int previous = 0;
    do {
      int c = peek();
      if (c < 0) return false;
      std::optional<int> kept = item(c, previous, set);
      if (!kept) return false;
      previous = *kept;
      ++at_;
    } while (peek() != ']');
    ++at_;
    if (is_negated) set.flip();
    set.reset('/');
    return true;
  }

  size_t at() const { return at_; }

 private:
  int peek(size_t ahead = 0) const {
    return at_ + ahead < pattern_.size() ? static_cast<unsigned char>(pattern_[at_ + ahead]) : -1;
  }

  // One character, range or class; leaves `at_` on its last byte. Returns what a range could start from, 0 for none.
  std::optional<int> item(int c, int previous, std::bitset<256>& set) {
    if (c == '\\') {
      ++at_;
      if (peek() < 0) return std::nullopt;
      set.set(static_cast<size_t>(peek()));
      return peek();
    }
    if (c == '-' && previous != 0 && peek(1) >= 0 && peek(1) != ']') return range(previous, set);
    if (c == '[' && peek(1) == ':') return named(set);
    set.set(static_cast<size_t>(c));
    return c;
  }

  std::optional<int> range(int first, std::bitset<256>& set) {
    ++at_;
    if (peek() == '\\') ++at_;
    if (peek() < 0) return std::nullopt;
    for (int c = first; c <= peek(); ++c) {
      set.set(static_cast<size_t>(c));
      if (letters_ == Letters::Folded && ::isupper(c)) set.set(static_cast<size_t>(::tolower(c)));
    }
    return 0;
  }

  std::optional<int> named(std::bitset<256>& set) {
    size_t end = pattern_.find(']', at_ + 2);
    if (end == std::string_view::npos) return std::nullopt;
    if (end == at_ + 2 || pattern_[end - 1] != ':') {
      set.set('[');
      return '[';
    }
    std::string_view name = pattern_.substr(at_ + 2, end - at_ - 3);
    for (int c = 0; c < 256; ++c) {
      std::optional<bool> holds = in_class(name, c, letters_);
      if (!holds) return std::nullopt;
      if (*holds) set.set(static_cast<size_t>(c));
    }
    at_ = end;
    return 0;
  }

  std::string_view pattern_;
  size_t at_;
  Letters letters_;
};

}  // namespace

Wildcard::Wildcard(std::string_view pattern, Letters letters) {
  if (pattern.size() > longest) {
    tokens_.push_back({Kind::Never});
    return;
  }
  for (size_t at = 0; at < pattern.size();) {
    char c = pattern[at];
    if (c == '*') {
      at = read_stars(pattern, at);
    } else if (c == '[') {
      at = read_set(pattern, at + 1, letters);
    } else if (c == '?') {
      tokens_.push_back({Kind::AnyByte});
      ++at;
    } else {
      bool is_escaped = c == '\\';
      if (is_escaped) ++at;
      bool is_cut = at == pattern.size();  // a backslash with nothing behind it
      auto byte = static_cast<unsigned char>(is_cut ? 0 : pattern[at]);
      if (letters == Letters::Folded && !is_escaped) byte = static_cast<unsigned char>(::tolower(byte));  // so does git
      tokens_.push_back({is_cut ? Kind::Never : Kind::Byte, byte});
      ++at;
    }
  }
}

// Two stars or more cross slashes when they fill a folder's place; "**/" stands also for no folder at all.
size_t Wildcard::read_stars(std::string_view pattern, size_t at) {
  size_t end = pattern.find_first_not_of('*', at);
  if (end == std::string_view::npos) end = pattern.size();
  std::string_view rest = pattern.substr(end);
  bool is_alone =
      (at == 0 || pattern[at - 1] == '/') && (rest.empty() || rest.starts_with('/') || rest.starts_with("\\/"));
  if (end - at == 1 || !is_alone) {
    tokens_.push_back({Kind::Star});
  } else if (rest.starts_with('/')) {
    tokens_.push_back({Kind::Folders});
    tokens_.push_back({Kind::InFolders});
    return end + 1;
  } else {
    tokens_.push_back({Kind::DeepStar});
  }
  return end;
}

size_t Wildcard::read_set(std::string_view pattern, size_t at, Letters letters) {
  SetReader reader(pattern, at, letters);
  std::bitset<256> set;
  if (!reader.read(set)) {
    tokens_.push_back({Kind::Never});
    return pattern.size();
  }
  tokens_.push_back({Kind::Set, 0, static_cast<uint16_t>(sets_.size())});
  sets_.push_back(set);
  return reader.at();
}

// Adds a state and those that it reaches without a byte.
void Wildcard::add(States& states, size_t state) const {
  while (!states.has[state]) {
    states.has.set(state);
    states.list[states.count++] = static_cast<uint16_t>(state);
    if (state == tokens_.size()) return;
    Kind kind = tokens_[state].kind;
    if (kind == Kind::Folders && !states.has[state + 1]) {
      states.has.set(state + 1);
      states.list[states.count++] = static_cast<uint16_t>(state + 1);
    }
    if (kind != Kind::Folders && kind != Kind::Star && kind != Kind::DeepStar) return;
    state += kind == Kind::Folders ? 2 : 1;
  }
}

bool Wildcard::passes(const Token& token, unsigned char c) const {
  switch (token.kind) {
    case Kind::Byte:
      return token.byte == c;
    case Kind::AnyByte:
      return c != '/';
    case Kind::Set:
      return sets_[token.set][c];
    case Kind::InFolders:
      return c == '/';
    default:
      return false;
  }
}

Wildcard::Outcome Wildcard::match(std::string_view name) const {
  Outcome outcome;
  States both[2];
  size_t now = 0;
  add(both[now], 0);
  for (char byte : name) {
    auto c = static_cast<unsigned char>(byte);
    States& next = both[1 - now];
    next.count = 0;
    next.has.reset();
    for (size_t i = 0; i < both[now].count; ++i) {
      size_t state = both[now].list[i];
      if (state == tokens_.size()) continue;
      const Token& token = tokens_[state];
      bool stays =
          token.kind == Kind::DeepStar || token.kind == Kind::InFolders || (token.kind == Kind::Star && c != '/');
      if (stays) add(next, state);
      if (passes(token, c)) add(next, state + 1);
    }
    outcome.work += both[now].count;
    now = 1 - now;
    if (next.count == 0) return outcome;
  }
  outcome.matches = both[now].has[tokens_.size()];
  return outcome;
}

}  // namespace tfcheck
