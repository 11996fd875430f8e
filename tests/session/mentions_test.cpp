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

TEST_CASE("a compose file of nothing but services is the developers' where something else deploys the app") {
  const char* infrastructure =
      "services:\n  db:\n    image: postgres:16.3\n    volumes: "
      "[.docker/db/start.sh:/docker-entrypoint-initdb.d/a.sh]\n"
      "  admin:\n    image: dpage/pgadmin4:8.9\n";
  const char* workload =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  template:\n    spec:\n      "
      "containers:\n"
      "        - name: shop\n          image: registry.example.net/shop:1.4.2\n";
  TestFiles files = {{"compose.yaml", infrastructure},
                     {".docker/db/start.sh", "createdb shop\n"},
                     {"package.json", R"({"name": "shop"})"},
                     {"server.js", "require('http')\n"}};
  CHECK(role("compose.yaml", files) == "");
  files.emplace_back("k8s/shop.yaml", workload);
  CHECK(role("compose.yaml", files) == "development");
  CHECK(role(".docker/db/start.sh", files) == "development");
  SECTION("one that runs more is a deploy of its own") {
    files[0].second = infrastructure + std::string("  shop:\n    image: acme/shop:1.4.2\n");
    CHECK(role("compose.yaml", files) == "");
  }
  SECTION("one that adds to what another runs") {
    files[0].second = infrastructure + std::string("  shop:\n    environment: [DB=db]\n");
    CHECK(role("compose.yaml", files) == "");
  }
  SECTION("one beside a compose deploy") {
    files.emplace_back("compose.shop.yaml", "services:\n  shop:\n    image: acme/shop:1.4.2\n");
    CHECK(role("compose.yaml", files) == "");
  }
  SECTION("who develops nothing here runs just that") {
    files = {{"compose.yaml", infrastructure}, {"k8s/shop.yaml", workload}};
    CHECK(role("compose.yaml", files) == "");
  }
  SECTION("named for a deploy") {
    files.emplace_back("deploy/compose.yaml", infrastructure);
    CHECK(role("deploy/compose.yaml", files) == "");
  }
  SECTION("whoever deploys starts it") {
    files.emplace_back(".github/workflows/deploy.yml",
                       "jobs:\n  deploy:\n    steps:\n      - run: docker compose up -d && ssh shop up\n");
    CHECK(role("compose.yaml", files) == "");
  }
}

TEST_CASE("settings that an image is not handed are alternatives") {
  TestFiles files = {{"configs/config.yaml", "db: mongo\n"},
                     {"configs/config.mysql.yaml", "db: mysql\n"},
                     {"configs/config.prod.yaml", "db: mongo\n"}};
  CHECK(role("configs/config.mysql.yaml", files) == "");
  files.emplace_back("Dockerfile", "FROM alpine:3.20.1\nCOPY configs/config.yaml /etc/shop/\nCMD [\"shop\"]\n");
  CHECK(role("configs/config.mysql.yaml", files) == "example");
  CHECK(role("configs/config.yaml", files) == "");
  CHECK(role("configs/config.prod.yaml", files) == "");
  files.back().second += "COPY configs/config.mysql.yaml /etc/shop/\n";
  CHECK(role("configs/config.mysql.yaml", files) == "");
}

