#include "pages/block_schema.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/json_schema.h"
#include "vocabulary/toml_reader.h"

using namespace tfcheck;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> mistakes(const std::string& block) {
  Result<toml::table> table = parse_toml("x.md", block, 0);
  REQUIRE(table);
  std::stringstream text;
  text << toml::json_formatter(*table);
  return test::check_schema(json::parse(rule_block_schema()), json::parse(text.str()));
}

fs::path source() {
  const char* root = std::getenv("TFCHECK_SOURCE");
  REQUIRE(root);
  return root;
}

}  // namespace

TEST_CASE("the schema of a rule block in the repository is the parser's") {
  CHECK(read(source() / "schemas" / "rule.schema.json") == rule_block_schema());
}

TEST_CASE("every page's block is valid by the schema") {
  size_t pages = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source() / "rules")) {
    if (entry.path().extension() != ".md") continue;
    std::string page = read(entry.path());
    const std::string fence = "```toml rule\n";
    size_t begin = page.find(fence) + fence.size();
    CAPTURE(entry.path().string());
    CHECK(mistakes(page.substr(begin, page.find("\n```", begin) + 1 - begin)) == std::vector<std::string>{});
    ++pages;
  }
  CHECK(pages >= 29);
}

TEST_CASE("the schema knows the mistakes that the parser knows") {
  for (const char* block :
       {"severty = \"error\"\n", "severity = \"eror\"\n", "security-severity = 11\n", "[[match]]\ncal = \"x\"\n",
        "[[match]]\ncall = \"x\"\nformat = \"pyhton\"\n", "[[match]]\ncall = \"x\"\nflags = [\"lop\"]\n",
        "[[match]]\ncall = \"x\"\nargument = { positon = 0 }\n", "[[match]]\ncommand = { roles = \"start\" }\n",
        "[[require]]\none = 3\n", "[[match]]\nprocess = { typ = \"web\" }\n", "[[match]]\nimage = { own = \"yes\" }\n",
        "[[companion.named]]\nreach = \"fiel\"\n", "[[match]]\ncall = \"x\"\nexample = { rubby = \"y\" }\n",
        "[[match]]\ncall = \"x\"\nexample = { ruby = 1 }\n", "since = 2026.2\n",
        "[[match]]\ncall = \"x\"\nsince = \"next\"\n"}) {
    CAPTURE(block);
    CHECK_FALSE(mistakes(block).empty());
  }
}
