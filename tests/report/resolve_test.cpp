#include "report/resolve.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "report/display.h"
#include "report/emit.h"
#include "report/frame.h"
#include "report/sample.h"

using namespace tfcheck;
using test::SampleTree;

namespace {

SampleTree tree_of(std::vector<std::pair<std::string, std::string>> files) {
  SampleTree tree;
  tree.files = std::move(files);
  tree.rules = {test::sample_rule("config/a", Severity::Error), test::sample_rule("logs/a", Severity::Error)};
  return tree;
}

std::vector<ReportFinding> resolved(const SampleTree& tree) {
  return resolve_findings(tree.findings, tree.sources(), tree.rules);
}

// "2:3-2:5" and, below, the frame with its marks.
std::string shown(const ReportPlace& place) {
  const Region& r = place.region;
  std::string out = fmt::format("{}:{}-{}:{}", r.start.line, r.start.column, r.end.line, r.end.column);
  for (const FrameLine& line : place.frame) {
    out += fmt::format("\n{}\n{}{}", line.text, std::string(line.mark_begin, ' '),
                       std::string(line.mark_end - line.mark_begin, '^'));
  }
  return out;
}

std::string shown(const std::string& text, std::optional<Span> span) {
  SampleTree tree = tree_of({{"a.py", text}});
  tree.add_to_file(0, "logs/a", "m");
  tree.findings.back().span = span;
  return shown(resolved(tree).at(0).primary);
}

}  // namespace

TEST_CASE("regions and frames") {
  struct Row {
    std::string text;
    std::optional<Span> span;
    const char* expected;
  };
  for (const Row& row : {
           Row{"ab cd\n", Span{3, 5}, "1:4-1:6\nab cd\n   ^^"},
           Row{"x\n\tab\tcd\n", Span{3, 8}, "2:2-2:7\n    ab  cd\n    ^^^^^^"},
           Row{"x\nab\ncd\n", Span{2, 8}, "2:1-3:3\nab\n^^"},
           Row{"ab\r\ncd", Span{0, 4}, "1:1-1:3\nab\n^^"},
           Row{"\xC3\xA9\xE4\xB8\xAD x", Span{6, 7}, "1:4-1:5\n\xC3\xA9\xE4\xB8\xAD x\n    ^"},
           Row{"\xF0\x9F\x98\x80 x", Span{5, 6}, "1:4-1:5\n\xF0\x9F\x98\x80 x\n   ^"},
           Row{"a\x1b[31m b", Span{7, 8}, "1:8-1:9\na\\x1b[31m b\n          ^"},
           Row{"\u200B\U000E0041 x", Span{8, 9}, "1:5-1:6\n\\u200b\\U000e0041 x\n                 ^"},
           Row{"\u061C'\u00AD' x", Span{2, 6}, "1:2-1:5\n\\u061c'\\u00ad' x\n      ^^^^^^^^"},
           // Whole files have a region of at least one column, and nothing to frame.
           Row{"{\n}\n", std::nullopt, "1:1-1:2"},
           Row{"", std::nullopt, "1:1-1:2"},
           Row{"\nx", std::nullopt, "1:1-1:2"},
           // A span without extent, one past the end, one the wrong way round.
           Row{"abc\n", Span{2, 2}, "1:3-1:4\nabc\n  ^"},
           Row{"abc", Span{3, 3}, "1:4-1:5\nabc\n   ^"},
           Row{"abc", Span{90, 99}, "1:4-1:5\nabc\n   ^"},
           Row{"abc", Span{2, 1}, "1:3-1:4\nabc\n  ^"},
       }) {
    CAPTURE(row.text);
    CHECK(shown(row.text, row.span) == row.expected);
  }
}

TEST_CASE("long lines are windowed round the mark") {
  std::string line = std::string(5000, 'a') + "MARK" + std::string(5000, 'b');
  SampleTree tree = tree_of({{"a.py", line}});
  tree.add(0, {5000, 5004}, "logs/a", "m");
  tree.add(0, {0, 10}, "logs/a", "m");
  tree.add(0, {9990, 10004}, "logs/a", "m");
  tree.add(0, {4000, 9000}, "logs/a", "m");
  for (const ReportFinding& finding : resolved(tree)) {
    const FrameLine& frame = finding.primary.frame.at(0);
    CAPTURE(frame.text);
    CHECK(display_width(frame.text) <= frame_width);
    CHECK(frame.mark_end <= display_width(frame.text));
    CHECK(frame.mark_begin < frame.mark_end);
  }
  FrameLine middle = resolved(tree).at(0).primary.frame.at(0);
  CHECK(slice_columns(middle.text, middle.mark_begin, middle.mark_end) == "MARK");
  CHECK(middle.text.starts_with("…a"));
  CHECK(middle.text.ends_with("b…"));
  CHECK(resolved(tree).at(1).primary.frame.at(0).text.starts_with("aaa"));
  CHECK(resolved(tree).at(2).primary.frame.at(0).text.ends_with("bbb"));
}