TEST_CASE("a pod that nothing keeps and that only sleeps or ends is somebody's own") {
  auto pod = [](const std::string& kind, const std::string& rest) {
    return role("k8s/pod.yaml",
                {{"k8s/pod.yaml", "apiVersion: v1\nkind: " + kind + "\nmetadata:\n  name: a\nspec:\n" + rest}});
  };
  CHECK(pod("Pod", "  containers:\n    - name: a\n      image: busybox:1.36\n      command: [sleep, '3600']\n") ==
        "development");
  CHECK(pod("Pod", "  restartPolicy: Never\n  containers:\n    - name: a\n      image: acme/tools:1\n") ==
        "development");
  CHECK(pod("Pod", "  containers:\n    - name: a\n      image: acme/shop:1\n") == "");
  CHECK(pod("Deployment",
            "  template:\n    spec:\n      containers:\n        - name: a\n          image: acme/shop:1\n"
            "          command: [sleep, '3600']\n") == "");
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
  CHECK(role("server/certs/key.pem", files) == "test");
  SECTION("a document speaks of keys as such") {
    files.emplace_back("README.md", "Make a key.pem of your own.\n");
    CHECK(role("server/certs/key.pem", files) == "test");
  }
  SECTION("by settings that only tests name, or that nobody does") {
    files[1].second = "package server\nvar conf = \"configs/tls.conf\"\n";
    files.emplace_back("server/configs/tls.conf", "key_file: \"../certs/key.pem\"\n");
    files.emplace_back("server/configs/other.conf", "key_file: \"../certs/key.pem\"\n");
    CHECK(role("server/certs/key.pem", files) == "test");
    files.emplace_back("server/main.go", "package server\nvar conf = \"configs/other.conf\"\n");
    CHECK(role("server/certs/key.pem", files) == "");
  }
  SECTION("a key that nobody names lies among them") {
    files.emplace_back("server/certs/ca.pem", "x\n");
    CHECK(role("server/certs/ca.pem", files) == "test");
    files.emplace_back("server/certs/live.pem", "x\n");
    files.emplace_back("server/tls.go", "package server\nvar key = \"certs/live.pem\"\n");
    CHECK(role("server/certs/ca.pem", files) == "");
  }
  SECTION("by the app as well") {
    files.emplace_back("server/tls.go", "package server\nvar key = \"certs/key.pem\"\n");
    CHECK(role("server/certs/key.pem", files) == "");
  }
  SECTION("by settings of the app") {
    files.emplace_back("server/application.properties", "server.ssl.certificate-private-key=certs/key.pem\n");
    CHECK(role("server/certs/key.pem", files) == "");
  }
}

