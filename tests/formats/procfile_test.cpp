#include "formats/procfile/procfile.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace tfcheck;

namespace {

std::vector<std::string> facts_of(std::string_view text, std::string_view path = "Procfile") {
  FileFacts facts;
  procfile_adapter().extract({path, text}, facts);
  std::vector<std::string> out;
  for (const Fact& fact : facts.facts()) {
    std::string scope = fact.context.scope.empty()
                            ? ""
                            : std::string(fact.context.scope) + " " + std::to_string(fact.context.index) + ": ";
    out.push_back(scope + to_string(fact) + (fact.context.has(context::Development) ? " [dev]" : ""));
  }
  return out;
}

}  // namespace

TEST_CASE("a Procfile's lines are process types and their commands") {
  using Lines = std::vector<std::string>;
  CHECK(facts_of("# web: no\r\nweb: gunicorn app -b :$PORT\r\n\r\nrelease: ./migrate && x\r\n") ==
        Lines{"entry web = \"gunicorn app -b :$PORT\"", "web 0: env-read PORT",
              "web 0: command gunicorn (\"app\", \"-b\", template\":${PORT}\")", "entry release = \"./migrate && x\"",
              "release 1: command migrate (path=\"./migrate\")", "release 1: command x"});
  CHECK(facts_of("web: x", "a/Procfile.dev") == Lines{"entry web = \"x\" [dev]", "web 0: command x [dev]"});
  CHECK(facts_of("web:\nnot a type: x\n: y\njust text").empty());
}

TEST_CASE("a Procfile's spans stand in the file") {
  std::string text = "a: b\nweb: run it\n";
  FileFacts facts;
  procfile_adapter().extract({"Procfile", text}, facts);
  REQUIRE(facts.facts().size() == 4);
  CHECK(facts.facts()[2].span == Span{5, 16});
  CHECK(facts.facts()[3].span == Span{10, 16});
}
