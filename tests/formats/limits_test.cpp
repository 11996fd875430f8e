// What becomes of files that are too large, too deep, too repetitive or broken: they lose what cannot be read, and say
// so.
#include <catch2/catch.hpp>

#include "formats/format_adapter.h"
#include "formats/lines.h"
#include "formats/nginx/nginx.h"

using namespace tfcheck;

static Read yaml(std::string_view path, std::string_view text) {
  return read_facts(format_adapter("yaml"), path, text);
}

static Read json(std::string_view path, std::string_view text) {
  return read_facts(format_adapter("json"), path, text);
}

static Read nginx(std::string_view path, std::string_view text) {
  return read_facts(format_adapter("nginx"), path, text);
}

TEST_CASE("yaml: alias bombs cost nothing") {
  std::string bomb = "a0: &a0 [x, x]\n";
  std::string merged = "b0: &b0 {k0: 1}\n";
  for (int i = 1; i < 60; ++i) {
    std::string n = std::to_string(i), m = std::to_string(i - 1);
    bomb += "a" + n + ": &a" + n + " [*a" + m + ", *a" + m + ", *a" + m + "]\n";
    merged += "b" + n + ": &b" + n + "\n  <<: [*b" + m + ", *b" + m + "]\n  k" + n + ": 1\n";
  }
  Read read = yaml("a.yml", bomb);
  CHECK(read.lines.size() <= 20'000);
  REQUIRE(read.facts.notices().size() == 1);
  CHECK(read.facts.notices()[0].message == "more than 20,000 entries; the rest is left out");
  Read merges = yaml("a.yml", merged);
  CHECK(merges.has("entry b59.k0 = 1"));
  CHECK(merges.lines.size() == 60 + 60 * 61 / 2);
  CHECK(yaml("a.yml", "a: &a [*a, 1]\n").lines.size() < 1000);
  CHECK(yaml("a.yml", "a: &a\n  <<: *a\n  b: 1\n").has("entry a.b = 1"));
  CHECK(yaml("a.yml", "a: &x *x\n").lines.size() <= 1);
}

TEST_CASE("yaml: a file of which most is broken says so") {
  Read read = yaml("a.yml", "good: 1\nbad: [b, \"c, d, e, f, g, h, i\n");
  CHECK(read.has("entry good = 1"));
  CHECK(read.facts.unread() == Unread::SyntaxErrors);
  REQUIRE(read.facts.notices().size() == 1);
  CHECK(read.facts.notices()[0].message == "most of it does not parse; only what does was read");
}

TEST_CASE("yaml: files of more lines than 16 bits count") {
  auto lines = [](int count, std::string_view line) {
    std::string all;
    for (int i = 0; i < count; ++i) all += line;
    return all;
  };
  Read compose = yaml("docker-compose.yml", "services:\n  a:\n    image: a:1\n" + lines(40'000, "    # x\n\n") +
                                                "    command: run\n  b:\n    image: b:2\n");
  CHECK_FALSE(compose.facts.has_errors());
  CHECK(compose.has("image a = \"1\""));
  CHECK(compose.has("image b = \"2\""));
  Read text = yaml("a.yml", "a:\n  b: |\n" + lines(70'000, "    x\n") + "  c: 1\n");
  CHECK_FALSE(text.facts.has_errors());
  CHECK(text.has("entry a.c = 1"));
  Read list = yaml("a.yml", "a:\n" + lines(9'000, "- - 1\n\n\n\n") + "b: 1\n");
  CHECK_FALSE(list.facts.has_errors());
  CHECK(list.has("entry a.8999.0 = 1"));
  CHECK(list.has("entry b = 1"));
  Read flow = yaml("a.yml", "a: [\n" + lines(9'000, "  1,\n\n\n\n") + "]\nb: 1\n");
  CHECK_FALSE(flow.facts.has_errors());
  CHECK(flow.has("entry b = 1"));
}

TEST_CASE("yaml: hostile input") {
  CHECK(yaml("a.yml", "").lines.empty());
  CHECK(yaml("a.yml", "# only: a comment\n").lines.empty());
  CHECK(yaml("a.yml", "{{").lines.size() <= 1);
  std::string flow(10'000, '[');
  CHECK(yaml("a.yml", flow).lines.empty());
  std::string block;
  for (size_t i = 0; i < 1'000; ++i) block += std::string(i, ' ') + "a:\n";
  Read deep = yaml("a.yml", block);
  CHECK(deep.facts.unread() == Unread::ScannerState);
  REQUIRE(deep.facts.notices().size() == 1);
  CHECK(deep.facts.notices()[0].message == "not parsed: more open constructs than its grammar can hold");
  std::string dashes;
  for (size_t i = 0; i < 2'000; ++i) dashes += "- ";
  CHECK(yaml("a.yml", dashes + "a").facts.notices().size() == 1);
  std::string queries;
  for (size_t i = 0; i < 2'000; ++i) queries += "? ";
  yaml("a.yml", queries + "a");
  CHECK(yaml("a.yml", "a: " + std::string(1'000'000, 'x')).lines.size() == 1);
  yaml("a.yml", std::string(200'000, '{'));
  yaml("a.yml", std::string(200'000, '&'));
}

TEST_CASE("json: bad input loses only itself") {
  CHECK(json("a.json", "").lines.empty());
  Read half = json("a.json", R"({"a": 1, "b": {"c": )");
  CHECK(half.facts.has_errors());
  std::string deep(10'000, '[');
  CHECK(json("a.json", deep).lines.empty());
  std::string closed = deep + std::string(10'000, ']');
  Read nested = json("a.json", closed);
  REQUIRE(nested.facts.notices().size() == 1);
  CHECK(nested.facts.notices()[0].message == "nested too deeply; what lies below is left out");
  std::string big = "[\"" + std::string(400'000, 'x') + "\"]";
  CHECK(json("a.json", big).facts.notices().size() == 1);
}

TEST_CASE("nginx: bad input") {
  CHECK(nginx("nginx.conf", "").lines.empty());
  CHECK(nginx("nginx.conf", "}}}; daemon off;").lines == std::vector<std::string>{"entry daemon = \"off\""});
  CHECK(nginx("nginx.conf", "a \"unclosed").lines.empty());
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "a {";
  deep += "b c;";
  for (int i = 0; i < 10'000; ++i) deep += "}";
  CHECK(nginx("nginx.conf", deep + "d e;").lines == std::vector<std::string>{"entry d = \"e\""});
  CHECK(nginx("nginx.conf", std::string(100'000, '\\')).lines.empty());
}

TEST_CASE("nginx: what is not nginx has no facts") {
  CHECK_FALSE(looks_like_nginx("# server {\n[program:x]\ncommand=y\n"));
  CHECK(looks_like_nginx("upstream app {\n  server a;\n}\n"));
}

TEST_CASE("hostile Dockerfiles end") {
  auto repeat = [](std::string_view part, size_t count) {
    std::string out;
    for (size_t i = 0; i < count; ++i) out += part;
    return out;
  };
  for (const std::string& text :
       {repeat("FROM a AS b\nFROM b\n", 2000), repeat("RUN a <<X\n", 20000), "FROM a\nCMD " + repeat("[", 50000),
        "FROM a\nENV A=aaaaaaaa\n" + repeat("ENV A=$A$A\n", 200), repeat("\\\n", 20000), std::string("RUN \\"),
        std::string("RUN"), "FROM ${" + repeat("A:-${", 10000), "ENV A=" + repeat("$", 20000),
        std::string("FROM a\nCMD [\"\\"), std::string("ONBUILD")}) {
    FileFacts facts = extract_facts(format_adapter("dockerfile"), {"Dockerfile", text});
    CHECK(facts.facts().size() <= text.size() + 1);
  }
}

TEST_CASE("toml: hostile input") {
  auto toml = [](std::string_view text) { return read_facts(format_adapter("toml"), "a.toml", text); };
  auto repeat = [](std::string_view part, size_t count) {
    std::string out;
    for (size_t i = 0; i < count; ++i) out += part;
    return out;
  };
  CHECK(toml("a." + repeat("a.", 100'000) + "a = 1").lines.size() < 1000);
  CHECK(toml("[a." + repeat("a.", 100'000) + "a]\nb = 1").lines.size() < 1000);
  CHECK(toml("a = " + repeat("[", 100'000)).facts.has_errors());
  CHECK(toml("a = " + repeat("{b = ", 100'000)).facts.has_errors());
  Read many = toml(repeat("[[a]]\nb = 1\n", 30'000));
  CHECK(many.lines.size() <= 20'000);
  REQUIRE(many.facts.notices().size() == 1);
  std::string keys = "[" + std::string(2'000, 'k') + "]\n";
  for (int i = 0; i < 20'000; ++i) keys += "x" + std::to_string(i) + ".y = 1\n";
  CHECK(toml(keys).lines.size() <= 20'000);
}
