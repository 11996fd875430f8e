#include "formats/versionfile/versionfile.h"

#include <catch2/catch.hpp>

#include "formats/config_lines.h"

using namespace tfcheck;
using namespace tfcheck::test;

TEST_CASE("version files name a runtime") {
  struct Row {
    const char* path;
    const char* text;
    const char* facts;
  };
  for (Row row :
       {Row{".ruby-version", "ruby-3.1.2\n", "entry ruby = \"3.1.2\"\n"},
        Row{".nvmrc", "v18.12\n", "entry node = \"18.12\"\n"},
        Row{".nvmrc", "lts/hydrogen", "entry node = \"lts/hydrogen\"\n"},
        Row{"x/.python-version", "# pin\n3.11\n3.10\n", "entry python = \"3.11\"\n"},
        Row{"runtime.txt", "python-3.9.1\n", "entry python = \"3.9.1\"\n"},
        Row{".tool-versions", "nodejs 18.1 16\n# x 1\ngolang 1.20\n", "entry node = \"18.1\"\nentry go = \"1.20\"\n"},
        Row{"runtime.txt", "hello\n", ""}, Row{".node-version", "\n", ""}}) {
    CAPTURE(row.path, row.text);
    CHECK(config_lines(versionfile_adapter(), row.path, row.text) == row.facts);
  }
  CHECK(survives_bad_input(versionfile_adapter(), ".tool-versions", "nodejs v18 # x\nruby"));
}
