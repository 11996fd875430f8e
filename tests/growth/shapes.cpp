#include "growth/shapes.h"

namespace tfcheck::test {

namespace {

std::string numbered(std::string_view pattern, int i) {
  std::string out;
  for (size_t at = 0; at < pattern.size();) {
    size_t mark = std::min(pattern.find("{i}", at), pattern.size());
    out += pattern.substr(at, mark - at);
    if (mark < pattern.size()) out += std::to_string(i);
    at = mark + 3;
  }
  return out;
}

void add(Files& files, std::string_view path, std::string_view pattern, std::string_view head, std::string_view tail,
         int count) {
  if (path.find("{i}") != std::string_view::npos) {
    for (int i = 0; i < count; ++i) files.emplace_back(numbered(path, i), numbered(pattern, i));
    return;
  }
  // Two patterns for one path stand in one file.
  bool known = !files.empty() && files.back().first == path;
  if (!known) files.emplace_back(path, "");
  std::string& text = files.back().second;
  text += head;
  for (int i = 0; i < count; ++i) text += numbered(pattern, i);
  text += tail;
}

const std::vector<Shape>& formats() {
  static const std::vector<Shape> all = {
      {"yaml documents", "a.yml", "---\na: {i}\n"},
      {"yaml empty documents", "a.yml", "---\n"},
      {"yaml keys", "a.yml", "k{i}: v\n"},
      {"yaml list of maps", "a.yml", "- name: n{i}\n  value: v\n", "a:\n"},
      {"yaml flow list", "a.yml", "v{i}, ", "a: [", "]\n"},
      {"yaml merges", "a.yml", "m{i}:\n  <<: *b\n", "b: &b\n  x: 1\n  y: 2\n"},
      {"yaml merges in one map", "a.yml", "  <<: *b\n", "b: &b\n  x: 1\nm:\n"},
      {"yaml merges of what is known", "a.yml", "  k: {i}\n", "b: &b\n", "", "a.yml", "m{i}: {k: 1, <<: *b}\n"},
      {"yaml open references", "a.yml", "${", "a: \"", "\"\n"},
      {"yaml nested defaults", "a.yml", "${A:-", "a: ", "x", "a.yml", "}"},
      {"hcl blocks", "main.tf", "resource \"a\" \"r{i}\" {\n  x = \"{i}\"\n}\n"},
      {"hcl blocks of one name", "main.tf", "locals {\n  x = {i}\n}\n"},
      {"hcl repeated blocks", "main.tf", "  port { from = {i} }\n", "resource \"a\" \"b\" {\n", "}\n"},
      {"hcl lists", "main.tf", "{i}, ", "a = [", "]\n"},
      {"hcl open lists", "main.tf", "[", "a = "},
      {"hcl open references", "main.tf", "${", "a = \"", "\"\n"},
      {"hcl merges", "main.tf", "{ k{i} = 1 }, ", "a = merge(", "{})\n"},
      {"hcl variables of containers", "main.tf", "  env {\n    name = \"A{i}\"\n    value = \"b\"\n  }\n",
       "resource \"a\" \"b\" {\n", "}\n"},
      {"terraform stacks", "d{i}/main.tf", "provider \"aws\" {}\nmodule \"m\" { source = \"../d\" }\n"},
      {"terraform providers", "main.tf", "    p{i} = { source = \"a/b\", version = \">= 1\" }\n",
       "provider \"a\" {}\nterraform {\n  required_providers {\n", "  }\n}\n"},
      {"haproxy sections", "haproxy.cfg", "backend b{i}\n  cookie A insert\n"},
      {"apache blocks", "httpd.conf", "<Directory /d{i}>\n  SetEnv A b\n</Directory>\n"},
      {"apache open blocks", "httpd.conf", "<Directory /d{i}>\n"},
      {"caddy sites", "Caddyfile", "s{i}.example.org {\n  reverse_proxy {$A:b}\n}\n"},
      {"caddy open placeholders", "Caddyfile", "{a", "x "},
      {"scripts of a page", "a.vue", "<script>const a{i} = 'b'</script>\n"},
      {"open scripts of a page", "a.vue", "<script lang=\"ts\n"},
      {"open comments of a page", "a.svelte", "<!-- <script>"},
      {"cells", "a.ipynb",
       "{\"cell_type\": \"code\", \"source\": [\"password{i} = \\\"tulip77sea\\\"\\n\", \"%m\"]},\n", "{\"cells\": [",
       "{}]}"},
      {"a cell of many lines", "a.ipynb", "\"password{i} = f('tulip77sea', x)\\n\",\n",
       "{\"cells\": [{\"cell_type\": \"code\", \"source\": [", "\"\"]}]}"},
      {"open cells", "a.ipynb", "{\"cells\": [{\"source\": [\"a\\n\","},
      {"batch settings", "a.bat", "set A{i}=b & start /b run{i}\n"},
      {"batch conditions", "a.bat", "if not defined A if \"%B%\"==\"\" for %%i in (c) do (", "", "set D=e"},
      {"powershell settings", "a.ps1", "$env:A{i} = \"b $c\"; run{i} -d e\n"},
      {"powershell open expressions", "a.ps1", "$(", "$a = \"", "\"\n"},
      {"powershell open types", "a.ps1", "[a["},
      {"bicep resources", "a.bicep", "resource r{i} 'a/b@1' = {\n  c: 'd${e}'\n}\n"},
      {"bicep open lists", "a.bicep", "[ {a: ", "var b = "},
      {"bicep open texts", "a.bicep", "'${", "var a = "},
      {"hocon settings", "application.conf", "a{i} { b = \"c\", b = ${?D{i}} }\n"},
      {"hocon of one name", "application.conf", "a.b = ${?C{i}}\n"},
      {"hocon open objects", "application.conf", "a { [ "},
      {"upstart scripts", "init/a.conf", "script\n  run x{i}\nend script\n"},
      {"azure pipeline steps", "azure-pipelines.yml", "  - script: run x{i}\n", "steps:\n"},
      {"beanstalk options", ".ebextensions/a.config", "  - option_name: A{i}\n    value: b\n", "option_settings:\n"},
      {"compose services", "docker-compose.yml", "  s{i}:\n    image: nginx:1.25\n", "services:\n"},
      {"compose commands", "docker-compose.yml", "  s{i}:\n    image: a\n    command: run x\n", "services:\n"},
      {"compose commands in folders", "docker-compose.yml",
       "  s{i}:\n    build: ./d\n    command: sh -c 'cd x && ./run.sh'\n    volumes: ['.:/app']\n", "services:\n"},
      {"compose one long command", "docker-compose.yml", "sh; ", "services:\n  a:\n    image: b\n    command: sh -c '",
       "x'\n"},
      {"compose aliases of services", "docker-compose.yml", "    k{i}: 1\n", "services:\n  a: &a\n    image: b\n", "",
       "docker-compose.yml", "  s{i}: *a\n"},
      {"compose aliases of commands", "docker-compose.yml", "run x; ", "x-c: &c 'sh -c \"", "\"'\n",
       "docker-compose.yml", "  s{i}: {image: b, command: *c}\n", "services:\n"},
      {"compose built images", "docker-compose.yml", "  s{i}:\n    image: acme/s{i}:latest\n    build: .\n",
       "services:\n"},
      {"compose own images", "docker-compose.yml", "  s{i}:\n    image: reg.acme.io/s{i}:latest\n", "services:\n"},
      {"compose services that call one script", "docker-compose.yml", "  s{i}:\n    image: a\n    command: ./boot.sh\n",
       "services:\n", "", "boot.sh", "run{i} x\n"},
      {"kubernetes manifests", "k8s.yml",
       "---\napiVersion: v1\nkind: Deployment\nspec: {template: {spec: {containers: [{image: 'a:latest', command: "
       "[run, x]}]}}}\n"},
      {"kubernetes deployment configs", "k8s.yml",
       "---\napiVersion: v1\nkind: DeploymentConfig\nspec: {template: {spec: {containers: [{image: "
       "'reg.acme.io/a:latest'}]}}}\n"},
      {"helm values", "values.yaml", "a{i}Image: x\n"},
      {"github steps of a matrix", ".github/workflows/ci.yml",
       "    - {uses: a, with: {node-version: '${{ matrix.node }}'}}\n",
       "on: push\njobs:\n  a:\n    strategy: {matrix: {node: [16, 18, 20]}}\n    steps:\n"},
      {"github jobs with a matrix", ".github/workflows/ci.yml",
       "  j{i}:\n    strategy: {matrix: {node: [16, 18]}}\n    steps:\n    - {uses: a, with: {node-version: '${{ "
       "matrix.node }}'}}\n",
       "on: push\njobs:\n"},
      {"gitlab jobs", ".gitlab-ci.yml", "j{i}:\n  script:\n  - make a{i}\n", "stages: [a]\n"},
      {"rails databases", "config/database.yml", "e{i}:\n  adapter: mysql2\n  host: db{i}.acme.internal\n",
       "production: {}\n"},
      {"json arrays", "a.json", "{i}, ", "[", "0]"},
      {"json objects", "a.json", "\"k{i}\": {\"host\": \"db{i}.acme.internal\"}, ", "{", "\"z\": 0}"},
      {"package.json scripts", "package.json", "\"s{i}\": \"npm run s{i}1\", ", "{\"scripts\": {",
       "\"start\": \"npm run s0\"}}"},
      {"package.json scripts that call one", "package.json", "npm run b; ",
       "{\"scripts\": {\"b\": \"node a.js\", \"start\": \"", "x\"}}"},
      {"dockerfile stages", "Dockerfile", "FROM node:20 AS s{i}\nCMD [\"run\", \"x\"]\n"},
      {"dockerfile copies", "Dockerfile", "COPY --from=s{i} /a /b\n", "FROM node:20\n"},
      {"dockerfile copies of all", "Dockerfile", "COPY . .\nRUN npm install\n", "FROM node:20\n"},
      {"dockerfile runs", "Dockerfile", "RUN pip install a{i}\n", "FROM python:3\n"},
      {"dockerfile variables", "Dockerfile", "ENV B=$A$A$A$A\n", "FROM node:20\nENV A=xxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"},
      {"dockerfile open here-documents", "Dockerfile", "RUN <<A{i}\n", "FROM node:20\n"},
      {"procfile", "Procfile", "w{i}: gunicorn -b :8000 app\n"},
      {"procfile folders", "Procfile", "cd a{i}; ", "web: ", "run\n"},
      {"procfile of one program", "Procfile", "w{i}: python app.py\n", "", "", "app.py", "app.run()\n",
       "from flask import Flask\napp = Flask()\n"},
      {"procfile of unknown scripts", "Procfile", "w{i}: /x/s{i}.sh\n"},
      {"crontab", "crontab", "* * * * * cd /srv && ./run.sh {i}\n"},
      {"systemd", "a.service", "ExecStart=/usr/bin/run {i}\n", "[Service]\n"},
      {"supervisor", "supervisord.conf",
       "[program:p{i}]\ncommand=gunicorn -D x\nautorestart=true\nstdout_logfile=/var/log/a.log\n"},
      {"ini", "a.ini", "[s{i}]\nk = v\n"},
      {"properties", "a.properties", "k.k{i}=${k{i}1:d}\n"},
      {"dotenv", ".env", "A{i}='b\n"},
      {"toml tables", "a.toml", "[[t]]\na = {i}\n"},
      {"cargo dependencies", "Cargo.toml", "d{i} = { version = \"1\" }\n", "[dependencies]\n"},
      {"xml elements", "a.xml", "<a>b{i}</a>", "<r>", "</r>"},
      {"xml bean attributes", "a.xml", " p:a{i}=\"b\"", "<beans><bean class=\"c\"", "/></beans>"},
      {"xml bean properties", "a.xml", "<property name=\"a{i}\" value=\"b\"/>", "<beans><bean class=\"c\">",
       "</bean></beans>"},
      {"nginx blocks", "nginx.conf", "upstream a{i} { ip_hash; server b; }\n"},
      {"requirements", "requirements.txt", "a{i}\n"},
      {"gemfile groups", "Gemfile", "group :test do\n  gem 'a{i}'\nend\n"},
      {"gemfile nested groups", "Gemfile", "if x\n", "group :a, :b, :c, :d, :e, :f, :g, :h do\n"},
      {"go.mod", "go.mod", "require a.b/c{i} v1.0.0\n", "module x\n"},
  };
  return all;
}

const std::vector<Shape>& languages() {
  static const std::vector<Shape> all = {
      {"python calls", "a.py", "logging.FileHandler('a{i}.log')\n", "import logging\n"},
      {"python chained calls", "a.py", ".f{i}(1)", "import logging\nlogging.FileHandler('w.log')\na", "\n"},
      {"python assignments", "a.py", "a{i} = 1\n", "import os\nos.environ['PASSWORD']\n"},
      {"python functions", "a.py", "def f{i}():\n    os.environ['A{i}']\n", "import os\n"},
      {"python strings", "a.py", "a = 's{i}'\n", "import os\nos.environ['PASSWORD']\n"},
      {"python imports", "a.py", "import m{i}\n", "import os\nos.environ['PASSWORD']\n"},
      {"python comments", "a.py", "# c {i}\na = 1\n", "import os\nos.environ['PASSWORD']\n"},
      {"python comments in a row", "a.py", "# c {i}\n# c\n# c\n# c\n# c\n# c\n# c\n# c\n",
       "import os\nos.environ['PASSWORD']\n", "a = 1\n"},
      {"python secrets", "a.py", "password{i} = 'Qz7kWm31xT{i}'\n"},
      {"python secrets of pieces", "a.py",
       "TOKEN{i} = ('Zr8Wn3kD5Gy6T{i}'\n  'mC8dWs5Zr8Wn')\nopen('/var/log/' + TOKEN{i} + '.log')\n"},
      {"python secrets suppressed", "a.py",
       "password{i} = 'Qz7kWm31xT{i}'  # tfcheck: ignore[config/hardcoded-secret] r\n"},
      {"python suppressions above secrets", "a.py", "# tfcheck: ignore[config/hardcoded-secret] r\n", "", "", "a.py",
       "password{i} = 'Qz7kWm31xT{i}'; "},
      {"python unused suppressions", "a.py", "a = 1  # tfcheck: ignore[logs/log-file] r\n"},
      {"python placeholders", "a.py", "SECRET_KEY{i} = 'changeme'\n", "import os\nos.environ['SECRET']\n"},
      {"python servers", "app.py", "app.run()\n", "from flask import Flask\napp = Flask()\n"},
      {"python endless loops", "worker.py", "class C{i}:\n    def run(self):\n        while True:\n            f()\n",
       "import time, signal\n", "", "Procfile", "w{i}: python worker.py\n"},
      {"javascript calls", "a.js", "fs.createWriteStream('a{i}.log');\n", "const fs = require('fs');\n"},
      {"javascript comments in a row", "a.js", "// c {i}\n// c\n// c\n// c\n// c\n// c\n// c\n// c\n",
       "process.env.PASSWORD;\nx\n", ".f()\n"},
      {"javascript sessions", "a.js", "app.use(session({secret: 'Qz7kWm31xT{i}'}));\n"},
      {"javascript declared defaults", "a.js", "x = {k{i}: {env: 'A', default: 'Qz7kWm31xT{i}'}};\n",
       "process.env.PASSWORD;\n"},
      {"javascript databases", "a.js", "x = {synchronize: true};\n", "import 'typeorm';\n"},
      {"typescript hosts", "a.ts", "const c{i} = {host: 'db{i}.acme.internal', dialect: 'postgres'};\n",
       "process.env.PASSWORD;\n"},
      {"ruby calls", "a.rb", "Logger.new('a{i}.log')\n"},
      {"go functions", "a.go", "func f{i}() { os.OpenFile(\"a.log\", os.O_APPEND, 0) }\n",
       "package a\nimport \"os\"\n"},
      {"java classes", "A.java", "class C{i} { Object f = new FileHandler(\"a.log\"); }\n",
       "import java.util.logging.FileHandler;\n"},
      {"php calls", "a.php", "fopen('a{i}.log', 'a');\n", "<?php\n"},
      {"php comments in a row", "a.php", "// c {i}\n// c\n// c\n// c\n// c\n// c\n// c\n// c\n",
       "<?php\ngetenv('PASSWORD');\n$a\n", "->f();\n"},
      {"c# classes", "A.cs", "class C{i} { object f = new StreamWriter(\"a.log\"); }\n", "using System.IO;\n"},
      {"shell commands", "start.sh", "pip install a{i}\n", "#!/bin/sh\n"},
      {"shell folders", "start.sh", "cd a{i}\n", "#!/bin/sh\n"},
      {"shell scripts that call each other", "start.sh", "./other.sh {i}\n", "#!/bin/sh\n", "", "other.sh",
       "./start.sh {i}\n"},
      {"shell arms", "start.sh", "  migrate{i}) run x ;;\n", "#!/bin/sh\ncase \"$1\" in\n", "esac\n"},
      {"text", "a.txt", "line {i}\n"},
  };
  return all;
}

const std::vector<Shape>& trees() {
  static const std::vector<Shape> all = {
      {"many dockerfiles", "d{i}/Dockerfile", "FROM node:{i}\nCMD [\"a\"]\n"},
      {"many compose files", "d{i}/docker-compose.yml", "services: {a: {image: b}}\n"},
      {"many gemfiles", "d{i}/Gemfile", "gem 'a'\n"},
      {"many packages", "d{i}/package.json", "{\"dependencies\": {\"a\": \"1\"}, \"scripts\": {\"start\": \"node a\"}}",
       "", "", "d{i}/a.js", "process.env.A{i}"},
      {"many apps", "d{i}/app.py", "from flask import Flask\napp = Flask(__name__)\napp.run()\n", "", "",
       "d{i}/Procfile", "web: python app.py\n"},
      {"many imports of java", "d{i}/A.java", "import com.x{i}.y.Z;\nclass A {}\n"},
      {"many spring apps", "d{i}/pom.xml",
       "<project><parent><artifactId>spring-boot-starter-parent</artifactId><version>2.1</version></parent></project>",
       "", "", "d{i}/A.java",
       "import org.springframework.boot.SpringApplication;\nclass A { void m() { SpringApplication.run(A.class); } "
       "}\n"},
      {"many scripts of one name", "d{i}/run.sh", "run x\n", "", "", "Procfile", "w{i}: /x/run.sh\n"},
      {"many outputs of a build", "d{i}/dist/a.js", "a();\n"},
      {"many version files", "a{i}/.nvmrc", "18\n", "", "", "b{i}/Dockerfile", "FROM node:20\n"},
  };
  return all;
}

// Each of n things repeats a text of n bytes: what cannot be linear has an end.
const std::vector<Shape>& products() {
  static const std::vector<Shape> all = {
      {"yaml aliases of a long text", "a.yml", "word ", "a: &a \"", "\"\n", "a.yml", "k{i}: *a\n"},
      {"yaml below a long key", "a.yml", "k", "", ":\n", "a.yml", "  a{i}: v\n"},
      {"ini below a long section", "a.ini", "s", "[", "]\n", "a.ini", "k{i} = v\n"},
      {"nginx below a long block", "nginx.conf", "s", "events {}\n", " {\n", "nginx.conf", "k{i} v;\n"},
      {"compose aliases of a long command", "docker-compose.yml", "run x; ", "x-c: &c 'sh -c \"", "\"'\n",
       "docker-compose.yml", "  s{i}: {image: b, command: *c}\n", "services:\n"},
      {"compose aliases of a long list", "docker-compose.yml", "- A{i}=b\n", "x-e: &e\n", "", "docker-compose.yml",
       "  s{i}: {image: b, environment: *e}\n", "services:\n"},
  };
  return all;
}

}  // namespace

std::vector<Shape> product_shapes() {
  return products();
}

std::vector<Shape> shapes() {
  std::vector<Shape> all = formats();
  all.insert(all.end(), languages().begin(), languages().end());
  all.insert(all.end(), trees().begin(), trees().end());
  return all;
}

Files files_of(const Shape& shape, int count) {
  Files files;
  add(files, shape.path, shape.pattern, shape.head, shape.tail, count);
  if (!shape.beside_path.empty())
    add(files, shape.beside_path, shape.beside_pattern, shape.beside_head, shape.beside_tail, count);
  return files;
}

}  // namespace tfcheck::test
