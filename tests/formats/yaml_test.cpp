#include "formats/yaml/yaml.h"

#include <catch2/catch.hpp>

#include "formats/lines.h"

using namespace tfcheck;

static Read yaml(std::string_view path, std::string_view text) {
  return read_facts(yaml_adapter(), path, text);
}

using Lines = std::vector<std::string>;

TEST_CASE("yaml: scalars") {
  struct Row {
    std::string_view text;
    std::string_view fact;
  };
  const Row rows[] = {
      {"a: b", "entry a = \"b\""},
      {"a: yes # no", "entry a = true"},
      {"a: 'yes'", "entry a = \"yes\""},
      {"a: Off", "entry a = false"},
      {"a: 3.8", "entry a = 3.8"},
      {"a: 1.2.3", "entry a = \"1.2.3\""},
      {"a: 0x1F", "entry a = 0x1F"},
      {"a: ~", "entry a = null"},
      {"a:", "entry a = null"},
      {"a: {}", "entry a = {}"},
      {"a: []", "entry a = []"},
      {"a: 'it''s'", "entry a = \"it's\""},
      {"a: \"x\\ty\\u00e9\"", "entry a = \"x\\tyé\""},
      {"a: one\n  two\n\n  three", "entry a = \"one two\\nthree\""},
      {"a: |\n  one\n    two\n  three\n", "entry a = \"one\\n  two\\nthree\\n\""},
      {"a: |-\n  one\n  two\n", "entry a = \"one\\ntwo\""},
      {"a: >-\n  one\n  two\n", "entry a = \"one two\""},
      {"? a\n: b", "entry a = \"b\""},
      {"a.b: c", "entry a.b = \"c\""},
      {"a/b: c", "entry a/b = \"c\""},
      {"\"a b\": c", "entry a b = \"c\""},
      {"a: !!str 12", "entry a = \"12\""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(yaml("a.yml", row.text).lines == Lines{std::string(row.fact)});
  }
}

TEST_CASE("yaml: tags, and text that refers to nothing") {
  struct Row {
    std::string_view text;
    std::string_view value;
  };
  const Row rows[] = {
      {"!Ref X", "X"},
      {"!GetAtt A.B", "A.B"},
      {"!Sub 'a-${X}'", "template\"a-${X}\""},
      {"!vault |\n  $ANSIBLE_VAULT;1.1\n", "?"},
      {"ENC[AES256_GCM,data:x]", "?"},
      {"p$ssWORD", "\"p$ssWORD\""},
      {"100%", "\"100%\""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    Read read = yaml("a.yml", "k: " + std::string(row.text));
    REQUIRE(read.lines.size() == 1);
    CHECK(to_string(read.facts.facts()[0].value) == row.value);
  }
  Read mixed = yaml("a.yml", "k: a${X}b${Y:-c}");
  REQUIRE(mixed.facts.facts().size() == 1);
  REQUIRE(mixed.facts.facts()[0].value.item_count == 2);
  CHECK(to_string(mixed.facts.facts()[0].value.items()[1].value) == "env(Y, \"c\")");
}

TEST_CASE("yaml: nesting, documents and places") {
  std::string_view text = "a:\n  - b: 1\n    c: [x, {y: z}]\n---\n- 2\n- [3]\n";
  Read read = yaml("a.yml", text);
  Lines expected = {"entry a = []",          "entry a.0.b = 1",         "entry a.0.c = []",
                    "entry a.0.c.0 = \"x\"", "entry a.0.c.1.y = \"z\"", "entry 0 = 2",
                    "entry 1.0 = 3"};
  CHECK(read.lines == expected);
  CHECK(read.at("entry a.0.c.1.y = \"z\"", text) == "z");
  CHECK(read.at("entry a = []", text) == "a");
  CHECK(read.fact("entry a.0.b = 1")->context.scope == "a.0");
  CHECK(read.fact("entry 0 = 2")->context.index == 1);
}

TEST_CASE("yaml: anchors, aliases and merge keys") {
  Read read = yaml("a.yml", "d: &d {x: 1, y: 2}\ne: &e {z: 3}\na:\n  <<: [*d, *e]\n  y: 4\nb: *d\nc:\n  <<: *e\n");
  Lines expected = {"entry d = {}",  "entry d.x = 1", "entry d.y = 2", "entry e = {}",  "entry e.z = 3",
                    "entry a = {}",  "entry a.y = 4", "entry a.x = 1", "entry a.z = 3", "entry b = {}",
                    "entry b.x = 1", "entry b.y = 2", "entry c = {}",  "entry c.z = 3"};
  CHECK(read.lines == expected);
}

TEST_CASE("yaml: alias bombs cost nothing") {
  std::string bomb = "a0: &a0 [x, x]\n";
  std::string merged = "b0: &b0 {k0: 1}\n";
  for (int i = 1; i < 60; ++i) {
    std::string n = std::to_string(i), m = std::to_string(i - 1);
    bomb += "a" + n + ": &a" + n + " [*a" + m + ", *a" + m + ", *a" + m + "]\n";
    merged += "b" + n + ": &b" + n + "\n  <<: [*b" + m + ", *b" + m + "]\n  k" + n + ": 1\n";
  }
  Read read = yaml("a.yml", bomb);
  CHECK(read.lines.size() <= 20'000);
  REQUIRE(read.facts.notices().size() == 1);
  CHECK(read.facts.notices()[0].message == "more than 20,000 entries; the rest is left out");
  Read merges = yaml("a.yml", merged);
  CHECK(merges.has("entry b59.k0 = 1"));
  CHECK(merges.lines.size() == 60 + 60 * 61 / 2);
  CHECK(yaml("a.yml", "a: &a [*a, 1]\n").lines.size() < 1000);
  CHECK(yaml("a.yml", "a: &a\n  <<: *a\n  b: 1\n").has("entry a.b = 1"));
  CHECK(yaml("a.yml", "a: &x *x\n").lines.size() <= 1);
}

TEST_CASE("yaml: compose") {
  std::string_view text = R"(services:
  web:
    build: .
    image: acme/web
    command: ["gunicorn", "app:app", "-b", "0.0.0.0:8000"]
    environment:
      - SECRET_KEY=${SECRET_KEY:-dev}
      - TOKEN
      - MODE=production
  db:
    image: "registry:5000/postgres:${PG:-16}"
    command: --max_connections=200
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U app"]
  cache:
    image: redis:7@sha256:abc
    entrypoint: redis-server --daemonize no
  other:
    image: ${IMAGE}
)";
  Read read = yaml("deploy/docker-compose.yml", text);
  CHECK(read.facts.format() == "compose");
  for (const char* line :
       {"image acme/web (build=true)", "image registry:5000/postgres = env(PG, \"16\")",
        "image redis = \"@sha256:abc\"", "entry services.web.environment.SECRET_KEY = env(SECRET_KEY, \"dev\")",
        "entry services.web.environment.TOKEN = env(TOKEN)", "entry services.web.environment.MODE = \"production\"",
        "command gunicorn (\"app:app\", \"-b\", \"0.0.0.0:8000\")", "command pg_isready (\"-U\", \"app\")",
        "command redis-server (\"--daemonize\", \"no\")", "entry services.web.build = \".\""}) {
    CAPTURE(line);
    CHECK(read.has(line));
  }
  auto images = std::count_if(read.facts.facts().begin(), read.facts.facts().end(),
                              [](const Fact& fact) { return fact.kind == FactKind::Image; });
  CHECK(images == 3);
  CHECK(read.fact("image acme/web (build=true)")->context.scope == "services.web.image");
  CHECK(read.fact("command pg_isready (\"-U\", \"app\")")->context.scope == "services.db.healthcheck.test");
  CHECK(yaml("docker-compose.yml", "web:\n  image: a:1\n").has("entry services.web.image = \"a:1\""));
  CHECK(yaml("x.yml", "services:\n  web:\n    image: a:1\n").facts.format() == "compose");
  CHECK(yaml("x.yml", "services:\n  web:\n    class: A\n").facts.format() == "yaml");
}

TEST_CASE("yaml: kubernetes") {
  std::string_view text = R"(apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      initContainers:
        - image: acme/migrate:1
          command: [rake]
          args: ["db:migrate"]
      containers:
        - image: ghcr.io/acme/web
          env:
            - name: KEY
              value: s3cret
            - name: DB
              valueFrom: {secretKeyRef: {name: db, key: url}}
            - {name: URL, value: $(HOST)}
          lifecycle: {preStop: {exec: {command: ["sleep", "5"]}}}
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Service, spec: {sessionAffinity: ClientIP}}
)";
  Read read = yaml("k8s/app.yaml", text);
  CHECK(read.facts.format() == "kubernetes");
  std::string pod = "Deployment.spec.template.spec.";
  for (const std::string& line :
       {std::string("image ghcr.io/acme/web"), std::string("image acme/migrate = \"1\""),
        std::string("command rake (\"db:migrate\")"), "entry " + pod + "containers.0.env.KEY = \"s3cret\"",
        "entry " + pod + "containers.0.env.DB = env(DB)", "entry " + pod + "containers.0.env.URL = env(HOST)",
        "entry " + pod + "containers.0.env.0.value = \"s3cret\"", std::string("command sleep (\"5\")"),
        std::string("entry Service.spec.sessionAffinity = \"ClientIP\""), std::string("entry List.kind = \"List\"")}) {
    CAPTURE(line);
    CHECK(read.has(line));
  }
  CHECK(read.fact("command rake (\"db:migrate\")")->context.scope == pod + "initContainers.0.command");
  CHECK(read.fact("entry Service.spec.sessionAffinity = \"ClientIP\"")->context.index == 2);
  CHECK_FALSE(read.has("entry List.items.0.kind = \"Service\""));
}

