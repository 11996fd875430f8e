#include "formats/requirements/requirements.h"

#include <catch2/catch.hpp>

#include "formats/config_lines.h"

using namespace tfcheck;
using namespace tfcheck::test;

TEST_CASE("requirement lines") {
  struct Row {
    const char* text;
    const char* facts;
  };
  for (Row row : {
           Row{"flask\nDjango==4.2.1  # lts\n# six\n",
               "dependency flask (ecosystem=\"pypi\")\ndependency Django = \"==4.2.1\" (ecosystem=\"pypi\")\n"},
           Row{"a >=1, <2 ; python_version < '3'\n",
               "dependency a = \">=1, <2\" (ecosystem=\"pypi\", marker=\"python_version < '3'\")\n"},
           Row{"uvicorn[standard]~=0.2\nb (>=1)\n",
               "dependency uvicorn = \"~=0.2\" (ecosystem=\"pypi\", extras=\"standard\")\ndependency b = \">=1\" "
               "(ecosystem=\"pypi\")\n"},
           Row{"a==1 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\n    # via b\nc==2 --hash=sha256:02\n",
               "dependency a = \"==1\" (ecosystem=\"pypi\", hash=true)\ndependency c = \"==2\" (ecosystem=\"pypi\", "
               "hash=true)\n"},
           Row{"-r base.txt\n--constraint=c.txt\n", "import base.txt @-r\nimport c.txt @-c\n"},
           Row{"-e git+https://h/lib.git@main#egg=lib\ngit+ssh://git@h/o/thing.git\n",
               "dependency lib = \"git+https://h/lib.git@main#egg=lib\" (ecosystem=\"pypi\")\n"
               "dependency thing = \"git+ssh://git@h/o/thing.git\" (ecosystem=\"pypi\")\n"},
           Row{"x @ https://h/x-1.0.tar.gz\nhttps://h/my-pkg-1.0.zip\n",
               "dependency x = \"https://h/x-1.0.tar.gz\" (ecosystem=\"pypi\")\n"
               "dependency my-pkg = \"https://h/my-pkg-1.0.zip\" (ecosystem=\"pypi\")\n"},
           Row{"-e .\n./libs/x\n--no-binary :all:\n-i https://u@h/simple\n",
               "entry --no-binary = \":all:\"\nentry -i = \"https://u@h/simple\"\n"},
           Row{"??? what\n", ""},
       }) {
    CAPTURE(row.text);
    CHECK(config_lines(requirements_adapter(), "requirements.txt", row.text) == row.facts);
  }
}

TEST_CASE("requirement files for development") {
  for (const char* path :
       {"requirements-dev.txt", "requirements/test.txt", "requirements_lint.txt", "docs/requirements.txt"}) {
    CAPTURE(path);
    CHECK(config_lines(requirements_adapter(), path, "a\n") == "dependency a (ecosystem=\"pypi\") dev\n");
  }
  for (const char* path : {"requirements.txt", "requirements/prod.txt", "constraints.txt"}) {
    CAPTURE(path);
    CHECK(config_lines(requirements_adapter(), path, "a\n") == "dependency a (ecosystem=\"pypi\")\n");
  }
}

TEST_CASE("requirement spans are those of the lines, bad input is survived") {
  CHECK(config_span(requirements_adapter(), "requirements.txt", "  a==1  # x\n", "a") == "a==1");
  CHECK(config_span(requirements_adapter(), "requirements.txt", "a==1 \\\n  --hash=x\n", "a") == "a==1");
  CHECK(survives_bad_input(requirements_adapter(), "requirements.txt",
                           "a[b]==1 ; c \\\n --hash=d\n-e git+x://y@z#egg=e\n-r f\n"));
}
