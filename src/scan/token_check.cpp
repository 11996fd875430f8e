#include "scan/token_check.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "base/ascii.h"
#include "base/text.h"

namespace tfcheck {

namespace {

constexpr std::array<uint32_t, 256> crc_table = [] {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1) ? 0xEDB88320u ^ (value >> 1) : value >> 1;
    table[i] = value;
  }
  return table;
}();

uint32_t crc32(std::string_view text) {
  uint32_t crc = 0xFFFFFFFFu;
  for (char c : text) crc = crc_table[(crc ^ static_cast<unsigned char>(c)) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

// The longest run of characters that each are `step` behind the one before.
size_t longest_run(std::string_view text, int step) {
  size_t longest = 1, run = 1;
  for (size_t i = 1; i < text.size(); ++i) {
    run = text[i] - text[i - 1] == step ? run + 1 : 1;
    longest = std::max(longest, run);
  }
  return longest;
}

bool is_periodic(std::string_view text) {
  for (size_t period = 1; period <= 16 && period * 2 <= text.size(); ++period) {
    if (text.substr(period) == text.substr(0, text.size() - period)) return true;
  }
  return false;
}

size_t distinct_characters(std::string_view text) {
  std::bitset<256> seen;
  for (char c : text) seen.set(static_cast<unsigned char>(c));
  return seen.count();
}

// Words, where the alphabet has more: "this-is-not-a-token".
bool is_wording(const TokenShape& shape, std::string_view text) {
  if (text.size() < 14) return false;
  bool wide = std::any_of(shape.parts().begin(), shape.parts().end(), [](const TokenShape::Part& part) {
    return part.words.empty() && part.most >= 8 && part.alphabet.test('Q') && part.alphabet.test('q') &&
           part.alphabet.test('7');
  });
  bool plain = std::none_of(text.begin(), text.end(), is_digit);
  return wide && plain &&
         (std::none_of(text.begin(), text.end(), is_upper) || std::none_of(text.begin(), text.end(), is_lower));
}

// Letters and digits, where its alphabet has both: a word is no token because of its length.
bool is_mixed(const TokenShape& shape, std::string_view token) {
  bool both = std::any_of(shape.parts().begin(), shape.parts().end(), [](const TokenShape::Part& part) {
    return part.words.empty() && part.alphabet.test('7') && (part.alphabet.test('a') || part.alphabet.test('A'));
  });
  return !both ||
         (std::any_of(token.begin(), token.end(), is_digit) && std::any_of(token.begin(), token.end(), is_letter));
}

// What stands behind the words that the token begins with.
std::string_view without_prefix(const TokenShape& shape, std::string_view token) {
  for (const std::string& word : shape.parts()[0].words) {
    if (token.starts_with(word)) return token.substr(word.size());
  }
  return token;
}

std::string decoded_base64(std::string_view text) {
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    int value = is_upper(c)              ? c - 'A'
                : is_lower(c)            ? c - 'a' + 26
                : is_digit(c)            ? c - '0' + 52
                : (c == '-' || c == '+') ? 62
                                         : 63;
    bits = bits << 6 | static_cast<uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    char byte = static_cast<char>(bits >> count & 0xFF);
    if (byte != ' ' && byte != '\n') out += byte;
  }
  return out;
}

TokenVerdict judge_jwt(const TokenWords& words, std::string_view token) {
  size_t dot = token.find('.'), second = token.find('.', dot + 1);
  std::string header = decoded_base64(token.substr(0, dot));
  if (!header.starts_with('{') || header.find("\"alg\"") == std::string::npos) return TokenVerdict::No;
  std::string payload = decoded_base64(token.substr(dot + 1, second - dot - 1));
  if (!payload.starts_with('{')) return TokenVerdict::No;
  if (words.public_claim && words.public_claim->contains(payload)) return TokenVerdict::No;
  return payload.find("\"exp\"") == std::string::npos ? TokenVerdict::Yes : TokenVerdict::Doubtful;
}

// Blanks, over at most one end of a line where a value may stand behind it.
size_t after_blanks(std::string_view text, size_t at, size_t most) {
  size_t end = std::min(text.size(), at + most);
  while (at < end && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) ++at;
  return at;
}

size_t after_any(std::string_view text, size_t at, std::string_view characters, size_t most) {
  size_t end = std::min(text.size(), at + most);
  while (at < end && characters.find(text[at]) != std::string_view::npos) ++at;
  return at;
}

// Behind a type between the name and "=", as in `key: string = `; where it began when there is none.
size_t after_type(std::string_view text, size_t at) {
  constexpr std::string_view marks = "&'_.<>[]?* ";
  size_t begin = after_blanks(text, at, 3), sign = begin, last = std::min(text.size(), begin + 30);
  while (sign < last &&
         (is_letter(text[sign]) || is_digit(text[sign]) || marks.find(text[sign]) != std::string_view::npos))
    ++sign;
  bool given = sign > begin + 1 && text[sign - 1] == ' ' && text.substr(sign).starts_with('=');
  return given && !text.substr(sign).starts_with("=>") ? sign + 1 : at;
}

// Behind what gives a name its value; none when nothing does.
size_t after_operator(std::string_view text, size_t at) {
  size_t closed = after_any(text, at, "\"'`)]}", 3);
  size_t sign = after_blanks(text, closed, 40);
  // <add key="…" value="…">, and the name and value of a variable of a container.
  if (sign > closed && text.substr(sign).starts_with("value")) {
    size_t given = after_blanks(text, sign + 5, 3);
    if (given < text.size() && (text[given] == '=' || text[given] == ':')) return given + 1;
  }
  for (std::string_view word : {"=>", ":=", "||", "??", "=", ":", ",", "(", ">"}) {
    if (text.substr(sign).starts_with(word)) return after_type(text, sign + word.size());
  }
  return sign > at && closed == at ? after_type(text, sign) : TokenShape::none;
}

std::string decoded_base32(std::string_view text) {
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    bits = bits << 5 | static_cast<uint32_t>(is_upper(c) ? c - 'A' : c - '2' + 26);
    count += 5;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

// The last two bytes are the checksum of the others, the lower one first.
bool has_crc16(std::string_view token) {
  std::string bytes = decoded_base32(token);
  if (bytes.size() < 3) return false;
  auto byte = [&](size_t from_end) { return static_cast<unsigned char>(bytes[bytes.size() - from_end]); };
  uint16_t crc = crc16(std::string_view(bytes).substr(0, bytes.size() - 2));
  return byte(2) == (crc & 0xFF) && byte(1) == crc >> 8;
}

// The last six characters are the checksum of those behind the first "_".
bool has_crc32(std::string_view token) {
  size_t begin = token.find('_') + 1;
  if (token.size() < begin + 6) return false;
  return token.substr(token.size() - 6) == crc32_base62(token.substr(begin, token.size() - begin - 6));
}

}  // namespace

TokenWords::TokenWords(const Vocabulary& vocabulary)
    : made_up(vocabulary.find("made-up-token")),
      holding(vocabulary.find("token-holding-word")),
      not_holding(vocabulary.find("token-not-holding-word")),
      public_claim(vocabulary.find("public-claim")) {}

std::string crc32_base62(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string out(6, '0');
  uint32_t crc = crc32(text);
  for (size_t i = out.size(); i-- > 0; crc /= 62) out[i] = digits[crc % 62];
  return out;
}

uint16_t crc16(std::string_view bytes) {
  uint32_t crc = 0;
  for (char c : bytes) {
    crc ^= static_cast<uint32_t>(static_cast<unsigned char>(c)) << 8;
    for (int bit = 0; bit < 8; ++bit) crc = ((crc & 0x8000) ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF;
  }
  return static_cast<uint16_t>(crc);
}

bool is_held_as_token(const TokenWords& words, std::string_view text, size_t at) {
  constexpr size_t farthest = 80;
  size_t begin = at > farthest ? at - farthest : 0;
  std::string_view before = text.substr(begin, at - begin);
  if (size_t line = before.rfind('\n'); line != std::string_view::npos) before.remove_prefix(line + 1);
  // The word before the operator, or before the one in front of it where a type stands between them.
  for (int parts = 0; parts < 2; ++parts) {
    size_t sign = before.find_last_of("=:(,>");
    if (sign == std::string_view::npos) return false;
    before = trim(before.substr(0, sign));
    while (!before.empty() && std::string_view("\"'`)]=: ").find(before.back()) != std::string_view::npos)
      before.remove_suffix(1);
    std::string_view word = before.substr(before.find_last_of(" \t\"'`({[<,;=:") + 1);
    if (words.holding && words.holding->contains(word) && !(words.not_holding && words.not_holding->contains(word)))
      return true;
  }
  return false;
}

bool is_made_up(const TokenShape& shape, const TokenWords& words, std::string_view token) {
  std::string_view part = without_prefix(shape, token);
  if (part.size() < 6) return false;
  if (words.made_up && words.made_up->contains(part)) return true;
  if (longest_run(part, 0) >= 6 || longest_run(part, 1) >= 7 || longest_run(part, -1) >= 7) return true;
  if (part.size() >= 16 && distinct_characters(part) <= 6) return true;
  return (part.size() >= 12 && is_periodic(part)) || is_wording(shape, part);
}

TokenVerdict judge_token(const TextPattern& pattern, const TokenShape& shape, const TokenWords& words,
                         std::string_view token) {
  if (pattern.check == TokenCheck::Jwt) return judge_jwt(words, token);
  if (is_made_up(shape, words, token)) return TokenVerdict::No;
  if (pattern.named && !is_mixed(shape, token)) return TokenVerdict::No;
  if (pattern.check == TokenCheck::Crc32 && !has_crc32(token)) return TokenVerdict::Doubtful;
  if (pattern.check == TokenCheck::Crc16 && !has_crc16(token)) return TokenVerdict::Doubtful;
  return TokenVerdict::Yes;
}

size_t value_behind_name(const TokenWords& words, std::string_view text, size_t begin, size_t end) {
  constexpr size_t longest_name = 60;
  // "dd_api_key" is no name in "add_api_key".
  bool inside = begin > 0 && ((is_lower(text[begin - 1]) && is_lower(text[begin])) ||
                              (is_upper(text[begin - 1]) && is_upper(text[begin])));
  if (inside) return TokenShape::none;
  size_t last = std::min(text.size(), begin + longest_name);
  while (end < last &&
         (is_letter(text[end]) || is_digit(text[end]) || text[end] == '_' || text[end] == '-' || text[end] == '.'))
    ++end;
  std::string_view name = text.substr(begin, end - begin);
  if (words.holding && !words.holding->contains(name)) return TokenShape::none;
  if (words.not_holding && words.not_holding->contains(name)) return TokenShape::none;
  size_t at = after_operator(text, end);
  if (at == TokenShape::none) return at;
  at = after_any(text, after_blanks(text, at, 8), "\"'`([", 3);
  for (std::string_view scheme : {"Bearer ", "Basic ", "Token ", "token ", "bearer "}) {
    if (text.substr(at).starts_with(scheme)) return at + scheme.size();
  }
  return at;
}

}  // namespace tfcheck
