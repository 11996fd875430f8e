// Compose files that run the app on a developer's machine, where something else deploys it.
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

const std::pair<std::string, std::string> fly = {"fly.toml", "app = \"shop\"\n[http_service]\ninternal_port = 8080\n"};
const std::pair<std::string, std::string> image = {"dev.Dockerfile", "FROM acme/base:1.2\nCOPY . .\n"};
constexpr const char* of_developers =
    "services:\n  web:\n    build:\n      context: .\n      dockerfile: dev.Dockerfile\n";
constexpr const char* plain = "services:\n  web:\n    build: .\n  db:\n    image: postgres:17.2\n";

}  // namespace

TEST_CASE("beside another deploy a compose file of a developer's machine is told by what it is given") {
  struct Row {
    const char* why;
    const char* path;
    std::string text;
    TestFiles others;
    const char* role;
  };
  for (const Row& row : {
           Row{"a developers' image", "compose.yml", of_developers, {fly, image}, "development"},
           Row{"… in a deploy's folder",
               "deploy/compose.yml",
               "services:\n  web:\n    build:\n      context: ..\n      dockerfile: dev.Dockerfile\n",
               {fly, image},
               "development"},
           Row{"… and another one's beside it",
               "compose.yml",
               std::string(of_developers) + "  worker:\n    build: ./worker\n",
               {fly, image},
               ""},
           Row{"… and nothing else deploys", "compose.yml", of_developers, {image}, ""},
           Row{"… but a deploy's name", "compose.prod.yml", of_developers, {fly, image}, ""},
           Row{"what a tool keeps in a home",
               "compose.yml",
               "services:\n  web:\n    build: .\n    volumes:\n      - ~/.aspnet/https:/https:ro\n",
               {fly},
               "development"},
           Row{"a server's own folder",
               "compose.yml",
               "services:\n  web:\n    build: .\n    volumes:\n      - ~/data:/data\n",
               {fly},
               ""},
           Row{"a database in memory",
               "compose.yml",
               std::string(plain) + "    tmpfs:\n      - /var/lib/postgresql/data:size=1g\n",
               {fly},
               "development"},
           Row{"a cache in memory", "compose.yml", std::string(plain) + "    tmpfs: /tmp\n", {fly}, ""},
           Row{"like production", "compose.prod-like.yml", plain, {fly}, "development"},
           Row{"production", "compose.prod.yml", plain, {fly}, ""},
           Row{"like production is all there is", "compose.prod-like.yml", plain, {}, ""},
           Row{"its part",
               "compose.infrastructure.yml",
               "services:\n  db:\n    image: postgres:17.2\n  web: {image: shop}\n",
               {fly, image, {"compose.yml", std::string(of_developers) + "  db:\n    image: postgres:17.2\n"}},
               "development"},
           Row{"more than its part",
               "compose.extra.yml",
               "services:\n  web: {image: shop}\n  search: {image: acme/search:2.1}\n",
               {fly, image, {"compose.yml", of_developers}},
               ""},
       }) {
    CAPTURE(row.why);
    TestFiles files = row.others;
    files.emplace_back(row.path, row.text);
    CHECK(role(row.path, files) == row.role);
  }
}

TEST_CASE("a file of classes that only a tool makes is the developers'") {
  constexpr const char* factory =
      "public class Factory : IDesignTimeDbContextFactory<Shop>\n{\n"
      "    public Shop CreateDbContext(string[] args)\n    {\n"
      "        return new Shop(Use(\"Server=localhost;Database=shop\"));\n    }\n}\n";
  constexpr const char* another = "public class Shop\n{\n    string Name = \"redis://cache:6379\";\n}\n";
  CHECK(role("Data/Factory.cs", {{"Data/Factory.cs", factory}}) == "development");
  CHECK(role("Data/Factory.cs", {{"Data/Factory.cs", std::string(factory) + another}}) == "");
  CHECK(role("Data/Shop.cs", {{"Data/Shop.cs", another}}) == "");
}
