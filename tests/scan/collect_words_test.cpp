// Which texts send a file to the parser: those with a word of a match's subject and one of all that must stand beside
// it in the same file.
#include "scan/collect_words.h"

#include <catch2/catch.hpp>
#include <map>

#include "formats/adapters.h"
#include "pages/embedded.h"
#include "scan/prefilter.h"
#include "support/rule_files.h"

using namespace tfcheck;

namespace {

bool wants(const std::string& block, const std::string& path, const std::string& text) {
  std::string page = "# T\nS.\n## Why it matters\nW.\n## What to do\nD.\n```toml rule\nmessage = \"m\"\n[[match]]\n" +
                     block + "\n```\n";
  Result<RuleSet> rules = RuleSet::load(with_vocabulary({{"logs/t.md", page}}), {}, {});
  INFO((rules ? std::string() : to_string(rules.error())));
  REQUIRE(rules);
  Prefilter prefilter(*rules);
  Prefilter::Scanner scanner(prefilter);
  return scanner.scan(text, AdapterIndex().of_path(path), path).parse;
}

struct Row {
  std::string block, path, with, without;  // texts that want a parse and that do not
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.block, row.with, row.without);
    CHECK(wants(row.block, row.path, row.with));
    CHECK_FALSE(wants(row.block, row.path, row.without));
  }
}

}  // namespace

TEST_CASE("a name asks for all of its words, and for those of its value, arguments and language") {
  check({
      {"call = \"acme.start\"", "a.py", "from acme import start", "acme stopped"},
      {"call = \"acme.run\"\nargument = { name = \"port\" }", "a.py", "acme.run(port=1)", "acme.run(support=1)"},
      {"call = \"acme.open\"\nargument = { position = 0, is = [\"?*.pid\", \"/var/log/*\"] }", "a.py",
       "acme.open('x.pid')", "acme.open('x.txt')"},
      {"assign = \"**.text\"\nvalue = { contains = \"*create table*\" }", "a.py", "text = 'create ' + 'table x'",
       "text = 'create x'"},
      {"call = \"acme.open\"\nargument = { position = 0, is = [\"h2\", \"sqlite3\"] }", "a.py", "acme.open('h2')",
       "acme.open('h264')"},
      {"assign = \"**.mode\"\nvalue = { contains = [\"Mix.env\", \"stage\"] }", "a.py", "mode = Mix.env()",
       "mode = Mixed.environment()"},
      {"call = \"acme.start\"\nformat = \"ruby\"", "a.rb", "acme.start", ""},
      {"call = \"acme.start\"\npath = \"conf/*\"", "conf/a.py", "acme.start", "acme"},
      {"call = \"**.grown?\"", "a.rb", "acme.grown?(1)", "acme.grown(1)"},
      {"call = \"acme.start\"\nin = \"*Plant.boot\"", "a.py", "class BigPlant:\n def boot(s): acme.start()",
       "def boot(s): acme.start()"},
      {"call = \"acme.none\"\n[[trigger]]\nformat = \"ruby\"\nwords = [[\"acme\", \"grow\"], \"sprout\"]", "a.rb",
       "acme grows", "acme"},
  });
  std::string of_ruby = "call = \"acme.none\"\n[[trigger]]\nformat = \"ruby\"\nwords = [\"sprout\"]";
  CHECK(wants(of_ruby, "a.rb", "sprout"));
  CHECK_FALSE(wants(of_ruby, "a.py", "sprout"));
  CHECK_FALSE(wants("call = \"acme.start\"\nformat = \"ruby\"", "a.py", "acme.start"));
  CHECK_FALSE(wants("call = \"acme.start\"\npath = \"conf/*\"", "a.py", "acme.start"));
}

TEST_CASE("what must stand in the same file has words, too") {
  check({
      {"call = \"**.run\"\nwith = { reach = \"file\", import = \"acmelib\" }", "a.py", "import acmelib; x.run()",
       "x.run()"},
      {"call = \"**.run\"\nwith = { reach = \"same\", value = \"*acmevalue*\" }", "a.py", "x.run(acmevalue)",
       "x.run()"},
  });
  // Elsewhere in the component it may stand in another file.
  CHECK(wants("call = \"**.run\"\nwith = { reach = \"component\", import = \"acmelib\" }", "a.py", "x.run()"));
}

TEST_CASE("commands of code are looked for where the language starts programs") {
  check({
      {"command = { run = \"acmed start\" }", "a.py", "os.system('acmed start -x')", "acmed start"},
      {"command = { run = \"acmed start\" }", "a.js", "child_process.spawn(\"acmed\", \"start\")",
       "\"acmed\", \"start\""},
      {"command = { run = \"ac\" }", "a.py", "os.system('ac -d')", "os.system('mac -d')"},
      {"command = { run = \"rm *.pid\" }", "a.py", "os.system('rm x.pid')", "os.system('rm x')"},
      {"command = { run = \"acmed\", option = \"--detach\" }", "a.py", "os.system('acmed --detach')",
       "os.system('acmed ')"},
      {"command = { role = \"other\" }\nflags = \"nohup\"", "a.py", "os.system('nohup x')", "os.system('x')"},
  });
  CHECK_FALSE(wants("command = { role = \"start\", run = \"acmed\" }", "a.py", "os.system('acmed ')"));
}