TEST_CASE("frames fit any width without losing the mark") {
  FrameLine frame{1, "some words before the marked part and some behind it", 22, 28};
  for (uint32_t width : {60u, 52u, 40u, 30u, 20u, 12u, 8u}) {
    FrameLine cut = fit_frame(frame, width);
    CAPTURE(width, cut.text);
    CHECK(display_width(cut.text) <= width);
    CHECK(slice_columns(cut.text, cut.mark_begin, cut.mark_end) == "marked");
  }
}

TEST_CASE("secrets are masked in every frame, message and note") {
  const std::string secret = "abc-0123456789-xyz";
  std::string text =
      "key = '" + secret + "' # " + secret + "\nother('" + secret + "')\npassword = 'hunter2' or 'hunter2'\n";
  SampleTree tree = tree_of({{"a.py", text}, {"b.py", "use('" + secret + "')\n"}});
  Span key = tree.find(0, secret), password = tree.find(0, "hunter2");
  tree.add(0, {0, 5}, "config/a", "The key is " + secret + ".");
  tree.findings.back().secrets = {key};
  tree.findings.back().related = {{1, Span{0, 3}, "used with " + secret}};
  tree.add(0, tree.find(0, "other"), "logs/a", "m");
  tree.add(0, tree.find(0, "password"), "config/a", "m");
  tree.findings.back().secrets = {password};
  tree.add(1, {0, 3}, "logs/a", "Found " + secret + ".");
  std::vector<ReportFinding> findings = resolved(tree);
  CHECK(findings[0].primary.frame[0].text == "key = 'abc********yz' # abc********yz");
  CHECK(findings[0].message == "The key is abc********yz.");
  CHECK(findings[0].related[0].frame[0].text == "use('abc********yz')");
  CHECK(findings[0].related[0].note == "used with abc********yz");
  CHECK(findings[1].primary.frame[0].text == "other('abc********yz')");
  CHECK(findings[2].primary.frame[0].text == "password = '********' or '********'");
  CHECK(findings[3].primary.frame[0].text == "use('abc********yz')");
  CHECK(findings[3].message == "Found abc********yz.");
}

TEST_CASE("a mark on a masked secret covers the mask") {
  SampleTree tree = tree_of({{"a.py", "k = 'hunter2' + x\n"}});
  tree.add(0, {4, 13}, "config/a", "m");
  tree.findings.back().secrets = {{5, 12}};
  CHECK(shown(resolved(tree)[0].primary) == "1:5-1:14\nk = '********' + x\n    ^^^^^^^^^^");
}

TEST_CASE("of a secret over several lines nothing is shown") {
  std::string key = "-----BEGIN KEY-----\nMIIBOgIBAAJBAKj34Gkx\nabcdefghijklmnopqrst\n-----END KEY-----";
  SampleTree tree = tree_of({{"a.py", "k = '''" + key + "'''\n"}, {"b.txt", "MIIBOgIBAAJBAKj34Gkx\n"}});
  tree.add(0, tree.find(0, key), "config/a", "m");
  tree.findings.back().secrets = {tree.find(0, key)};
  tree.add(0, tree.find(0, "abcdefghijklmnopqrst"), "logs/a", "m");
  tree.add(1, {0, 4}, "logs/a", "m");
  std::vector<ReportFinding> findings = resolved(tree);
  CHECK(findings[0].primary.frame[0].text == "k = '''********");
  CHECK(findings[1].primary.frame[0].text == "********");
  CHECK(findings[2].primary.frame[0].text == "MII********kx");
}

