#include "report/fingerprint.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

using namespace tfcheck;

namespace {

std::string hashes(std::string_view text) {
  return fmt::format("{}", fmt::join(github_line_hashes(text), " "));
}

}  // namespace

TEST_CASE("GitHub's line hashes: the values of its own tests") {
  CHECK(hashes("") == "c129715d7a2bc9a3:1");
  CHECK(hashes(" a\nb\n  \t\tc\n d") == "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1");
}

TEST_CASE("line hashes: one per line, blanks skipped, line ends alike, repeats counted") {
  CHECK(hashes("a\nb\n") == hashes("a\r\nb\r\n"));
  CHECK(hashes("a\nb\n") == hashes(" a\t\rb  \r"));
  CHECK(hashes("a\nb\n") != hashes("a\nc\n"));
  CHECK(github_line_hashes("a\n\n\nb").size() == 4);
  CHECK(github_line_hashes("a\n").size() == 2);
  // Lines further apart than the window: the same 100 characters give the same hash, and a count tells them apart.
  std::string block = std::string(60, 'x') + "\n" + std::string(60, 'y') + "\n";
  std::vector<std::string> found = github_line_hashes(block + block + "end");
  CHECK(found[0].ends_with(":1"));
  CHECK(found[2].ends_with(":2"));
  CHECK(found[0].substr(0, found[0].find(':')) == found[2].substr(0, found[2].find(':')));
}

TEST_CASE("line hashes count UTF-16 units") {
  // U+1F600 is the pair D83D DE00: 101 units, so that the last one leaves the window's beginning.
  std::string emoji = "\xF0\x9F\x98\x80";
  std::string text;
  for (int i = 0; i < 50; ++i) text += emoji;
  CHECK(github_line_hashes(text + "a")[0] == github_line_hashes(text + "b")[0]);
  CHECK(github_line_hashes(text.substr(4) + "a")[0] != github_line_hashes(text.substr(4) + "b")[0]);
}

TEST_CASE("a fingerprint depends on rule, path, marked text and ordinal, on nothing else") {
  std::string own = stable_fingerprint("logs/a", "app.py", "open(x)", 0);
  CHECK(own.size() == 16);
  CHECK(own == stable_fingerprint("logs/a", "app.py", "open(x)", 0));
  CHECK(own != stable_fingerprint("logs/b", "app.py", "open(x)", 0));
  CHECK(own != stable_fingerprint("logs/a", "b.py", "open(x)", 0));
  CHECK(own != stable_fingerprint("logs/a", "app.py", "open(y)", 0));
  CHECK(own != stable_fingerprint("logs/a", "app.py", "open(x)", 1));
  CHECK(stable_fingerprint("a", "bc", "", 0) != stable_fingerprint("ab", "c", "", 0));
  // Baselines hold these: a new value would orphan every entry.
  CHECK(own == "a54c2252fc4fd4ac");
}

TEST_CASE("marked text is normalised and holds no secret") {
  std::string text = "x = {\n  key:\t'secret-one'  }\n";
  Span whole = {0, static_cast<uint32_t>(text.size())};
  auto at = static_cast<uint32_t>(text.find("secret-one"));
  std::vector<Span> secret = {{at, at + 10}};
  CHECK(normal_text(text, whole, {}) == "x = { key: 'secret-one' }");
  CHECK(normal_text(text, whole, secret) == "x = { key: '\x01' }");
  CHECK(normal_text(text, {at, at + 10}, secret) == "\x01");
  CHECK(normal_text(text, {0, 0}, {}) == "");
}
