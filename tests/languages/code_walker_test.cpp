// What the walk costs in every language: values that double, long runs of comments. What it says is in tests/facts.
#include <catch2/catch.hpp>

#include "base/text.h"
#include "languages/registry.h"

using namespace tfcheck;

namespace {

FileFacts facts_of(std::string_view path, std::string_view code) {
  FileFacts facts;
  for (const Adapter* adapter : code_adapters()) {
    for (std::string_view pattern : adapter->patterns) {
      if (glob_match(pattern, path, '/')) adapter->extract({path, code}, facts);
    }
  }
  return facts;
}

bool has(std::string_view path, std::string_view code, std::string_view wanted) {
  FileFacts facts = facts_of(path, code);
  bool found = false;
  std::string all;
  for (const Fact& fact : facts.facts()) {
    std::string line = to_string(fact);
    found |= line == wanted;
    all += line + "\n";
  }
  UNSCOPED_INFO(code << "\n----\n" << all);
  return found;
}

}  // namespace

TEST_CASE("walk: values that double with every line cost little in every language") {
  struct Doubling {
    std::string_view path, begin, line, end;
  };
  static constexpr Doubling all[] = {
      {"a.py", "a = 'x'\nm = {'k': 'x'}\n", "a = a + a + f'{a}{a}'\nm = {'x': m, 'y': m}\nf(m, m, a)\n", ""},
      {"a.js", "let a = 'x', m = {k: 'x'};\n", "a = a + a + `${a}${a}`;\nm = {x: m, y: [m, m]};\nf(m, m, a);\n", ""},
      {"a.rb", "a = 'x'\nm = {k: 'x'}\n", "a = a + a + \"#{a}#{a}\"\nm = {x: m, y: [m, m]}\nf(m, m, a)\n", ""},
      {"a.php", "<?php $a = 'x'; $m = ['x'];\n", "$a = $a . $a . \"$a$a\";\n$m = [$m, [$m, $m]];\nf($m, $m, $a);\n",
       ""},
      {"a.go", "package a\nfunc f() {\na := \"x\"\nm := g(1)\n", "a = a + a\nm = g(m, []any{m, m}, a)\n", "}\n"},
      {"a.java", "class A { void f() { String a = \"x\"; Object m = g(1);\n",
       "a += a + String.format(\"%s%s\", a, a); m = List.of(m, m, g(m, m));\n", "} }"},
      {"a.cs", "class A { void f() { string a = \"x\"; object m = g(1);\n",
       "a += a + $\"{a}{a}\"; m = new[] { m, m, g(m, m) };\n", "} }"},
  };
  for (const Doubling& one : all) {
    std::string code(one.begin);
    for (int i = 0; i < 300; ++i) code += one.line;
    code += one.end;
    FileFacts facts = facts_of(one.path, code);
    INFO(one.path);
    CHECK_FALSE(facts.has_errors());
    CHECK(facts.facts().size() < 30000);
    size_t printed = 0;
    for (const Fact& fact : facts.facts()) printed += to_string(fact).size();
    CHECK(printed < 20'000'000);
  }
}