TEST_CASE("a secret that reaches into a window is masked whole") {
  std::string secret(700, 's');
  secret += "END";
  std::string text =
      secret + std::string(50, '.') + "MARK" + std::string(50, '.') + secret + "\nk = '" + secret + "'\n";
  SampleTree tree = tree_of({{"a.py", text}});
  tree.add(0, tree.find(0, "MARK"), "logs/a", "m");
  tree.add(0, tree.find(0, "k = "), "config/a", "m");
  auto at = static_cast<uint32_t>(text.rfind(secret));
  tree.findings.back().secrets = {{at, at + static_cast<uint32_t>(secret.size())}};
  std::string frame = resolved(tree)[0].primary.frame[0].text;
  CAPTURE(frame);
  CHECK(frame.find("ssss") == std::string::npos);
  CHECK(frame.find("MARK") != std::string::npos);
}

TEST_CASE("fingerprints survive line moves and tell repeats apart") {
  SampleTree tree = tree_of({{"a.py", "open(x)\nopen(x)\nopen(y)\n"}});
  tree.add(0, {0, 7}, "logs/a", "m");
  tree.add(0, {8, 15}, "logs/a", "m");
  tree.add(0, {16, 23}, "logs/a", "m");
  std::vector<ReportFinding> before = resolved(tree);
  CHECK(before[0].fingerprint != before[1].fingerprint);
  CHECK(before[1].fingerprint != before[2].fingerprint);
  tree.files[0].second = "# a new line\n\n  open(x)\n\topen(x)\nopen(y)\n";
  tree.findings[0].span = {16, 23};
  tree.findings[1].span = {25, 32};
  tree.findings[2].span = {33, 40};
  std::vector<ReportFinding> after = resolved(tree);
  for (size_t i = 0; i < 3; ++i) CHECK(before[i].fingerprint == after[i].fingerprint);
}

TEST_CASE("a fingerprint does not depend on what the secret is") {
  auto fingerprint = [](const std::string& secret) {
    SampleTree tree = tree_of({{"a.py", "k = '" + secret + "'\n"}});
    tree.add(0, tree.find(0, "k = '" + secret + "'"), "config/a", "m");
    tree.findings.back().secrets = {tree.find(0, secret)};
    return resolved(tree)[0].fingerprint;
  };
  CHECK(fingerprint("hunter2") == fingerprint("correct horse"));
}

TEST_CASE("ten thousand findings on one very long line, with secrets, take no time") {
  std::string text;
  SampleTree tree;
  for (int i = 0; i < 10'000; ++i) text += fmt::format("call('secret-number-{:05}') + ", i);
  tree = tree_of({{"a.js", text}});
  for (uint32_t i = 0; i < 10'000; ++i) {
    tree.add(0, {i * 30, i * 30 + 4}, "logs/a", "m");
    tree.findings.back().secrets = {{i * 30 + 6, i * 30 + 25}};
  }
  std::vector<ReportFinding> findings = resolved(tree);
  CHECK(findings.back().primary.region.start.column == 9'999 * 30 + 1);
  CHECK(findings[5'000].primary.frame[0].text.find("number") == std::string::npos);
}

TEST_CASE("a file's secrets are looked at once, not once for each of its findings") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += fmt::format("password = 'secret-{:05}'\n", i);
  SampleTree tree = tree_of({{"a.py", text}});
  std::vector<Span> secrets;
  for (uint32_t i = 0; i < 20'000; ++i) {
    secrets.push_back({i * 26 + 12, i * 26 + 24});
    tree.add(0, {i * 26, i * 26 + 8}, "logs/a", fmt::format("It is secret-{:05}.", i));
  }
  Sources sources = tree.sources();
  sources.files = 1;
  sources.secrets = [&](uint32_t) { return std::span<const Span>(secrets); };
  std::vector<ReportFinding> findings = resolve_findings(tree.findings, sources, tree.rules);
  CHECK(findings[19'999].message == "It is ********.");
  CHECK(findings[19'999].primary.frame[0].text == "password = '********'");
}

TEST_CASE("wrapping and slicing by columns") {
  CHECK(wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrap("one two three", 0) == std::vector<std::string>{"one two three"});
  CHECK(wrap("unbreakable", 4) == std::vector<std::string>{"unbreakable"});
  CHECK(wrap(glue("one two") + " three", 5) == std::vector<std::string>{"one two", "three"});
  CHECK(wrap("", 5) == std::vector<std::string>{""});
  CHECK(slice_columns("a中b", 0, 2) == "a ");
  CHECK(slice_columns("a中b", 2, 4) == " b");
  CHECK(display_width("e\xCC\x81中") == 3);
  CHECK(to_ascii("‘é’ … ·", AsciiFit::Readable) == "'\\u{e9}' ... -");
  CHECK(to_ascii("é中…", AsciiFit::SameColumns) == "???~");
}