TEST_CASE("yaml: helm templates") {
  std::string_view text = R"({{- if .Values.web.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "app.name" . }}
  labels:
    {{- include "app.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  {{- range $k, $v := .Values.x }}
  {{ $k }}: {{ $v | quote }}
  {{- end }}
  template:
    spec:
      containers:
        - image: "{{ .Values.repo }}:{{ .Values.tag }}"
          command: ["web"]
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
{{- end }}
)";
  Read read = yaml("chart/templates/web.yaml", text);
  CHECK(read.facts.format() == "helm");
  CHECK_FALSE(read.facts.has_errors());
  CHECK(read.has("entry Deployment.metadata.name = template\"{{ include \"app.name\" . }}\""));
  CHECK(read.has("entry Deployment.spec.replicas = .Values.replicas"));
  CHECK(read.has("entry Deployment.metadata.labels = template\"{{- include \"app.labels\" . | nindent 4 }}\""));
  CHECK(read.has("command web"));
  CHECK(read.at("entry Deployment.spec.replicas = .Values.replicas", text) == "{{ .Values.replicas }}");
  Read values =
      yaml("chart/values.yaml", "image:\n  repository: acme/web\n  tag: latest\nproxy:\n  image: nginx:1.2\n");
  CHECK(values.facts.format() == "helm-values");
  CHECK(values.has("image acme/web = \"latest\""));
  CHECK(values.has("image nginx = \"1.2\""));
}

TEST_CASE("yaml: github actions") {
  std::string_view text = R"(on: push
jobs:
  test:
    container: node:20
    services:
      db: {image: "postgres:16"}
    steps:
      - uses: docker://alpine:3.8
      - run: |
          echo one
          docker push web:${{ github.sha }}
      - run: Get-Item
        shell: pwsh
  windows:
    runs-on: windows-latest
    steps:
      - run: Get-Item
)";
  Read read = yaml(".github/workflows/ci.yml", text);
  CHECK(read.facts.format() == "github-actions");
  CHECK(read.has("image node = \"20\""));
  CHECK(read.has("image postgres = \"16\""));
  CHECK(read.has("image alpine = \"3.8\""));
  const Fact* echo = read.fact("command echo (\"one\")");
  REQUIRE(echo);
  CHECK(echo->context.scope == "jobs.test.steps.1.run");
  CHECK(read.at("command echo (\"one\")", text) == "echo one");
  auto named = [&](std::string_view name) {
    return std::count_if(read.facts.facts().begin(), read.facts.facts().end(),
                         [&](const Fact& fact) { return fact.kind == FactKind::Command && fact.name == name; });
  };
  CHECK(named("docker") == 1);
  CHECK(named("Get-Item") == 0);
}