TEST_CASE("what no text of a repository names is put aside, unless its name or place starts it") {
  struct Row {
    const char* path;
    TestFiles others;
    const char* role;
  };
  for (const Row& row : {
           Row{"utils/redis.conf", {}, "aside"},
           Row{"tools/pack.sh", {}, "aside"},
           Row{"utils/redis.conf", {{"a.rs", "include_str!(\"redis.conf\")\n"}}, ""},
           Row{"utils/redis.conf", {{"docs/host.md", "Copy redis.conf to /etc.\n"}}, ""},
           Row{"utils/redis.conf", {{".gitattributes", "redis.conf text\n"}}, "aside"},
           Row{"tools/pack.sh", {{"all.py", "run(f\"tools/{name}.sh\")\n"}}, ""},
           Row{"tools/pack.sh", {{"all.py", "run(f\"other/{name}.sh\")\n"}}, "aside"},
           Row{"tools/pack.sh", {{"all.mk", "all:\n\tcp tools/*.sh /usr/bin\n"}}, ""},
           Row{"tools/pack.sh", {{"tools/all.rb", "run \"#{name}.sh\"\n"}}, ""},
           Row{"tools/pack.sh", {{"Dockerfile", "FROM alpine:3.20.1\nCOPY tools /tools\n"}}, ""},
           Row{"tools/pack.sh", {{"compose.yml", "services:\n  a:\n    image: b:1\n    volumes: [./tools:/t]\n"}}, ""},
           Row{"pack.sh", {}, ""},
           Row{"tools/start-shop.sh", {}, ""},
           Row{"tools/start-shop.sh", {{"Procfile", "web: node shop.js\n"}}, "aside"},
           Row{"tools/run.ps1", {{"Dockerfile", "FROM node:20.1.0\nCMD [\"node\", \"shop.js\"]\n"}}, "aside"},
           Row{"tools/start-shop.sh", {{"Procfile", "web: a\n"}, {"docs/a.md", "Call tools/start-shop.sh.\n"}}, ""},
           Row{"tools/bin/start.sh", {{"Procfile", "web: node shop.js\n"}}, ""},
           Row{"start.sh", {{"Procfile", "web: node shop.js\n"}}, ""},
           Row{"requirements-models.txt", {}, "aside"},
           Row{"requirements/models.txt", {}, "aside"},
           Row{"requirements.txt", {}, ""},
           Row{"requirements-models.txt", {{"run.mk", "all:\n\tpip install -r requirements-models.txt\n"}}, ""},
           Row{"requirements/web.txt", {{"requirements.txt", "-r requirements/web.txt\n"}}, ""},
           Row{"requirements/web.txt", {{"setup.py", "a = open(join('requirements', 'web.txt'))\n"}}, ""},
           Row{"requirements/web.txt", {{"build.sh", "pip install -r requirements/${KIND}.txt\n"}}, ""},
           Row{"app/setenv.sh", {}, ""},
           Row{"tools/systemd/shop.conf", {}, ""},
           Row{"src/main/resources/shop.conf", {}, ""},
       }) {
    CAPTURE(row.path, row.others.size());
    TestFiles files = row.others;
    files.emplace_back(row.path, "x\n");
    CHECK(role(row.path, files) == "");  // too few texts to say so
    for (int i = 0; i < 30; ++i) files.emplace_back("src/m" + std::to_string(i) + ".py", "x = 1\n");
    CHECK(role(row.path, files) == row.role);
  }
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

TEST_CASE("an image that only developers' compose files build is theirs where a platform starts the app from source") {
  TestFiles files = {{"Dockerfile", "FROM python:3.13.1\nADD . /app\nCMD [\"/app/start.sh\"]\n"},
                     {"start.sh", "./manage.py runserver 0.0.0.0:8000\n"},
                     {"manage.py", "import django\n"},
                     {"docker-compose.yml", "services:\n  web:\n    build: .\n    volumes: ['.:/app']\n"}};
  CHECK(role("docker-compose.yml", files) == "development");
  CHECK(role("Dockerfile", files) == "");
  files.emplace_back("Procfile", "worker: ./work.sh\n");
  CHECK(role("Dockerfile", files) == "");
  files.back().second = "web: ./proc.sh\n";
  CHECK(role("Dockerfile", files) == "development");
  CHECK(role("start.sh", files) == "development");
  files.emplace_back(
      ".github/workflows/image.yml",
      "jobs:\n  image:\n    steps:\n      - run: docker build -f Dockerfile . && docker push shop/web\n");
  CHECK(role("Dockerfile", files) == "");
}

TEST_CASE("somebody's release that was unpacked into the repository is vendored, with its licence") {
  TestFiles files = {{"plugins/login/CAS-1.3.8/CAS/client.php", "<?php\n"}, {"images/shop-1.2/start.sh", "true\n"}};
  CHECK(role("plugins/login/CAS-1.3.8/CAS/client.php", files) == "");
  files.emplace_back("plugins/login/CAS-1.3.8/LICENSE", "Free.\n");
  files.emplace_back("plugins/login/LICENSE", "Free.\n");
  CHECK(role("plugins/login/CAS-1.3.8/CAS/client.php", files) == "vendored");
  CHECK(role("images/shop-1.2/start.sh", files) == "");
}

TEST_CASE("somebody else's package that is kept whole is put aside") {
  TestFiles files = {{"composer.json", R"({"name": "acme/shop"})"},
                     {"tools/pages/composer.json", R"({"name": "pages/pages"})"},
                     {"tools/pages/docker/compose.yml", services}};
  CHECK(role("tools/pages/docker/compose.yml", files) == "");
  files.emplace_back("tools/pages/LICENSE", "MIT\n");
  CHECK(role("tools/pages/docker/compose.yml", files) == "aside");
  CHECK(role("composer.json", files) == "");
  files[1].second = R"({"name": "acme/pages"})";
  CHECK(role("tools/pages/docker/compose.yml", files) == "");
}
