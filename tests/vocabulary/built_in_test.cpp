// The vocabulary that comes with the program, rules/vocabulary/*.toml: what no reader of one file sees.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "vocabulary/vocabulary.h"

using namespace tfcheck;
namespace fs = std::filesystem;

namespace {

fs::path source() {
  return std::getenv("TFCHECK_SOURCE");
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Vocabulary built_in() {
  Vocabulary vocabulary;
  for (const fs::directory_entry& entry : fs::directory_iterator(source() / "rules/vocabulary")) {
    Result<bool> added = vocabulary.add(entry.path().filename().string(), text_of(entry.path()));
    INFO(entry.path() << (added ? "" : ": " + added.error().message));
    REQUIRE(added);
  }
  return vocabulary;
}

// "program" of the sets "program.name" and "program.port"; sets of their own are named as they are.
std::set<std::string> tables_and_sets(const Vocabulary& vocabulary) {
  std::set<std::string> names;
  for (const std::string& name : vocabulary.names()) names.insert(name.substr(0, name.find('.')));
  return names;
}

}  // namespace

TEST_CASE("a row that names a row of another table finds it") {
  Vocabulary vocabulary = built_in();
  struct Reference {
    const char *table, *column, *to;
  };
  for (Reference each :
       {Reference{"manager", "ecosystem", "ecosystem"}, Reference{"locked-manifest", "ecosystem", "ecosystem"}}) {
    const WordTable &from = vocabulary.table(each.table), &to = vocabulary.table(each.to);
    for (const WordTable::Row& row : from.rows()) {
      CAPTURE(each.table, row.line);
      std::string_view name = row.one(from.column(each.column));
      CHECK((name.empty() || to.find(name)));
    }
  }
}

TEST_CASE("a key stands in one row of its table") {
  Vocabulary vocabulary = built_in();
  for (const std::string& name : tables_and_sets(vocabulary)) {
    if (vocabulary.find(name)) continue;  // a set
    std::set<std::string> known;
    for (const WordTable::Row& row : vocabulary.table(name).rows()) {
      for (const std::string& key : row.all(0)) {
        CAPTURE(name, row.line, key);
        CHECK(known.insert(key).second);
      }
    }
  }
}

TEST_CASE("a page or the code asks for every set and table") {
  std::string readers;
  for (const char* folder : {"rules", "src"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source() / folder)) {
      std::string ending = entry.path().extension().string();
      if (ending == ".md" || ending == ".cpp" || ending == ".h") readers += text_of(entry.path());
    }
  }
  for (const std::string& name : tables_and_sets(built_in())) {
    CAPTURE(name);
    bool asked = readers.find("@" + name) != std::string::npos || readers.find("\"" + name + "\"") != std::string::npos;
    CHECK(asked);
  }
}