TEST_CASE("yaml: other continuous integration") {
  Read gitlab = yaml(
      ".gitlab-ci.yml",
      "image: ruby:3\ntest:\n  services: [\"redis:7\", {name: \"pg:1\"}]\n  script:\n    - rake a\n    - rake b\n");
  CHECK(gitlab.facts.format() == "gitlab-ci");
  CHECK(gitlab.has("image ruby = \"3\""));
  CHECK(gitlab.has("image pg = \"1\""));
  REQUIRE(gitlab.has("command rake (\"a\")"));
  CHECK(gitlab.fact("command rake (\"b\")")->context.scope == "test.script");
  CHECK(gitlab.fact("command rake (\"b\")")->context.index == 1);
  std::string secret(64, 'x');
  Read travis = yaml(".travis.yml", "env:\n  - A=b\n  - secure: " + secret + "\nscript: npm test\ninstall: [npm ci]\n");
  CHECK(travis.facts.format() == "travis");
  CHECK(travis.has("entry env.1.secure = ?"));
  CHECK(travis.has("entry env.A = \"b\""));
  CHECK(travis.has("command npm (\"test\")"));
  Read circle = yaml(
      ".circleci/config.yml",
      "jobs:\n  b:\n    docker: [{image: \"a:1\"}]\n    steps:\n      - run: {command: make x}\n      - checkout\n");
  CHECK(circle.facts.format() == "circleci");
  CHECK(circle.has("image a = \"1\""));
  CHECK(circle.has("command make (\"x\")"));
}

