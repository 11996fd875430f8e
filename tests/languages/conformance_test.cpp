// One program, written once per language, must say the same facts in every language: adapters cannot drift apart.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "languages/registry.h"

using namespace tfcheck;

namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The fact as one line, with the flags that the program tests.
std::string line_of(const Fact& fact) {
  std::string line = to_string(fact);
  if (fact.context.has(context::LoopForever)) line += "  [LoopForever]";
  if (fact.context.has(context::DevGuard)) line += "  [DevGuard]";
  return line;
}

// Languages differ in how they write a name: `Lib::App.new` is lib.App. Names are compared without case, and without
// the method that makes an object.
std::string comparable(std::string_view line) {
  size_t end = line.starts_with("env-read") ? 0 : std::min(line.find_first_of("(="), line.size());
  std::string out = lower(line.substr(0, end)).append(line.substr(end));
  if (size_t made = out.find(".new("); made != std::string::npos) out.erase(made, 4);
  return out;
}

}  // namespace

TEST_CASE("every language says the same of the conformance program") {
  std::filesystem::path folder = std::filesystem::path(std::getenv("TFCHECK_SOURCE")) / "tests/languages/conformance";
  std::string expected = read(folder / "expected.txt");
  REQUIRE_FALSE(expected.empty());
  size_t programs = 0;
  for (const Adapter* adapter : code_adapters()) {
    if (!adapter->scan_imports) continue;  // shell has no imports, hence no such program
    std::filesystem::path program;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      for (std::string_view pattern : adapter->patterns) {
        if (glob_match(pattern, entry.path().filename().string(), '/')) program = entry.path();
      }
    }
    INFO(adapter->name);
    REQUIRE_FALSE(program.empty());
    std::string text = read(program);
    FileFacts facts;
    adapter->extract({program.filename().string(), text}, facts);
    CHECK_FALSE(facts.has_errors());
    std::vector<std::string> lines;
    std::string all;
    for (const Fact& fact : facts.facts()) {
      lines.push_back(line_of(fact));
      all += lines.back() + "\n";
    }
    INFO(all);
    for (std::string_view wanted : split(expected, '\n')) {
      if (wanted.empty() || wanted.starts_with('#')) continue;
      bool found = std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return comparable(line).starts_with(comparable(wanted));
      });
      INFO(wanted);
      CHECK(found);
    }
    CHECK(all.find("commented") == std::string::npos);
    ++programs;
  }
  CHECK(programs >= 8);
}
