// What small trees are made of: the role of each file and the kind of each component, by evidence.
#include <catch2/catch.hpp>

#include <algorithm>

#include "model/scope.h"
#include "support/built_in_session.h"
#include "support/memory_audit.h"

using namespace tfcheck;

namespace {

using Lines = std::vector<std::string>;

// "root kind", and what it says of it.
Lines kinds(const TestFiles& files) {
  Lines lines;
  AuditResult audit = built_in_session().audit(file_set(files));
  for (const Component& component : audit.project.components)
    lines.push_back((component.root.empty() ? "." : component.root) + " " + std::string(to_string(component.kind)));
  return lines;
}

std::string role(std::string_view path, const TestFiles& files) {
  AuditResult audit = built_in_session().audit(file_set(files));
  return scope_names(audit.project.files[audit.project.find_file(path)].scope);
}

// The roots of the apps that a finding in the file costs something.
std::string owners(std::string_view path, const TestFiles& files) {
  AuditResult audit = built_in_session().audit(file_set(files));
  std::vector<uint32_t> found = audit.project.owners_of(audit.project.find_file(path));
  std::sort(found.begin(), found.end());
  std::string roots;
  for (uint32_t app : found) roots += (roots.empty() ? "" : " ") + audit.project.components[app].root;
  return roots;
}

}  // namespace