TEST_CASE("yaml: spring and rails") {
  Read spring = yaml("src/main/resources/application.yml",
                     "server.port: ${PORT:8080}\n---\nspring:\n  config.activate.on-profile: dev\nurl: "
                     "h\n---\nspring.profiles: prod\nurl: p\n");
  CHECK(spring.facts.format() == "spring");
  CHECK(spring.has("entry server.port = env(PORT, \"8080\")"));
  CHECK(spring.fact("entry url = \"h\"")->context.has(context::Development));
  CHECK_FALSE(spring.fact("entry url = \"p\"")->context.has(context::Development));
  CHECK(yaml("application-local.yml", "url: h").fact("entry url = \"h\"")->context.has(context::Development));
  CHECK_FALSE(yaml("application-prod.yml", "url: h").fact("entry url = \"h\"")->context.has(context::Development));
  Read rails = yaml("config/database.yml",
                    "default: &default\n  host: db\ndevelopment:\n  <<: *default\n<% if x %>\nproduction:\n  <<: "
                    "*default\n  url: <%= ENV['DATABASE_URL'] %>\n<% end %>\n");
  CHECK(rails.facts.format() == "rails");
  CHECK(rails.has("entry production.url = env(DATABASE_URL)"));
  CHECK(rails.fact("entry development.host = \"db\"")->context.has(context::Development));
  CHECK_FALSE(rails.fact("entry production.host = \"db\"")->context.has(context::Development));
}

TEST_CASE("yaml: other dialects") {
  CHECK(yaml("api.yml", "openapi: 3.0.0\npaths: {}\n").lines.empty());
  CHECK(yaml("api.yml", "openapi: 3.0.0\npaths: {}\n").facts.format() == "openapi");
  CHECK(yaml("pnpm-lock.yaml", "a: b\n").facts.format() == "lock");
  CHECK(yaml("serverless.yml", "service: a\n").facts.format() == "serverless");
  Read play = yaml("deploy.yml",
                   "- hosts: web\n  tasks:\n    - name: a\n      shell: git pull\n    - user: {shell: /bin/false}\n    "
                   "- block:\n        - "
                   "ansible.builtin.command: {cmd: make x}\n");
  CHECK(play.facts.format() == "ansible");
  CHECK(play.has("command git (\"pull\")"));
  CHECK_FALSE(play.has("command false (path=\"/bin/false\")"));
  CHECK(play.has("command make (\"x\")"));
  CHECK(play.fact("command git (\"pull\")")->context.scope == "tasks");
}

