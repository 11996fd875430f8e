// Go: source → facts, as `tfcheck facts` prints them.
#include "languages/go/go.h"

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
  go_adapter().extract({"program.go", source}, facts);
  return lines_of(facts);
}

std::string imports(std::string_view source) {
  FileFacts facts;
  go_adapter().scan_imports({"program.go", source}, facts);
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

TEST_CASE("go: names, values and reads") {
  static const Row rows[] = {
      // names through imports and variables
      {"package a\nimport \"net/http\"\nfunc f() { http.ListenAndServe(\":8080\", nil) }",
       "import net/http\ncall net/http.ListenAndServe(\":8080\", null)\n"},
      {"package a\nimport \"github.com/labstack/echo/v4\"\nfunc f() { e := echo.New(); e.Start(\":80\") }",
       "import github.com/labstack/echo/v4\ncall github.com/labstack/echo/v4.New()\n"
       "assign e = github.com/labstack/echo/v4.New()\ncall github.com/labstack/echo/v4.New.Start(\":80\")\n"},
      {"package a\nimport (\n\tl \"log\"\n\t_ \"github.com/lib/pq\"\n\t\"gopkg.in/yaml.v3\"\n)\nfunc f() { l.Print(1); "
       "yaml.Marshal(2) }",
       "import log = \"l\"\nimport github.com/lib/pq = \"_\"\nimport gopkg.in/yaml.v3\ncall log.Print(1)\ncall "
       "gopkg.in/yaml.v3.Marshal(2)\n"},
      {"package a\nimport \"github.com/go-redis/go-redis\"\nfunc f() { redis.NewClient(&redis.Options{Addr: "
       "\"db:6379\"}) }",
       "import github.com/go-redis/go-redis\ncall github.com/go-redis/go-redis.Options(Addr=\"db:6379\")\n"
       "call github.com/go-redis/go-redis.NewClient(github.com/go-redis/go-redis.Options(Addr=\"db:6379\"))\n"},
      // composite literals
      {"package a\nimport \"net/http\"\nvar srv = &http.Server{Addr: \":8080\"}\nfunc f() { srv.ListenAndServe() }",
       "import net/http\ncall net/http.Server(Addr=\":8080\")\nassign srv = net/http.Server(Addr=\":8080\")\n"
       "call net/http.Server.ListenAndServe()\n"},
      {"package a\nvar m = map[string]any{\"a\": []string{\"x\"}, \"b\": 1}",
       "assign m = {a=[\"x\"], b=1}\nentry m.a.0 = \"x\"\nentry m.b = 1\n"},
      {"package a\nvar s = make(map[string]int)\nfunc f(k string) { s[k] = 1 }", "assign s = {}\nassign s.* = 1\n"},
      {"package a\nvar k = []byte(\"secret\")", "assign k = \"secret\"\n"},
      {"package a\nvar p = `C:\\x`\nvar n = -1", "assign p = \"C:\\x\"\nassign n = -1\n"},
      {"package a\nfunc f() (int, error) { return g(1), h(2) }", "call g(1)\ncall h(2)\n"},
      // parameters and receivers
      {"package a\nimport \"net/http\"\nfunc (s *Server) h(w http.ResponseWriter, r *http.Request) { w.Write(nil); "
       "s.log(1) }",
       "import net/http\ncall net/http.ResponseWriter.Write(null)\ncall Server.log(1)\n"},
      // the environment
      {"package a\nimport \"os\"\nvar a, b = os.Getenv(\"A_X\"), 2",
       "import os\nenv-read A_X\nassign a = env(A_X)\nassign b = 2\n"},
      {"package a\nimport \"os\"\nfunc f() { v := os.Getenv(\"PORT\"); if v == \"\" { v = \"80\" } ; g(v) }",
       "import os\nenv-read PORT = \"80\"\nassign v = env(PORT)\nbranch if = ==(env(PORT), \"\")\nassign v = env(PORT, "
       "\"80\")\n"
       "call g(env(PORT, \"80\"))\n"},
      {"package a\nimport \"os\"\nfunc f() { p := \"80\"; if v, ok := os.LookupEnv(\"PORT\"); ok { p = v }; g(p) }",
       "import os\nassign p = \"80\"\nenv-read PORT = \"80\"\nassign v = env(PORT)\nbranch if = env(PORT)\n"
       "assign p = env(PORT, \"80\")\ncall g(env(PORT, \"80\"))\n"},
      {"package a\nvar p = envOr(\"PORT\", \"80\")", "env-read PORT = \"80\"\nassign p = env(PORT, \"80\")\n"},
      {"package a\ntype C struct { P string `env:\"PORT\" envDefault:\"80\"`; D string `envconfig:\"DB_URL\"`; J "
       "string `json:\"PORT\"` }",
       "env-read PORT = \"80\"\nenv-read DB_URL\n"},
      {"package a\nimport \"github.com/spf13/viper\"\nvar a = viper.GetString(\"DB_URL\")\nvar b = "
       "viper.GetString(\"db\")",
       "import github.com/spf13/viper\nenv-read DB_URL\nassign a = env(DB_URL)\n"
       "call github.com/spf13/viper.GetString(\"db\")\nassign b = github.com/spf13/viper.GetString(\"db\")\n"},
      // text
      {"package a\nimport \"fmt\"\nvar d = fmt.Sprintf(\"postgres://%s@%s/x\", \"me\", host)",
       "import fmt\ncall fmt.Sprintf(\"postgres://%s@%s/x\", \"me\", host)\nassign d = "
       "template\"postgres://me@${host}/x\"\n"},
      // what a branch overwrites is not known behind it
      {"package a\nfunc f() { d := false; if x { d = true }; g(d) }",
       "assign d = false\nbranch if = x\nassign d = true\ncall g(d)\n"},
  };
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(extract(row.source) == row.facts);
  }
}

