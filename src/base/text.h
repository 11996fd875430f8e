// Text helpers that every layer needs: splitting, trimming, globs, decoding, and making foreign text safe to print.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tfcheck {

std::string_view trim(std::string_view text);
// Parts between separators; empty parts are kept, so "a,,b" has three.
std::vector<std::string_view> split(std::string_view text, char separator);
// Words between runs of blanks.
std::vector<std::string_view> split_words(std::string_view text);
std::string lower(std::string_view ascii);
bool iequals(std::string_view a, std::string_view b);
bool icontains(std::string_view text, std::string_view needle);
bool is_digits(std::string_view text);
// Everything before and after the first/last separator; the whole text and "" when there is none.
std::string_view before_first(std::string_view text, char separator);
std::string_view after_last(std::string_view text, char separator);
// The last component of a slash-separated path, and what lies before it ("" at the root).
std::string_view base_name(std::string_view path);
std::string_view dir_name(std::string_view path);
// "a/b" + "../c" → "a/c"; "" when the path climbs out of the root.
std::string join_path(std::string_view base, std::string_view relative);

// Matches a whole name. `*` is any run of characters that are not `separator`, `**` any run at all, `?` one character.
// Linear in practice: one backtrack point per star.
bool glob_match(std::string_view pattern, std::string_view name, char separator);
// The longest run of a pattern without wildcards: whatever it matches holds it.
std::string_view longest_plain(std::string_view pattern);
// The characters of a text as a set in which some share a place, to pass over most globs of a list: one matches no text
// that lacks a character of its own.
class LetterSet {
 public:
  explicit LetterSet(std::string_view text) {
    for (char c : text) bits_ |= place_of(c);
  }
  static LetterSet of_glob(std::string_view glob);  // without the wildcards
  bool lacks(LetterSet of_glob) const { return of_glob.bits_ & ~bits_; }

 private:
  static uint64_t place_of(char c) { return uint64_t{1} << (static_cast<unsigned char>(c) & 63); }
  uint64_t bits_ = 0;
};
// gitignore-like path globs: a pattern without a slash matches at any depth, `**` crosses slashes, a trailing slash
// matches everything below.
bool path_match(std::string_view pattern, std::string_view path);

// What a file's name says of its bytes.
enum class Expect : uint8_t {
  Anything,  // a name of no known kind: a NUL in the first 8,000 bytes shows that it is binary
  Text,      // a language or format claims it, so whatever reads it takes NULs: they are dropped
};
// Bytes of a file as UTF-8 text: a BOM is dropped, UTF-32 and UTF-16 with a BOM are converted (UTF-16 of plain ASCII
// also without), invalid sequences become U+FFFD, NULs are dropped. A text that starts with `#!` is expected
// to be one. Returns false when the bytes are binary: by a NUL where nothing claims them, else mostly garbage.
bool decode_text(std::string_view bytes, std::string& text, Expect expect = Expect::Anything);
// Text from outside made safe for a terminal: control characters (C0, C1, DEL) become \n, \t or \xNN; whatever is
// not seen or reorders what is (bidirectional and format controls, zero-width characters, soft hyphens, fillers, line
// separators, variation selectors, tags) becomes \uNNNN or \UNNNNNNNN; invalid UTF-8 becomes U+FFFD. The result is
// always valid UTF-8.
std::string printable(std::string_view text);
// A secret as it may be shown: first 3 and last 2 characters of 16 or more without escapes, else only
// stars. Never more than a third.
std::string mask(std::string_view secret);
// "dbPassword", "DB-Password" → "db_password".
std::string snake_case(std::string_view name);
// The nearest of `candidates` to a misspelt `word`, "" when none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace tfcheck
