#include "formats/properties/properties.h"

#include <catch2/catch.hpp>

#include "formats/config_lines.h"

using namespace tfcheck;
using namespace tfcheck::test;

TEST_CASE(".properties keys, escapes and continuations") {
  struct Row {
    const char* text;
    const char* facts;
  };
  for (Row row : {
           Row{"a=1\nb: x y\nc d\n# e=1\n! f=1\n", "entry a = 1\nentry b = \"x y\"\nentry c = \"d\"\n"},
           Row{"a.b = one,\\\n    two\nnext=true\n", "entry a.b = \"one,two\"\nentry next = true\n"},
           Row{"k\\:1 = caf\\u00e9\\n\npath=C:\\\\x\n", "entry k:1 = \"caf\xC3\xA9\\n\"\nentry path = \"C:\\x\"\n"},
           Row{"empty=\nbare\n", "entry empty = \"\"\nentry bare = \"\"\n"},
           Row{"u=${DB_URL}\nd=${DB_URL:jdbc:h2:mem}\nn=${spring.name:x}\nt=http://${HOST}:${PORT:80}/\n",
               "entry u = env(DB_URL)\nentry d = env(DB_URL, \"jdbc:h2:mem\")\nentry n = spring.name\n"
               "entry t = template\"http://${HOST}:${PORT:80}/\"\n"},
           Row{"v=@project.version@\nq=#{systemEnvironment['X']}\nnest=${A:${B:c}}\n",
               "entry v = project.version\nentry q = env(X)\nentry nest = env(A, env(B, \"c\"))\n"},
       }) {
    CAPTURE(row.text);
    CHECK(config_lines(properties_adapter(), "app.properties", row.text) == row.facts);
  }
}

TEST_CASE(".properties dialects and profiles") {
  CHECK(config_format(properties_adapter(), "src/application-dev.properties", "") == "spring");
  CHECK(config_format(properties_adapter(), "log4j2.properties", "") == "log4j");
  CHECK(config_format(properties_adapter(), "gradle-wrapper.properties", "") == "gradle-wrapper");
  CHECK(config_format(properties_adapter(), "x.properties", "") == "properties");
  CHECK(config_lines(properties_adapter(), "application-dev.properties", "a=1\n") == "entry a = 1 dev\n");
  CHECK(config_lines(properties_adapter(), "application-prod.properties", "a=1\n") == "entry a = 1\n");
  CHECK(config_lines(properties_adapter(), "messages_de.properties", "password=Passwort\n").empty());
}

TEST_CASE(".properties documents are counted, spans are those of the values") {
  FileFacts facts;
  properties_adapter().extract({"application.properties", "a=1\n#---\na=2\n"}, facts);
  REQUIRE(facts.facts().size() == 2);
  CHECK(facts.facts()[0].context.index == 0);
  CHECK(facts.facts()[1].context.index == 1);
  CHECK(config_span(properties_adapter(), "a.properties", "a.b =  c d \n", "a.b") == "c d");
  CHECK(config_span(properties_adapter(), "a.properties", "a.b=\n", "a.b") == "a.b");
  CHECK(survives_bad_input(properties_adapter(), "a.properties", "a\\u12=b\\\n  \\uD800\nc ${A:${B}} : d\\"));
}
