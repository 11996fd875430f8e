// Whether what has a token's shape is one: its checksum, and how made-up texts look. Also where the value stands that
// a name is given, for tokens whose shape alone is not enough.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "vocabulary/token_shape.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

// Words of the vocabulary that tokens are judged by; empty sets where it has none.
struct TokenWords {
  explicit TokenWords(const Vocabulary& vocabulary);

  const WordSet* made_up;       // words that nobody's token holds: "example"
  const WordSet* holding;       // words in a name that holds a token: "key"
  const WordSet* not_holding;   // … and in one that does not: "fingerprint"
  const WordSet* public_claim;  // what a JWT that is no secret says
};

enum class TokenVerdict { No, Doubtful, Yes };

// Of a text that has the pattern's shape.
TokenVerdict judge_token(const TextPattern& pattern, const TokenShape& shape, const TokenWords& words,
                         std::string_view token);

// True for what stands where a token would: "xxxx", "1234567890", "EXAMPLE", words, one piece again and again.
bool is_made_up(const TokenShape& shape, const TokenWords& words, std::string_view token);

// Where the value begins that is given to what is called by the word at [begin, end) and by what follows it:
// `DATADOG_API_KEY = "…"`; TokenShape::none when the name holds no token or is given nothing.
size_t value_behind_name(const TokenWords& words, std::string_view text, size_t begin, size_t end);

// What is called a key, a token or the like is given the text that begins at `at`: `TOKEN: &str = "…"`.
bool is_held_as_token(const TokenWords& words, std::string_view text, size_t at);

// The CRC-32 of a text as six digits in base 62, which ends a token that has one.
std::string crc32_base62(std::string_view text);

// The CRC-16 that NATS's keys end in.
uint16_t crc16(std::string_view bytes);

}  // namespace tfcheck
