#include "formats/xml/xml.h"

#include <catch2/catch.hpp>

#include "formats/config_lines.h"

using namespace tfcheck;
using namespace tfcheck::test;

TEST_CASE("XML elements and attributes become entries") {
  struct Row {
    const char* text;
    const char* facts;
  };
  for (Row row : {
           Row{"<?xml version='1.0'?><!-- <x/> --><a><b>1</b><c d=\"e\"/></a>",
               "entry a = {}\nentry a.b = 1\nentry a.c = {}\nentry a.c.d = \"e\"\n"},
           Row{"<p:a xmlns:p=\"urn:x\" xsi:schemaLocation=\"y\" p:k='v'><p:b/></p:a>",
               "entry a = {}\nentry a.k = \"v\"\nentry a.b = {}\n"},
           Row{"<a>x &amp; &lt;y&gt; &#65;&#x42; &nope;<![CDATA[<z>]]></a>", "entry a = \"x & <y> AB &nope; <z>\"\n"},
           Row{"<!DOCTYPE a [ <!ENTITY e \"x\"> ]>\n<a>${DB_URL:-x}</a>", "entry a = env(DB_URL, \"x\")\n"},
           Row{"<a><f value=\"app.log\"/><b>true</b></a>",
               "entry a = {}\nentry a.f = \"app.log\"\nentry a.f.value = \"app.log\"\nentry a.b = true\n"},
           Row{"<a><b>1</c></b><d>2</a>", "entry a = {}\nentry a.b = 1\nentry a.d = 2\n"},
           Row{"<a><b x=1 y></b", "entry a = {}\nentry a.b = {}\nentry a.b.x = 1\n"},
           Row{"<svg><a>1</a></svg>", ""},
           Row{"<resources><string name='app'>x</string></resources>", ""},
           Row{"", ""},
           Row{"no xml", ""},
       }) {
    CAPTURE(row.text);
    CHECK(config_lines(xml_adapter(), "a.xml", row.text) == row.facts);
  }
}

TEST_CASE("entries of one element share an index") {
  FileFacts facts;
  xml_adapter().extract({"logback.xml", "<c><a class=\"F\"><file>x</file></a><a class=\"G\"><file>y</file></a></c>"},
                        facts);
  REQUIRE(facts.facts().size() == 7);
  auto index = [&](size_t i) { return facts.facts()[i].context.index; };
  CHECK(facts.facts()[2].name == "c.a.class");
  CHECK(facts.facts()[3].name == "c.a.file");
  CHECK(index(0) == 0);
  CHECK(index(1) == 1);
  CHECK(index(4) == 1);
  CHECK(index(2) == index(3));
  CHECK(index(5) == index(6));
  CHECK(index(2) != index(5));
  CHECK(facts.facts()[3].context.scope == "c.a");
}

TEST_CASE("XML dialects by name and root") {
  struct Row {
    const char* path;
    const char* text;
    const char* format;
  };
  for (Row row :
       {Row{"pom.xml", "<project/>", "maven"}, Row{"a/App.csproj", "<Project/>", "msbuild"},
        Row{"packages.config", "<packages/>", "nuget"}, Row{"Web.config", "<configuration/>", "dotnet-config"},
        Row{"WEB-INF/web.xml", "<web-app/>", "web-xml"}, Row{"persistence.xml", "<persistence/>", "persistence"},
        Row{"x.xml", "<beans/>", "spring-beans"}, Row{"hibernate.cfg.xml", "<hibernate-configuration/>", "hibernate"},
        Row{"logback-spring.xml", "<configuration/>", "logback"}, Row{"log4j2.xml", "<Configuration/>", "log4j"},
        Row{"NLog.config", "<nlog/>", "nlog"}, Row{"my-ds.xml", "<datasources/>", "server-xml"},
        Row{"META-INF/context.xml", "<Context/>", "server-xml"}, Row{"x.xml", "<x/>", "xml"},
        Row{"x.resx", "<root/>", "noise"}}) {
    CAPTURE(row.path);
    CHECK(config_format(xml_adapter(), row.path, row.text) == row.format);
  }
}

TEST_CASE("XML spans are those of the values, bad input is survived") {
  CHECK(config_span(xml_adapter(), "a.xml", "<a><b> x y </b></a>", "a.b") == "x y");
  CHECK(config_span(xml_adapter(), "a.xml", "<a b=\"c\"/>", "a.b") == "c");
  CHECK(config_span(xml_adapter(), "a.xml", "<a><b k=''></b></a>", "a.b") == "<b k=''>");
  const char* sample =
      "<?x?><!DOCTYPE a [<!ENTITY b 'c'>]><a b=\"c&amp;\" d='e'>f&#x41;<g/><![CDATA[h]]><!-- i --></a>";
  CHECK(survives_bad_input(xml_adapter(), "a.xml", sample));
  CHECK(survives_bad_input(xml_adapter(), "pom.xml",
                           "<project><properties><a>${b}</a><b>${a}</b></properties><dependencies>"
                           "<dependency><groupId>x</groupId><artifactId>y</artifactId>"
                           "<version>${a}</version></dependency></dependencies></project>"));
  CHECK(survives_bad_input(xml_adapter(), "web.config",
                           "<configuration><appSettings><add key='a' value='b'/></appSettings></configuration>"));
}
