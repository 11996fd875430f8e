#include "vocabulary/editions.h"

#include <catch2/catch.hpp>

#include "support/vocabulary.h"

using namespace tfcheck;

TEST_CASE("the built-in editions have names in their order, and dates") {
  std::vector<Edition> editions = editions_of(built_in_vocabulary());
  REQUIRE(editions.size() >= 2);
  CHECK(editions[0].name == "2026.1");
  for (size_t i = 0; i < editions.size(); ++i) {
    CAPTURE(editions[i].name);
    CHECK(editions[i].date.size() == std::string("2026-11-28").size());
    CHECK(find_edition(editions, editions[i].name) == i);
    if (i > 0) CHECK(editions[i - 1].date <= editions[i].date);
  }
  CHECK(editions_of(Vocabulary()).empty());
}

TEST_CASE("an unknown edition has the nearest one, or the newest where it may be of a later tfcheck") {
  const std::vector<Edition> editions = {{"2026.9", ""}, {"2026.10", ""}, {"2027.1", ""}};
  struct Row {
    const char* name;
    const char* hint;
  };
  for (Row row :
       {Row{"2027.2", "the newest that this tfcheck knows is '2027.1'"},
        Row{"2031.1", "the newest that this tfcheck knows is '2027.1'"}, Row{"2026.11", "did you mean '2026.10'?"},
        Row{"2027-1", "did you mean '2027.1'?"}, Row{"20271", "did you mean '2027.1'?"},
        Row{"latest", "the newest is '2027.1'"}, Row{"", "the newest is '2027.1'"},
        Row{"99999999999999999999.99999999999999999999", "the newest is '2027.1'"}}) {
    CAPTURE(row.name);
    Error error = no_such_edition(editions, row.name);
    CHECK(error.message == "there is no edition '" + std::string(row.name) + "'");
    CHECK(error.hint == row.hint);
  }
}
