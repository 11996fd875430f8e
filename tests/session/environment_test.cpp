// The environment of small trees: what reads, gives and documents each variable, and the gaps between the three.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "report/audit_sources.h"
#include "report/environment.h"
#include "report/masking.h"
#include "report/open_files.h"
#include "report/services.h"
#include "scan/scan.h"
#include "support/built_in_session.h"
#include "support/json_schema.h"
#include "support/memory_audit.h"

using namespace tfcheck;
using nlohmann::json;

namespace {

json schema(const char* name) {
  const char* source = std::getenv("TFCHECK_SOURCE");
  std::ifstream file(std::string(source != nullptr ? source : ".") + "/schemas/" + name + ".schema.json");
  REQUIRE(file);
  return json::parse(file);
}

// What `tfcheck env` and `tfcheck services` say of a tree, as JSON that follows its schema.
struct Listed {
  json environment, services;
  std::string dotenv;

  explicit Listed(const TestFiles& files) {
    const Session& session = built_in_session();
    FileSet set = file_set(files);
    AuditResult audit = session.audit(set);
    Sources sources = audit_sources(audit, session.rules());
    sources.text = [&](uint32_t file) { return text_of(set, audit.project, file); };
    OpenFiles open(sources);
    Masker masker(sources, open, audit.judgement.findings);
    EnvironmentListing listing = list_environment(audit.project, sources, masker);
    environment = json::parse(environment_json(listing));
    services = json::parse(services_json(list_services(audit.project, sources, masker)));
    dotenv = environment_dotenv(listing);
    CHECK(test::check_schema(schema("environment"), environment) == std::vector<std::string>{});
    CHECK(test::check_schema(schema("services"), services) == std::vector<std::string>{});
  }

  // The variable of a name; null when it is not listed.
  json variable(const std::string& name) const {
    for (const json& one : environment["variables"]) {
      if (one["name"] == name) return one;
    }
    return nullptr;
  }

  // Where it is read, given or documented: "path:line by".
  std::vector<std::string> places(const std::string& name, const char* list) const {
    std::vector<std::string> out;
    json found = variable(name);
    if (found.is_null()) return out;
    for (const json& place : found[list])
      out.push_back(place["path"].get<std::string>() + ":" + std::to_string(place["line"].get<int>()) + " " +
                    place["by"].get<std::string>());
    return out;
  }

