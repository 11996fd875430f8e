#include "formats/json/json.h"

#include <catch2/catch.hpp>

#include "formats/lines.h"

using namespace tfcheck;

static Read json(std::string_view path, std::string_view text) {
  return read_facts(json_adapter(), path, text);
}

TEST_CASE("json: scalars, containers and escapes") {
  Read read = json("a.json", R"({"a": {"b": "x\u00e9\n\"", "c": [1, true, null, {}]}, "d.e": -1.5e3, "f": {}})");
  CHECK(read.facts.format() == "json");
  CHECK_FALSE(read.facts.has_errors());
  std::vector<std::string> expected = {"entry a = {}",     "entry a.b = \"xé\\n\"\"", "entry a.c = []",
                                       "entry a.c.0 = 1",  "entry a.c.1 = true",      "entry a.c.2 = null",
                                       "entry a.c.3 = {}", "entry d.e = -1.5e3",      "entry f = {}"};
  CHECK(read.lines == expected);
  CHECK(read.fact("entry a.c.0 = 1")->context.scope == "a.c");
}

TEST_CASE("json: comments and trailing commas") {
  std::string_view text =
      "{\n  // no: \"evidence\",\n  \"a\": [1, 2,], /* \"b\": 1 */\n  \"url\": \"http://x,}\",\n}\n";
  Read read = json("tsconfig.json", text);
  CHECK(read.facts.format() == "tsconfig");
  CHECK_FALSE(read.facts.has_errors());
  std::vector<std::string> expected = {"entry a = []", "entry a.0 = 1", "entry a.1 = 2", "entry url = \"http://x,}\""};
  CHECK(read.lines == expected);
  CHECK(read.at("entry url = \"http://x,}\"", text) == "\"http://x,}\"");
}

TEST_CASE("json: package.json") {
  std::string_view text = R"({
  "scripts": {"start": "node server.js >> app.log"},
  "dependencies": {"express": "^4.0.0"},
  "devDependencies": {"jest": "*"},
  "peerDependencies": {"react": ">=17"}
})";
  Read read = json("web/package.json", text);
  CHECK(read.facts.format() == "npm-package");
  CHECK(read.has("dependency express = \"^4.0.0\" (ecosystem=\"npm\")"));
  CHECK(read.has("dependency jest = \"*\" (ecosystem=\"npm\", group=\"dev\")"));
  CHECK(read.has("dependency react = \">=17\" (ecosystem=\"npm\", group=\"peer\")"));
  CHECK(read.fact("dependency jest = \"*\" (ecosystem=\"npm\", group=\"dev\")")->context.has(context::Development));
  std::string_view command = "command node (\"server.js\", >>=\"app.log\")";
  REQUIRE(read.has(command));
  CHECK(read.fact(command)->context.scope == "scripts.start");
  CHECK(read.at(command, text).starts_with("node server.js"));
}

TEST_CASE("json: composer.json") {
  Read read =
      json("composer.json", R"({"require": {"php": ">=8", "ext-redis": "*"}, "require-dev": {"phpunit/phpunit": "^9"},
    "scripts": {"post-install": ["@php artisan migrate", "App\\Hooks::run", "@test"], "test": ["phpunit", "php x"]}})");
  CHECK(read.facts.format() == "composer");
  CHECK(read.has("dependency ext-redis = \"*\" (ecosystem=\"composer\")"));
  CHECK(read.has("dependency phpunit/phpunit = \"^9\" (ecosystem=\"composer\", group=\"dev\")"));
  CHECK(read.has("command php (\"artisan\", \"migrate\")"));
  CHECK(read.has("command phpunit"));
  auto commands = std::count_if(read.facts.facts().begin(), read.facts.facts().end(),
                                [](const Fact& fact) { return fact.kind == FactKind::Command; });
  CHECK(commands == 3);
  CHECK(read.fact("command phpunit")->context.index != read.fact("command php (\"x\")")->context.index);
}

TEST_CASE("json: dialects by path and content") {
  CHECK(json("package-lock.json", R"({"a": 1})").lines.empty());
  CHECK(json("package-lock.json", R"({"a": 1})").facts.format() == "lock");
  CHECK(json("api.json", R"({"openapi": "3.0.0", "host": "db"})").lines.empty());
  CHECK(json("appsettings.Production.json", "{}").facts.format() == "appsettings");
  CHECK(json("app.json", "{}").facts.format() == "app-json");
  Read stack = json("stack.json", R"({"Resources": {"A": {"Type": "AWS::S3::Bucket", "Name": {"Ref": "Env"}}}})");
  CHECK(stack.facts.format() == "cloudformation");
  CHECK(stack.has("entry Resources.A.Name = Env"));
  Read pod = json("pod.json", R"({"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"image": "a/b:1"}]}})");
  CHECK(pod.facts.format() == "kubernetes");
  CHECK(pod.has("image a/b = \"1\""));
}

TEST_CASE("json: an environment's entries are marked") {
  Read read = json("config/config.json", R"({"development": {"host": "a"}, "production": {"host": "b"}})");
  CHECK(read.fact("entry development.host = \"a\"")->context.has(context::Development));
  CHECK_FALSE(read.fact("entry production.host = \"b\"")->context.has(context::Development));
}

TEST_CASE("json: bad input loses only itself") {
  CHECK(json("a.json", "").lines.empty());
  Read half = json("a.json", R"({"a": 1, "b": {"c": )");
  CHECK(half.facts.has_errors());
  std::string deep(10'000, '[');
  CHECK(json("a.json", deep).lines.empty());
  std::string closed = deep + std::string(10'000, ']');
  Read nested = json("a.json", closed);
  REQUIRE(nested.facts.notices().size() == 1);
  CHECK(nested.facts.notices()[0].message == "nested too deeply; what lies below is left out");
  std::string big = "[\"" + std::string(400'000, 'x') + "\"]";
  CHECK(json("a.json", big).facts.notices().size() == 1);
}
