// What the walk does in the same way for every language, in whichever language shows it best.
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

TEST_CASE("walk: fields with a prefix are known in the whole class") {
  CHECK(has("a.rb", "class A\n def a\n  @p = 80\n end\n def b\n  listen(@p)\n end\nend", "call listen(80)"));
  CHECK(has("a.php", "<?php class A { function a() { $this->p = 80; } function b() { listen($this->p); } }",
            "call listen(80)"));
  CHECK(has("a.js", "class A { a() { this.p = 80; } b() { listen(this.p); } }", "call listen(80)"));
  // A field is no variable of its name, and no field of another class.
  CHECK(has("a.js", "const p = 80;\nclass A { b() { listen(this.p); } }", "call listen(p)"));
  CHECK(has("a.php", "<?php class A { function a() { $this->p = 80; } } class B { function b() { f($this->p); } }",
            "call f(p)"));
}

TEST_CASE("walk: a field's declared class holds in functions that do not set it") {
  CHECK(has("a.php",
            "<?php class A { private R $r; function a() { $this->r = app('r'); } function b() { $this->r->go(); } }",
            "call R.go()"));
  // Not where types are erased: an application is what made it.
  CHECK(has("a.ts",
            "import express, { Application } from 'express';\nclass A { app: Application; constructor() { this.app = "
            "express(); } run() { this.app.listen(1); } }",
            "call express.listen(1)"));
}

TEST_CASE("walk: a field that two functions set is not known outside of them") {
  std::string_view set = "class A { a() { this.p = true; } b() { this.p = false; go(this.p); } c() { f(this.p); } }";
  CHECK(has("a.js", set, "call go(false)"));
  CHECK(has("a.js", set, "call f(p)"));
}

TEST_CASE("walk: what a condition replaces becomes the default of the read, in every language") {
  CHECK(has("a.py", "k = os.getenv('K')\nif not k:\n    k = 'dev'\n", "env-read K = \"dev\""));
  CHECK(has("a.js", "let k = process.env.K;\nif (!k) { k = 'dev'; }", "env-read K = \"dev\""));
  CHECK(has("a.php", "<?php $k = getenv('K'); if (!$k) { $k = 'dev'; }", "env-read K = \"dev\""));
  CHECK(has("a.rb", "k = ENV['K']\nk = 'dev' if k.nil?\n", "env-read K = \"dev\""));
  CHECK(has("a.php", "<?php class A { function f() { $this->k = getenv('K'); if (!$this->k) { $this->k = 'dev'; } } }",
            "env-read K = \"dev\""));
}

TEST_CASE("walk: conditions that variables hold guard as if they stood in the test") {
  for (auto [path, code] : {std::pair{"a.py", "dev = os.getenv('APP_ENV') == 'development'\nif dev:\n    f()\n"},
                            std::pair{"a.rb", "dev = ENV['APP_ENV'] == 'development'\nf() if dev\n"},
                            std::pair{"a.php", "<?php $dev = getenv('APP_ENV') === 'development'; if ($dev) f();"},
                            std::pair{"a.js", "const dev = process.env.APP_ENV === 'development';\nif (dev) f();"}}) {
    FileFacts facts = facts_of(path, code);
    INFO(code);
    REQUIRE_FALSE(facts.facts().empty());
    const Fact& call = facts.facts().back();
    CHECK(to_string(call) == "call f()");
    CHECK(call.context.has(context::DevGuard));
  }
}

TEST_CASE("walk: decorators are calls with a flag") {
  FileFacts facts = facts_of("a.py", "app = Flask(__name__)\n@app.route('/x')\ndef f():\n    pass\n");
  const Fact& call = facts.facts().back();
  CHECK(to_string(call) == "call Flask.route(\"/x\")");
  CHECK(call.context.has(context::Annotation));
  CHECK(facts_of("a.py", "class A:\n    @property\n    def f(self):\n        pass\n").facts().empty());
}

TEST_CASE("walk: texts in other types, calls in texts") {
  CHECK(has("a.py", "f(k.encode('ascii'), 'x'.encode('ascii'))", "call f(k.encode(\"ascii\"), \"x\")"));
  CHECK(has("a.java", "class A { void f() { g(s.getBytes(\"UTF-8\")); } }", "call g(s.getBytes(\"UTF-8\"))"));
  CHECK(has("a.php", "<?php $n = count($x); f(\"a $n\");", "call f(template\"a ${n}\")"));
}

TEST_CASE("walk: a counter is no constant") {
  CHECK(has("a.java", "class A { void f() { for (int i = 0; i < 3; i++) { g(i); } } }", "call g(i)"));
  CHECK(has("a.cs", "class A { void F() { for (int i = 0; i < 3; i++) { G(i); } } }", "call G(i)"));
  CHECK(has("a.cs", "class A { void F() { int i = 0; ++i; G(i, Environment.GetEnvironmentVariable(\"X\")!); } }",
            "call G(i, env(X))"));
  CHECK(has("a.go", "package a\nfunc f() { for i := 0; i < 3; i++ { g(i) } }", "call g(i)"));
  CHECK(has("a.js", "for (let i = 0; i < 3; i++) { g(i); }", "call g(i)"));
  CHECK(has("a.php", "<?php for ($i = 0; $i < 3; $i++) { g($i); }", "call g(i)"));
}

TEST_CASE("walk: keys of maps") {
  CHECK(
      has("a.go", "package a\nvar m = map[int]string{unix.MS_NODEV: \"nodev\"}", "entry m.unix.MS_NODEV = \"nodev\""));
  CHECK(has("a.js", "const m = { $start: 'x', ':path': 'y', [k]: 'z' };",
            "assign m = {$start=\"x\", path=\"y\", *=\"z\"}"));
  CHECK(
      has("a.php", "<?php $m = [$k => 'x', $o->id => 'y', A::B => 'z'];", "assign m = {*=\"x\", *=\"y\", A.B=\"z\"}"));
}

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
  CHECK(has("a.py", "f(f'''\n" + hashes + "# {os.environ[\"A\"]}\n''')\n", "env-read A"));
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
