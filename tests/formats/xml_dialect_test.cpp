#include <catch2/catch.hpp>

#include "formats/config_lines.h"
#include "formats/xml/xml.h"

using namespace tfcheck;
using namespace tfcheck::test;

TEST_CASE("a POM declares dependencies") {
  const char* text = R"(<project>
  <parent><groupId>org.boot</groupId><artifactId>parent</artifactId><version>3.1</version></parent>
  <version>1.0</version>
  <properties><jackson.version>2.15</jackson.version><alias>${jackson.version}</alias></properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>m</groupId><artifactId>managed</artifactId><version>9</version></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>j</groupId><artifactId>core</artifactId><version>${alias}</version>
      <exclusions><exclusion><groupId>no</groupId><artifactId>no</artifactId></exclusion></exclusions></dependency>
    <dependency><groupId>m</groupId><artifactId>managed</artifactId></dependency>
    <dependency><groupId>u</groupId><artifactId>unit</artifactId><version>${unknown.version}</version><scope>test</scope></dependency>
    <dependency><groupId>${project.groupId}</groupId><artifactId>self</artifactId><version>${project.version}</version></dependency>
    <dependency><groupId>b</groupId><artifactId>bare</artifactId></dependency>
    <!-- <dependency><groupId>c</groupId><artifactId>comment</artifactId></dependency> -->
  </dependencies>
  <build><plugins><plugin><artifactId>maven-war-plugin</artifactId></plugin></plugins></build>
</project>)";
  CHECK(config_lines(xml_adapter(), "pom.xml", text, "dependency") ==
        "dependency org.boot:parent = \"3.1\" (ecosystem=\"maven\", group=\"parent\")\n"
        "dependency m:managed = \"9\" (ecosystem=\"maven\", group=\"management\")\n"
        "dependency j:core = \"2.15\" (ecosystem=\"maven\")\n"
        "dependency m:managed = \"9\" (ecosystem=\"maven\")\n"
        "dependency u:unit = unknown.version (ecosystem=\"maven\", scope=\"test\") dev\n"
        "dependency org.boot:self = \"1.0\" (ecosystem=\"maven\")\n"
        "dependency b:bare (ecosystem=\"maven\")\n"
        "dependency org.apache.maven.plugins:maven-war-plugin (ecosystem=\"maven\", group=\"plugin\")\n");
}

TEST_CASE(".NET projects declare dependencies") {
  CHECK(config_lines(
            xml_adapter(), "App.csproj",
            "<Project><PropertyGroup><V>7.0</V></PropertyGroup><ItemGroup>"
            "<PackageReference Include=\"A\" Version=\"1.2\"/><PackageReference Include=\"B\"><Version>$(V)</Version>"
            "<PrivateAssets>all</PrivateAssets></PackageReference><PackageReference Include=\"C\"/>"
            "<PackageVersion Include=\"D\" Version=\"$(Other)\"/></ItemGroup></Project>",
            "dependency") ==
        "dependency A = \"1.2\" (ecosystem=\"nuget\")\ndependency B = \"7.0\" (ecosystem=\"nuget\") dev\n"
        "dependency C (ecosystem=\"nuget\")\ndependency D = Other (ecosystem=\"nuget\", group=\"central\")\n");
  CHECK(config_lines(xml_adapter(), "packages.config",
                     "<packages><package id=\"E\" version=\"6.1\"/><package id=\"F\" version=\"1\" "
                     "developmentDependency=\"true\"/></packages>",
                     "dependency") ==
        "dependency E = \"6.1\" (ecosystem=\"nuget\")\ndependency F = \"1\" (ecosystem=\"nuget\") dev\n");
}

TEST_CASE("pairs of name and value are normalised") {
  struct Row {
    const char* path;
    const char* text;
    const char* prefix;
    const char* facts;
  };
  for (Row row : {
           Row{"web.config",
               "<configuration><appSettings><add key=\"Url\" value=\"http://h\"/></appSettings><connectionStrings>"
               "<add name=\"Db\" connectionString=\"Server=h;Password=p\"/></connectionStrings></configuration>",
               "entry appSettings", "entry appSettings.Url = \"http://h\"\n"},
           Row{"web.config",
               "<configuration><connectionStrings><add name=\"Db\" "
               "connectionString=\"Server=h\"/></connectionStrings></configuration>",
               "entry connectionStrings", "entry connectionStrings.Db = \"Server=h\"\n"},
           Row{"web.config",
               "<configuration><aspNetCore><environmentVariables><environmentVariable name=\"E\" "
               "value=\"Development\"/>"
               "</environmentVariables></aspNetCore></configuration>",
               "entry environmentVariables", "entry environmentVariables.E = \"Development\"\n"},
           Row{"persistence.xml",
               "<persistence><property name=\"hibernate.hbm2ddl.auto\" value=\"update\"/></persistence>",
               "entry persistence.property.h", "entry persistence.property.hibernate.hbm2ddl.auto = \"update\"\n"},
           Row{"hibernate.cfg.xml",
               "<hibernate-configuration><property name=\"connection.url\">jdbc:x</property></hibernate-configuration>",
               "entry hibernate.", "entry hibernate.property.connection.url = \"jdbc:x\"\n"},
           Row{"beans.xml",
               "<beans xmlns:p='x'><bean class=\"o.Ds\" p:user=\"u\"><property name=\"url\" value=\"jdbc:x\"/>"
               "<property name=\"password\"><value>${DB_PASSWORD}</value></property>"
               "<property name=\"props\"><props><prop key=\"k\">v</prop></props></property></bean></beans>",
               "entry bean.",
               "entry bean.o.Ds.user = \"u\"\nentry bean.o.Ds.url = \"jdbc:x\"\nentry bean.o.Ds.password = "
               "env(DB_PASSWORD)\n"
               "entry bean.o.Ds.props.k = \"v\"\n"},
           Row{"log4j.xml",
               "<log4j:configuration><appender class=\"F\"><param name=\"File\" "
               "value=\"a.log\"/></appender></log4j:configuration>",
               "entry configuration.appender.File", "entry configuration.appender.File = \"a.log\"\n"},
       }) {
    CAPTURE(row.text);
    CHECK(config_lines(xml_adapter(), row.path, row.text, row.prefix) == row.facts);
  }
}

TEST_CASE("properties that a logging configuration defines are resolved") {
  CHECK(config_lines(
            xml_adapter(), "logback.xml",
            "<configuration><property name=\"LOG_DIR\" value=\"/var/log\"/><appender><file>${LOG_DIR}/a.log</file>"
            "<x>${HOST}</x></appender></configuration>",
            "entry configuration.appender.") ==
        "entry configuration.appender.file = \"/var/log/a.log\"\nentry configuration.appender.x = env(HOST)\n");
  CHECK(config_lines(xml_adapter(), "log4j2.xml",
                     "<Configuration><Properties><Property name=\"f\">${env:LOG:-x.log}</Property></Properties><A "
                     "fileName=\"${f}\"/></Configuration>",
                     "entry Configuration.A.") == "entry Configuration.A.fileName = env(LOG, \"x.log\")\n");
}
