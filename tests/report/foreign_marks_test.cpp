#include "report/foreign_marks.h"

#include <catch2/catch.hpp>

#include "support/vocabulary.h"

using namespace tfcheck;

namespace {

// The mark of the line that has SECRET in it, "" for none.
std::string mark_of(std::string_view text) {
  static const ForeignMarks marks(built_in_vocabulary());
  size_t at = text.find("SECRET");
  REQUIRE(at != std::string_view::npos);
  Span span = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + 6)};
  MarkedLines marked = marks.find_in(text);
  const ForeignMark* mark = mark_of_all(marked, LineIndex(text), std::vector<Span>{span});
  return mark ? mark->mark : "";
}

}  // namespace

TEST_CASE("marks of other tools, and the lines that they are about") {
  struct Row {
    const char* text;
    const char* mark;
  };
  for (Row row : {
           Row{"x = 'SECRET'  # gitleaks:allow\n", "gitleaks:allow"},
           Row{"x := \"SECRET\" //gitleaks:allow the fixture's\n", "gitleaks:allow"},
           Row{"x = 'SECRET'\n# gitleaks:allow\n", ""},
           Row{"# gitleaks:allow\nx = 'SECRET'\n", ""},
           Row{"x: SECRET # pragma: allowlist secret\n", "pragma: allowlist secret"},
           Row{"x: SECRET # pragma: whitelist secret\n", "pragma: whitelist secret"},
           Row{"# pragma: allowlist nextline secret\nx: SECRET\n", "pragma: allowlist nextline secret"},
           Row{"# pragma: allowlist nextline secret\n\nx: SECRET\n", ""},
           Row{"x = 'SECRET' // secretlint-disable-line\n", "secretlint-disable-line"},
           Row{"// secretlint-disable-next-line\nx = 'SECRET'\n", "secretlint-disable-next-line"},
           Row{"/* secretlint-disable */\n\nx = 'SECRET'\n", "secretlint-disable"},
           Row{"/* secretlint-disable */\n/* secretlint-enable */\nx = 'SECRET'\n", ""},
           Row{"x = 'SECRET' # trufflehog:ignore\n", "trufflehog:ignore"},
           Row{"x = 'SECRET' # nosecret\n", "nosecret"},
           Row{"x = 'SECRET' # ggignore\n", "ggignore"},
           Row{"x = 'SECRET' # HashiCorpIgnore\n", "hashicorpignore"},
           Row{"x = 'SECRET' # nosec\n", "nosec"},
           Row{"x = 'SECRET' # nosec: B105, B106\n", "nosec"},
           Row{"x = 'SECRET' # nosec B101,B106\n", "nosec"},
           Row{"x = 'SECRET' # nosec B101\n", ""},
           Row{"x = 'SECRET' # nosec hardcoded_password_string\n", "nosec"},
           Row{"x = 'SECRET' # nosec - the emulator's\n", "nosec"},
           Row{"// #nosec G101 -- the emulator's\nx := \"SECRET\"\n", "nosec"},
           Row{"// #nosec G401\nx := \"SECRET\"\n", ""},
           Row{"// #nosec\n// more words\n\nx := \"SECRET\"\n", "nosec"},
           Row{"x := \"SECRET\" //nolint:gosec\n", "nolint:gosec"},
           Row{"x = 'SECRET'  # noqa: S105\n", "noqa"},
           Row{"x = 'SECRET'  # noqa: E501, S106\n", "noqa"},
           Row{"x = 'SECRET'  # noqa: E501\n", ""},
           Row{"x = 'SECRET'  # noqa\n", ""},
           Row{"x = 'SECRET'; // NOSONAR\n", "nosonar"},
           Row{"x = 'SECRET'; // eslint-disable-line no-secrets/no-secrets\n", "eslint-disable-line"},
           Row{"x = 'SECRET'; // eslint-disable-line no-console\n", ""},
           Row{"<!-- eslint-disable-next-line no-secrets/no-secrets -->\nSECRET\n", "eslint-disable-next-line"},
           // Words of code and parts of words are no marks.
           Row{"x = 'SECRET gitleaks:allow'\n", ""},
           Row{"x = 'SECRET' # nosecurity\n", ""},
           Row{"x = 'SECRET' # gitleaks:allowed\n", ""},
       }) {
    INFO(row.text);
    CHECK(mark_of(row.text) == row.mark);
  }
}

TEST_CASE("a finding of several secrets needs a mark at each") {
  ForeignMarks marks(built_in_vocabulary());
  std::string text = "a = 'one' # gitleaks:allow\nb = 'two'\nc = 'three' # nosec\n";
  MarkedLines marked = marks.find_in(text);
  LineIndex lines(text);
  auto at = [&](std::string_view word) {
    auto begin = static_cast<uint32_t>(text.find(word));
    return Span{begin, begin + static_cast<uint32_t>(word.size())};
  };
  CHECK(mark_of_all(marked, lines, std::vector{at("one"), at("three")})->mark == "gitleaks:allow");
  CHECK(mark_of_all(marked, lines, std::vector{at("one"), at("two")}) == nullptr);
  CHECK(mark_of_all(marked, lines, {}) == nullptr);
}

TEST_CASE("what one block covers, another one inside of it does not end") {
  MarkedLines marked;
  marked.add_block(2, 100, {"outer", "a"});
  marked.add_block(5, 6, {"inner", "b"});
  marked.add_block(200, 300, {"last", "a"});
  CHECK(marked.covering(1, 1) == nullptr);
  CHECK(marked.covering(1, 2)->mark == "outer");
  CHECK(marked.covering(50, 50)->mark == "outer");
  CHECK(marked.covering(101, 199) == nullptr);
  CHECK(marked.covering(250, 250)->mark == "last");
}