TEST_CASE("the member of a workspace that something starts is the app") {
  CHECK(kinds({{"package.json", R"({"workspaces": ["apps/*", "packages/*"]})"},
               {"apps/api/package.json", R"({"name": "api", "scripts": {"start": "node server.js"}})"},
               {"apps/api/server.js", "require('http').createServer().listen(process.env.PORT)"},
               {"apps/site/package.json", R"({"devDependencies": {"vite": "5.2.0"}, "scripts": {"start": "vite"}})"},
               {"apps/site/main.js", "go()"},
               {"packages/lib/package.json", R"({"name": "lib"})"},
               {"packages/lib/index.js", "module.exports = 1"},
               {"packages/cli/package.json", R"({"name": "cli", "bin": "cli.js"})"},
               {"packages/cli/cli.js", "go()"}}) ==
        Lines{". infrastructure", "apps/api app", "apps/site client", "packages/cli tool", "packages/lib library"});
}

TEST_CASE("a solution's web project is the app, its class libraries are not") {
  CHECK(kinds({{"src/Web/Web.csproj", R"(<Project Sdk="Microsoft.NET.Sdk.Web"></Project>)"},
               {"src/Web/Program.cs", "class Program { static void Main() { Run(); } }"},
               {"src/Core/Core.csproj", R"(<Project Sdk="Microsoft.NET.Sdk"></Project>)"},
               {"src/Core/Order.cs", "class Order {}"},
               {"src/Migrate/Migrate.csproj", R"(<Project Sdk="Microsoft.NET.Sdk"></Project>)"},
               {"src/Migrate/Program.cs", "class Program { static void Main() {} }"}}) ==
        Lines{"src/Core library", "src/Migrate tool", "src/Web app"});
}

TEST_CASE("a crate for desktops is a tool, whatever listens in it") {
  CHECK(kinds({{"api/Cargo.toml", "[package]\nname = \"api\"\n[dependencies]\naxum = \"0.7\"\n"},
               {"api/src/main.rs", "fn main() { axum::serve(a, b); }"},
               {"desk/Cargo.toml", "[package]\nname = \"desk\"\n[dependencies]\naxum = \"0.7\"\ntauri = \"2.9\"\n"},
               {"desk/src/main.rs", "fn main() { axum::serve(a, b); }"}}) == Lines{"api app", "desk tool"});
}

TEST_CASE("a member of a Cargo workspace is an app by what its binary does, not by whether its manifest names it") {
  TestFiles files = {
      {"Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"},
      {"Dockerfile", "FROM debian:12\nCOPY target/release/mailer .\nCMD [\"./mailer\"]\n"},
      {"deploy/compose.yml",
       "services:\n  consumer:\n    image: acme/shop:1.2.3\n    command: [\"./consumer\"]\n"
       "  migration:\n    image: acme/shop:1.2.3\n    command: [\"./migration\"]\n"},
      {"crates/api/Cargo.toml", "[package]\nname = \"api\"\n[[bin]]\nname = \"shop\"\npath = \"src/main.rs\"\n"},
      {"crates/api/src/main.rs", "async fn main() { axum::serve(listener, app).await; }\n"},
      {"crates/check/Cargo.toml", "[package]\nname = \"check\"\n[[bin]]\nname = \"check\"\npath = \"src/main.rs\"\n"},
      {"crates/check/src/main.rs", "fn main() { check(); }\n"},
      {"crates/consumer/Cargo.toml", "[package]\nname = \"consumer\"\n"},
      {"crates/consumer/src/main.rs", "fn main() { work(); }\n"},
      {"crates/mailer/Cargo.toml", "[package]\nname = \"post\"\n[[bin]]\nname = \"mailer\"\npath = \"src/main.rs\"\n"},
      {"crates/mailer/src/main.rs", "fn main() { send(); }\n"},
      {"crates/schema/Cargo.toml",
       "[package]\nname = \"schema\"\n[[bin]]\nname = \"migration\"\npath = \"src/main.rs\"\n"},
      {"crates/schema/src/main.rs", "fn main() { run(); }\n"},
  };
  CHECK(kinds(files) == Lines{". infrastructure", "crates/api app", "crates/check tool", "crates/consumer app",
                              "crates/mailer app", "crates/schema tool"});
}

TEST_CASE("a package of Cargo without a binary is a library, whatever listens in it") {
  const char* listens = "pub async fn serve() { axum::serve(listener, app).await; }\n";
  const char* manifest = "[package]\nname = \"probe\"\n[dependencies]\naxum = \"0.8\"\n";
  CHECK(kinds({{"Cargo.toml", std::string(manifest) + "[[example]]\nname = \"todo\"\n"},
               {"src/lib.rs", "pub mod serve;\n"},
               {"src/serve.rs", listens},
               {"examples/todo.rs", "fn main() { probe::serve(); }\n"}}) == Lines{". library"});
  for (const char* binary : {"src/main.rs", "src/bin/probe.rs", "src/bin/probe/main.rs"}) {
    CAPTURE(binary);
    CHECK(kinds({{"Cargo.toml", manifest},
                 {"src/lib.rs", "pub mod serve;\n"},
                 {"src/serve.rs", listens},
                 {binary, "async fn main() { probe::serve::serve().await; }\n"}}) == Lines{". app"});
  }
}

TEST_CASE("a module that is called setup.py in a package of modules makes no component") {
  TestFiles files = {{"pyproject.toml", "[project]\nname = \"shop\"\n"},
                     {"Procfile", "web: gunicorn shop.app:app\n"},
                     {"shop/__init__.py", ""},
                     {"shop/app.py", "from flask import Flask\napp = Flask(__name__)\n"},
                     {"shop/setup.py", "def configure(app):\n    app.debug = False\n"}};
  CHECK(kinds(files) == Lines{". app"});
  files[2].first = "shop/models.py";
  CHECK(kinds(files).size() == 2);
}

TEST_CASE("the modules of a build that nothing runs are libraries") {
  CHECK(kinds({{"pom.xml", "<project><modules><module>shop</module><module>common</module></modules></project>"},
               {"shop/pom.xml", "<project></project>"},
               {"shop/src/main/resources/application.yml", "server:\n  port: ${PORT}\n"},
               {"shop/src/main/java/Shop.java", "class Shop {}"},
               {"common/pom.xml", "<project></project>"},
               {"common/src/main/java/Money.java", "class Money {}"}}) ==
        Lines{". infrastructure", "common library", "shop app"});
}

TEST_CASE("what only a build's server runs is a tool, and what a deploy builds is an app") {
  CHECK(kinds({{"compose.yml", "services:\n  web:\n    build: ./web\n"},
               {"web/go.mod", "module web\n"},
               {"web/main.go", "package main\nfunc main() {}\n"},
               {".ci/lint/composer.json", "{}"},
               {".ci/lint/lint.php", "<?php\n"},
               {"build/go.mod", "module build\n"},
               {"build/magefile.go", "package main\n"}}) ==
        Lines{". infrastructure", ".ci/lint tool", "build tool", "web app"});
}

TEST_CASE("where nothing says what is run, the source that nothing publishes is") {
  CHECK(kinds({{"main.py", "print(1)\n"}}) == Lines{". app"});
  CHECK(kinds({{"main.go", "package main\nfunc main() {}\n"}, {"go.mod", "module m\n"}}) == Lines{". app"});
  CHECK(kinds({{"setup.py", "setup()\n"}, {"lib/a.py", "A = 1\n"}}) == Lines{". library"});
  CHECK(kinds({{"deploy/web.yaml", "kind: Deployment\n"}}) == Lines{". infrastructure"});
  CHECK(kinds({{"index.php", "<?php\n"}, {"composer.json", "{}"}}) == Lines{". app"});
}

TEST_CASE("what apps take in is a library, whatever configuration it brings along") {
  CHECK(kinds({{"common/pom.xml", "<project><artifactId>shop-common</artifactId></project>"},
               {"common/src/main/java/Money.java", "class Money {}"},
               {"common/src/main/resources/application.yml", "a: 1\n"},
               {"shop/Dockerfile", "FROM eclipse-temurin:21.0.4_7-jre\n"},
               {"shop/pom.xml",
                "<project><artifactId>shop</artifactId><dependencies><dependency><groupId>acme</groupId>"
                "<artifactId>shop-common</artifactId></dependency></dependencies></project>"},
               {"shop/src/main/java/Shop.java", "class Shop {}"}}) == Lines{"common library", "shop app"});
  CHECK(kinds({{"Dockerfile", "FROM php:8.3.11-apache\n"},
               {"composer.json", "{}"},
               {"index.php", "<?php\n"},
               {"packages/cart/composer.json", R"({"extra": {"laravel": {"providers": ["Cart\\Provider"]}}})"},
               {"packages/cart/src/routes/web.php", "<?php\n"}}) == Lines{". app", "packages/cart library"});
}

TEST_CASE("a compiler that watches starts nothing") {
  TestFiles files = {{"web/Dockerfile", "FROM node:20.17.0\n"},
                     {"web/package.json", "{}"},
                     {"web/a.js", "go()\n"},
                     {"rules/a.ts", "export const a = 1\n"}};
  files.emplace_back("rules/package.json", R"({"scripts": {"start": "tsc --watch"}})");
  CHECK(kinds(files) == Lines{"rules library", "web app"});
  files.back().second = R"({"scripts": {"start": "tsc && node dist/a.js"}})";
  CHECK(kinds(files) == Lines{"rules app", "web app"});
}

TEST_CASE("a start script that comes down to a watching compiler, or to a build, starts nothing") {
  auto kind = [](const char* scripts) {
    return kinds({{"web/Dockerfile", "FROM node:20.17.0\n"},
                  {"web/package.json", "{}"},
                  {"web/a.js", "go()\n"},
                  {"rules/a.ts", "export const a = 1\n"},
                  {"rules/package.json", std::string(R"({"scripts": {)") + scripts + "}}"}})[0];
  };
  CHECK(kind(R"("start": "npm run watch:build", "watch:build": "tsc -p . -w")") == "rules library");
  CHECK(kind(R"("start": "npm run start:dev", "start:dev": "pnpm b:w", "b:w": "cross-env node_modules/.bin/tsc -w")") ==
        "rules library");
  CHECK(kind(R"("start": "run-p watch:*", "watch:esm": "tsup --watch", "watch:types": "tsc -w")") == "rules library");
  CHECK(kind(R"("start": "rm -rf dist && yarn build", "build": "rollup -c")") == "rules library");
  CHECK(kind(R"("start": "npm run build && node a.js", "build": "tsc")") == "rules app");
  CHECK(kind(R"("start": "run-s compile serve", "compile": "tsc", "serve": "node a.js")") == "rules app");
  // `production` names a build of a front end as often as a start.
  CHECK(kind(R"("production": "mix --production", "prod": "npm run production")") == "rules library");
  CHECK(kind(R"("production": "node a.js")") == "rules app");
}

TEST_CASE("a build's plug-in makes an app where a program begins, or where nothing takes the module in") {
  const char* kit =
      "<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>";
  auto kind = [&](const std::string& packaging, const char* source) {
    return kinds({{"pom.xml",
                   "<project><modules><module>desk</module></modules><dependencyManagement><dependencies><dependency>"
                   "<groupId>acme</groupId><artifactId>desk</artifactId></dependency></dependencies>"
                   "</dependencyManagement></project>"},
                  {"desk/pom.xml", "<project><artifactId>desk</artifactId>" + packaging + kit + "</project>"},
                  {"desk/src/main/java/Desk.java", source},
                  {"web/Dockerfile", "FROM node:20.17.0\nCMD [\"node\", \"a.js\"]\n"},
                  {"web/a.js", "go()\n"}})[1];
  };
  CHECK(kind("", "class Desk {}") == "desk library");
  CHECK(kind("<packaging>war</packaging>", "class Desk {}") == "desk app");
  CHECK(kind("<properties><start-class>Desk</start-class></properties>", "class Desk {}") == "desk app");
  CHECK(kind("",
             "import org.springframework.boot.SpringApplication;\n"
             "class Desk { public static void main(String[] a) { SpringApplication.run(Desk.class); } }") ==
        "desk app");
  // The aggregator is a parent of its modules, no dependency of theirs.
  CHECK(kinds({{"pom.xml", "<project><artifactId>all</artifactId><modules><module>shop</module></modules></project>"},
               {"bin/report.py", "print(1)\n"},
               {"shop/pom.xml",
                "<project><parent><groupId>acme</groupId><artifactId>all</artifactId></parent></project>"},
               {"shop/Dockerfile", "FROM eclipse-temurin:21.0.4_7-jre\n"},
               {"shop/src/Shop.java", "class Shop {}"}}) == Lines{". library", "shop app"});
}

TEST_CASE("commands, templates, static sites and the roots of workspaces are no apps") {
  TestFiles files = {{"web/Dockerfile", "FROM node:20.17.0\nCMD [\"node\", \"a.js\"]\n"}, {"web/a.js", "go()\n"}};
  auto with = [&](const char* manifest, const char* name, const char* text) {
    TestFiles tree = files;
    tree.emplace_back("kit/package.json", manifest);
    tree.emplace_back(std::string("kit/") + name, text);
    return kinds(tree)[0];
  };
  CHECK(with(R"({"bin": "a.js", "scripts": {"start": "node src/a.js"}})", "src/a.js", "go()") == "kit tool");
  CHECK(with(R"({"bin": "a.js", "devDependencies": {"vite": "5.2.0"}})", "src/a.js", "go()") == "kit tool");
  CHECK(with(R"({"scripts": {"start": "node src/a.js"}})", "src/a.js", "go()") == "kit app");
  const char* site =
      R"({"devDependencies": {"@sveltejs/kit": "2.5.0", "@sveltejs/adapter-static": "3.0.1", "vite": "5.2.0"}})";
  CHECK(with(site, "src/app.ts", "go()") == "kit client");
  CHECK(kinds({{"cookiecutter.json", "{}"}, {"hooks/post_gen.py", "print(1)\n"}}) == Lines{". tool"});
  CHECK(kinds({{"package.json", R"({"private": true, "scripts": {"up": "docker compose up"}})"},
               {"pnpm-workspace.yaml", "packages: [kits/*]\n"},
               {"scripts/a.js", "go()\n"},
               {"kits/sdk/package.json", R"({"name": "sdk"})"},
               {"kits/sdk/a.js", "go()\n"}}) == Lines{". infrastructure", "kits/sdk library"});
}

TEST_CASE("an image of a program that is called like a component is that component's") {
  CHECK(kinds({{"release/Release.csproj", R"(<Project Sdk="Microsoft.NET.Sdk"></Project>)"},
               {"release/Program.cs", "class Program { static void Main() {} }"},
               {"release/image/Dockerfile",
                "FROM debian:12.6\nCOPY run.sh /run.sh\nENTRYPOINT [\"/run.sh\"]\nCMD [\"acme-server\"]\n"},
               {"release/image/run.sh", "#!/bin/sh\nexec \"$@\"\n"},
               {"apps/Acme.Server/Acme.Server.csproj", R"(<Project Sdk="Microsoft.NET.Sdk"></Project>)"},
               {"apps/Acme.Server/Program.cs", "class Program { static void Main() {} }"}}) ==
        Lines{"apps/Acme.Server app", "release infrastructure"});
}

TEST_CASE("a program of .NET is what a host starts by its name, or a tool") {
  const char* library = R"(<Project Sdk="Microsoft.NET.Sdk"></Project>)";
  const char* program =
      R"(<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><AssemblyName>shop</AssemblyName></PropertyGroup><ItemGroup><ProjectReference Include="..\Shop.Host\Shop.Host.csproj" /></ItemGroup></Project>)";
  TestFiles files = {{"src/Shop.Host/Shop.Host.csproj", library},
                     {"src/Shop.Host/Host.cs", "class Host { void Run() { WebApplication.Create().Run(); } }"},
                     {"src/Shop.Console/Shop.Console.csproj", program},
                     {"src/Shop.Console/Entry.cs", "class Entry { static void Main() {} }"},
                     {"web/package.json", "{}"},
                     {"web/app.js", "go()\n"}};
  files.emplace_back("deploy/shop.service", "[Service]\nExecStart=/opt/shop/shop -nobrowser\n");
  CHECK(kinds(files) == Lines{". infrastructure", "src/Shop.Console app", "src/Shop.Host library", "web library"});
}

TEST_CASE("an image that packs the app for a system starts nothing of it") {
  CHECK(kinds({{"lib/pyproject.toml", ""},
               {"lib/shop.py", "def go(): pass\n"},
               {"api/pyproject.toml", ""},
               {"api/Dockerfile", "FROM python:3.12\nCOPY . .\nCMD [\"python\", \"main.py\"]\n"},
               {"api/main.py", "go()\n"},
               {"lib/Dockerfile", "FROM debian:12\nRUN apt-get install -y devscripts dh-make\nCMD /pack.sh\n"},
               {"lib/pack.sh", "dch -M -r ''\ndpkg-buildpackage -us\n"}}) == Lines{"api app", "lib library"});
}

TEST_CASE("a package that is handed to a registry is no app for a script of its own") {
  const char* handed = R"({"publishConfig": {"access": "public"}, "scripts": {"start": "nodemon src/a.js"}})";
  const char* own = R"({"scripts": {"start": "node src/a.js"}})";
  CHECK(kinds({{"api/package.json", own},
               {"api/src/a.js", "go()\n"},
               {"lib/package.json", handed},
               {"lib/src/a.js", "go()\n"}}) == Lines{"api app", "lib library"});
}

TEST_CASE("an image that is built and deployed here is an app, whatever is in it") {
  CHECK(kinds({{"Dockerfile", "FROM nginx:1.27\nCOPY html /html\nENTRYPOINT [\"nginx\"]\n"},
               {"html/index.html", "<p>"},
               {"deploy/web.yaml", "kind: Deployment\napiVersion: apps/v1\nmetadata:\n  name: web\n"}}) ==
        Lines{". app"});
}

TEST_CASE("a module of Go without a main is a library, whatever listens in it") {
  std::string serve = "package shop\nimport \"net/http\"\nfunc Serve(at string) { http.ListenAndServe(at, nil) }\n";
  TestFiles module = {{"go.mod", "module shop.org/shop\ngo 1.22\n"}, {"serve.go", serve}};
  CHECK(kinds(module) == Lines{". library"});
  module.emplace_back("cmd/shop/main.go",
                      "package main\nimport \"shop.org/shop\"\nfunc main() { shop.Serve(\":\") }\n");
  CHECK(kinds(module) == Lines{". app"});
}

TEST_CASE("an image that is kept in a folder of images begins no part of its own") {
  TestFiles app = {{"manage.py", "run()"},
                   {"requirements.txt", "django==5.0.6\n"},
                   {"docker/config.py", "import os\nDEBUG = os.environ['DEBUG']\n"},
                   {"docker/Dockerfile", "FROM python:3.12.3\nCOPY . /app\nCMD [\"gunicorn\", \"shop.wsgi\"]\n"}};
  CHECK(kinds(app) == Lines{". app"});
  app.emplace_back("docker/requirements.txt", "gunicorn==22.0.0\n");
  CHECK(kinds(app).size() == 2);
}

TEST_CASE("a build with a server of Ktor makes a program") {
  CHECK(kinds({{"chat/build.gradle.kts",
                "plugins {\n    id(\"io.ktor.plugin\") version \"3.4.3\"\n}\ndependencies {\n    "
                "implementation(\"io.ktor:ktor-server-netty:3.4.3\")\n}\n"},
               {"chat/src/Chat.kt", "fun main() {}\n"},
               {"kit/build.gradle.kts", "dependencies {\n}\n"},
               {"kit/src/Kit.kt", "fun go() {}\n"}}) == Lines{"chat app", "kit library"});
}

TEST_CASE("however many tests lie in a folder of source, the rest of it is source") {
  TestFiles files = {{"store/package.json", "{}"}, {"store/src/store.ts", "export const a = 1\n"}};
  for (const char* name : {"a", "b", "c", "d", "e", "f"})
    files.emplace_back("store/src/" + std::string(name) + ".test.ts", "it('x', () => {})\n");
  CHECK(role("store/src/store.ts", files) == "");
}

TEST_CASE("neighbours and content show what a file is for") {
  CHECK(role("src/environments/environment.ts", {{"src/environments/environment.ts", "export const a = 1"},
                                                 {"src/environments/environment.prod.ts", "export const a = 2"}}) ==
        "development");
  CHECK(role("src/environments/environment.ts", {{"src/environments/environment.ts", "export const a = 1"}}) == "");
  CHECK(role("t/keys/a.key", {{"t/keys/a.key", "x"}, {"t/10-tls.t", "x"}}) == "test");
  CHECK(role("t/keys/a.key", {{"t/keys/a.key", "x"}, {"t/tls.py", "x"}}) == "");
  CHECK(role("compose.example.yml", {{"compose.example.yml", "services:\n"}, {"a.py", "A = 1"}}) == "only example");
  CHECK(role("compose.example.yml", {{"compose.example.yml", "services:\n"}, {"compose.yml", "services:\n"}}) ==
        "example");
  CHECK(role("pkg/help/setup.go",
             {{"pkg/help/setup.go", "package help\n\nimport \"testing\"\n\nconst setupPassword = \"orchid1987\"\n"},
              {"go.mod", "module m\n"}}) == "test");
}

TEST_CASE("what was put away is retired, what users put away is not") {
  const char* image = "FROM node\nCMD [\"node\", \"a.js\"]\n";
  CHECK(role("services/archived/shop/Dockerfile", {{"services/archived/shop/Dockerfile", image}}) == "retired");
  CHECK(role("deprecated/pod.yaml", {{"deprecated/pod.yaml", "kind: Pod\n"}}) == "retired");
  CHECK(role("archived/a.js", {{"archived/a.js", "a()\n"}, {"archived/web/package.json", "{}"}}) == "");
  CHECK(role("views/archived/list.yml",
             {{"views/archived/list.yml", "a: 1\n"}, {"views/archived/b/a.rb", "a = 1\n"}}) == "");
  CHECK(role("legacy/a.py", {{"legacy/a.py", "a()\n"}, {"legacy/README.md", "# Shop\n\nDeprecated: use web.\n"}}) ==
        "retired");
  CHECK(role("web/a.py", {{"web/a.py", "a()\n"}, {"web/README.rst", "Web\n===\nDeprecated options are listed.\n"}}) ==
        "");
  CHECK(role("web/a.py", {{"web/a.py", "a()\n"}, {"web/README.md", "# Web\n> This part is no longer maintained.\n"}}) ==
        "retired");
  CHECK(role("a.py", {{"a.py", "a()\n"}, {"README.md", "# Web\nThis is no longer maintained.\n"}}) == "");
}

TEST_CASE("what lies among tests is theirs, unless the component begins there") {
  TestFiles files = {{"journeys/env/users.yml", "a: 1\n"}, {"go.mod", "module m\n"}, {"main.go", "package main\n"}};
  for (const char* name : {"journeys/a_test.go", "journeys/b_test.go", "journeys/c_test.go", "journeys/d_test.go"})
    files.emplace_back(name, "package journeys\n");
  CHECK(role("journeys/env/users.yml", files) == "");
  files.emplace_back("journeys/e_test.go", "package journeys\n");
  CHECK(role("journeys/env/users.yml", files) == "test");
  files.emplace_back("journeys/f.go", "package journeys\n");
  CHECK(role("journeys/env/users.yml", files) == "test");
  files.emplace_back("journeys/g.go", "package journeys\n");
  CHECK(role("journeys/env/users.yml", files) == "");
}

TEST_CASE("a suite beside the services of a folder says nothing of them") {
  TestFiles files = {{"src/e2e/package.json", R"({"devDependencies": {"cypress": "14.0.0"}})"},
                     {"src/cart/go.mod", "module cart\n"},
                     {"src/cart/main.go", "package main\nfunc main() {}\n"}};
  for (const char* name : {"a", "b", "c", "d", "e"})
    files.emplace_back("src/e2e/cypress/" + std::string(name) + ".cy.js", "describe('x', () => {})\n");
  CHECK(role("src/cart/main.go", files) == "");
  CHECK(role("src/e2e/cypress/a.cy.js", files) == "test");
}

TEST_CASE("a compose file that runs the source as it is saved is the developers'") {
  TestFiles files = {{"app/shop.py", "A = 1\n"}, {"data/a.csv", "1\n"}};
  auto of_compose = [&](const char* services) {
    TestFiles tree = files;
    tree.emplace_back("compose.yml", std::string("services:\n") + services);
    return role("compose.yml", tree);
  };
  CHECK(of_compose("  web:\n    build: .\n    volumes: [./app:/app]\n  db:\n    image: mysql:8.4.2\n") ==
        "development");
  CHECK(of_compose("  web:\n    build: .\n    volumes: ['.:/app']\n") == "development");
  CHECK(of_compose("  web:\n    build: .\n    volumes: [./data:/data]\n") == "");
  CHECK(of_compose("  web:\n    build: .\n    volumes: [./app:/app]\n  jobs:\n    build: .\n") == "");
  CHECK(of_compose("  web:\n    image: shop:1\n    volumes: [./app:/app]\n") == "");
}

TEST_CASE("a folder whose package drives a browser and makes nothing is a test suite") {
  const char* suite = R"({"devDependencies": {"@playwright/test": "1.44.0", "mysql2": "3.9.7"}})";
  const char* site = R"({"devDependencies": {"@playwright/test": "1.44.0"}, "scripts": {"build": "vite build"}})";
  CHECK(role("browser/setup.ts", {{"browser/package.json", suite}, {"browser/setup.ts", "go()"}}) == "test");
  CHECK(role("site/setup.ts", {{"site/package.json", site}, {"site/setup.ts", "go()"}}) == "");
  CHECK(role("setup.ts", {{"package.json", suite}, {"setup.ts", "go()"}}) == "");
}

TEST_CASE("a folder whose package is a plug-in of a runner of tests, and needs it, is a test suite") {
  const std::string points = "[project.entry-points.pytest11]\nchecks = \"checks.plugin\"\n";
  const std::string may = "[project]\nname = \"a-checks\"\n" + points;
  const std::string needs = "[project]\nname = \"a-checks\"\ndependencies = [\"pytest>=8\", \"requests\"]\n" + points;
  const std::string image = "FROM python:3.12\nCOPY . .\nRUN pip install .\n";
  CHECK(role("checks/calls.py", {{"checks/pyproject.toml", needs}, {"checks/calls.py", "go()"}}) == "test");
  CHECK(role("checks/calls.py", {{"checks/pyproject.toml", may}, {"checks/calls.py", "go()"}}) == "");
  CHECK(role("calls.py", {{"pyproject.toml", needs}, {"calls.py", "go()"}}) == "");
  CHECK(kinds({{"checks/Dockerfile", image},
               {"checks/calls.py", "go()"},
               {"checks/pyproject.toml", needs},
               {"app.py", "app.run()"},
               {"Procfile", "web: python app.py\n"}}) == Lines{". app", "checks infrastructure"});
}

TEST_CASE("settings in a class library of .NET are no sign that it is run") {
  const auto lib = [](const std::string& properties, const std::string& file) {
    return kinds({{"Api/Api.csproj", R"(<Project Sdk="Microsoft.NET.Sdk.Web"></Project>)"},
                  {"Api/Program.cs", "class Program {}"},
                  {"Data/Data.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">" + properties + "</Project>"},
                  {"Data/" + file, "class Shop {}"},
                  {"Data/appsettings.json", R"({"ConnectionStrings": {"Shop": "Server=db"}})"}});
  };
  const Lines taken = {"Api app", "Data library"}, run = {"Api app", "Data app"};
  CHECK(lib("", "ShopContext.cs") == taken);
  CHECK(lib("<PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>", "ShopContext.cs") == run);
  CHECK(lib("<PropertyGroup><AzureFunctionsVersion>v4</AzureFunctionsVersion></PropertyGroup>", "Shop.cs") == run);
  CHECK(lib("", "Program.cs") == run);
}

TEST_CASE("what its manifest calls a library is none of the apps for the servers in it") {
  const char* server = "from wsgiref.simple_server import make_server\nmake_server('', 0, app).serve_forever()\n";
  const char* library =
      "[project]\nname = 'cup'\nclassifiers = ['Topic :: Software Development :: Libraries :: Application "
      "Frameworks']\n";
  CHECK(kinds({{"pyproject.toml", library}, {"cup.py", server}}) == Lines{". library"});
  CHECK(kinds({{"pyproject.toml", library}, {"wsgi.py", "application = 1"}, {"cup.py", server}}) == Lines{". app"});
  CHECK(kinds({{"pyproject.toml", "[project]\nname = 'cup'\n"}, {"cup.py", server}}) == Lines{". app"});
}

TEST_CASE("a module of Go that is taken in by its name is no part of an app") {
  const char* module = "module github.com/acme/queue\n";
  const char* serve = "package queue\nimport \"net/http\"\nfunc Run() { http.ListenAndServe(\":0\", nil) }\n";
  auto inside = [](const TestFiles& files) {
    return built_in_session().audit(file_set(files)).project.components[0].inside_app;
  };
  CHECK_FALSE(inside({{"go.mod", module}, {"queue.go", serve}}));
  CHECK_FALSE(inside({{"go.mod", module}, {"doc.go", "package queue\n"}, {"server.go", serve}}));
  CHECK(inside({{"go.mod", module}, {"internal/serve/serve.go", serve}}));
}

TEST_CASE("settings of Mix beside config.exs are of environments where it imports them so") {
  auto files = [](const char* import) {
    std::string base = "import Config\nconfig :shop, Shop.Repo, password: \"hTg7sKq2mXz9\"\nimport_config ";
    return TestFiles{{"mix.exs", "defmodule Shop.MixProject do\nend\n"},
                     {"config/config.exs", base + import + "\n"},
                     {"config/fair.exs", "import Config\n"},
                     {"config/prod.exs", "import Config\n"},
                     {"config/runtime.exs", "import Config\n"}};
  };
  const char* by_environment = "\"#{config_env()}.exs\"";
  CHECK(role("config/fair.exs", files(by_environment)) == "development");
  CHECK(role("config/fair.exs", files("\"fair.exs\"")) == "");
  for (const char* deployed : {"config/config.exs", "config/prod.exs", "config/runtime.exs"})
    CHECK(role(deployed, files(by_environment)) == "");
}

TEST_CASE("scripts of init that others contributed are shipped, other samples are not") {
  TestFiles files{{"main.go", "package main\nfunc main() { serve() }\n"},
                  {"Dockerfile", "FROM golang:1.22.1\nCMD [\"shop\"]\n"},
                  {"contrib/init/sysvinit-debian/shop", "#!/bin/sh\nshop &\n"},
                  {"contrib/shop.initd", "#!/sbin/openrc-run\n"},
                  {"contrib/plugin/build.sh", "make\n"}};
  CHECK(role("contrib/init/sysvinit-debian/shop", files) == "aside");
  CHECK(role("contrib/shop.initd", files) == "aside");
  CHECK(role("contrib/plugin/build.sh", files) == "example");
}

TEST_CASE("a library for pages is one, whatever shows its demo") {
  const char* demo = "require('http').createServer(show).listen(process.argv[2]);\n";
  const char* manifest = R"({"name": "peer", "main": "src/peer.js", "scripts": {"serve": "node bin/serve.js"})";
  TestFiles files = {{"bin/serve.js", demo},
                     {"src/peer.js", "module.exports = 1\n"},
                     {"package.json", std::string(manifest) + R"(, "browser": "dist/peer.min.js"})"}};
  CHECK(kinds(files) == Lines{". library"});
  files[2].second = std::string(manifest) + "}";
  CHECK(kinds(files) == Lines{". app"});
}

TEST_CASE("a package of Hex is a library, a project that Hex has nothing of is none") {
  const char* code = "defmodule Queue do\n  def push(a), do: a\nend\n";
  const char* package =
      "defmodule Queue.MixProject do\n  use Mix.Project\n  def project, do: [app: :queue, package: package()]\n"
      "  defp package, do: [licenses: [\"MIT\"], links: %{}]\nend\n";
  const char* plain = "defmodule Queue.MixProject do\n  use Mix.Project\n  def project, do: [app: :queue]\nend\n";
  CHECK(kinds({{"mix.exs", package}, {"lib/queue.ex", code}}) == Lines{". library"});
  CHECK(kinds({{"mix.exs", plain}, {"lib/queue.ex", code}}) == Lines{". app"});
}

TEST_CASE("an image that starts nothing builds, and deploys nobody") {
  const char* builds = "FROM alpine:3.20\nRUN apk add cmake g++ && git clone . /a && /a/build.sh\n";
  const char* other = "FROM php:8.3-apache\nCOPY . /var/www/html\n";
  auto why = [](const char* dockerfile) {
    AuditResult audit = built_in_session().audit(
        file_set({{"Dockerfile", dockerfile}, {"lib/server.cc", "int serve() { return 0; }\n"}}));
    return audit.project.components.at(0).why;
  };
  CHECK(why(builds) == "source code that nothing publishes");
  CHECK(why(other) == "Dockerfile builds it");
}

TEST_CASE("what lies in a library counts in the apps that take it in") {
  const std::string node = "require('http').createServer().listen(process.env.PORT)";
  const std::string spring =
      "<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin>"
      "</plugins></build>";
  struct Row {
    const char* how;
    std::string file, owners;
    TestFiles files;
  };
  const auto npm = [&](const std::string& shop, const std::string& mail, const std::string& core) {
    return TestFiles{{"core/index.js", "f()"},
                     {"core/package.json", core},
                     {"mail/package.json", R"({"name": "mail", "scripts": {"start": "node server.js"})" + mail + "}"},
                     {"mail/server.js", node},
                     {"money/index.js", "f()"},
                     {"money/package.json", R"({"name": "@a/money"})"},
                     {"shop/package.json", R"({"name": "shop", "scripts": {"start": "node server.js"})" + shop + "}"},
                     {"shop/server.js", node}};
  };
  const auto jvm = [&](const std::string& name, const std::string& shop, const std::string& mail,
                       const std::string& core) {
    const std::string run = "class A { static void main(String[] a) { SpringApplication.run(A.class, a); } }";
    return TestFiles{{"core/" + name, core},
                     {"core/src/main/java/B.java", "class B {}"},
                     {"mail/" + name, mail},
                     {"mail/src/main/java/A.java", run},
                     {"shop/" + name, shop},
                     {"shop/src/main/java/A.java", run},
                     {"shop/Dockerfile", "FROM openjdk:21\nCOPY a.jar .\nCMD [\"java\", \"-jar\", \"a.jar\"]\n"},
                     {"mail/Dockerfile", "FROM openjdk:21\nCOPY a.jar .\nCMD [\"java\", \"-jar\", \"a.jar\"]\n"}};
  };
  const std::string pom = "<project><groupId>a</groupId><artifactId>";
  const std::string takes =
      "</artifactId><dependencies><dependency><groupId>${project.groupId}</groupId>"
      "<artifactId>core</artifactId></dependency></dependencies>";
  const std::string server = "use axum::serve;\nfn main() { axum::serve(a, b); }\n";
  const Row rows[] = {
      {"npm, by name", "core/index.js", "shop",
       npm(R"(, "dependencies": {"@a/core": "workspace:*"})", "", R"({"name": "@a/core"})")},
      {"npm, by path", "core/index.js", "mail", npm("", R"(, "dependencies": {"c": "file:../core"})", "{}")},
      {"through a library", "money/index.js", "shop",
       npm(R"(, "dependencies": {"@a/core": "*"})", "", R"({"name": "@a/core", "dependencies": {"@a/money": "*"}})")},
      {"its manifest as well", "core/package.json", "shop",
       npm(R"(, "dependencies": {"@a/core": "*"})", "", R"({"name": "@a/core"})")},
      {"to run before to test", "core/index.js", "shop",
       npm(R"(, "dependencies": {"@a/core": "*"})", R"(, "devDependencies": {"@a/core": "*"})",
           R"({"name": "@a/core"})")},
      {"only to test", "core/index.js", "mail",
       npm("", R"(, "devDependencies": {"@a/core": "*"})", R"({"name": "@a/core"})")},
      {"nobody says it", "core/index.js", "mail shop", npm("", "", R"({"name": "@a/core"})")},
      {"libraries that take each other in", "core/index.js", "mail shop",
       npm("", "", R"({"name": "@a/core", "dependencies": {"@a/money": "*"}})")},
      {"Maven", "core/src/main/java/B.java", "mail",
       jvm("pom.xml", pom + "shop</artifactId>" + spring + "</project>", pom + "mail" + takes + spring + "</project>",
           pom + "core</artifactId></project>")},
      {"Gradle, by path", "core/src/main/java/B.java", "shop",
       jvm("build.gradle", "dependencies {\n  implementation project(':core')\n}\n",
           "dependencies {\n  implementation 'a:b:1'\n}\n", "\n")},
      {"Gradle, by accessor", "core/src/main/java/B.java", "shop",
       jvm("build.gradle.kts", "dependencies {\n  implementation(projects.core)\n}\n",
           "dependencies {\n  implementation(\"a:b:1\")\n}\n", "\n")},
      {".NET",
       "src/Core/B.cs",
       "src/Web",
       {{"src/Api/Api.csproj", R"(<Project Sdk="Microsoft.NET.Sdk.Web"></Project>)"},
        {"src/Api/Program.cs", "class Program {}"},
        {"src/Core/B.cs", "class B {}"},
        {"src/Core/Core.csproj", R"(<Project Sdk="Microsoft.NET.Sdk"></Project>)"},
        {"src/Web/Program.cs", "class Program {}"},
        {"src/Web/Web.csproj",
         R"(<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><ProjectReference Include="..\Core\Core.csproj" />)"
         R"(</ItemGroup></Project>)"}}},
      {"Cargo",
       "core/src/lib.rs",
       "shop",
       {{"core/Cargo.toml", "[package]\nname = \"core\"\n"},
        {"core/src/lib.rs", "pub fn f() {}\n"},
        {"mail/Cargo.toml", "[package]\nname = \"mail\"\n[dependencies]\naxum = \"0.7\"\n"},
        {"mail/src/main.rs", server},
        {"shop/Cargo.toml",
         "[package]\nname = \"shop\"\n[dependencies]\naxum = \"0.7\"\ncore = { path = \"../core\" }\n"},
        {"shop/src/main.rs", server}}},
      {"Go, by an import of a work file's module",
       "core/core.go",
       "shop",
       {{"core/core.go", "package core\nfunc F() {}\n"},
        {"core/go.mod", "module acme.com/core\n"},
        {"go.work", "use (\n\t./core\n\t./mail\n\t./shop\n)\n"},
        {"mail/Dockerfile", "FROM scratch\nCMD [\"/mail\"]\n"},
        {"mail/go.mod", "module acme.com/mail\n"},
        {"mail/main.go", "package main\nfunc main() {}\n"},
        {"shop/Dockerfile", "FROM scratch\nCMD [\"/shop\"]\n"},
        {"shop/go.mod", "module acme.com/shop\n"},
        {"shop/main.go", "package main\nimport \"acme.com/core/money\"\nfunc main() { money.F(os.Getenv(\"A\")) }\n"}}},
      {"Python, by path",
       "core/core.py",
       "shop",
       {{"core/core.py", "f()\n"},
        {"core/pyproject.toml", "[project]\nname = \"a-core\"\n"},
        {"mail/Procfile", "web: gunicorn mail:app\n"},
        {"mail/mail.py", "app = 1\n"},
        {"mail/requirements.txt", "gunicorn==20.0\n"},
        {"shop/Procfile", "web: gunicorn shop:app\n"},
        {"shop/pyproject.toml", "[project]\nname = \"shop\"\ndependencies = [\"a_core\"]\n"},
        {"shop/shop.py", "app = 1\n"}}},
      {"what deploys all",
       "compose.yml",
       "mail shop",
       {{"compose.yml", "services:\n  db:\n    image: postgres:16.1\n"},
        {"index.js", "f()"},
        {"mail/package.json", R"({"name": "mail", "scripts": {"start": "node server.js"}})"},
        {"mail/server.js", node},
        {"package.json", R"({"name": "@a/core"})"},
        {"shop/package.json",
         R"({"name": "shop", "scripts": {"start": "node server.js"}, "dependencies": {"@a/core": "*"}})"},
        {"shop/server.js", node}}},
  };
  for (const Row& row : rows) {
    INFO(row.how);
    CHECK(owners(row.file, row.files) == row.owners);
  }
}

TEST_CASE("a root whose packages are for its developers deploys the apps below it") {
  const std::string node = "require('http').createServer().listen(process.env.PORT)";
  const std::string hooks = R"({"scripts": {"prepare": "husky"}, "devDependencies": {"husky": "9.1.5"}})";
  const TestFiles below = {{"api/package.json", R"({"scripts": {"start": "node server.js"}})"},
                           {"api/server.js", node},
                           {"Dockerfile", "FROM node:22.1\nCOPY api .\nCMD [\"node\", \"server.js\"]\n"},
                           {"scripts/release.js", "release()"}};
  const auto with = [&](const TestFiles& files) {
    TestFiles all = below;
    all.insert(all.end(), files.begin(), files.end());
    return all;
  };
  const Lines held = {". infrastructure", "api app"}, own = {". app", "api app"};
  CHECK(kinds(with({{"package.json", hooks}})) == held);
  CHECK(owners("Dockerfile", with({{"package.json", hooks}})) == "api");
  // … unless it needs packages to run, starts something, is built to pages, or holds what its image runs.
  CHECK(kinds(with({{"package.json", R"({"dependencies": {"pg": "8.11.0"}})"}})) == own);
  CHECK(kinds(with({{"package.json", R"({"scripts": {"start": "node src/worker.js"}})"}, {"src/worker.js", "go()"}})) ==
        own);
  CHECK(kinds(with({{"package.json", R"({"devDependencies": {"vite": "5.2.0"}})"}})) == own);
  CHECK(kinds(with({{"package.json", hooks}, {"server.js", node}})) == own);
  CHECK(kinds(with({{"package.json", hooks}, {"requirements.txt", "flask==3.0.0\n"}})) == own);
}
