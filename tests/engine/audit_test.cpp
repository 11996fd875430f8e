// The engine on small trees: prefilter, start commands, components, ownership.
#include "engine/audit.h"

#include <catch2/catch.hpp>

#include "pages/embedded.h"
#include "support/memory_audit.h"
#include "support/rule_files.h"

using namespace tfcheck;

namespace {

RuleSet rules_of(const std::string& pages, const std::string& id = "logs/t") {
  const std::string head =
      "# T\nS.\n## Why it matters\nW.\n## What to do\nD.\n```toml rule\nmessage = \"{name} {argument}\"\n";
  static std::string page, path;
  page = head + pages + "```\n";
  path = id + ".md";
  Result<RuleSet> set = RuleSet::load(with_vocabulary({{path, page}}), {}, {});
  INFO((set ? std::string() : to_string(set.error())));
  REQUIRE(set);
  return std::move(*set);
}

std::vector<std::string> found(const AuditResult& result) {
  std::vector<std::string> lines;
  for (const Finding& finding : result.judgement.findings)
    lines.push_back(result.project.files[finding.file].path + ": " + finding.message);
  return lines;
}

}  // namespace

TEST_CASE("only files that have all words of a pattern are parsed") {
  TestFiles tree({{"a.py", "import lib\nlib.run_it('x')\n"},
                  {"b.py", "run_it = 1\n"},
                  {"c.py", "lib = 1\n"},
                  {"requirements.txt", "x==1\n"}});
  AuditResult result = audit(tree, rules_of("[[match]]\ncall = \"lib.run_it\"\n"));
  CHECK(found(result) == std::vector<std::string>{"a.py: lib.run_it 'x'"});
  size_t parsed = 0;
  for (const ProjectFile& file : result.project.files)
    parsed += file.adapter && file.adapter->name == "python" && file.state == FileState::Parsed;
  CHECK(parsed == 1);
}

TEST_CASE("what a value must be, and the language of a match, narrow what is parsed") {
  TestFiles tree({{"a.py", "open('x.log', 'a')\n"},
                  {"b.py", "open('x.txt', 'a')\n"},
                  {"c.rb", "open('x.log', 'a')\n"},
                  {"requirements.txt", "x==1\n"}});
  AuditResult result = audit(
      tree, rules_of("[[match]]\ncall = \"open\"\nformat = \"python\"\nargument = { position = 0, is = \"*.log\" }\n"));
  CHECK(found(result) == std::vector<std::string>{"a.py: open 'x.log'"});
  std::vector<std::string> parsed;
  for (const ProjectFile& file : result.project.files) {
    if (file.adapter && file.adapter->kind == AdapterKind::Code && file.state == FileState::Parsed)
      parsed.push_back(file.path);
  }
  CHECK(parsed == std::vector<std::string>{"a.py"});
}

TEST_CASE("values that are spelt otherwise do not narrow what is parsed") {
  TestFiles tree({{"a.py", "run_it(debug=True)\n"}, {"requirements.txt", "x==1\n"}});
  CHECK(audit(tree, rules_of("[[match]]\ncall = \"run_it\"\nargument = { name = \"debug\", is = \"true\" }\n"))
            .judgement.findings.size() == 1);
}

TEST_CASE("a message names things as their file does, and of what is long the end") {
  struct Row {
    const char* path;
    const char* text;
    const char* block;
    const char* message;
  };
  for (const Row& row : {
           Row{"Procfile",
               "web: gunicorn shop.wsgi:application --name shop_api --log-level warning --bind 0.0.0.0:8000\n",
               "command = { run = \"gunicorn\" }\nmessage = \"{command}\"\n",
               "gunicorn shop.wsgi:application … warning --bind 0.0.0.0:8000"},
           Row{"a.py",
               "run_it(\"/srv/shop/releases/current/shared/configuration/production/blue/green/log/shop.log\")\n",
               "call = \"run_it\"\nmessage = \"{argument}\"\n",
               "'…/current/shared/configuration/production/blue/green/log/shop.log'"},
           Row{"a.py", "run_it(folder(1) + \"/shop.log\")\n", "call = \"run_it\"\nmessage = \"{argument}\"\n",
               "'…/shop.log'"},
           Row{"a.php", "<?php\nuse Acme\\Log\\FileLog;\nnew FileLog();\n",
               "call = \"Acme.Log.FileLog\"\nmessage = \"{name}\"\n", "Acme\\Log\\FileLog"},
           Row{"a.rb", "Acme::Log.new\n", "call = \"Acme.Log.new\"\nmessage = \"{name}\"\n", "Acme::Log.new"},
           Row{"a.js", "import { Request } from '../api/request.js';\nRequest.post(1);\n",
               "call = \"**Request.post\"\nmessage = \"{name}\"\n", "Request.post"},
           Row{"a.go", "package a\nimport \"example.org/x/acme\"\nfunc f() { acme.Run(1) }\n",
               "call = \"**acme.Run\"\nmessage = \"{name}\"\n", "acme.Run"},
           Row{"a.go", "package a\nfunc run_it() {}\nfunc f() { run_it() }\n",
               "call = \"run_it\"\nmessage = \"{name}\"\n", "run_it"},
           Row{"Dockerfile", "FROM x\nENV APP_MODE=dev\n", "entry = \"ENV.APP_MODE\"\nmessage = \"{name}\"\n",
               "APP_MODE"},
       }) {
    CAPTURE(row.text);
    TestFiles tree({{row.path, row.text}, {"requirements.txt", "x==1\n"}});
    std::vector<std::string> lines = found(audit(tree, rules_of("[[match]]\n" + std::string(row.block))));
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] == std::string(row.path) + ": " + row.message);
  }
}