TEST_CASE("yaml: broken parts lose only themselves") {
  Read read =
      yaml("docker-compose.yml",
           "services:\n  web:\n    image: a:1\n  bad:\n    image: [b, \"c\n  db:\n    image: d:2\nvolumes:\n  x: 1\n");
  CHECK(read.facts.has_errors());
  CHECK(read.has("image a = \"1\""));
  CHECK(read.has("image d = \"2\""));
  CHECK(read.has("entry volumes.x = 1"));
  CHECK_FALSE(read.has("entry services.bad.image = []"));
  CHECK(read.facts.notices().empty());
}

TEST_CASE("yaml: a file of which most is broken says so") {
  Read read = yaml("a.yml", "good: 1\nbad: [b, \"c, d, e, f, g, h, i\n");
  CHECK(read.has("entry good = 1"));
  CHECK(read.facts.unread() == Unread::SyntaxErrors);
  REQUIRE(read.facts.notices().size() == 1);
  CHECK(read.facts.notices()[0].message == "most of it does not parse; only what does was read");
}

TEST_CASE("yaml: files of more lines than 16 bits count") {
  auto lines = [](int count, std::string_view line) {
    std::string all;
    for (int i = 0; i < count; ++i) all += line;
    return all;
  };
  Read compose = yaml("docker-compose.yml", "services:\n  a:\n    image: a:1\n" + lines(40'000, "    # x\n\n") +
                                                "    command: run\n  b:\n    image: b:2\n");
  CHECK_FALSE(compose.facts.has_errors());
  CHECK(compose.has("image a = \"1\""));
  CHECK(compose.has("image b = \"2\""));
  Read text = yaml("a.yml", "a:\n  b: |\n" + lines(70'000, "    x\n") + "  c: 1\n");
  CHECK_FALSE(text.facts.has_errors());
  CHECK(text.has("entry a.c = 1"));
  Read list = yaml("a.yml", "a:\n" + lines(9'000, "- - 1\n\n\n\n") + "b: 1\n");
  CHECK_FALSE(list.facts.has_errors());
  CHECK(list.has("entry a.8999.0 = 1"));
  CHECK(list.has("entry b = 1"));
  Read flow = yaml("a.yml", "a: [\n" + lines(9'000, "  1,\n\n\n\n") + "]\nb: 1\n");
  CHECK_FALSE(flow.facts.has_errors());
  CHECK(flow.has("entry b = 1"));
}

TEST_CASE("yaml: hostile input") {
  CHECK(yaml("a.yml", "").lines.empty());
  CHECK(yaml("a.yml", "# only: a comment\n").lines.empty());
  CHECK(yaml("a.yml", "{{").lines.size() <= 1);
  std::string flow(10'000, '[');
  CHECK(yaml("a.yml", flow).lines.empty());
  std::string block;
  for (size_t i = 0; i < 1'000; ++i) block += std::string(i, ' ') + "a:\n";
  Read deep = yaml("a.yml", block);
  CHECK(deep.facts.unread() == Unread::ScannerState);
  REQUIRE(deep.facts.notices().size() == 1);
  CHECK(deep.facts.notices()[0].message == "not parsed: more open constructs than its grammar can hold");
  std::string dashes;
  for (size_t i = 0; i < 2'000; ++i) dashes += "- ";
  CHECK(yaml("a.yml", dashes + "a").facts.notices().size() == 1);
  std::string queries;
  for (size_t i = 0; i < 2'000; ++i) queries += "? ";
  yaml("a.yml", queries + "a");
  CHECK(yaml("a.yml", "a: " + std::string(1'000'000, 'x')).lines.size() == 1);
  yaml("a.yml", std::string(200'000, '{'));
  yaml("a.yml", std::string(200'000, '&'));
}
