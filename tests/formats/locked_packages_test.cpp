// Names of packages in lock files, whichever manager wrote them.
#include "formats/lock/locked_packages.h"

#include <catch2/catch.hpp>

using namespace tfcheck;

TEST_CASE("lock files: the packages that they settle") {
  struct Row {
    std::string_view manager, text;
    std::vector<std::string> names;
  };
  for (const Row& row : {
           Row{"npm",
               "{ \"packages\": {\n    \"\": {\n    \"node_modules/a\": {\n      \"version\": \"1\"\n"
               "    \"node_modules/a/node_modules/@b/c\": {\n",
               {"@b/c", "a"}},
           Row{"Yarn 1", "# yarn lockfile v1\na@^1.0, a@^1.1:\n  version \"1.1\"\n\"@b/c@^2\":\n", {"@b/c", "a"}},
           Row{"Yarn 4", "\"a@npm:^1.0\":\n  version: 1.0\n  dependencies:\n    d: \"npm:^1\"\n", {"a"}},
           Row{"pnpm",
               "packages:\n\n  '@b/c@1.0.0':\n    resolution: {integrity: x}\n  a@2.0.0(d@1):\n  /e/1.0.0:\n",
               {"@b/c", "a", "e"}},
           Row{"Bun", "    \"a\": [\"a@1.0.0\", \"\", {}, \"sha512\"],\n", {"a"}},
           Row{"Poetry, uv, PDM",
               "[[package]]\nname = \"a\"\nversion = \"1.0\"\n\n[[package]]\nname = \"b-c\"\n",
               {"a", "b-c"}},
           Row{"Pipenv",
               "    \"default\": {\n        \"a\": {\n            \"hashes\": [\n",
               {"a", "default", "hashes"}},
           Row{"Bundler", "GEM\n  specs:\n    a (1.0)\n      b-c (>= 2)\n", {"a", "b-c"}},
           Row{"Composer", "            \"name\": \"a/b\",\n            \"version\": \"1\",\n", {"a/b"}},
           Row{"Mix", "%{\n  \"a\": {:hex, :a, \"1.0\", \"x\", [:mix], []},\n", {"a"}},
           Row{"none", "", {}},
           Row{"broken", "\"\": {\n:\n'\n\"a\n(\n @:\n/:\n", {}},
       }) {
    INFO(row.manager);
    CHECK(locked_packages(row.text) == row.names);
  }
}
