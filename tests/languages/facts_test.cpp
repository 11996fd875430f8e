// The pages of tests/facts that tell what languages say.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "languages/registry.h"
#include "support/fact_pages.h"

using namespace tfcheck;

TEST_CASE("facts: every page of a language holds") {
  size_t pages = 0;
  std::filesystem::path folder = std::filesystem::path(std::getenv("TFCHECK_SOURCE")) / "tests/facts";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::string page = entry.path().stem().string();
    bool is_language = std::any_of(code_adapters().begin(), code_adapters().end(),
                                   [&](const Adapter* adapter) { return adapter->name == page; });
    if (!is_language && page != "every-language") continue;
    INFO(page);
    check_fact_page(page, code_adapters());
    ++pages;
  }
  CHECK(pages >= 9);
}