TEST_CASE("words that a column quotes keep their quotes where a message cuts them") {
  std::string range = ">=1.0";
  for (int i = 1; i < 60; ++i) range += ",!=1." + std::to_string(i);
  TestFiles tree({{"requirements.txt", "lib" + range + "\n"}});
  std::vector<std::string> lines =
      found(audit(tree, rules_of("[[match]]\npackage = { open = true }\nmessage = \"{takes}\"\n")));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].starts_with("requirements.txt: takes '…"));
  CHECK(lines[0].ends_with(",!=1.59'"));
}

TEST_CASE("a list's elements are keys of its index") {
  TestFiles tree({{"a.py", "s.bind(('0.0.0.0', 4711))\ns.bind(address)\n"}, {"requirements.txt", "x==1\n"}});
  AuditResult result = audit(tree, rules_of("[[match]]\ncall = \"**.bind\"\nargument = { position = 0, key = \"1\", "
                                            "kind = \"number\" }\nmessage = \"{name}\"\n"));
  CHECK(found(result) == std::vector<std::string>{"a.py: s.bind"});
}

TEST_CASE("a joined path is known by its last part") {
  TestFiles tree({{"a.py", "import os\nopen_log(os.path.join(ROOT, 'x.log'))\nopen_log(other(ROOT, 'x.log'))\n"},
                  {"requirements.txt", "x==1\n"}});
  CHECK(audit(tree, rules_of("[[match]]\ncall = \"open_log\"\nargument = { position = 0, is = \"*.log\" }\n"))
            .judgement.findings.size() == 1);
}

TEST_CASE("start commands are followed through scripts and npm") {
  TestFiles tree({{"Dockerfile", "FROM node:20\nCOPY . .\nENTRYPOINT [\"./boot.sh\"]\n"},
                  {"boot.sh", "#!/bin/sh\nnpm start\n"},
                  {"package.json", "{\"scripts\": {\"start\": \"node server.js\", \"lint\": \"eslint .\"}}"},
                  {"server.js", "require('http')\n"},
                  {"other.sh", "#!/bin/sh\neslint .\n"}});
  AuditResult result =
      audit(tree, rules_of("[[match]]\ncommand = { role = \"start\", run = [\"node\", \"eslint\"] }\n"));
  REQUIRE(result.judgement.findings.size() == 1);
  CHECK(result.project.files[result.judgement.findings[0].file].path == "package.json");
  REQUIRE(result.judgement.findings[0].related.size() == 1);
  CHECK(result.project.files[result.judgement.findings[0].related[0].file].path == "Dockerfile");
}

TEST_CASE("command patterns are words in order, options in between") {
  TestFiles tree({{"Procfile",
                   "web: python -u manage.py --settings prod migrate --noinput\nother: python tool.py "
                   "manage.py\nrelease: python manage.py migrate\n"},
                  {"a.py", "\n"}});
  AuditResult result =
      audit(tree, rules_of("[[match]]\ncommand = { role = \"start\", run = \"manage.py migrate\" }\n"));
  CHECK(result.judgement.findings.size() == 1);
}

TEST_CASE("companions: siblings, files, components") {
  TestFiles tree({{"app.py", "import lib\nlib.open(a=1)\n"},
                  {"sub/other.py", "import lib\nlib.closed()\n"},
                  {"requirements.txt", "x==1\n"}});
  CHECK(audit(tree,
              rules_of("[[match]]\ncall = \"lib.open\"\nunless = { call = \"lib.closed\", reach = \"component\" }\n"))
            .judgement.findings.empty());
  CHECK(audit(tree, rules_of("[[match]]\ncall = \"lib.open\"\nunless = { call = \"lib.closed\", reach = \"file\" }\n"))
            .judgement.findings.size() == 1);
  CHECK(audit(tree, rules_of("[[match]]\ncall = \"lib.open\"\nwith = { file = \"requirements.txt\" }\n"))
            .judgement.findings.size() == 1);
}

TEST_CASE("the number of threads does not show") {
  TestFiles files;
  for (int i = 0; i < 60; ++i)
    files.emplace_back("f" + std::to_string(i) + ".py", "import lib\nlib.run_it(" + std::to_string(i) + ")\n");
  files.emplace_back("requirements.txt", "x==1\n");
  TestFiles tree = files;
  RuleSet rules = rules_of("[[match]]\ncall = \"lib.run_it\"\n");
  CHECK(found(audit(tree, rules, 1)) == found(audit(tree, rules, 4)));
}

TEST_CASE("components begin at manifests and have a kind") {
  TestFiles tree({{"web/package.json", "{}"},
                  {"web/index.py", ""},
                  {"web/Dockerfile", "FROM node:20\n"},
                  {"lib/setup.py", ""},
                  {"lib/x.py", ""},
                  {"k8s/a.yaml", "a: 1\n"}});
  AuditResult result = audit(tree, rules_of("[[match]]\ncall = \"lib.y\"\n"));
  std::vector<std::string> roots;
  for (const Component& component : result.project.components)
    roots.push_back(component.root + ":" + std::string(to_string(component.kind)));
  CHECK(roots == std::vector<std::string>{":infrastructure", "lib:library", "web:app"});
}