TEST_CASE("walk: a fluent chain of any length is read whole and keeps the tail of its name") {
  struct Chain {
    std::string_view path, begin, link, end;
  };
  static constexpr Chain all[] = {
      {"a.py", "x = open('x')", ".with_option(1)", ".last('y')\n"},
      {"a.js", "const x = open('x')", ".withOption(1)", ".last('y');\n"},
      {"a.ts", "const x = open('x')", ".withOption(1)", ".last('y');\n"},
      {"a.rb", "x = open('x')", ".with_option(1)", ".last('y')\n"},
      {"a.php", "<?php $x = open('x')", "->withOption(1)", "->last('y');"},
      {"a.go", "package a\nfunc f() { x := open(\"x\")", ".WithOption(1)", ".last(\"y\") }\n"},
      {"a.java", "class A { Object x = open(\"x\")", ".withOption(1)", ".last(\"y\"); }"},
      {"a.cs", "var x = open(\"x\")", ".WithOption(1)", ".last(\"y\");"},
  };
  for (const Chain& one : all) {
    for (int links : {7, 12, 60, 1000}) {
      std::string code(one.begin);
      for (int i = 0; i < links; ++i) code += one.link;
      FileFacts facts = facts_of(one.path, code + std::string(one.end));
      INFO(one.path << ", links: " << links);
      CHECK(facts.unread() == Unread::None);
      std::vector<const Fact*> calls;
      for (const Fact& fact : facts.facts()) {
        if (fact.kind == FactKind::Call) calls.push_back(&fact);
      }
      REQUIRE(calls.size() == static_cast<size_t>(links) + 2);
      CHECK(calls.front()->name == "open");
      std::string tail = lower(std::string(calls.back()->name));
      std::erase(tail, '_');
      CHECK(tail.ends_with(".withoption.withoption.last"));
      CHECK(tail.starts_with("open.withoption."));
      CHECK(calls.back()->name.size() <= 200);
    }
  }
}

TEST_CASE("walk: long runs of comments cost no more than blank lines, and hide nothing") {
  auto lines = [](std::string_view line, int count = 5000) {
    std::string all;
    for (int i = 0; i < count; ++i) all += line;
    return all;
  };
  CHECK(has("a.py", "f(1)\n" + lines("# x\n") + "f(2)\n", "call f(2)"));
  CHECK(has("a.py", "f(1)\r\n" + lines("# x\r\n") + "f(2)\r\n", "call f(2)"));
  CHECK(has("a.py", "def g():\n    f(1)\n" + lines("    # x\n\n") + "    f(2)\n", "call f(2)"));
  CHECK(has("a.py", "def g():\n    f(1)\n" + lines("# x\n") + "    f(2)\nf(3)\n", "call f(3)"));
  CHECK(has("a.js", "f\n" + lines("// x\n") + ".g(2)\n", "call f.g(2)"));
  CHECK(has("a.ts", "f\n" + lines("// x\n") + ".g(2)\n", "call f.g(2)"));
  CHECK(has("a.php", "<?php f()\n" + lines("# x\n") + "->g(2);", "call f.g(2)"));
  // Positions are those of the text.
  FileFacts facts = facts_of("a.py", lines("# \xC3\xA9\n") + "f(2)\n");
  REQUIRE(facts.facts().size() == 1);
  CHECK(facts.facts()[0].span.begin == 25'000);
}

TEST_CASE("walk: what looks like a run of comments but is text") {
  std::string hashes, slashes;
  for (int i = 0; i < 100; ++i) hashes += "# x\n", slashes += "// x\n";
  CHECK(has("a.py", "f('''\n" + hashes + "# ''')\ng(2)\n", "call g(2)"));
  CHECK(has("a.py", "f('''\n# ''', 7)\n" + hashes + "g(2)\n", "call g(2)"));
  CHECK(has("a.py", "f(f'''\n" + hashes + "# {os.environ[\"A\"]}\n''')\n", "env-read A (required=true)"));
  CHECK(has("a.js", "f(`\n" + slashes + "// ${process.env.A}`)\ng(2)\n", "env-read A"));
  CHECK(has("a.js", "f(`\n" + slashes + "// `)\ng(2)\n", "call g(2)"));
  CHECK(has("a.js", "/*\n" + slashes + "// */\ng(2)\n", "call g(2)"));
  CHECK(has("a.php", "<?php f('\n" + hashes + "# '); g(2);", "call g(2)"));
  CHECK(has("a.php", "<?php\n" + slashes + "// ?>\n# text\n<?php g(2);", "call g(2)"));
  CHECK(has("a.php", hashes + "<?php g(2);", "call g(2)"));
  CHECK(has("a.php", "<?php\n" + hashes + "#[A(3)]\nfunction g() {}", "call A(3)"));
  // In a file with errors the rest is read all the same.
  CHECK(has("a.py", "f(1)\n)\n" + hashes + "g(2)\n", "call g(2)"));
}
