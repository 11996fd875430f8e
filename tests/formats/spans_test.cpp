// Where facts stand: the text that a fact's span covers.
#include <catch2/catch.hpp>

#include "formats/format_adapter.h"

using namespace tfcheck;

namespace {

std::string covered(std::string_view adapter, std::string_view path, std::string_view text, std::string_view fact) {
  FileFacts facts = extract_facts(format_adapter(adapter), {path, text});
  for (const Fact& each : facts.facts()) {
    if (to_string(each).starts_with(fact))
      return std::string(text.substr(each.span.begin, each.span.end - each.span.begin));
  }
  return "no such fact";
}

struct Row {
  std::string_view adapter, path, text, fact, span;
};

}  // namespace

TEST_CASE("a fact's span is the text that says it") {
  constexpr std::string_view dockerfile =
      "FROM a\r\n\r\nRUN x \\\r\n # c\r\n && y $Z\r\nCMD [ \"sh\", \"-c\", \"run me\" ]\r\n";
  constexpr std::string_view actions =
      "jobs:\n  t:\n    steps:\n      - run: |\n          echo one\n          docker push web:${{ x }}\n";
  for (const Row& row : {
           Row{"crontab", "crontab", "\n0 1 * * *  root  run it\n", "command run", "run it"},
           Row{"procfile", "Procfile", "a: b\nweb: run it\n", "entry web", "web: run it"},
           Row{"procfile", "Procfile", "a: b\nweb: run it\n", "command run", "run it"},
           Row{"dotenv", ".env", "A=\"b c\" # d\n", "entry A", "b c"},
           Row{"dotenv", ".env", "A=b # d\n", "entry A", "b"},
           Row{"dotenv", ".env", "A=\n", "entry A", "A"},
           Row{"gemfile", "Gemfile", "  gem 'a', '1' # x\n", "dependency a", "gem 'a', '1'"},
           Row{"go-mod", "go.mod", "require a.org/b v1 // indirect\n", "dependency a.org/b", "a.org/b v1"},
           Row{"ini", "a.ini", "[s]\nk = v  ; c\n", "entry s.k", "v"},
           Row{"ini", "a.ini", "[s]\nk =\n", "entry s.k", "k"},
           Row{"ini", "a.service", "[Service]\nExecStart=/a \\\n  b\n", "entry Service.ExecStart", "/a \\\n  b"},
           Row{"ini", "redis.conf", "save 900 1\n", "entry save", "save 900 1"},
           Row{"properties", "a.properties", "a.b =  c d \n", "entry a.b", "c d"},
           Row{"properties", "a.properties", "a.b=\n", "entry a.b", "a.b"},
           Row{"requirements", "requirements.txt", "  a==1  # x\n", "dependency a", "a==1"},
           Row{"requirements", "requirements.txt", "a==1 \\\n  --hash=x\n", "dependency a", "a==1"},
           Row{"toml", "a.toml", "[x]\na = \"b\" # c\n", "entry x.a", "\"b\""},
           Row{"toml", "a.toml", "[x.y]\na = 1\n", "entry x.y", "y"},
           Row{"toml", "a.toml", "a = \"\"\n", "entry a", "\"\""},
           Row{"toml", "Pipfile", "[packages]\na = {version = \"1\"}\n", "dependency a", "a"},
           Row{"xml", "a.xml", "<a><b> x y </b></a>", "entry a.b", "x y"},
           Row{"xml", "a.xml", "<a b=\"c\"/>", "entry a.b", "c"},
           Row{"xml", "a.xml", "<a><b k=''></b></a>", "entry a.b", "<b k=''>"},
           Row{"nginx", "nginx.conf", "http { upstream b { ip_hash; } }", "entry http.upstream.b.ip_hash", "ip_hash"},
           Row{"json", "tsconfig.json", "{\"a\": [1,], // b\n \"url\": \"http://x,}\",}", "entry url",
               "\"http://x,}\""},
           Row{"json", "package.json", "{\"scripts\": {\"start\": \"node a.js\"}}", "command node", "node a.js"},
           Row{"yaml", "a.yml", "a:\n  - b: 1\n    c: [x, {y: z}]\n", "entry a.0.c.1.y", "z"},
           Row{"yaml", "a.yml", "a:\n  - b: 1\n", "entry a =", "a"},
           Row{"yaml", "t/templates/a.yaml", "apiVersion: v1\nkind: A\nn: {{ .Values.n }}\n", "entry A.n",
               "{{ .Values.n }}"},
           Row{"yaml", ".github/workflows/a.yml", actions, "command echo", "echo one"},
           Row{"dockerfile", "Dockerfile", dockerfile, "image a", "FROM a"},
           Row{"dockerfile", "Dockerfile", dockerfile, "env-read Z", "$Z"},
           Row{"dockerfile", "Dockerfile", dockerfile, "command y", "y $Z"},
           Row{"dockerfile", "Dockerfile", dockerfile, "command sh", "[ \"sh\", \"-c\", \"run me\" ]"},
           Row{"dockerfile", "Dockerfile", dockerfile, "command run", "run me"},
       }) {
    CAPTURE(row.adapter, row.text);
    CHECK(covered(row.adapter, row.path, row.text, row.fact) == row.span);
  }
}

TEST_CASE("a default's span is the default") {
  auto covered_default = [](std::string_view adapter, std::string_view path, std::string_view text) {
    FileFacts facts = extract_facts(format_adapter(adapter), {path, text});
    for (const Fact& fact : facts.facts()) {
      if (fact.kind != FactKind::Entry || fact.value.item_count == 0) continue;
      Span span = fact.value.items()[0].value.span;
      return std::string(text.substr(span.begin, span.end - span.begin));
    }
    return std::string("no default");
  };
  CHECK(covered_default("yaml", "a.yml", "k: ${X:-abc}\n") == "abc");
  CHECK(covered_default("yaml", "a.yml", "k: \"${X:-abc}\"\n") == "abc");
  CHECK(covered_default("json", "a.json", "{\"k\": \"${X:abc}\"}\n") == "abc");
  CHECK(covered_default("properties", "a.properties", "k=${X:abc}\n") == "abc");
  CHECK(covered_default("dotenv", ".env", "k=\"${X:-abc}\"\n") == "abc");
  // Escapes have moved it: the whole value.
  CHECK(covered_default("properties", "a.properties", "k=${X:a\\:b\\:c}\n") == "${X:a\\:b\\:c}");
  CHECK(covered_default("yaml", "a.yml", "k: \"${X:-a\\x41c}\"\n") == "\"${X:-a\\x41c}\"");
}
