// What the model adds to small trees: each row as `tfcheck facts --derived` prints it.
#include <catch2/catch.hpp>

#include "base/text.h"
#include "facts/file_facts.h"
#include "support/built_in_session.h"
#include "support/memory_audit.h"

using namespace tfcheck;

namespace {

// The facts of one kind that the model adds: "path:line fact".
std::vector<std::string> rows(FactKind kind, const TestFiles& files) {
  AuditResult audit = built_in_session().audit(file_set(files));
  const Project& project = audit.project;
  std::vector<std::string> lines;
  for (uint32_t file = 0; file < project.files.size(); ++file) {
    std::string_view text;
    for (const auto& [path, bytes] : files) {
      if (path == project.files[file].path) text = bytes;
    }
    for (uint32_t i = project.own_facts(file); i < project.fact_count(file); ++i) {
      const Fact& fact = project.fact({file, i});
      if (fact.kind != kind) continue;
      lines.push_back(project.files[file].path + ":" + std::to_string(LineIndex(text).line(fact.span.begin)) + " " +
                      to_string(fact));
    }
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a process knows the file that it runs, through scripts and servers") {
  CHECK(
      rows(FactKind::Process, {{"Procfile", "web: ./start.sh\nworker: python -m shop.worker\n"},
                               {"start.sh", "#!/bin/sh\nset -e\nexec gunicorn -b :8000 shop.wsgi:app\n"},
                               {"shop/wsgi.py", "app = 1\n"},
                               {"shop/worker.py", "print(1)\n"}}) ==
      Lines{
          R"(Procfile:1 process web = "start.sh" (program="start.sh", role="start", unit="web", hops="0", direct=true))",
          R"(Procfile:2 process worker = "shop/worker.py" (program="python", role="start", unit="worker", hops="0", )"
          R"(direct=true))",
          R"(start.sh:3 process web = "shop/wsgi.py" (program="gunicorn", role="start", unit="web", port="8000", )"
          R"(hops="1", exec=true))"});
}

TEST_CASE("a script of another package of the workspace is found by folder and by name") {
  auto runs = [](const char* command) {
    Lines found =
        rows(FactKind::Process,
             {{"shop/Dockerfile", std::string("FROM node:20.17.0\nCMD ") + command + "\n"},
              {"shop/package.json", R"({"name": "@acme/shop", "scripts": {"serve": "node a.js"}})"},
              {"shop/a.js", "x()\n"},
              {"package.json", R"({"workspaces": ["shop"], "scripts": {"up": "cd shop && npm run serve"}})"}});
    return found.size() > 1 && found.back().starts_with("shop/package.json:1 process web = \"shop/a.js\"");
  };
  CHECK(runs(R"(["npm", "run", "up"])"));
  CHECK(runs(R"(["npm", "run", "serve", "-w", "@acme/shop"])"));
  CHECK(runs(R"(["npm", "--workspace=shop", "run", "serve"])"));
  CHECK(runs(R"(["pnpm", "--filter", "@acme/shop...", "serve"])"));
  CHECK(runs(R"(["pnpm", "run", "--filter=./shop", "serve"])"));
  CHECK(runs(R"(["yarn", "workspace", "@acme/shop", "serve"])"));
  CHECK(runs(R"(["npx", "turbo", "run", "serve", "--filter=@acme/shop"])"));
  CHECK(runs(R"(["npx", "nx", "run", "@acme/shop:serve"])"));
  CHECK(runs(R"(["npx", "nx", "run-many", "--target=serve", "--projects=@acme/shop"])"));
  CHECK(runs("npm --prefix=. run serve"));
  CHECK_FALSE(runs(R"(["pnpm", "--filter", "@acme/site", "serve"])"));
  CHECK_FALSE(runs(R"(["npm", "run", "down"])"));
}

TEST_CASE("a runner of a workspace starts the scripts of all its packages that have them") {
  auto runs = [](const std::string& command) {
    Lines found = rows(FactKind::Process,
                       {{"Procfile", "web: " + command + "\n"},
                        {"apps/shop/package.json", R"({"name": "@acme/shop", "scripts": {"serve": "node a.js"}})"},
                        {"apps/shop/a.js", "x()\n"},
                        {"apps/mail/package.json", R"({"scripts": {"serve": "node b.js", "queue": "node c.js"}})"},
                        {"apps/mail/b.js", "x()\n"},
                        {"apps/mail/c.js", "x()\n"},
                        {"apps/site/package.json", R"({"scripts": {"lint": "eslint ."}})"},
                        {"apps/site/d.js", "x()\n"},
                        {"package.json", R"({"scripts": {"serve": "turbo run serve", "up": "turbo run queue"}})"}});
    std::string files;
    for (const std::string& line : found) {
      if (line.starts_with("apps/")) files += line.substr(0, line.find('/', 5)) + " ";
    }
    return files;
  };
  const std::string both = "apps/mail apps/shop ";
  CHECK(runs("npx turbo run serve") == both);
  CHECK(runs("turbo serve --concurrency 4") == both);
  CHECK(runs("turbo run down serve -- queue") == both);
  CHECK(runs("npm run serve") == both);
  CHECK(runs("lerna run serve --stream") == both);
  CHECK(runs("nx run-many --target=serve") == both);
  CHECK(runs("npm run up") == "apps/mail ");
  CHECK(runs("turbo run serve --filter=@acme/shop") == "apps/shop ");
  CHECK(runs("lerna serve").empty());
  CHECK(runs("turbo run down").empty());
  CHECK(runs("turbo run build -- serve").empty());
}

TEST_CASE("a script of Composer is followed however it is called") {
  auto runs = [](const std::string& command) {
    Lines found = rows(FactKind::Process, {{"Procfile", "web: " + command + "\n"},
                                           {"composer.json", R"({"scripts": {"serve": ["@php app.php"]}})"},
                                           {"app.php", "<?php run();\n"}});
    return !found.empty() && found.back().starts_with("composer.json:1 process web = \"app.php\"");
  };
  CHECK(runs("composer serve"));
  CHECK(runs("composer run-script serve"));
  CHECK(runs("composer run --timeout 0 serve"));
  CHECK(runs("php composer.phar serve"));
  CHECK(runs("php /usr/local/bin/composer serve"));
  CHECK_FALSE(runs("composer install"));
  CHECK_FALSE(runs("php other.phar serve"));
}

TEST_CASE("what runs a file of another folder is found when only one has the name") {
  TestFiles one = {
      {"docker-compose.yml", "services:\n  api:\n    build: api\n    command: node /usr/src/app/server.js\n"},
      {"api/server.js", "x()\n"},
      {"api/package.json", "{}\n"}};
  CHECK(
      rows(FactKind::Process, one) ==
      Lines{R"(docker-compose.yml:4 process web = "api/server.js" (program="node", role="start", unit="services.api", )"
            R"(hops="0", direct=true))"});
  one.emplace_back("web/server.js", "y()\n");
  one.emplace_back("web/package.json", "{}\n");
  CHECK(rows(FactKind::Process, one) ==
        Lines{R"(docker-compose.yml:4 process web (program="node", role="start", unit="services.api", hops="0"))"});
}

TEST_CASE("a server is told by the call that starts it") {
  CHECK(rows(FactKind::Server, {{"main.go",
                                 "package main\n\nimport \"net/http\"\n\nfunc main() {\n"
                                 "\thttp.ListenAndServe(\":8080\", nil)\n}\n"},
                                {"app.py", "from flask import Flask\napp = Flask(__name__)\napp.run()\n"}}) ==
        Lines{R"(app.py:3 server Flask.run (language="python", development=true))",
              R"(main.go:6 server net/http.ListenAndServe = ":8080" (language="go"))"});
}

TEST_CASE("a signal names what handles it; a hook of a host handles TERM") {
  CHECK(rows(FactKind::Signal,
             {{"a.py",
               "import signal\nsignal.signal(signal.SIGTERM, stop)\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"},
              {"b.js", "process.on('SIGTERM', () => server.close());\nprocess.on('exit', done);\n"},
              {"C.java", "class C { void m() { Runtime.getRuntime().addShutdownHook(t); } }\n"}}) ==
        Lines{R"(C.java:1 signal TERM = "Runtime.getRuntime.addShutdownHook" (language="java"))",
              R"(a.py:2 signal TERM = "stop" (language="python"))",
              R"(a.py:3 signal INT = "signal.SIG_IGN" (language="python", ignored=true))",
              R"(b.js:1 signal TERM = "process.on" (language="node"))"});
}

TEST_CASE("a loop is a worker's where a process runs its file") {
  TestFiles files = {{"worker.py", "import time\nwhile True:\n    time.sleep(1)\n"}};
  CHECK(rows(FactKind::Loop, files) == Lines{R"(worker.py:2 loop forever (language="python", waits=true))"});
  files.emplace_back("Procfile", "worker: python worker.py\n");
  CHECK(rows(FactKind::Loop, files) ==
        Lines{R"(worker.py:2 loop forever (language="python", worker=true, waits=true))"});
}

TEST_CASE("a handler speaks for the processes that load it") {
  TestFiles files = {{"Procfile", "web: node web.js\nadmin: node admin.js\njobs: node jobs.js\n"},
                     {"web.js", "require('./stop');\nrequire('express')().listen(1);\n"},
                     {"admin.js", "require('express')().listen(2);\n"},
                     {"jobs.js", "const { run } = require('./lib');\nrun();\nwhile (true) { await step(); }\n"},
                     {"lib/index.js", "require('../stop');\n"},
                     {"stop.js", "process.on('SIGTERM', stop);\n"}};
  CHECK(rows(FactKind::Server, files) == Lines{R"(admin.js:1 server express.listen (language="node"))",
                                               R"(web.js:2 server express.listen (language="node", handled=true))"});
  CHECK(rows(FactKind::Loop, files) ==
        Lines{R"(jobs.js:3 loop forever (language="node", worker=true, waits=true, handled=true))"});
}

TEST_CASE("of the commands of one text the last is the process") {
  struct Row {
    const char* script;
    Lines lasting;
  };
  for (const Row& row : {
           Row{"git pull\nbundle install\n$PREPARE\nexec puma\n", {"puma"}},
           Row{"python manage.py migrate\ngunicorn shop.wsgi\n", {"gunicorn"}},
           Row{"mkfifo /tmp/log\nnode shop.js\n", {"node"}},
           Row{"sidekiq &\nrails server\n", {"rails", "sidekiq"}},
           Row{"if [ \"$1\" = work ]; then\n  exec celery worker\nfi\nexec gunicorn shop.wsgi\n",
               {"celery", "gunicorn"}},
           Row{"npx prisma migrate deploy\nnpx tsc\nnode dist/shop.js\n", {"node"}},
       }) {
    CAPTURE(row.script);
    Lines lasting;
    AuditResult audit = built_in_session().audit(
        file_set({{"Procfile", "web: ./boot.sh\n"}, {"boot.sh", "#!/bin/sh\n" + std::string(row.script)}}));
    uint32_t file = audit.project.find_file("boot.sh");
    for (uint32_t i = audit.project.own_facts(file); i < audit.project.fact_count(file); ++i) {
      const Fact& fact = audit.project.fact({file, i});
      bool process = fact.kind == FactKind::Process && !argument(fact.args(), "passing");
      if (process) lasting.emplace_back(argument(fact.args(), "program").text);
    }
    std::sort(lasting.begin(), lasting.end());
    CHECK(lasting == row.lasting);
  }
}

TEST_CASE("each program of a Go module is a process of its own") {
  std::string serve =
      "package main\nimport (\n\"net/http\"\n\"example.com/shop/stop\"\n)\nfunc main() {\n"
      "stop.Wait()\nhttp.ListenAndServe(\":1\", nil)\n}\n";
  std::string other = "package main\nimport \"net/http\"\nfunc main() {\nhttp.ListenAndServe(\":2\", nil)\n}\n";
  CHECK(rows(FactKind::Server, {{"go.mod", "module example.com/shop\n"},
                                {"cmd/admin/main.go", other},
                                {"cmd/web/main.go", serve},
                                {"stop/stop.go",
                                 "package stop\nimport (\n\"os/signal\"\n\"syscall\"\n)\n"
                                 "func Wait() { signal.Notify(c, syscall.SIGTERM) }\n"}}) ==
        Lines{R"(cmd/admin/main.go:4 server net/http.ListenAndServe = ":2" (language="go"))",
              R"(cmd/web/main.go:8 server net/http.ListenAndServe = ":1" (language="go", handled=true))"});
}

TEST_CASE("a log sink is attached where a logger refers to it") {
  CHECK(rows(FactKind::LogSink,
             {{"src/main/resources/logback.xml",
               "<configuration>\n<appender name=\"A\" class=\"ch.qos.logback.core.FileAppender\"><file>a.out</file>"
               "</appender>\n<appender name=\"B\" class=\"ch.qos.logback.core.rolling.RollingFileAppender\"/>\n"
               "<root><appender-ref ref=\"B\"/></root>\n</configuration>\n"}}) ==
        Lines{R"(src/main/resources/logback.xml:2 log-sink logback = "a.out" )"
              R"((type="ch.qos.logback.core.FileAppender", name="A"))",
              R"(src/main/resources/logback.xml:3 log-sink logback )"
              R"((type="ch.qos.logback.core.rolling.RollingFileAppender", name="B", rotates=true, attached=true))"});
}

TEST_CASE("a change of the schema says when it runs: by its place, its function, its callers") {
  constexpr const char* store = "from alembic import command\n\ndef prepare():\n    command.upgrade(config, 'head')\n";
  TestFiles files = {{"shop/store.py", store}};
  CHECK(
      rows(FactKind::SchemaChange, files) ==
      Lines{R"(shop/store.py:4 schema-change command.upgrade (what="migrations", when="unknown", language="python"))"});
  files.emplace_back("shop/app.py", "from shop.store import prepare\n\ndef create_app():\n    prepare()\n");
  CHECK(rows(FactKind::SchemaChange, files) ==
        Lines{R"(shop/store.py:4 schema-change command.upgrade (what="migrations", when="boot", language="python"))"});
  files[1] = {"shop/admin.py",
              "import click\nfrom shop.store import prepare\n\n@click.command()\ndef up():\n    prepare()\n"};
  CHECK(
      rows(FactKind::SchemaChange, files) ==
      Lines{
          R"(shop/store.py:4 schema-change command.upgrade (what="migrations", when="asked-for", language="python"))"});
}

TEST_CASE("a migration counts where the app calls it as it boots, a command where it is started") {
  constexpr const char* body = "package migration\n\nfunc Migrate(db *gorm.DB) { db.AutoMigrate(&Order{}) }\n";
  TestFiles files = {{"migration/all.go", body}};
  CHECK(rows(FactKind::SchemaChange, files).empty());
  files.emplace_back("main.go",
                     "package main\n\nimport \"shop/migration\"\n\nfunc main() {\n\tmigration.Migrate(db)\n}\n");
  CHECK(rows(FactKind::SchemaChange, files) ==
        Lines{R"(main.go:6 schema-change migration.Migrate (what="tables", when="boot", language="go", own=true))"});
  CHECK(
      rows(FactKind::SchemaChange,
           {{"cli.js",
             "const knex = require('knex')();\nconst tasks = { async upgrade() { await knex.migrate.latest(); } };\n"},
            {"Procfile", "web: node cli.js upgrade && node server.js\n"}}) ==
      Lines{R"(Procfile:1 schema-change node cli.js upgrade (what="migrations", when="boot", command=true))"});
}

TEST_CASE("an image is the app's own or somebody else's, and floats or not") {
  CHECK(
      rows(FactKind::ImageUse,
           {{"docker-compose.yml",
             "services:\n  web:\n    build: .\n    image: acme/shop\n  again:\n    image: acme/shop\n"
             "  db:\n    image: postgres:16\n"}}) ==
      Lines{
          R"(docker-compose.yml:4 image acme/shop (tagged="untagged", role="runs", own=true, floats=true, built=true, )"
          R"(deploys=true))",
          R"(docker-compose.yml:6 image acme/shop (tagged="untagged", role="runs", own=true, floats=true, again=true, )"
          R"(built=true, deploys=true))",
          R"(docker-compose.yml:8 image postgres = "16" (tagged="tagged '16'", role="runs", deploys=true))"});
}

TEST_CASE("a manifest says what records the versions") {
  CHECK(rows(FactKind::Manifest, {{"package.json", R"({"dependencies": {"express": "^4"}})"},
                                  {"package-lock.json", "{}"},
                                  {"server.js", "require('express')().listen(process.env.PORT)\n"},
                                  {"checks/package.json", R"({"dependencies": {"newman": "^6"}})"},
                                  {"checks/desk.json", "{}"},
                                  {"api/Gemfile", "gem 'rails'\n"},
                                  {"jobs/requirements.txt", "flask==3.0\n"},
                                  {"mix.exs", "x"}}) ==
        Lines{R"(api/Gemfile:1 manifest Gemfile = "none" (tool="Bundler"))",
              R"(checks/package.json:1 manifest package.json = "none" (tool="npm", development-only=true))",
              R"(jobs/requirements.txt:1 manifest requirements.txt = "partial" (tool="pip", brings="flask"))",
              R"(mix.exs:1 manifest mix.exs = "none" (tool="Mix"))",
              R"(package.json:1 manifest package.json = "present" (tool="npm"))"});
}

TEST_CASE("packages are open in a manifest, or undeclared in code") {
  CHECK(rows(FactKind::Package, {{"requirements.txt", "flask>=2\nrequests==2.32\n"}}) ==
        Lines{R"(requirements.txt:1 package flask = "yes" (takes="takes '>=2'", open=true))"});
  CHECK(rows(FactKind::Package, {{"app.py", "import json\nimport flask\nfrom requests import get\n"}}) ==
        Lines{R"(app.py:2 package flask = "no" (language="Python"))",
              R"(app.py:3 package requests = "no" (language="Python"))"});
}

TEST_CASE("an install names the packages whose version it leaves open") {
  CHECK(rows(FactKind::Install,
             {{"Dockerfile", "FROM python:3.12\nRUN pip install flask==3.0 redis && pip install poetry\n"}}) ==
        Lines{R"(Dockerfile:2 install pip = "redis" (role="build", image=true))",
              R"(Dockerfile:2 install pip = "poetry" (role="build", image=true, tools=true))"});
  CHECK(rows(FactKind::Install, {{"Dockerfile", "FROM python:3.12\nRUN python3 -m pip install redis\n"}}) ==
        Lines{R"(Dockerfile:2 install pip = "redis" (role="build", image=true))"});
}

TEST_CASE("a version says where it is meant") {
  CHECK(rows(FactKind::VersionUse,
             {{"Dockerfile", "FROM node:20-slim\nCMD [\"node\", \"a.js\"]\n"}, {".nvmrc", "18\n"}}) ==
        Lines{R"(.nvmrc:1 version node = "18" (role="declared"))",
              R"(Dockerfile:1 version node = "20-slim" (role="deployed"))"});
}

TEST_CASE("a page in a browser is no worker, and a database in the process has no schema of others") {
  const char* loop = "fun main() {\n  while (true) {\n    queue.take()\n  }\n}\n";
  CHECK(rows(FactKind::Loop, {{"src/App.kt", loop}}) ==
        Lines{R"(src/App.kt:2 loop forever (language="java", worker=true, waits=true))"});
  CHECK(rows(FactKind::Loop, {{"src/App.kt", std::string("import kotlinx.browser.document\n") + loop}}).empty());
  auto tables = [](const char* url) {
    return rows(FactKind::SchemaChange, {{"src/App.kt", "fun main() {\n  Database.connect(\"" + std::string(url) +
                                                            "\")\n  SchemaUtils.create(Users)\n}\n"}})
        .size();
  };
  CHECK(tables("jdbc:postgresql://db/shop") == 1);
  CHECK(tables("jdbc:h2:mem:shop") == 0);
}
