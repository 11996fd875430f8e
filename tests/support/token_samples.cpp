#include "support/token_samples.h"

#include <algorithm>
#include <stdexcept>

#include "scan/token_check.h"

namespace tfcheck {

namespace {

constexpr std::string_view letters_and_digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::string characters_of(const std::bitset<256>& alphabet) {
  std::string all;
  for (size_t c = 0; c < 256; ++c) {
    if (alphabet.test(c)) all += static_cast<char>(c);
  }
  return all;
}

std::string base64url(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) out += digits[bits >> (count - 6) & 63];
  }
  if (count > 0) out += digits[bits << (6 - count) & 63];
  return out;
}

std::string json_web_token(SampleSource& source) {
  return base64url(R"({"alg":"HS256","typ":"JWT"})") + "." +
         base64url(R"({"iss":"shop","sub":")" + source.of("0123456789abcdef", 24) + "\"}") + "." +
         source.of(letters_and_digits, 43);
}

// The last six characters become the checksum of what stands between them and the first "_".
void put_checksum(std::string& token) {
  size_t begin = token.find('_') + 1, end = token.size() - 6;
  token.replace(end, 6, crc32_base62(std::string_view(token).substr(begin, end - begin)));
}

std::string drawn(const TokenShape& shape, SampleSource& source) {
  std::string token;
  for (const TokenShape::Part& part : shape.parts()) {
    if (!part.words.empty()) {
      token += part.words[source.below(part.words.size())];
      continue;
    }
    size_t most = std::min(part.most, part.least + 20);
    token += source.of(characters_of(part.alphabet), part.least + source.below(most - part.least + 1));
  }
  return token;
}

// Over the last 26 bits: the two bytes of the CRC-16 behind 34 others, and two bits that say nothing.
void put_short_checksum(std::string& token) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;
  for (char c : token) {
    bits = bits << 5 | static_cast<uint32_t>(digits.find(c));
    if ((count += 5) >= 8) bytes += static_cast<char>(bits >> (count -= 8) & 0xFF);
  }
  uint16_t crc = crc16(std::string_view(bytes).substr(0, 34));
  bytes = bytes.substr(0, 34) + static_cast<char>(crc & 0xFF) + static_cast<char>(crc >> 8);
  token.clear(), bits = 0, count = 0;
  for (char c : bytes + '\0') {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 5 && token.size() < 58;) token += digits[bits >> (count -= 5) & 31];
  }
}

}  // namespace

size_t SampleSource::below(size_t end) {
  state_ ^= state_ << 13;
  state_ ^= state_ >> 7;
  state_ ^= state_ << 17;
  return end == 0 ? 0 : static_cast<size_t>((state_ >> 11) % end);
}

std::string SampleSource::of(std::string_view characters, size_t count) {
  std::string text;
  while (text.size() < count) text += one_of(characters);
  return text;
}

TokenShape shape_of(const TextPattern& pattern) {
  auto read = TokenShape::read(pattern.shape);
  if (auto* shape = std::get_if<TokenShape>(&read)) return std::move(*shape);
  throw std::logic_error(pattern.id + ": " + std::get<std::string>(read));
}

std::string sample_of(const TextPattern& pattern, const Vocabulary& vocabulary, SampleSource& source) {
  if (pattern.check == TokenCheck::Jwt) return json_web_token(source);
  TokenShape shape = shape_of(pattern);
  TokenWords words(vocabulary);
  for (int tries = 0; tries < 1000; ++tries) {
    std::string token = drawn(shape, source);
    if (pattern.check == TokenCheck::Crc32) put_checksum(token);
    if (pattern.check == TokenCheck::Crc16) put_short_checksum(token);
    bool edge = token.back() == '-' || token.back() == '.' || token.front() == '-' || token.front() == '.';
    if (!edge && judge_token(pattern, shape, words, token) == TokenVerdict::Yes) return token;
  }
  throw std::logic_error(pattern.id + ": nothing of its shape is a token");
}

std::vector<LookAlike> look_alikes_of(const TextPattern& pattern, std::string_view sample, SampleSource& source) {
  TokenShape shape = shape_of(pattern);
  std::vector<LookAlike> out;
  const TokenShape::Part& last = shape.parts().back();
  std::string whole(sample);
  bool fixed = std::all_of(shape.parts().begin(), shape.parts().end(),
                           [](const TokenShape::Part& part) { return !part.words.empty() || part.least == part.most; });
  if (fixed && last.words.empty()) {
    out.push_back({"one character short", whole.substr(0, whole.size() - 1)});
    out.push_back({"one character long", whole + source.one_of(characters_of(last.alphabet))});
    out.push_back({"the beginning of a longer word", whole + "q"});
  }
  // A value that is only longer may be one as well.
  bool longer = pattern.named && !fixed && shape.parts()[0].words.empty();
  if (!longer) out.push_back({"the end of a longer word", "q" + whole});
  size_t kept = shape.parts()[0].words.empty() ? 0 : shape.parts()[0].words[0].size();
  std::string other = whole;
  other[kept + 2] = '*';
  out.push_back({"a character of no alphabet", other});
  std::string filled = whole;
  for (size_t i = kept; i < filled.size(); ++i) {
    if (letters_and_digits.find(filled[i]) != std::string_view::npos) filled[i] = 'a';
  }
  if (pattern.check != TokenCheck::Jwt) out.push_back({"one character again and again", filled});
  return out;
}

std::string with_wrong_checksum(std::string sample) {
  // Digits or, where its last places are none of the checksum's, letters.
  size_t at = sample.size() - (sample.size() == 58 ? 5 : 1);
  sample[at] = sample.size() == 58 ? (sample[at] == 'A' ? 'B' : 'A') : (sample[at] == '0' ? '1' : '0');
  return sample;
}

std::string holder_of(const TextPattern& pattern, const Vocabulary& vocabulary, std::string_view otherwise) {
  if (!pattern.named) return std::string(otherwise);
  const WordSet& holding = vocabulary.set("token-holding-word");
  auto plain = std::find_if(pattern.keywords.begin(), pattern.keywords.end(), [](const std::string& keyword) {
    return keyword.find_first_of(".-") == std::string::npos;
  });
  std::string name = plain == pattern.keywords.end() ? pattern.keywords[0] : *plain;
  return holding.contains(name) ? name : name + "_api_key";
}

}  // namespace tfcheck
