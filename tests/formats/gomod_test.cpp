#include "formats/gomod/gomod.h"

#include <catch2/catch.hpp>

#include "formats/config_lines.h"

using namespace tfcheck;
using namespace tfcheck::test;

TEST_CASE("go.mod and go.work") {
  CHECK(config_lines(gomod_adapter(), "go.mod",
                     "module example.org/app // note\n\ngo 1.22\ntoolchain go1.22.1\n\nrequire (\n\ta.org/b v1.2.3\n"
                     "\tc.org/d v0.0.0-2020 // indirect\n\t// e.org/f v1\n)\nrequire g.org/h/v2 v2.0.0\n"
                     "replace a.org/b v1.2.3 => ../b\nreplace (\n\tc.org/d => i.org/d v1.0.0\n)\n") ==
        "entry module = \"example.org/app\"\nentry go = \"1.22\"\nentry toolchain = \"go1.22.1\"\n"
        "dependency a.org/b = \"v1.2.3\" (ecosystem=\"go\")\n"
        "dependency c.org/d = \"v0.0.0-2020\" (ecosystem=\"go\", indirect=true)\n"
        "dependency g.org/h/v2 = \"v2.0.0\" (ecosystem=\"go\")\n"
        "entry replace.0 = \"../b\"\nentry replace.0.old = \"a.org/b\"\n"
        "entry replace.1 = \"i.org/d v1.0.0\"\nentry replace.1.old = \"c.org/d\"\n");
  CHECK(config_lines(gomod_adapter(), "go.work", "go 1.22\nuse (\n\t./a\n\t./b\n)\n") ==
        "entry go = \"1.22\"\nentry use.0 = \"./a\"\nentry use.1 = \"./b\"\n");
  CHECK(config_lines(gomod_adapter(), "go.sum", "a v1 h1:x\n").empty());
  CHECK(config_format(gomod_adapter(), "go.sum", "") == "lock");
  CHECK(config_format(gomod_adapter(), "x/go.mod", "") == "go-mod");
}

TEST_CASE("go.mod spans cover path and version, bad input is survived") {
  CHECK(config_span(gomod_adapter(), "go.mod", "require a.org/b v1 // indirect\n", "a.org/b") == "a.org/b v1");
  CHECK(survives_bad_input(gomod_adapter(), "go.mod",
                           "module \"a\"\nrequire (\n b v1 // indirect\n)\nreplace b => c v1\n"));
}