TEST_CASE("go: loops, goroutines and scopes") {
  FileFacts facts;
  go_adapter().extract(
      {"a.go",
       "package a\nfunc (s *S) Run() { for { a() }; for ;; { b() }; for x < 1 { c() }; for range y { d() }; go e(1) }"},
      facts);
  for (std::string_view name : {"a", "b"}) {
    const Fact* call = find(facts, name);
    REQUIRE(call);
    CHECK(call->context.has(context::LoopForever | context::InFunction));
    CHECK(call->context.scope == "S.Run");
  }
  for (std::string_view name : {"c", "d"}) {
    const Fact* call = find(facts, name);
    REQUIRE(call);
    CHECK(call->context.has(context::InLoop));
    CHECK_FALSE(call->context.has(context::LoopForever));
  }
  const Fact* start = find(facts, "go");
  REQUIRE(start);
  CHECK(to_string(*start) == "call go(e(1))");
}

TEST_CASE("go: imports by lines") {
  CHECK(imports("package a\n\nimport \"os\"\nimport (\n\t\"net/http\" // \"x\"\n\tl \"log\"\n\n\t_ \"embed\"\n)\n\nvar "
                "s = `\nimport \"no\"\n`\n") ==
        "import os\nimport net/http\nimport log = \"l\"\nimport embed = \"_\"\n");
}

TEST_CASE("go: broken and hostile files") {
  CHECK(extract("package a\nfunc f() { g(\"x\")").find("call g(\"x\")") != std::string::npos);
  std::string deep = "package a\nvar x = " + std::string(20000, '(') + "1" + std::string(20000, ')');
  extract(deep);
  std::string doubling = "package a\nfunc f() {\ns := \"x\"\nm := g(1, 1)\n";
  for (int i = 0; i < 100; ++i) doubling += "s = s + s\nm = g(m, m)\n";
  CHECK(extract(doubling + "}").size() < 10'000'000);
}
