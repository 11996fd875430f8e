// C#: source → facts, as `tfcheck facts` prints them.
#include "languages/csharp/csharp.h"

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
  csharp_adapter().extract({"program.cs", source}, facts);
  return lines_of(facts);
}

std::string imports(std::string_view source) {
  FileFacts facts;
  csharp_adapter().scan_imports({"program.cs", source}, facts);
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

TEST_CASE("csharp: names, values and reads") {
  static const Row rows[] = {
      // names through variables and declared types
      {"using System;\nvar b = WebApplication.CreateBuilder(args);\nb.Services.AddSession();",
       "import System\ncall WebApplication.CreateBuilder(args)\nassign b = WebApplication.CreateBuilder(args)\n"
       "call WebApplication.CreateBuilder.Services.AddSession()\n"},
      {"class A { void F(IServiceCollection s) { s.AddDistributedMemoryCache(); } }",
       "call IServiceCollection.AddDistributedMemoryCache()\n"},
      {"class A { private readonly ICache _c; void F() { this._c.Set<int>(\"a\", 1); _c?.Get(\"b\"); } }",
       "call ICache.Set(\"a\", 1)\ncall ICache.Get(\"b\")\n"},
      {"using L = Serilog.Log;\nL.Write(\"x\");", "import Serilog.Log = \"L\"\ncall Serilog.Log.Write(\"x\")\n"},
      // values
      {"var c = new Conn(\"Server=db\") { Port = 5 };\nc.Open();",
       "call Conn(\"Server=db\", Port=5)\nassign c = Conn(\"Server=db\", Port=5)\ncall Conn.Open()\n"},
      {"Opt o = new() { Host = \"h\" };", "call Opt(Host=\"h\")\nassign o = Opt(Host=\"h\")\n"},
      {"var d = new Dictionary<string, string> { { \"a\", \"b\" }, [\"c\"] = \"d\" };",
       "assign d = {a=\"b\", c=\"d\"}\nentry d.a = \"b\"\nentry d.c = \"d\"\n"},
      {"class A { const string K = \"k\"; static readonly string L = K + \"l\"; public string S { get; set; } = \"x\"; "
       "void F() { G(L, name: K); } }",
       "assign K = \"k\"\nassign L = \"kl\"\nassign S = \"x\"\ncall G(\"kl\", name=\"k\")\n"},
      {"var a = @\"C:\\x\"; var b = \"\"\"raw\"\"\"; var c = $\"h{port}\"; var k = Encoding.UTF8.GetBytes(\"secret\");",
       "assign a = \"C:\\x\"\nassign b = \"raw\"\nassign c = template\"h${port}\"\nassign k = \"secret\"\n"},
      {"string s = \"a\"; s += \"b\"; F(s); x.Closed += () => G();",
       "assign s = \"a\"\nassign s = \"ab\"\ncall F(\"ab\")\ncall G()\nassign x.Closed = function\n"},
      {"class A : Db { A() : base(\"name=X\") { } }", "call Db()\ncall base(\"name=X\")\n"},
      // the environment
      {"var a = Environment.GetEnvironmentVariable(\"A_X\") ?? \"d\";",
       "env-read A_X = \"d\"\nassign a = env(A_X, \"d\")\n"},
      {"class A { IConfiguration c; void F() { G(c[\"Jwt:Key\"], c.GetValue<int>(\"Port\", 80), "
       "c.GetConnectionString(\"Db\")); } }",
       "env-read Jwt:Key\nenv-read Port = 80\nenv-read ConnectionStrings:Db\ncall G(env(Jwt:Key), env(Port, 80), "
       "env(ConnectionStrings:Db))\n"},
      {"var c = new ConfigurationBuilder().Build(); F(c[\"K\"]);",
       "call ConfigurationBuilder()\ncall ConfigurationBuilder.Build()\nassign c = IConfiguration()\nenv-read K\ncall "
       "F(env(K))\n"},
      {"var b = WebApplication.CreateBuilder(args); var k = b.Configuration[\"K\"] ?? \"d\"; "
       "b.Configuration.AddEnvironmentVariables(\"APP_\");",
       "call WebApplication.CreateBuilder(args)\nassign b = WebApplication.CreateBuilder(args)\nenv-read K = "
       "\"d\"\nassign k = env(K, \"d\")\n"
       "call WebApplication.CreateBuilder.Configuration.AddEnvironmentVariables(\"APP_\")\n"},
  };
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(extract(row.source) == row.facts);
  }
}

TEST_CASE("csharp: attributes, guards and loops carry their context") {
  FileFacts facts;
  csharp_adapter().extract({"A.cs",
                            "[Route(\"api\")] class A : Base<X> {\n[HttpGet(Name = \"x\")] void F() {\nfor (;;) { a(); "
                            "}\nforeach (var i in y) { b(); }\n"
                            "if (env.IsDevelopment()) { c(); } else { d(); }\nif (!env.IsProduction()) { e(); }\n#if "
                            "DEBUG\nf();\n#else\ng();\n#endif\n} }"},
                           facts);
  const Fact* route = find(facts, "Route");
  REQUIRE(route);
  CHECK(to_string(*route) == "call Route(\"api\")");
  CHECK(route->context.has(context::Annotation));
  const Fact* get = find(facts, "HttpGet");
  REQUIRE(get);
  CHECK(to_string(*get) == "call HttpGet(Name=\"x\")");
  CHECK(get->context.scope == "A.F");
  for (std::string_view name : {"c", "e", "f"}) {
    INFO(name);
    REQUIRE(find(facts, name));
    CHECK(find(facts, name)->context.has(context::DevGuard));
  }
  for (std::string_view name : {"d", "g"}) {
    INFO(name);
    REQUIRE(find(facts, name));
    CHECK_FALSE(find(facts, name)->context.has(context::DevGuard));
  }
  REQUIRE(find(facts, "a"));
  REQUIRE(find(facts, "b"));
  CHECK(find(facts, "a")->context.has(context::LoopForever));
  CHECK_FALSE(find(facts, "b")->context.has(context::LoopForever));
}

TEST_CASE("csharp: imports by lines") {
  CHECK(imports("using System;\nglobal using A.B;\nusing static A.C;\nusing X = A.D;\nusing var f = Open();\n// using "
                "No;\npublic class A { }\n") == "import System\nimport A.B\nimport A.C\nimport A.D = \"X\"\n");
}

TEST_CASE("csharp: broken and hostile files") {
  CHECK(extract("class A { void F() { G(\"x\");").find("call G(\"x\")") != std::string::npos);
  std::string deep = "var x = ";
  for (int i = 0; i < 3000; ++i) deep += "new A() { B = ";
  extract(deep);
}
