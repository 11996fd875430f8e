// The pages of tests/facts that tell what languages say.
#include <string>

#include <catch2/catch.hpp>

#include "languages/registry.h"
#include "support/fact_pages.h"

using namespace tfcheck;

TEST_CASE("facts: every page of a language holds") {
  for (const char* page : {"csharp", "every-language", "go", "java", "javascript", "php", "python", "ruby", "shell"}) {
    INFO(page);
    check_fact_page(page, code_adapters());
  }
}
