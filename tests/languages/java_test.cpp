// Java: source → facts, as `tfcheck facts` prints them.
#include "languages/java/java.h"

#include <catch2/catch.hpp>

#include "facts/file_facts.h"

using namespace tfcheck;

namespace {

std::string lines_of(const FileFacts& facts) {
  std::string lines;
  for (const Fact& fact : facts.facts()) lines += to_string(fact) + "\n";
  return lines;
}

std::string extract(std::string_view source) {
  FileFacts facts;
  java_adapter().extract({"program.java", source}, facts);
  return lines_of(facts);
}

std::string imports(std::string_view source) {
  FileFacts facts;
  java_adapter().scan_imports({"program.java", source}, facts);
  return lines_of(facts);
}

const Fact* find(const FileFacts& facts, std::string_view name) {
  for (const Fact& fact : facts.facts()) {
    if (fact.name == name) return &fact;
  }
  return nullptr;
}

struct Row {
  std::string_view source;
  std::string_view facts;
};

}  // namespace

TEST_CASE("java: names, values and reads") {
  static const Row rows[] = {
      // names through imports, declared types and chains
      {"import javax.servlet.http.HttpSession;\nclass A { void f(HttpSession s) { s.setAttribute(\"a\", 1); } }",
       "import javax.servlet.http.HttpSession\ncall javax.servlet.http.HttpSession.setAttribute(\"a\", 1)\n"},
      {"import javax.servlet.http.*;\nclass A { void f(HttpServletRequest r) { r.getSession().setAttribute(\"a\", 1); "
       "} }",
       "import javax.servlet.http.*\ncall HttpServletRequest.getSession()\ncall "
       "HttpServletRequest.getSession.setAttribute(\"a\", 1)\n"},
      {"import a.B;\nclass A { private final B b; void f() { this.b.go(); var c = new B(1); c.stop(); } }",
       "import a.B\ncall a.B.go()\ncall a.B(1)\nassign c = a.B(1)\ncall a.B.stop()\n"},
      {"import a.Face;\nclass A { Face f = Maker.make(); Face g = new Real(); void h() { f.x(); g.y(); } }",
       "import a.Face\ncall Maker.make()\nassign f = Maker.make()\ncall Real()\nassign g = Real()\ncall "
       "a.Face.x()\ncall Real.y()\n"},
      {"import static a.B.go;\nclass A { void f() { go(1); } }", "import a.B.go\ncall a.B.go(1)\n"},
      {"class A { int port = 1; void f() { port(); } }", "assign port = 1\ncall port()\n"},
      // values
      {"class A { static final String X = \"a\" + \"b\"; void f() { g(X, \"s\".toCharArray(), A.class); } }",
       "assign X = \"ab\"\ncall g(\"ab\", \"s\", A.class)\n"},
      {"class A { String u = null; void f() { g(u); } }", "assign u = null\ncall g(u)\n"},
      {"class A { Object o = Map.of(\"a\", List.of(\"x\")); }", "assign o = {a=[\"x\"]}\nentry o.a.0 = \"x\"\n"},
      {"class A { String t = \"\"\"\nhi \"you\"\n\"\"\"; String u = String.format(\"jdbc:%s:%d\", host, 5); }",
       "assign t = \"\\nhi \"you\"\\n\"\ncall String.format(\"jdbc:%s:%d\", host, 5)\nassign u = "
       "template\"jdbc:${host}:5\"\n"},
      {"class A { void f() { new Thread(() -> run()) { void go() { stop(); } }; "
       "Runtime.getRuntime().addShutdownHook(x); } }",
       "call run()\ncall stop()\ncall Thread(function)\ncall Runtime.getRuntime()\ncall "
       "Runtime.getRuntime.addShutdownHook(x)\n"},
      // the environment
      {"class A { String a = System.getenv(\"A_X\"), b = System.getenv().getOrDefault(\"B_X\", \"d\"); }",
       "env-read A_X\nassign a = env(A_X)\ncall System.getenv()\nenv-read B_X = \"d\"\nassign b = env(B_X, \"d\")\n"},
      {"class A { String a = Optional.ofNullable(System.getenv(\"A_X\")).orElse(\"d\"); String p = "
       "System.getProperty(\"A_X\"); }",
       "env-read A_X = \"d\"\nassign a = env(A_X, \"d\")\ncall System.getProperty(\"A_X\")\nassign p = "
       "System.getProperty(\"A_X\")\n"},
      {"class A { String a = Objects.requireNonNullElse(System.getenv(\"A_X\"), \"d\"); }",
       "env-read A_X = \"d\"\nassign a = env(A_X, \"d\")\n"},
      {"import org.springframework.beans.factory.annotation.Value;\nclass A { @Value(\"${DB_KEY:s3}\") String k; "
       "@Value(\"${db.url}\") String u; void f() { g(k, u); } }",
       "import org.springframework.beans.factory.annotation.Value\nenv-read DB_KEY = \"s3\"\n"
       "call org.springframework.beans.factory.annotation.Value(\"${DB_KEY:s3}\")\n"
       "call org.springframework.beans.factory.annotation.Value(\"${db.url}\")\ncall g(env(DB_KEY, \"s3\"), u)\n"},
      {"class A { void f() { Map<String, String> e = System.getenv(); g(e.get(\"A_X\")); } }",
       "call System.getenv()\nassign e = System.getenv()\nenv-read A_X\ncall g(env(A_X))\n"},
      {"import org.springframework.core.env.Environment;\nclass A { void f(Environment e) { "
       "g(e.getProperty(\"DB_URL\"), e.getProperty(\"db.url\")); } }",
       "import org.springframework.core.env.Environment\nenv-read DB_URL\n"
       "call org.springframework.core.env.Environment.getProperty(\"db.url\")\n"
       "call g(env(DB_URL), org.springframework.core.env.Environment.getProperty(\"db.url\"))\n"},
  };
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(extract(row.source) == row.facts);
  }
}

