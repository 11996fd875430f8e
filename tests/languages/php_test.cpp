// PHP's idioms as facts.
#include <catch2/catch.hpp>

#include "languages/php/php.h"

using namespace tfcheck;

namespace {

std::vector<std::string> facts_of(std::string_view text) {
  std::string source = "<?php " + std::string(text);
  FileFacts facts;
  php_adapter().extract({"config/x.php", source}, facts);
  std::vector<std::string> lines;
  for (const Fact& fact : facts.facts()) {
    std::string line = to_string(fact);
    if (fact.context.has(context::LoopForever)) line += " [forever]";
    if (fact.context.has(context::Annotation)) line += " [annotation]";
    lines.push_back(line);
  }
  return lines;
}

struct Case {
  std::string_view text;
  std::vector<std::string> facts;
};

}  // namespace

TEST_CASE("php: each idiom has its facts and no others") {
  const Case cases[] = {
      {"use Monolog\\Handler\\StreamHandler;\nnew StreamHandler('x.log');",
       {"import Monolog.Handler.StreamHandler", "call Monolog.Handler.StreamHandler(\"x.log\")"}},
      {"use A\\{B, C as D};\nnew D();", {"import A.B", "import A.C = \"D\"", "call A.C()"}},
      {"new \\A\\B;", {"call A.B()"}},
      {"use Illuminate\\Support\\Facades\\Log;\nLog::info('x');",
       {"import Illuminate.Support.Facades.Log", "call Log.info(\"x\")"}},
      {"Route::get('a');", {"call Route.get(\"a\")"}},
      {"$password = 'x';", {"assign password = \"x\""}},
      {"$config['db']['password'] = 'x';", {"assign config.db.password = \"x\""}},
      {"$this->a->b = 'x';", {"assign a.b = \"x\""}},
      {"define('DB_PASSWORD', 'x'); f(DB_PASSWORD);", {"assign DB_PASSWORD = \"x\"", "call f(\"x\")"}},
      {"$a = [$k => 1, $o->id => 'b', self::X => 'c'];",
       {"assign a = {*=1, *=\"b\", self.X=\"c\"}", "entry a.* = 1", "entry a.* = \"b\"", "entry a.self.X = \"c\""}},
      {"const X = 1;", {"assign X = 1"}},
      {"return ['default' => env('D', 'file'), 'a' => ['b' => true]];",
       {"env-read D = \"file\"", "entry return.default = env(D, \"file\")", "entry return.a.b = true"}},
      {"$a = getenv('X') ?: 'd';", {"env-read X = \"d\"", "assign a = env(X, \"d\")"}},
      {"$a = getenv('X', true);", {"env-read X", "assign a = env(X)"}},
      {"$a = $_ENV['X'] ?? 'd';", {"env-read X = \"d\"", "assign a = env(X, \"d\")"}},
      {"f($_SERVER['DB_HOST'], $_SERVER['REQUEST_URI'], $_SERVER['HTTP_X']);",
       {"env-read DB_HOST", "call f(env(DB_HOST), _SERVER.REQUEST_URI, _SERVER.HTTP_X)"}},
      {"$this->config->get('X');", {"call config.get(\"X\")"}},
      {"$a = 'x'; f($a . '.log', \"{$a}.txt\");", {"assign a = \"x\"", "call f(\"x.log\", \"x.txt\")"}},
      {"f(<<<A\nb $c\nA);", {"call f(template\"b ${c}\")"}},
      {"f(<<<'A'\nb\nA);", {"call f(\"b\")"}},
      {"session_start(); ini_set('session.save_handler', 'files');",
       {"call session_start()", "call ini_set(\"session.save_handler\", \"files\")"}},
      {"error_log('m', 3, '/x.log');", {"call error_log(\"m\", 3, \"/x.log\")"}},
      {"$db = new PDO('mysql:host=db', 'u', 'p'); $db->query('q');",
       {"call PDO(\"mysql:host=db\", \"u\", \"p\")", "assign db = PDO(\"mysql:host=db\", \"u\", \"p\")",
        "call PDO.query(\"q\")"}},
      {"shell_exec('a'); `b`;", {"call shell_exec(\"a\")", "command a", "call `(\"b\")", "command b"}},
      {"pcntl_signal(SIGTERM, SIG_IGN);", {"call pcntl_signal(SIGTERM, SIG_IGN)"}},
      {"pcntl_signal(SIGTERM, function ($s) {});", {"call pcntl_signal(SIGTERM, function{})"}},
      {"#[Route('/x', name: 'y')] class A {}", {"call Route(\"/x\", name=\"y\") [annotation]"}},
      {"while (true) { f(); }", {"branch while = true", "call f() [forever]"}},
      {"for (;;) { f(); }", {"branch while = true", "call f() [forever]"}},
      {"for ($i = 0; $i < 3; $i++) f();", {"branch for = <(i, 3)", "assign i = 0", "call f()"}},
      {"require __DIR__ . '/../x.php'; include 'y.php'; require dirname(__FILE__) . '/z.php';",
       {"import ./../x.php", "import ./y.php", "import ./z.php"}},
      {"class A { private L $l; private $p = 'x'; function f() { $this->l->go($this->p, self::class); } }",
       {"assign p = \"x\"", "call L.go(\"x\", class)"}},
      {"function f(string $h = 'a') { g($h); }", {"assign h = \"a\"", "call g(h)"}},
      {"$url = 'u'; url('x');", {"assign url = \"u\"", "call url(\"x\")"}},
      {"f(X::class, [1, 'a'], storage_path('l/x.log'));",
       {"call storage_path(\"l/x.log\")", "call f(X, [1, \"a\"], template\"${storage_path}/l/x.log\")",
        "entry f.1 = \"a\""}},
      {"?><p>$password = 'x';</p><?php f();", {"call f()"}},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(facts_of(c.text) == c.facts);
  }
}

TEST_CASE("php: the line scan sees the imports that the parse sees") {
  std::string_view text =
      "<?php\nnamespace A;\nuse B\\C;\nuse B\\{D, E as F};\nuse function G\\h;\n/* use No\\A;\nuse No\\B; */\n// use "
      "No\\C;\n"
      "require_once __DIR__ . '/x.php';\nclass K {\n    use SomeTrait;\nuse OtherTrait;\n}\ninclude('y.inc');\n";
  FileFacts scanned, parsed;
  php_adapter().scan_imports({"x.php", text}, scanned);
  php_adapter().extract({"x.php", text}, parsed);
  std::vector<std::string> a, b;
  for (const Fact& fact : scanned.facts()) a.push_back(to_string(fact));
  for (const Fact& fact : parsed.facts()) {
    if (fact.kind == FactKind::Import) b.push_back(to_string(fact));
  }
  CHECK(a == b);
  CHECK(a.size() == 6);
}

TEST_CASE("php: hostile text is survived") {
  auto repeat = [](std::string_view piece, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += piece;
    return out;
  };
  for (const std::string& text :
       {repeat("[", 10000), "$a" + repeat("->b", 10000) + " = 1;", repeat("if ($a) {", 5000),
        "$a = 'xy';" + repeat("$a = $a . $a;", 60), "$a = ['b'];" + repeat("$a = [$a, $a, $a];", 40),
        repeat("use ", 5000), "new " + repeat("A\\", 10000), repeat("function f() {", 5000)}) {
    std::string source = "<?php " + text;
    INFO(source.substr(0, 40));
    FileFacts facts;
    php_adapter().extract({"x.php", source}, facts);
    php_adapter().scan_imports({"x.php", source}, facts);
    CHECK(facts.facts().size() < 1000000);
  }
}
