// The words, texts and signs of a Jenkinsfile.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tfcheck::jenkinsfile {

struct Token {
  enum class Kind : uint8_t { Word, Text, Sign, Line };
  Kind kind = Kind::Sign;
  std::string_view text;  // of a Text without its quotes, of a Sign its one character, "" of a line's end
  bool plain = false;     // a Text in which nothing is filled in: '…'
};

// All of them, comments left out; as many as a file of its size can hold, in one pass.
std::vector<Token> tokens_of(std::string_view source);

}  // namespace tfcheck::jenkinsfile