TEST_CASE("java: annotations, supertypes and loops carry their context") {
  FileFacts facts;
  java_adapter().extract({"A.java",
                          "import a.Scheduled;\n@Stateful class A extends Base<X> implements Face {\n"
                          "@Override @Scheduled(cron = \"* *\") void f() { for (;;) { a(); } do { b(); } while (x); "
                          "for (int i : y) { c(); } }\n"
                          "void g() { if (\"dev\".equals(System.getenv(\"APP_ENV\"))) { d(); } } }"},
                         facts);
  for (std::string_view name : {"Stateful", "Base", "Face"}) {
    const Fact* fact = find(facts, name);
    REQUIRE(fact);
    CHECK(fact->context.has(context::Annotation));
    CHECK(fact->context.scope == "A");
  }
  const Fact* scheduled = find(facts, "a.Scheduled");
  REQUIRE(scheduled);
  CHECK(scheduled->kind == FactKind::Import);
  CHECK(lines_of(facts).find("call a.Scheduled(cron=\"* *\")") != std::string::npos);
  CHECK(lines_of(facts).find("Override") == std::string::npos);
  REQUIRE(find(facts, "a"));
  CHECK(find(facts, "a")->context.has(context::LoopForever));
  for (std::string_view name : {"b", "c"}) {
    REQUIRE(find(facts, name));
    CHECK(find(facts, name)->context.has(context::InLoop));
    CHECK_FALSE(find(facts, name)->context.has(context::LoopForever));
  }
  REQUIRE(find(facts, "d"));
  CHECK(find(facts, "d")->context.has(context::DevGuard));
}

TEST_CASE("java: imports by lines") {
  CHECK(imports("package a;\n/* import no.A; */\nimport a.B;\nimport static a.C.d;\nimport a.e.*;\nclass A {\nimport "
                "no.B;\n}\n") == "import a.B\nimport a.C.d\nimport a.e.*\n");
}

TEST_CASE("java: broken and hostile files") {
  CHECK(extract("class A { void f() { g(\"x\");").find("call g(\"x\")") != std::string::npos);
  std::string deep = "class A { Object x = ";
  for (int i = 0; i < 5000; ++i) deep += "f(";
  extract(deep);
  std::string chain = "class A { Object x = a";
  for (int i = 0; i < 5000; ++i) chain += ".b(1)";
  extract(chain + "; }");
}
