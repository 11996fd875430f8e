#include "base/text.h"

#include <catch2/catch.hpp>

#include "base/span.h"

using namespace tfcheck;

TEST_CASE("globs match whole names, a star stays within a segment") {
  struct Row {
    const char* pattern;
    const char* name;
    bool matches;
  };
  for (Row row :
       {Row{"a.b", "a.b", true}, Row{"a.*", "a.b", true}, Row{"a.*", "a.b.c", false}, Row{"a.**", "a.b.c", true},
        Row{"**.c", "a.b.c", true}, Row{"*.handlers.*.class", "LOGGING.handlers.file.class", true},
        Row{"*.handlers.*.class", "LOGGING.handlers.a.b.class", false}, Row{"*", "", true}, Row{"?", "x", true},
        Row{"?", "", false}, Row{"**x**", "a.x.b", true}, Row{"*ab", "aab", true}}) {
    CAPTURE(row.pattern, row.name);
    CHECK(glob_match(row.pattern, row.name, '.') == row.matches);
  }
}

TEST_CASE("path globs read like .gitignore") {
  struct Row {
    const char* pattern;
    const char* path;
    bool matches;
  };
  for (Row row : {Row{"*.log", "a/b/x.log", true}, Row{"node_modules/", "web/node_modules/x/y.js", true},
                  Row{"node_modules/", "node_modules", false}, Row{"docs/*.md", "docs/a.md", true},
                  Row{"docs/*.md", "x/docs/a.md", false}, Row{"**/docs/*.md", "x/docs/a.md", true},
                  Row{"docs", "docs/a/b.md", true}, Row{"/top", "top", true},
                  Row{"Dockerfile.*", "svc/Dockerfile.prod", true}, Row{"**/.env", ".env", true}}) {
    CAPTURE(row.pattern, row.path);
    CHECK(path_match(row.pattern, row.path) == row.matches);
  }
}

TEST_CASE("what a glob matches holds its longest plain run") {
  struct Row {
    const char* pattern;
    const char* run;
  };
  for (Row row : {Row{"*.yml", ".yml"}, Row{"**/templates/**", "/templates/"}, Row{"a?bc", "bc"},
                  Row{"Dockerfile", "Dockerfile"}, Row{"**", ""}, Row{"", ""}, Row{"ab*cd", "ab"}})
    CHECK(longest_plain(row.pattern) == row.run);
}

TEST_CASE("a text that lacks a letter of a glob does not match it") {
  struct Row {
    const char* glob;
    const char* text;
    bool lacks;
  };
  for (Row row :
       {Row{"*_url", "base_url", false}, Row{"*_url", "base-url", true}, Row{"*_url", "", true}, Row{"**", "", false},
        Row{"a?c", "abc", false}, Row{"a?c", "ab", true}, Row{"*\xC3\xA9", "caf\xC3\xA9", false}}) {
    CAPTURE(row.glob, row.text);
    CHECK(LetterSet(row.text).lacks(LetterSet::of_glob(row.glob)) == row.lacks);
    if (row.lacks) CHECK_FALSE(glob_match(row.glob, row.text, '/'));
  }
}

TEST_CASE("decoding takes BOMs, UTF-16, UTF-32 and invalid bytes, and refuses binary") {
  using namespace std::string_view_literals;
  struct Row {
    std::string_view bytes;
    Expect expect;
    std::string_view text;  // "-": binary
  };
  constexpr Expect any = Expect::Anything, claimed = Expect::Text;
  for (const Row& row : {
           Row{"\xEF\xBB\xBFhi"sv, any, "hi"},
           Row{"\xFF\xFEh\0i\0"sv, any, "hi"},
           Row{"\xFE\xFF\0h\0i"sv, any, "hi"},
           Row{"\xFF\xFE=\xD8\x00\xDE"sv, any, "\xF0\x9F\x98\x80"},
           Row{"\xFF\xFE=\xD8x\0"sv, any, "\xEF\xBF\xBDx"},
           Row{"\xFF\xFEh\0\0\0i\0"sv, any, "hi"},
           Row{"\xFF\xFE\0\0h\0\0\0i\0\0\0"sv, any, "hi"},
           Row{"\0\0\xFE\xFF\0\0\0h\0\0\0i"sv, any, "hi"},
           Row{"\xFF\xFE\0\0\x00\xF6\x01\0"sv, any, "\xF0\x9F\x98\x80"},
           Row{"\xFF\xFE\0\0\0\0\0\x7F"sv, any, "\xEF\xBF\xBD"},
           Row{"k\0e\0y\0=\0v\0a\0l\0u\0"sv, any, "key=valu"},
           Row{"k\0e\0y\0=\0v\0a\0l\0u\0"sv, claimed, "key=valu"},
           Row{"a\xFFz"sv, any, "a\xEF\xBF\xBDz"},
           Row{"a\0b"sv, any, "-"},
           Row{"a\0b"sv, claimed, "ab"},
           Row{"#!/bin/sh\necho \0hi\n"sv, any, "#!/bin/sh\necho hi\n"},
           Row{"\x7F\x45LF\x02\x01\x01\0\0\0\0\xB0\xC1\x9E\xFF\x06"sv, claimed, "-"},
           // Chinese in GBK: no UTF-8, but text.
           Row{"\xC4\xE3\xBA\xC3\xCA\xC0\xBD\xE7=1\n"sv, claimed,
               "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD=1\n"},
       }) {
    std::string text;
    CAPTURE(std::string(row.bytes));
    bool is_text = decode_text(row.bytes, text, row.expect);
    CHECK((is_text ? text : "-") == row.text);
  }
}