  std::vector<std::string> gap(const char* name) const { return environment["gaps"][name]; }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a variable is read by code, settings, scripts and start commands, with what stands in") {
  Listed tree(
      {{"app.py",
        "import os\nA_KEY = os.environ[\"A_KEY\"]\nB_KEY = os.getenv(\"B_KEY\", \"b\")\n"
        "def f(debug):\n    if debug:\n        return os.environ[\"C_NAME\"]\n"},
       {"src/main/resources/application.yml", "mail:\n  host: ${MAIL_HOST}\n  port: ${MAIL_PORT:25}\n"},
       {"entrypoint.sh", "#!/bin/sh\nLOCAL_NAME=1\n: \"${POOL_SIZE:?}\"\nexec server $LOCAL_NAME ${LEVEL:-info}\n"},
       {"Dockerfile", "FROM python:3.12.1\nARG VERSION\nRUN echo $VERSION\nENTRYPOINT [\"./entrypoint.sh\"]\n"},
       {"Procfile", "web: gunicorn --workers $WORKERS app:app\n"}});
  CHECK(tree.places("A_KEY", "read") == Names{"app.py:2 code"});
  CHECK(tree.variable("A_KEY")["required"] == true);
  CHECK(tree.variable("B_KEY")["has_default"] == true);
  CHECK(tree.variable("C_NAME")["required"] == false);  // only where a condition holds
  CHECK(tree.places("MAIL_HOST", "read") == Names{"src/main/resources/application.yml:2 settings"});
  CHECK(tree.variable("MAIL_PORT")["default"] == json({{"kind", "literal"}, {"text", "25"}}));
  CHECK(tree.places("POOL_SIZE", "read") == Names{"entrypoint.sh:3 script"});
  CHECK(tree.variable("POOL_SIZE")["required"] == true);
  CHECK(tree.variable("LEVEL")["default"]["text"] == "info");
  CHECK(tree.places("WORKERS", "read") == Names{"Procfile:1 start"});
  CHECK(tree.variable("LOCAL_NAME").is_null());
  CHECK(tree.places("VERSION", "read").empty());  // of the build
}

TEST_CASE("settings classes and schemas are reads by the names of their variables") {
  Listed tree(
      {{"settings.py",
        "from pydantic_settings import BaseSettings, SettingsConfigDict\nfrom pydantic import Field\n"
        "class Settings(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix=\"SHOP_\")\n"
        "    mail_host: str\n    mail_port: int = 25\n    search: str = Field(..., alias=\"SEARCH_URL\")\n"},
       {"env.js",
        "const { cleanEnv, str, port } = require(\"envalid\");\n"
        "module.exports = cleanEnv(process.env, { QUEUE_URL: str(), QUEUE_PORT: port({ default: 5672 }) });\n"}});
  CHECK(tree.variable("SHOP_MAIL_HOST")["required"] == true);
  CHECK(tree.variable("SHOP_MAIL_PORT")["default"]["text"] == "25");
  CHECK(tree.variable("SEARCH_URL")["required"] == true);
  CHECK(tree.variable("QUEUE_URL")["required"] == true);
  CHECK(tree.variable("QUEUE_PORT")["has_default"] == true);
}

TEST_CASE("every format that gives or documents a variable is known") {
  const std::pair<const char*, std::pair<const char*, const char*>> givers[] = {
      {"docker-compose.yml", {"services:\n  web:\n    build: .\n    environment:\n      X_NAME: y\n", "compose"}},
      {"docker-compose.yaml", {"services:\n  web:\n    build: .\n    environment:\n      - X_NAME=y\n", "compose"}},
      {"app.service", {"[Service]\nEnvironment=X_NAME=y\nExecStart=/usr/bin/app\n", "systemd"}},
      {"Dockerfile", {"FROM alpine:3.20\nENV X_NAME=y\n", "image"}},
      {"fly.toml", {"app = \"shop\"\n[env]\nX_NAME = \"y\"\n", "platform"}},
      {"render.yaml", {"services:\n- type: web\n  envVars:\n  - key: X_NAME\n    value: y\n", "platform"}},
      {"main.tf",
       {"resource \"aws_lambda_function\" \"f\" {\n environment {\n  variables = { X_NAME = \"y\" }\n }\n}\n",
        "terraform"}},
      {"k8s/map.yaml", {"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata:\n  X_NAME: y\n", "kubernetes"}},
      {".env", {"X_NAME=y\n", "file"}},
      {"start.sh", {"#!/bin/sh\nexport X_NAME=y\nexec app\n", "script"}},
      {"Procfile", {"web: X_NAME=y node a.js\n", "script"}},
      {".github/workflows/ci.yml",
       {"on: push\njobs:\n  a:\n    runs-on: x\n    env: {X_NAME: y}\n    steps: []\n", "github-actions"}}};
  for (const auto& [path, giver] : givers) {
    INFO(path);
    Listed tree({{"a.js", "f(process.env.X_NAME);\n"}, {path, giver.first}});
    json variable = tree.variable("X_NAME");
    REQUIRE(!variable.is_null());
    REQUIRE(variable["given"].size() == 1);
    CHECK(variable["given"][0]["by"] == giver.second);
    CHECK(variable["given"][0]["path"] == path);
  }
  const std::pair<const char*, const char*> tellers[] = {
      {".env.example", "X_NAME=\n"},
      {".env.sample", "# X_NAME=y\n"},
      {"app.json", "{\"env\": {\"X_NAME\": {\"description\": \"y\"}}}"},
      {"README.md", "Run `docker run -e X_NAME=y shop`.\n"},
      {"docs/setup.rst", "``X_NAME``\n    what it is\n"}};
  for (const auto& [path, text] : tellers) {
    INFO(path);
    Listed tree({{"a.js", "f(process.env.X_NAME);\n"}, {path, text}});
    CHECK(tree.places("X_NAME", "documented").size() == 1);
    CHECK(tree.gap("read_not_provided").empty());
  }
}

TEST_CASE("the gaps: read and not given, given and not read, misspelt, different") {
  Listed tree(
      {{"a.js", "f(process.env.SEARCH_URL, process.env.QUEUE_NAME, process.env.POOL_SIZE, process.env.HOME);\n"},
       {"docker-compose.yml",
        "services:\n  web:\n    build: .\n    environment:\n      SAERCH_URL: http://search\n      OLD_NAME: x\n"
        "      POOL_SIZE: 4\n  db:\n    image: postgres:16\n    environment:\n      SOMEBODYS_NAME: x\n"},
       {"k8s/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata:\n  POOL_SIZE: \"8\"\n"},
       {".env.example", "GONE_NAME=\n"}});
  CHECK(tree.gap("read_not_provided") == Names{"QUEUE_NAME", "SEARCH_URL"});
  CHECK(tree.gap("given_not_read") == Names{"OLD_NAME", "SAERCH_URL"});
  CHECK(tree.gap("documented_not_read") == Names{"GONE_NAME"});
  CHECK(tree.gap("misspelt") == Names{"SAERCH_URL"});
  CHECK(tree.variable("SAERCH_URL")["like"] == "SEARCH_URL");
  CHECK(tree.gap("different") == Names{"POOL_SIZE"});
  CHECK(tree.variable("HOME")["platform"] == true);
}

TEST_CASE("names that differ on purpose are not misspelt") {
  for (auto [read, given] : std::initializer_list<std::pair<const char*, const char*>>{
           {"DB_HOST1", "DB_HOST2"}, {"DB_HOST", "DB_HOSTS"}, {"AWS_KEY", "APP_KEY"}, {"DB_URL", "MQ_URL"}}) {
    INFO(read);
    Listed tree({{"a.js", std::string("f(process.env.") + read + ");\n"},
                 {"docker-compose.yml",
                  std::string("services:\n  web:\n    build: .\n    environment:\n      ") + given + ": x\n"}});
    CHECK(tree.gap("misspelt").empty());
  }
}

TEST_CASE("a secret's value is in no output, and a default that holds one is hidden") {
  Listed tree({{"a.py",
                "import os\nK = os.getenv(\"SECRET_KEY\", \"tulip77sea-9Xk2\")\n"
                "D = os.getenv(\"DATABASE_URL\", \"postgres://shop:tulip77sea-9Xk2@db/shop\")\n"},
               {"docker-compose.yml",
                "services:\n  web:\n    build: .\n    environment:\n      SECRET_KEY: tulip77sea-8Yk3\n"}});
  for (const std::string& text : {tree.environment.dump(), tree.services.dump(), tree.dotenv})
    CHECK(text.find("tulip77sea") == std::string::npos);
  CHECK(tree.variable("SECRET_KEY")["default"]["kind"] == "hidden");
  CHECK(tree.variable("DATABASE_URL")["default"]["kind"] == "hidden");
}

TEST_CASE("what Ruby reads in a settings file's tags is read, and a computed name is shown as one") {
  Listed tree(
      TestFiles{{"config/database.yml",
                 "<% user = ENV.key?(\"ADMIN_NAME\") ? \"root\" : ENV[\"DB_USER\"] || \"shop\" %>\nproduction:\n"
                 "  adapter: postgresql\n  username: <%= user %>\n  host: <%= ENV[\"#{service}_SERVICE_HOST\"] %>\n"}});
  CHECK(tree.places("ADMIN_NAME", "read") == Names{"config/database.yml:1 settings"});
  CHECK(tree.variable("DB_USER")["default"]["text"] == "shop");
  CHECK(tree.variable("*_SERVICE_HOST")["computed"] == true);
}

TEST_CASE("services: how each is located, and the versions of each stage") {
  Listed tree(
      {{"app.py",
        "import os\nR = os.environ.get(\"CACHE_URL\", \"redis://localhost:6379\")\nD = os.environ[\"DATABASE_URL\"]\n"
        "BROKER = \"amqp://mq.acme.io/shop\"\n"},
       {"requirements.txt", "psycopg2==2.9.9\nredis==5.0.1\n"},
       {"docker-compose.yml",
        "services:\n  web:\n    build: .\n  db:\n    image: postgres:16.2\n  cache:\n    image: redis\n"},
       {".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    services:\n      db:\n        image: "
        "postgres:13\n    steps:\n      - run: pytest\n"}});
  std::map<std::string, json> of;
  for (const json& service : tree.services["services"]) of[service["product"]] = service;
  CHECK(of["postgres"]["located"]["variables"][0]["name"] == "DATABASE_URL");
  CHECK(of["postgres"]["located"]["drivers"][0]["package"] == "psycopg2");
  CHECK(of["postgres"]["versions"]["production"][0]["version"] == "16.2");
  CHECK(of["postgres"]["versions"]["ci"][0]["version"] == "13");
  CHECK(of["postgres"]["differing"] == json({"13 in CI, 16.2 in production"}));
  CHECK(of["redis"]["located"]["variables"][0]["name"] == "CACHE_URL");
  CHECK(of["redis"]["versions"]["production"][0]["version"] == "untagged");
  CHECK(of["rabbitmq"]["located"]["literals"][0]["path"] == "app.py");
}
