// The pages of tests/facts/formats: what formats say, as Markdown.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "formats/registry.h"
#include "support/fact_pages.h"

using namespace tfcheck;

TEST_CASE("facts: every page of a format holds") {
  std::vector<std::string> pages;
  std::filesystem::path folder = std::filesystem::path(std::getenv("TFCHECK_SOURCE")) / "tests/facts/formats";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) pages.push_back(entry.path().stem().string());
  std::sort(pages.begin(), pages.end());
  REQUIRE_FALSE(pages.empty());
  for (const std::string& page : pages) {
    INFO(page);
    check_fact_page("formats/" + page, format_adapters());
  }
  // A reader without a page says nothing that anybody has looked at.
  for (const Adapter* adapter : format_adapters()) {
    INFO(adapter->name);
    CHECK(std::find(pages.begin(), pages.end(), adapter->name) != pages.end());
  }
}
