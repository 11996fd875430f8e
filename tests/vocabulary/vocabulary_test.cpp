#include "vocabulary/vocabulary.h"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace tfcheck;

TEST_CASE("a set holds words and globs") {
  WordSet set("s", "f.toml", {"stdout", "-", "/dev/std*", "A?c"}, false);
  for (const char* word : {"stdout", "-", "/dev/stdin", "/dev/std", "Abc"}) CHECK(set.contains(word));
  for (const char* word : {"", "Stdout", "stdout2", "Ac", "abc"}) CHECK_FALSE(set.contains(word));
  WordSet shapes("s", "f.toml", {"begin*", "**end", "*in*", "a*z", "?.c", "*.?"}, false);
  for (const char* word : {"begin", "beginning", "end", "the end", "in", "x in y", "az", "abcz", "x.c", ".h", "y.h"})
    CHECK(shapes.contains(word));
  for (const char* word : {"", "a begi", "ends", "i n", "a", "abc", ".cc", "xx.cc"}) CHECK_FALSE(shapes.contains(word));
  CHECK(WordSet("s", "f.toml", {"*"}, false).contains("x"));
  WordSet folded("s", "f.toml", {"Password", "*Key"}, true);
  for (const char* word : {"password", "PASSWORD", "apiKEY"}) CHECK(folded.contains(word));
}

TEST_CASE("a table has rows, and every column is a set") {
  Vocabulary vocabulary;
  REQUIRE(vocabulary.add("v.toml",
                         "[table.program]\ncolumns = [\"name\", \"port\", \"option\"]\n"
                         "[[program]]\nname = [\"gunicorn\", \"uvicorn\"]\nport = 8000\noption = [\"-b\", \"--bind\"]\n"
                         "[[program]]\nname = \"puma*\"\noption = \"-b\"\n"
                         "[[program]]\nname = \"puma-dev\"\n"));
  const WordTable& programs = vocabulary.table("program");
  REQUIRE(programs.rows().size() == 3);
  size_t port = programs.column("port"), option = programs.column("option");
  struct Row {
    const char* word;
    int row;  // -1: none
  };
  for (Row row : {Row{"gunicorn", 0}, Row{"uvicorn", 0}, Row{"puma", 1}, Row{"pumactl", 1}, Row{"puma-dev", 2},
                  Row{"unicorn", -1}, Row{"", -1}}) {
    CAPTURE(row.word);
    const WordTable::Row* found = programs.find(row.word);
    REQUIRE((found != nullptr) == (row.row >= 0));
    if (found) CHECK(found == &programs.rows()[static_cast<size_t>(row.row)]);
  }
  CHECK(programs.find("uvicorn")->one(port) == "8000");
  CHECK(programs.find("puma")->one(port).empty());
  CHECK(programs.find("gunicorn")->has(option, "--bind"));
  CHECK(vocabulary.set("program.option").patterns() == std::vector<std::string>{"-b", "--bind"});
  CHECK(vocabulary.set("program.name").contains("puma-x"));
  WordSet bound = programs.keys_with("option", "-b");
  CHECK(bound.patterns() == std::vector<std::string>{"gunicorn", "uvicorn", "puma*"});
  CHECK(bound.contains("pumactl"));
  CHECK(vocabulary.find("program") == nullptr);
  CHECK_THROWS_AS(programs.column("prot"), std::logic_error);
  CHECK_THROWS_AS(vocabulary.table("x"), std::logic_error);
  CHECK_THROWS_AS(vocabulary.set("x"), std::logic_error);
}

TEST_CASE("mistakes in a vocabulary name their line") {
  struct Row {
    const char* text;
    uint32_t line;
    const char* message;
    const char* hint = "";
  };
  for (const Row& row : {
           Row{"a = 1\n", 1, "'a' must be a table"},
           Row{"[a]\nvalue = []\n", 2, "unknown key 'value' in a word set", "did you mean 'values'?"},
           Row{"[known]\nvalues = []\n", 1, "the set 'known' is defined already, in v.toml"},
           Row{"table = 1\n", 1, "[table.NAME] declares the columns of a table"},
           Row{"[table.t]\n", 1, "the table 't' needs columns, its key first"},
           Row{"[table.pair]\ncolumns = [\"a\"]\n", 1, "the table 'pair' is defined already, in v.toml"},
           Row{"\n[[t]]\na = 1\n", 2, "the table 't' is declared nowhere in this file",
               "[table.t] with columns = […] does"},
           Row{"[[pair]]\na = 1\n", 1, "the table 'pair' is declared nowhere in this file",
               "[table.pair] with columns = […] does"},
           Row{"[table.t]\ncolumns = [\"name\", \"port\"]\n[[t]]\nport = 1\n", 3, "a row of 't' needs 'name'"},
           Row{"[table.t]\ncolumns = [\"name\", \"port\"]\n[[t]]\nname = 1\nprot = 2\n", 5,
               "unknown key 'prot' in a row of 't'", "did you mean 'port'?"},
           Row{"[table.pair2]\ncolumns = [\"a\"]\n[\"pair2.a\"]\nvalues = []\n", 0,
               "the set 'pair2.a' is defined already, in w.toml"},
       }) {
    CAPTURE(row.text);
    Vocabulary vocabulary;
    REQUIRE(vocabulary.add("v.toml", "[known]\nvalues = []\n[table.pair]\ncolumns = [\"a\"]\n"));
    Result<bool> added = vocabulary.add("w.toml", row.text);
    REQUIRE_FALSE(added);
    CHECK(added.error().file == "w.toml");
    CHECK(added.error().message == row.message);
    if (row.line) CHECK(added.error().line == row.line);
    CHECK(added.error().hint == row.hint);
  }
}
