#include "formats/dotenv/dotenv.h"

#include <catch2/catch.hpp>

#include "formats/config_lines.h"

using namespace tfcheck;
using namespace tfcheck::test;

TEST_CASE(".env lines") {
  struct Row {
    const char* text;
    const char* facts;
  };
  for (Row row : {
           Row{"A=1\nexport B = x # note\n# C=1\nD=\n", "entry A = 1\nentry B = \"x\"\nentry D = \"\"\n"},
           Row{"A=\"1 # 2\" # n\nB='$X'\nC=`x`\n", "entry A = \"1 # 2\"\nentry B = \"$X\"\nentry C = \"x\"\n"},
           Row{"K=\"-----BEGIN\nabc\n-----END\"\nL=2\n", "entry K = \"-----BEGIN\\nabc\\n-----END\"\nentry L = 2\n"},
           Row{"A=${B}\nC=\"${app}/x\"\nD=$E\nF=h:$G/x\nH=${I:-j}\n",
               "entry A = env(B)\nentry C = template\"${app}/x\"\nentry D = env(E)\nentry F = template\"h:${G}/x\"\n"
               "entry H = env(I, \"j\")\n"},
           Row{"A=abc#def\nB=a$$b\nC=\"open\n", "entry A = \"abc#def\"\nentry B = \"a$$b\"\nentry C = \"\"open\"\n"},
           Row{"DEBUG=true\nE=yes\nKEY: value\nBARE\n",
               "entry DEBUG = true\nentry E = true\nentry KEY = \"value\"\nentry BARE\n"},
           Row{"not a line\n", ""},
       }) {
    CAPTURE(row.text);
    CHECK(config_lines(dotenv_adapter(), ".env", row.text) == row.facts);
  }
}

TEST_CASE(".env names tell development from the rest") {
  CHECK(config_lines(dotenv_adapter(), ".env.test", "A=1\n") == "entry A = 1 dev\n");
  CHECK(config_lines(dotenv_adapter(), "x/.env.local", "A=1\n") == "entry A = 1 dev\n");
  CHECK(config_lines(dotenv_adapter(), ".env.production", "A=1\n") == "entry A = 1\n");
  CHECK(config_lines(dotenv_adapter(), ".env.test.example", "A=1\n") == "entry A = 1\n");
}

TEST_CASE(".env spans are those of the values, bad input is survived") {
  CHECK(config_span(dotenv_adapter(), ".env", "A=\"b c\" # d\n", "A") == "b c");
  CHECK(config_span(dotenv_adapter(), ".env", "A=b # d\n", "A") == "b");
  CHECK(config_span(dotenv_adapter(), ".env", "A=\n", "A") == "A");
  CHECK(survives_bad_input(dotenv_adapter(), ".env", "export A=\"b\nc\\\"${D:-${E}}\" # f\nG='h'\nI=`j`\n"));
}