TEST_CASE("an invalid byte is found wherever it stands, and a letter beyond ASCII is none") {
  for (size_t at = 0; at < 100; ++at) {
    std::string bytes(100, 'x'), text;
    CAPTURE(at);
    bytes[at] = '\xFF';
    CHECK(decode_text(bytes, text));
    CHECK(text == std::string(at, 'x') + "\xEF\xBF\xBD" + std::string(99 - at, 'x'));
    bytes.replace(at, 1, "\xC3\xA9");
    CHECK(decode_text(bytes, text));
    CHECK(text == bytes);
  }
}

TEST_CASE("a NUL counts against a file of no known kind only near its beginning") {
  std::string text, late = std::string(8000, 'x') + '\0' + "y";
  CHECK(decode_text(late, text));
  CHECK(text == std::string(8000, 'x') + "y");
  CHECK_FALSE(decode_text(late.substr(1), text));
}

TEST_CASE("foreign text is printable") {
  CHECK(printable("a\x1b[31mb\n") == "a\\x1b[31mb\\n");
  CHECK(printable("caf\xC3\xA9") == "caf\xC3\xA9");
  CHECK(printable("\xE2\x80\xAE") == "\\u202e");
  CHECK(printable("\x7f\xC2\x9B") == "\\x7f\\x9b");
  struct Row {
    const char* text;
    const char* shown;
  };
  for (Row row :
       {Row{"a\u00ADb", "a\\u00adb"}, Row{"\u034F", "\\u034f"}, Row{"\u061C", "\\u061c"}, Row{"\u180E", "\\u180e"},
        Row{"\u200B\u200C\u200D", "\\u200b\\u200c\\u200d"}, Row{"\u200E\u200F", "\\u200e\\u200f"},
        Row{"\u2028\u2029", "\\u2028\\u2029"}, Row{"\u202A\u202E", "\\u202a\\u202e"},
        Row{"\u2060\u2064", "\\u2060\\u2064"}, Row{"\u2066\u2069", "\\u2066\\u2069"}, Row{"\u3164", "\\u3164"},
        Row{"\uFE0F", "\\ufe0f"}, Row{"\uFEFF", "\\ufeff"}, Row{"\U000E0041", "\\U000e0041"},
        // What is seen stays: accents that combine, other scripts, emoji, no-break spaces.
        Row{"e\u0301", "e\u0301"}, Row{"\u00A0\u2010\u202F", "\u00A0\u2010\u202F"}, Row{"\u05D0\u4E2D", "\u05D0\u4E2D"},
        Row{"\U0001F600", "\U0001F600"}}) {
    CHECK(printable(row.text) == row.shown);
  }
}

TEST_CASE("a mask never shows more than a third") {
  CHECK(mask("hunter2") == "********");
  CHECK(mask("correct horse battery") == "cor********ry");
  CHECK(mask("\\x61\\x62\\x63\\x64") == "********");
}

TEST_CASE("paths join and never climb out") {
  CHECK(join_path("a/b", "../c") == "a/c");
  CHECK(join_path("", "./boot.sh") == "boot.sh");
  CHECK(join_path("a", "../../c").empty());
}

TEST_CASE("the nearest spelling") {
  CHECK(nearest("severty", {"severity", "message"}) == "severity");
  CHECK(nearest("zzzz", {"severity", "message"}).empty());
}

TEST_CASE("columns count UTF-16 units, all line ends end a line") {
  LineIndex lines("a\r\n\xC3\xA9\xF0\x9F\x98\x80x\rz");
  CHECK(lines.line_count() == 3);
  CHECK(lines.place(9).line == 2);
  CHECK(lines.place(9).column == 4);
  CHECK(lines.line_text(2) == "\xC3\xA9\xF0\x9F\x98\x80x");
  CHECK(lines.line_text(3) == "z");
}

TEST_CASE("spans merge, and what overlaps is told of once") {
  CHECK(merge_spans({{5, 9}, {0, 2}, {2, 3}, {7, 8}, {4, 4}}) == std::vector<Span>{{0, 3}, {5, 9}});
  DisjointSpans seen;
  struct Row {
    Span span;
    bool added;
  };
  for (Row row :
       {Row{{10, 20}, true}, Row{{10, 20}, false}, Row{{0, 10}, true}, Row{{5, 12}, false}, Row{{20, 21}, true},
        Row{{19, 25}, false}, Row{{0, 100}, false}, Row{{15, 15}, false}, Row{{21, 22}, true}}) {
    CAPTURE(row.span.begin, row.span.end);
    CHECK(seen.add(row.span) == row.added);
  }
  seen.clear();
  CHECK(seen.add({0, 100}));
}
