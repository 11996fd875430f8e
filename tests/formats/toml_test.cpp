#include "formats/toml/toml.h"

#include <catch2/catch.hpp>

#include "formats/config_lines.h"

using namespace tfcheck;
using namespace tfcheck::test;

TEST_CASE("TOML scalars, tables and arrays become entries") {
  struct Row {
    const char* text;
    const char* facts;
  };
  for (Row row : {
           Row{"a = 1_000 # note\nb = \"x\"\n", "entry a = 1000\nentry b = \"x\"\n"},
           Row{"a = true\nd = 2020-01-02\nf = -1.5e3\nh = 0xFF\n",
               "entry a = true\nentry d = \"2020-01-02\"\nentry f = -1.5e3\nentry h = 0xFF\n"},
           Row{"[t]\n", "entry t = {}\n"},
           Row{"[a.b]\nc = 'x'\n[a.d]\n", "entry a = {}\nentry a.b = {}\nentry a.b.c = \"x\"\nentry a.d = {}\n"},
           Row{"a.b.c = 1\na.b.d = 2\n", "entry a = {}\nentry a.b = {}\nentry a.b.c = 1\nentry a.b.d = 2\n"},
           Row{"l = [\n  1, # one\n  [2],\n]\ne = []\n",
               "entry l = []\nentry l.0 = 1\nentry l.1 = []\nentry l.1.0 = 2\n"},
           Row{"[[p]]\nn = 1\n[[p]]\nn = 2\n[p.q]\nr = 3\n",
               "entry p = []\nentry p.0 = {}\nentry p.0.n = 1\nentry p.1 = {}\nentry p.1.n = 2\nentry p.1.q = {}\n"
               "entry p.1.q.r = 3\n"},
           Row{"i = {a = 1, \"b.c\" = \"x\"}\n", "entry i = {}\nentry i.a = 1\nentry i.b.c = \"x\"\n"},
           Row{"s = \"\"\"\na\\\n   b\"\"\"\nt = '''c'd'''\nu = \"\\u00e9\\t\"\n",
               "entry s = \"ab\"\nentry t = \"c'd\"\nentry u = \"\xC3\xA9\\t\"\n"},
           Row{"url = \"${DB_URL}\"\nx = \"h:${PORT:-80}\"\nv = \"${project.version}\"\n",
               "entry url = env(DB_URL)\nentry x = template\"h:${PORT:-80}\"\nentry v = project.version\n"},
           Row{"# a = 1\n", ""},
           Row{"bad line\na = 1\n= 2\nb = \nc = 3\n", "entry a = 1\nentry c = 3\n"},
       }) {
    CAPTURE(row.text);
    CHECK(config_lines(toml_adapter(), "app.toml", row.text) == row.facts);
  }
}

TEST_CASE("pyproject.toml declares dependencies in many ways") {
  const char* text = R"([project]
dependencies = ["requests[socks]>=2,<3 ; python_version > '3'", "flask", "x @ git+https://h/x@main"]
[project.optional-dependencies]
pg = ["psycopg2==2.9"]
[dependency-groups]
dev = ["pytest>=8", {include-group = "lint"}]
[tool.poetry.dependencies]
python = "^3.9"
django = "^4.2"
"zope.interface" = "*"
celery = {version = "5.3", extras = ["redis"]}
lib = {git = "https://h/lib.git", branch = "main"}
[tool.poetry.group.test.dependencies]
tox = "4"
[tool.uv]
dev-dependencies = ["ruff"]
)";
  CHECK(config_lines(toml_adapter(), "pyproject.toml", text, "dependency") ==
        "dependency requests = \">=2,<3\" (ecosystem=\"pypi\", extras=\"socks\", marker=\"python_version > '3'\")\n"
        "dependency flask (ecosystem=\"pypi\")\n"
        "dependency x = \"git+https://h/x@main\" (ecosystem=\"pypi\")\n"
        "dependency psycopg2 = \"==2.9\" (ecosystem=\"pypi\", group=\"pg\")\n"
        "dependency pytest = \">=8\" (ecosystem=\"pypi\", group=\"dev\") dev\n"
        "dependency django = \"^4.2\" (ecosystem=\"pypi\")\n"
        "dependency zope.interface = \"*\" (ecosystem=\"pypi\")\n"
        "dependency celery = \"5.3\" (ecosystem=\"pypi\")\n"
        "dependency lib = \"git+https://h/lib.git@main\" (ecosystem=\"pypi\")\n"
        "dependency tox = \"4\" (ecosystem=\"pypi\", group=\"test\") dev\n"
        "dependency ruff (ecosystem=\"pypi\", group=\"dev\") dev\n");
}

TEST_CASE("Cargo.toml, Pipfile and lock files") {
  CHECK(
      config_lines(
          toml_adapter(), "Cargo.toml",
          "[dependencies]\nserde = \"1.0\"\ntokio = { version = \"1\", features = [\"full\"] }\nlocal.path = \"../l\"\n"
          "[dependencies.big]\nversion = \"2\"\n[dev-dependencies]\ncrit = \"*\"\n"
          "[target.'cfg(unix)'.dependencies]\nnix = \"0.2\"\n[workspace.dependencies]\nw = \"3\"\n"
          "[features]\ndefault = []\n",
          "dependency") ==
      "dependency serde = \"1.0\" (ecosystem=\"cargo\")\n"
      "dependency tokio = \"1\" (ecosystem=\"cargo\")\n"
      "dependency local (ecosystem=\"cargo\", path=\"../l\")\n"
      "dependency big = \"2\" (ecosystem=\"cargo\")\n"
      "dependency crit = \"*\" (ecosystem=\"cargo\", group=\"dev\") dev\n"
      "dependency nix = \"0.2\" (ecosystem=\"cargo\")\n"
      "dependency w = \"3\" (ecosystem=\"cargo\", group=\"workspace\")\n");
  CHECK(config_lines(toml_adapter(), "Pipfile", "[packages]\nflask = \"*\"\n[dev-packages]\npytest = \"*\"\n",
                     "dependency") ==
        "dependency flask = \"*\" (ecosystem=\"pypi\")\ndependency pytest = \"*\" (ecosystem=\"pypi\", group=\"dev\") "
        "dev\n");
  CHECK(config_lines(toml_adapter(), "uv.lock", "version = 1\n").empty());
  CHECK(config_format(toml_adapter(), "uv.lock", "version = 1\n") == "lock");
  CHECK(config_format(toml_adapter(), "a/pyproject.toml", "") == "pyproject");
  CHECK(config_format(toml_adapter(), "fly.toml", "") == "toml");
}

TEST_CASE("TOML spans are those of the values, bad input is survived") {
  CHECK(config_span(toml_adapter(), "a.toml", "[x]\na = \"b\" # c\n", "x.a") == "\"b\"");
  CHECK(config_span(toml_adapter(), "a.toml", "a = \"\"\n", "a") == "a ");
  CHECK(survives_bad_input(toml_adapter(), "a.toml",
                           "[a]\nb = [{c = \"d\", e.f = '''g'''}, 1]\n[[h.i]]\nj = \"\"\"\\u00e9\"\"\"\n"));
  CHECK(survives_bad_input(toml_adapter(), "Cargo.toml", "[dependencies]\na = {version = \"1\", git = \"x\"}\n"));
}
