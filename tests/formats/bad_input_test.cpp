// Every reader on broken text: none may crash, go on for ever, or tell of a place outside of its file.
#include <catch2/catch.hpp>

#include "formats/bad_input.h"
#include "formats/format_adapter.h"

using namespace tfcheck;

TEST_CASE("formats: bad input is survived, and every span lies in the file") {
  struct Row {
    std::string_view adapter, path, sample;
  };
  for (const Row& row : {
           Row{"dotenv", ".env", "export A=\"b\nc\\\"${D:-${E}}\" # f\nG='h'\nI=`j`\n"},
           Row{"gemfile", "Gemfile",
               "group :a do\n  gem 'b', \"~> #{c}\", d: [:e, 'f'], :g => {h: 1}\nend\ngem %q<i>\n"},
           Row{"go-mod", "go.mod", "module \"a\"\nrequire (\n b v1 // indirect\n)\nreplace b => c v1\n"},
           Row{"ini", "a.ini", "[program:w]\ncommand = a \\\n b ; c\nenvironment=A=\"b\",C=d\n"},
           Row{"ini", "a.service", "[Service]\nExecStart=-/a \\\n b\nEnvironment=\"A=b\" C=d\n"},
           Row{"ini", "logging.ini", "[loggers]\n[handler_a]\nargs=('a', (1, 2), \"b\")\n"},
           Row{"ini", "redis.conf", "save \"\"\nport 1\n"},
           Row{"ini", "a.conf", "[a]\nb = c\n"},
           Row{"properties", "a.properties", "a\\u12=b\\\n  \\uD800\nc ${A:${B}} : d\\"},
           Row{"requirements", "requirements.txt", "a[b]==1 ; c \\\n --hash=d\n-e git+x://y@z#egg=e\n-r f\n"},
           Row{"toml", "a.toml", "[a]\nb = [{c = \"d\", e.f = '''g'''}, 1]\n[[h.i]]\nj = \"\"\"\\u00e9\"\"\"\n"},
           Row{"toml", "Cargo.toml", "[dependencies]\na = {version = \"1\", git = \"x\"}\n"},
           Row{"version-file", ".tool-versions", "nodejs v18 # x\nruby"},
           Row{"xml", "a.xml",
               "<?x?><!DOCTYPE a [<!ENTITY b 'c'>]><a b=\"c&amp;\" d='e'>f&#x41;<g/><![CDATA[h]]><!-- i --></a>"},
           Row{"xml", "pom.xml",
               "<project><properties><a>${b}</a><b>${a}</b></properties><dependencies>"
               "<dependency><groupId>x</groupId><artifactId>y</artifactId>"
               "<version>${a}</version></dependency></dependencies></project>"},
           Row{"xml", "web.config",
               "<configuration><appSettings><add key='a' value='b'/></appSettings></configuration>"},
           Row{"crontab", "crontab", "A=\"b\"\n*/5 * * * * root cd /x && run % y\n@daily x\n"},
           Row{"procfile", "Procfile", "web: a $B | c\nrelease: ./d\n"},
           Row{"yaml", "a.yml", "a: &b [c, {d: 'e'}]\nf: *b\ng: |\n  h ${I:-j}\n<<: *b\n"},
           Row{"yaml", "compose.yml", "services:\n  a: {image: \"b:1\", command: [c, \"d\"], environment: [E=f]}\n"},
           Row{"json", "package.json", "{\"scripts\": {\"a\": \"b && c\"}, \"dependencies\": {\"d\": \"^1\"}} // e"},
           Row{"nginx", "nginx.conf", "http { server { listen ${A}; b \"c\\\"d\"; } {% if e %} f {{ g }}; }"},
           Row{"ini", "application.conf",
               "include \"a\"\nb { c = [d, \"e\\\"\", { f : ${?G} }], h = \"\"\"i\"\"\" }\nj.\"k.l\" += ${M}n\n# o\n"},
           Row{"batch", "a.bat",
               "@set \"A=b\" & if not defined C (set C=%D% ^\n e) else setx F \"g\"\nstart \"h\" /b i > j 2>&1\n"},
           Row{"powershell", "a.ps1",
               "param([string]$A = \"b`\"$($C)\")\n$env:D = @\"\n${env:E}\n\"@\n<# f #>$G = $env:H ?? 'i''k'\n& j `\n "
               "k\n"},
           Row{"bicep", "a.bicep",
               "@secure()\nparam a string = 'b${c('d')}'\nresource e 'f@1' = if (g) { h: [for i in j: { k: '\\'' }]\n "
               "l: m ? "
               "1 : 'n' }\n"},
           Row{"dockerfile", "Dockerfile", "FROM a:${B:-1} AS c\nRUN <<E\nx $Y\nE\nCMD [\"d\", 'e']\n"},
       }) {
    CAPTURE(row.adapter, row.path);
    CHECK(survives_bad_input(format_adapter(row.adapter), row.path, row.sample));
  }
}
