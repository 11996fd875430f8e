#include "base/quoted.h"

#include <catch2/catch.hpp>

#include "base/lines.h"
#include "base/utf8.h"

using namespace tfcheck;

TEST_CASE("quoted: escapes are what a format says") {
  const Escapes all{.letters = "nt",
                    .meanings = "\n\t",
                    .hex = escape_hex::X | escape_hex::U | escape_hex::LongU,
                    .joins = "\n",
                    .blanks = " "};
  const Escapes few{.letters = "'", .meanings = "'", .keeps_unknown = true};
  struct Row {
    const Escapes& escapes;
    std::string_view text;
    std::string_view result;
  };
  const Row rows[] = {
      {all, R"(a\nb\tc)", "a\nb\tc"},
      {all, R"(\x41\u00e9\U0001F600)", "A\xC3\xA9\xF0\x9F\x98\x80"},
      {all, R"(\ud83d\ude00)", "\xF0\x9F\x98\x80"},
      {all, R"(\ud83d!)", "\xEF\xBF\xBD!"},
      {all, "a\\\n   b", "ab"},
      {all, R"(\q\\)", R"(q\)"},
      {all, R"(end\)", R"(end\)"},
      {few, R"(it\'s \d)", R"(it's \d)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(unescape(row.text, row.escapes) == row.result);
  }
}

TEST_CASE("quoted: where a quote closes, and what lies inside") {
  CHECK(closing_quote(R"(x "a\"b" c)", 2, QuoteEscapes::Backslash) == 7);
  CHECK(closing_quote(R"(x "a\"b" c)", 2, QuoteEscapes::None) == 5);
  CHECK(closing_quote("'abc'", 0, QuoteEscapes::None, 3) == std::string_view::npos);
  CHECK(closing_quote("'abc", 0, QuoteEscapes::None) == std::string_view::npos);
  CHECK(unquoted("'a'") == "a");
  CHECK(unquoted("'a\"") == "'a\"");
  CHECK(unquoted("\"") == "\"");
  CHECK(unquoted("`a`", "`") == "a");
}

TEST_CASE("utf8: what is encoded is decoded") {
  for (uint32_t point : {0x41u, 0xE9u, 0x20ACu, 0x1F600u, 0x10FFFFu}) {
    std::string text;
    append_utf8(text, point);
    size_t at = 0;
    CHECK(next_code_point(text, at) == point);
    CHECK(at == text.size());
  }
  for (uint32_t point : {0xD800u, 0xDFFFu, 0x110000u}) {
    std::string text;
    append_utf8(text, point);
    CHECK(text == "\xEF\xBF\xBD");
  }
}

TEST_CASE("lines: LF and CRLF end one") {
  Lines lines("a\r\n\nb");
  Line first = lines.take();
  CHECK(first.text == "a");
  CHECK(lines.take().text.empty());
  Line last = lines.take();
  CHECK(last.text == "b");
  CHECK(last.begin == 4);
  CHECK(lines.done());
}
