// What a repository's own texts say of its deploy files: who names one tells whom it is for.
#include <catch2/catch.hpp>

#include "model/scope.h"
#include "support/built_in_session.h"
#include "support/memory_audit.h"

using namespace tfcheck;

namespace {

std::string role(std::string_view path, const TestFiles& files) {
  AuditResult audit = built_in_session().audit(file_set(files));
  return scope_names(audit.project.files[audit.project.find_file(path)].scope);
}

constexpr const char* services = "services:\n  web:\n    build: .\n  db:\n    image: mysql:8.4.2\n";
constexpr const char* publishes = "jobs:\n  image:\n    steps:\n      - run: docker push shop/web\n";

}  // namespace

TEST_CASE("a compose file is the developers' when that is what its names say") {
  struct Row {
    const char* why;
    TestFiles others;
    const char* role;
  };
  for (const Row& row : {
           Row{"nobody names it", {}, ""},
           Row{"a section of the README",
               {{"README.md", "# Shop\n## Development\n```\ndocker compose up\n```\n"}},
               "development"},
           Row{"a title that is underlined",
               {{"README.rst", "Contributing\n------------\nStart ``docker-compose up``.\n"}},
               "development"},
           Row{"a document of its own",
               {{"docs/DEVELOPMENT.md", "Start `docker compose -f docker-compose.yml up`.\n"}},
               "development"},
           Row{"a sentence", {{"README.md", "For local development there is docker-compose.yml.\n"}}, "development"},
           Row{"a deploy",
               {{"README.md", "# Development\nSee docker-compose.yml.\n# Deployment\nRun `docker compose up -d`.\n"}},
               ""},
           Row{"one that says nothing",
               {{"README.md", "# Development\ndocker compose up\n# Quick start\ndocker compose up\n"}},
               ""},
           Row{"another folder's",
               {{"README.md", "# Development\ncd web && docker compose up\n"},
                {"web/docker-compose.yml", "services: {}\n"}},
               ""},
           Row{"a target with a comment",
               {{"Makefile", "serve: deps ## For development\n\tdocker compose up\n"}},
               "development"},
           Row{"a task, and nothing else deploys", {{"Makefile", "serve:\n\tdocker compose up\n"}}, ""},
           Row{"a task beside a deploy",
               {{"Makefile", "serve:\n\tdocker compose up\n"}, {".github/workflows/image.yml", publishes}},
               "development"},
           Row{"a task of mise",
               {{"mise.toml", "[tasks.up]\ndescription = \"Start the dev databases\"\nrun = \"docker compose up\"\n"}},
               "development"},
           Row{"a task of a Taskfile",
               {{"Taskfile.yml", "tasks:\n  up:\n    desc: For local development\n    cmds: [docker compose up]\n"}},
               "development"},
           Row{"a sentence that warns of production",
               {{"README.md", "docker-compose.yml is not meant for production.\n"}},
               "development"},
           Row{"a target that deploys",
               {{"Makefile", "deploy:\n\tdocker compose up\n"}, {".github/workflows/image.yml", publishes}},
               ""},
           Row{"a package's script",
               {{"package.json", R"({"scripts": {"dev:services": "docker compose up -d db"}})"}},
               "development"},
           Row{"a job of CI that checks",
               {{".github/workflows/test.yml", "jobs:\n  test:\n    steps:\n      - run: docker compose up -d\n"}},
               "development"},
           Row{"a job of CI that deploys",
               {{".github/workflows/deploy.yml",
                 "jobs:\n  deploy:\n    steps:\n      - run: docker compose up -d && ssh shop up\n"}},
               ""},
       }) {
    CAPTURE(row.why);
    TestFiles files = row.others;
    files.emplace_back("docker-compose.yml", services);
    files.emplace_back("Dockerfile", "FROM alpine:3.20.1\n");
    CHECK(role("docker-compose.yml", files) == row.role);
  }
}

TEST_CASE("a compose file with a name of its own that nobody calls is left over where something else deploys") {
  TestFiles files = {{"docker/services-compose.yml", services}, {"Dockerfile", "FROM alpine:3.20.1\n"}};
  CHECK(role("docker/services-compose.yml", files) == "");
  files.emplace_back(".github/workflows/image.yml", publishes);
  CHECK(role("docker/services-compose.yml", files) == "development");
  files[0].second = "services:\n  web:\n    image: shop/web:4\n";
  CHECK(role("docker/services-compose.yml", files) == "");
}

