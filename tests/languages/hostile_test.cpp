// Text that nobody wrote for a compiler ends soon, in every language, and costs no more facts than it has letters.
#include <catch2/catch.hpp>

#include "languages/registry.h"
#include "support/fact_pages.h"

using namespace tfcheck;

namespace {

std::string repeat(std::string_view piece, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}

const Adapter& named(std::string_view name) {
  for (const Adapter* adapter : code_adapters()) {
    if (adapter->name == name) return *adapter;
  }
  FAIL("no language of that name");
  return *code_adapters()[0];
}

// `count` lines in which N stands for the number of the line and P for the one before.
std::string numbered(std::string_view line, int count) {
  std::string out;
  for (int i = 1; i <= count; ++i) {
    for (char c : line) {
      if (c == 'N')
        out += std::to_string(i);
      else if (c == 'P')
        out += std::to_string(i - 1);
      else
        out += c;
    }
  }
  return out;
}

struct Hostile {
  std::string_view language;
  std::string text;
};

}  // namespace

TEST_CASE("hostile: deep, long and doubling texts end") {
  const Hostile texts[] = {
      {"java", "class A { Object x = " + repeat("f(", 5000)},
      {"java", "class A { Object x = a" + repeat(".b(1)", 5000) + "; }"},
      {"csharp", "var x = " + repeat("new A() { B = ", 3000)},
      {"go", "package a\nvar x = " + repeat("(", 20000) + "1" + repeat(")", 20000)},
      {"go", "package a\nfunc f() {\ns := \"x\"\nm := g(1, 1)\n" + repeat("s = s + s\nm = g(m, m)\n", 100) + "}"},
      {"c", "int x = " + repeat("(", 20000)},
      {"c", "int " + repeat("*", 20000) + "x = 1;"},
      {"c", "const char *x = " + repeat("\"y\" ", 20000) + ";"},
      {"c", repeat("#define A \"x\" B\n", 5000) + "#if 0\n" + repeat("#ifdef A\n", 3000)},
      {"c", "int f(" + repeat("int (*", 5000)},
      {"c", "void f() { " + repeat("a = b = ", 5000) + "1; }"},
      {"c++", "void f() { x" + repeat(" << \"a\"", 5000) + "; }"},
      {"c++", repeat("namespace a { ", 5000) + repeat("class B { ", 5000)},
      {"c++", "std::string s = \"x\"; void f() { " + repeat("s = s + s; ", 100) + "}"},
      {"c++", repeat("a::", 5000) + "b c(" + repeat("d, ", 5000) + "e);"},
      {"c++", repeat("template <typename T, ", 5000)},
      {"rust", "fn f() { m!(" + repeat("(", 20000)},
      {"rust", "fn f() { m!(" + repeat("a::", 20000) + "b, x); }"},
      {"rust", "fn f() { use a::{" + repeat("b::{", 5000) + "c" + repeat("}", 5000) + ";"},
      {"rust", "fn f() { use " + repeat("a::", 5000) + "{" + repeat("c, ", 5000) + "};"},
      {"rust", "fn f() { Command::new(\"x\")" + repeat(".arg(\"y\").spawn()", 3000) + "; }"},
      {"rust", "fn f() { let s = \"x\".to_string();" + repeat("let s = format!(\"{s}{s}\");", 100) + "}"},
      {"rust", repeat("#[a(b)] ", 10000) + "fn f() {}"},
      {"rust", "fn f() {" + repeat("match a { b => {", 3000)},
      {"php", "<?php " + repeat("[", 10000)},
      {"php", "<?php $a" + repeat("->b", 10000) + " = 1;"},
      {"php", "<?php " + repeat("if ($a) {", 5000)},
      {"php", "<?php $a = 'xy';" + repeat("$a = $a . $a;", 60)},
      {"php", "<?php $a = ['b'];" + repeat("$a = [$a, $a, $a];", 40)},
      {"php", "<?php " + repeat("use ", 5000)},
      {"php", "<?php new " + repeat("A\\", 10000)},
      {"php", "<?php " + repeat("function f() {", 5000)},
      {"ruby", repeat("[", 10000)},
      {"ruby", repeat("a.", 10000) + "b = 1"},
      {"ruby", repeat("if a\n", 5000)},
      {"ruby", "a = 'xy'\n" + repeat("a = a + a\n", 60)},
      {"ruby", "a = [1, 'b']\n" + repeat("a = [a, a, a, a]\n", 40)},
      {"ruby", "a = fork\n" + repeat("a = a && a\nif a\nend\n", 60)},
      {"ruby", repeat("<<A + ", 2000)},
      {"ruby", "\"#{"},
      {"ruby", "x = " + repeat("\"#{", 3000)},
      {"ruby", repeat("def f\n", 5000)},
      {"kotlin", "val x = " + repeat("f(", 5000)},
      {"kotlin", "val x = a" + repeat(".b(1)", 5000)},
      {"kotlin", "val x = " + repeat("\"${", 3000)},
      {"kotlin", "fun f() {\nvar s = \"x\"\n" + repeat("s = s + \"$s$s\"\n", 100) + "}"},
      {"kotlin", "var a = listOf(1, \"b\")\n" + repeat("a = listOf(a, a, a, a)\n", 40)},
      {"kotlin", repeat("fun f() { if (a) ", 3000)},
      {"elixir", repeat("[", 10000)},
      {"elixir", "x = a" + repeat(" |> f(1)", 5000)},
      {"elixir", "a" + repeat(".b()", 5000)},
      {"elixir", repeat("if a do\n", 5000)},
      {"elixir", repeat("def f do\n", 5000)},
      {"elixir", repeat("config :a, b: [", 3000)},
      {"elixir", "a = \"xy\"\n" + repeat("a = a <> a\n", 60)},
      {"elixir", "a = [1, \"b\"]\n" + repeat("a = [a, a, a, a]\n", 40)},
      {"elixir", "a = {A, 1}\n" + repeat("a = {A, a, a, a}\n", 40)},
      {"elixir", "\"#{"},
      {"elixir", "x = " + repeat("\"#{", 3000)},
      {"javascript", repeat("f([{a:(", 20000)},
      {"javascript", "const " + repeat("{a:[", 5000)},
      {"javascript", "const a0 = {x: 1};\n" + numbered("const aN = {x: aP, y: aP, z: [aP, aP]};\nf(aN);\n", 200)},
      {"javascript", "let s = 'x';\n" + repeat("s = s + s + `${s}${s}`;\n", 200)},
      {"javascript",
       "const b0 = process.env.A;\n" + numbered("const bN = bP || bP;\nconst cN = g(bN, bN, bP);\n", 200)},
      {"javascript", repeat("var a=b?c(d):e&&f(\"g\"),h=function(i){return i.j||{k:1}};", 20000)},
  };
  for (const Hostile& hostile : texts) {
    INFO(hostile.language << ": " << hostile.text.substr(0, 60));
    const Adapter& adapter = named(hostile.language);
    SourceFile file{adapter.formats[0].example, hostile.text};
    FileFacts facts;
    adapter.extract(file, facts);
    CHECK(facts.facts().size() < 200'001);
    size_t printed = 0;
    for (const Fact& fact : facts.facts()) printed += to_string(fact).size();
    CHECK(printed < 40'000'000);
    CHECK(import_lines(adapter, file).empty());
  }
}
