#include "vocabulary/token_shape.h"

#include <catch2/catch.hpp>

using namespace tfcheck;

namespace {

TokenShape shape(std::string_view text) {
  auto read = TokenShape::read(text);
  INFO(text);
  if (auto* trouble = std::get_if<std::string>(&read)) FAIL(*trouble);
  return std::get<TokenShape>(std::move(read));
}

// The tokens of a text, found by their keywords.
std::vector<std::string> tokens_in(const TokenShape& sought, std::string_view text) {
  std::vector<std::string> found;
  for (const std::string& keyword : sought.keywords()) {
    for (size_t at = text.find(keyword); at != std::string_view::npos; at = text.find(keyword, at + 1)) {
      size_t begin = sought.begin_of(text, at);
      size_t end = begin == TokenShape::none ? begin : sought.end_of(text, begin);
      if (end != TokenShape::none) found.emplace_back(text.substr(begin, end - begin));
    }
  }
  return found;
}

}  // namespace

TEST_CASE("a shape is found as a whole word") {
  struct Row {
    std::string_view shape, text;
    std::vector<std::string> found;
  };
  for (const Row& row : {
           Row{"tok_[0-9a-f]{4}", "tok_12ab", {"tok_12ab"}},
           Row{"tok_[0-9a-f]{4}", "'tok_12ab','tok_34cd'", {"tok_12ab", "tok_34cd"}},
           Row{"tok_[0-9a-f]{4}", "tok_12a tok_12abc xtok_12ab tok_12abq tok_12zz tok_12ab_ _tok_12ab", {}},
           Row{"tok_[0-9a-f]{4}", "\"a\\ntok_12ab\\n\"", {"tok_12ab"}},
           Row{"tok_[0-9a-f]{2,4}", "tok_12 tok_123 tok_12345", {"tok_12", "tok_123"}},
           Row{"tok-[0-9a-z-]{4}", "--tok-12ab -tok-12ab =tok-12ab", {"tok-12ab"}},
           Row{"(one|two)\\.[0-9]{2}", "one.12 two.34 three.56", {"one.12", "two.34"}},
           Row{"tok_(live_|)[0-9a-f]{2}", "tok_12 tok_live_34 tok_dead_56", {"tok_live_34", "tok_12", "tok_live_34"}},
           Row{"tok_[0-9]{2}(-2)?", "tok_12-2 tok_34 tok_56-3", {"tok_12-2", "tok_34", "tok_56"}},
           Row{"[0-9]{2,4}:AA[a-z]{2}", "12:AAbc 1234:AAbc 1:AAbc 12345:AAbc a12:AAbc", {"12:AAbc", "1234:AAbc"}},
           Row{"tok_[0-9a-z]{2,9}end[0-9a-z]{2}", "tok_abendendxy", {"tok_abendendxy"}},
           Row{"tok_[0-9A-Za-z+/]{4}==", "tok_ab+/==; tok_ab+/=", {"tok_ab+/=="}},
           Row{"tok_[0-9_.^%-]{4}", "tok_1-^. tok_1%_2", {"tok_1-^.", "tok_1%_2"}},
       }) {
    CAPTURE(row.shape, row.text);
    CHECK(tokens_in(shape(row.shape), row.text) == row.found);
  }
}

TEST_CASE("what a shape is searched for by") {
  struct Row {
    std::string_view shape;
    std::vector<std::string> keywords;
    size_t shortest, longest;
  };
  for (const Row& row : {
           Row{"tok_[0-9]{2,4}", {"tok_"}, 6, 8},
           Row{"sk-(a|bc)-[0-9]", {"sk-a-", "sk-bc-"}, 6, 7},
           Row{"[0-9]{4}tok[a-z]{2}", {"tok"}, 9, 9},
           Row{"[0-9]{4}", {}, 4, 4},
           Row{"ab[0-9]{4}", {}, 6, 6},
           Row{"[0-9][a-z]tok", {}, 5, 5},
       }) {
    CAPTURE(row.shape);
    TokenShape read = shape(row.shape);
    CHECK(read.keywords() == row.keywords);
    CHECK(read.shortest() == row.shortest);
    CHECK(read.longest() == row.longest);
  }
}

TEST_CASE("a shape that cannot be read says why") {
  for (auto [text, trouble] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"", "it is empty"},
           {"tok_*", "'*' stands where it means nothing; '\\*' is the character"},
           {"tok_{3}", "'{' stands where it means nothing; '\\{' is the character"},
           {"tok\\", "it ends in '\\'"},
           {"[0-9", "']' is missing"},
           {"[]x", "an alphabet is empty"},
           {"[0-9]{", "a count must be a number up to 5000"},
           {"[0-9]{9999}", "a count must be a number up to 5000"},
           {"[0-9]{4", "'}' is missing"},
           {"[0-9]{4,2}", "an alphabet is empty"},
           {"(a|b", "')' is missing"},
       }) {
    CAPTURE(text);
    auto read = TokenShape::read(text);
    REQUIRE(std::holds_alternative<std::string>(read));
    CHECK(std::get<std::string>(read) == trouble);
  }
}
