// The head of a source, where the imports stand that it cannot do without.
#include "languages/import_head.h"

#include <catch2/catch.hpp>

using namespace tfcheck;

TEST_CASE("import head: up to the first definition, in any language") {
  struct Row {
    std::string_view head, rest;
  };
  for (const Row& row : {
           Row{"import a\n\nX = a.b\n", "def f():\n    import c\n"},
           Row{"import a\n", "class A:\n"},
           Row{"require 'a'\nmodule B\n", "  class C\n  end\nend\n"},
           Row{"import a from 'a'\nconst b = 1\n", "export default { a }\n"},
           Row{"const a = require('a')\n", "function b() {}\n"},
           Row{"<?php\nuse A\\B;\n", "final class C {}\n"},
           Row{"defmodule A do\n  use B\n", "  def c, do: 1\nend\n"},
           Row{"definitely = 1\nclassic = 2\nfunctional = 3", ""},
           Row{"", ""},
       }) {
    std::string text = std::string(row.head).append(row.rest);
    CHECK(import_head(text) == row.head);
  }
}