TEST_CASE("the title of a deploy file says whom it is for") {
  auto titled = [](const char* title) { return role("compose.yml", {{"compose.yml", title + std::string(services)}}); };
  CHECK(titled("# Core local-dev stack: all that a contributor needs.\n") == "development");
  CHECK(titled("# ----\n# Overlay for development\n") == "development");
  CHECK(titled("# The shop, for development and production\n") == "");
  CHECK(titled("# The shop\n") == "");
  CHECK(titled("# DEV=1 docker compose up\n") == "");
}

TEST_CASE("scripts and statements that only developers' files name are theirs") {
  TestFiles files = {{"scripts/fill.sh", "psql -f scripts/fill.sql\n"}, {"scripts/fill.sql", "select 1;\n"}};
  CHECK(role("scripts/fill.sh", files) == "");
  files.emplace_back("Makefile", "dev-db:\n\t./scripts/fill.sh\n");
  CHECK(role("scripts/fill.sh", files) == "development");
  CHECK(role("scripts/fill.sql", files) == "development");
  files.emplace_back("Dockerfile", "FROM alpine:3.20.1\nCOPY scripts/fill.sh scripts/fill.sql /\nCMD [\"/fill.sh\"]\n");
  CHECK(role("scripts/fill.sh", files) == "");
  CHECK(role("scripts/fill.sql", files) == "");
}

TEST_CASE("a key that only tests load is theirs") {
  TestFiles files = {{"server/certs/key.pem", "x\n"},
                     {"server/tls_test.go", "package server\nvar key = \"certs/key.pem\"\n"}};
  CHECK(role("server/certs/key.pem", files) == "development");
  files.emplace_back("server/tls.go", "package server\nvar key = \"certs/key.pem\"\n");
  CHECK(role("server/certs/key.pem", files) == "");
}

TEST_CASE("a README tells whom its folder is for, and not where a component of its own lies") {
  constexpr const char* refuses = "# Cluster\nThis is for manual testing.\n";
  TestFiles files = {{"utils/cluster/README.md", refuses},
                     {"utils/cluster/start.sh", "redis-server --daemonize yes\n"}};
  CHECK(role("utils/cluster/start.sh", files) == "development");
  files.emplace_back("utils/cluster/inner/README.md", "# Inner\n");
  files.emplace_back("utils/cluster/inner/go.sh", "true\n");
  CHECK(role("utils/cluster/inner/go.sh", files) == "");
  files.emplace_back("utils/cluster/package.json", R"({"name": "cluster", "dependencies": {"x": "1.0.0"}})");
  files.emplace_back("utils/cluster/index.js", "require('x').go();\n");
  CHECK(role("utils/cluster/start.sh", files) == "");
}

TEST_CASE("a sample to copy is put aside where something else is deployed") {
  TestFiles files = {{"docker/compose.yml", "# This is an example, change it.\n" + std::string(services)}};
  CHECK(role("docker/compose.yml", files) == "");
  files.emplace_back("Procfile", "web: node server.js\n");
  CHECK(role("docker/compose.yml", files) == "aside");
}

TEST_CASE("what an image of developers copies is theirs, and so is a tool's image that holds no source") {
  TestFiles files = {{"docker/pack.Dockerfile", "FROM alpine:3.20.1\nCOPY pack.sh /\nCMD [\"/pack.sh\"]\n"},
                     {"docker/pack.sh", "make deb\n"},
                     {"pack.sh", "# only used for local dev tests\ndocker build -f docker/pack.Dockerfile docker\n"}};
  CHECK(role("docker/pack.Dockerfile", files) == "development");
  CHECK(role("docker/pack.sh", files) == "development");
  files[0].second = "FROM node:20.1.0\nCOPY . /app\nCOPY pack.sh /\nCMD [\"/pack.sh\"]\n";
  CHECK(role("docker/pack.Dockerfile", files) == "");
  CHECK(role("docker/pack.sh", files) == "");
}
