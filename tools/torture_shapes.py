"""The shapes of tools/torture: each makes files of about a given number of bytes that grow in one way only.

A shape is a function from a size in bytes to {path: text}. Most repeat a pattern in one file; `{i}` in it is the number
of the repetition. Secrets are made up here, letter by letter, and look like nobody's."""


def repeat(size, pattern, head="", tail=""):
    parts, length, i = [head], len(head), 0
    numbered = "{i}" in pattern
    while length < size:
        part = pattern.replace("{i}", str(i)) if numbered else pattern
        parts.append(part)
        length += len(part)
        i += 1
    return "".join(parts) + tail


def one(path, pattern, head="", tail="", **others):
    return lambda size: {path: repeat(size, pattern, head, tail), **{k.replace("__", "."): v for k, v in others.items()}}


def files(path, text, each=20, **others):
    """Many small files: `path` and `text` hold {i}."""

    def make(size):
        count = max(1, size // max(each, len(text)))
        made = {path.replace("{i}", str(i)): text.replace("{i}", str(i)) for i in range(count)}
        made.update({k.replace("__", "."): v for k, v in others.items()})
        return made

    return make


def halves(first_path, first, second_path, second, first_head="", second_head="", first_tail="", second_tail=""):
    """Two things that meet: n of one and n of the other."""

    def make(size):
        if first_path == second_path:
            text = repeat(size // 2, first, first_head, first_tail) + repeat(size // 2, second, second_head, second_tail)
            return {first_path: text}
        return {
            first_path: repeat(size // 2, first, first_head, first_tail),
            second_path: repeat(size // 2, second, second_head, second_tail),
        }

    return make


def nested(path, opener, closer="", middle="", head=""):
    def make(size):
        count = size // (len(opener) + len(closer))
        return {path: head + opener * count + middle + closer * count}

    return make


PW = "Qz" + "7k" + "Wm" + "31" + "xT"

SHAPES = {
    # --- YAML and its dialects ---
    "yaml-documents-empty": one("a.yml", "---\n"),
    "yaml-documents": one("a.yml", "---\na: {i}\n"),
    "yaml-keys": one("a.yml", "k{i}: v\n"),
    "yaml-list": one("a.yml", "- v{i}\n", "a:\n"),
    "yaml-list-of-maps": one("a.yml", "- name: n{i}\n  value: v\n", "a:\n"),
    "yaml-flow-list": one("a.yml", "v{i}, ", "a: [", "]\n"),
    "yaml-flow-map": one("a.yml", "k{i}: v, ", "a: {", "}\n"),
    "yaml-comments": one("a.yml", "# comment {i}\n", "a: b\n"),
    "yaml-merges": one("a.yml", "m{i}:\n  <<: *b\n", "b: &b\n  x: 1\n  y: 2\n"),
    "yaml-merges-in-one": one("a.yml", "  <<: *b\n", "b: &b\n  x: 1\nm:\n"),
    "yaml-merge-of-known": halves("a.yml", "  k: {i}\n", "a.yml", "m{i}: {k: 1, <<: *b}\n", "b: &b\n"),
    "yaml-aliases": one("a.yml", "k{i}: *a\n", "a: &a v\n"),
    "yaml-alias-of-long": halves("a.yml", "word ", "a.yml", "k{i}: *a\n", 'a: &a "', "", '"\n'),
    "yaml-anchors": one("a.yml", "k{i}: &a{i} v\n"),
    "yaml-templates": one("a.yml", "k{i}: {{ .Values.x{i} }}\n"),
    "yaml-template-open": one("a.yml", "{{ ", "a: '", "'\n"),
    "yaml-brace-open": one("a.yml", "${", 'a: "', '"\n'),
    "yaml-brace-nested": nested("a.yml", "${A:-", "}", "x", "a: "),
    "yaml-references": one("a.yml", "k{i}: ${A{i}:-d}\n"),
    "yaml-long-key": halves("a.yml", "k", "a.yml", "  a{i}: v\n", "", "", ":\n"),
    "yaml-null-keys": one("a.yml", "k{i}:\n"),
    "yaml-passwords": one("a.yml", "password{i}: " + PW + "{i}\n"),
    "yaml-block-scalar": one("a.yml", "  line {i}\n", "a: |\n"),
    "yaml-quoted-open": one("a.yml", 'word {i} ', 'a: "'),
    "compose-services": one("docker-compose.yml", "  s{i}:\n    image: nginx:1.25\n", "services:\n"),
    "compose-commands": one("docker-compose.yml", "  s{i}:\n    image: a\n    command: run x\n", "services:\n"),
    "compose-shell-commands": one(
        "docker-compose.yml", "  s{i}:\n    image: a\n    command: sh -c 'cd x && ./run.sh'\n", "services:\n"
    ),
    "compose-command-lists": one("docker-compose.yml", "  s{i}:\n    command: [run, x]\n", "services:\n"),
    "compose-one-long-command": one("docker-compose.yml", "sh; ", "services:\n  a:\n    image: b\n    command: sh -c '", "x'\n"),
    "compose-volumes": one("docker-compose.yml", "      - ./v{i}:/v{i}\n", "services:\n  a:\n    command: x\n    volumes:\n"),
    "compose-volumes-commands": one(
        "docker-compose.yml", "  s{i}:\n    build: .\n    command: run\n    volumes: ['.:/app']\n", "services:\n"
    ),
    "compose-environment": one("docker-compose.yml", "      A{i}: b\n", "services:\n  a:\n    image: b\n    environment:\n"),
    "compose-passwords": one(
        "docker-compose.yml", "      PASSWORD{i}: " + PW + "{i}\n", "services:\n  a:\n    image: b\n    environment:\n"
    ),
    "compose-built-images": one(
        "docker-compose.yml", "  s{i}:\n    image: acme/s{i}:latest\n    build: .\n", "services:\n"
    ),
    "compose-own-images": one("docker-compose.yml", "  s{i}:\n    image: reg.acme.io/s{i}:latest\n", "services:\n"),
    "compose-service-aliases": halves(
        "docker-compose.yml", "    k{i}: 1\n", "docker-compose.yml", "  s{i}: *a\n", "services:\n  a: &a\n    image: b\n"
    ),
    "compose-command-aliases": halves(
        "docker-compose.yml", "run x; ", "docker-compose.yml", "  s{i}: {image: b, command: *c}\n",
        "x-c: &c 'sh -c \"", "services:\n", "\"'\n",
    ),
    "compose-scripts": halves(
        "docker-compose.yml", "  s{i}:\n    image: a\n    command: ./boot.sh\n", "boot.sh", "run{i} x\n", "services:\n"
    ),
    "k8s-manifests": one(
        "k8s.yml",
        "---\napiVersion: v1\nkind: Deployment\nmetadata: {name: d{i}}\nspec:\n  template:\n    spec:\n"
        "      containers:\n      - name: c\n        image: acme/c:latest\n        command: [run, x]\n",
    ),
    "k8s-env": one(
        "k8s.yml", "        - name: A{i}\n          value: b\n",
        "apiVersion: v1\nkind: Pod\nspec:\n      containers:\n      - image: a\n        env:\n",
    ),
    "k8s-list": one("k8s.yml", "- {kind: ConfigMap, data: {a: b{i}}}\n", "apiVersion: v1\nkind: List\nitems:\n"),
    "k8s-secrets": one("k8s.yml", "---\napiVersion: v1\nkind: Secret\ndata: {password: " + PW + "{i}}\n"),
    "k8s-deployment-configs": one(
        "k8s.yml",
        "---\napiVersion: v1\nkind: DeploymentConfig\nspec: {template: {spec: {containers: [{image: 'reg.acme.io/a:latest'}]}}}\n",
    ),
    "helm-values": one("values.yaml", "a{i}Image: x\n"),
    "helm-values-maps": one("values.yaml", "a{i}:\n  image: {repository: x, tag: y}\n"),
    "github-jobs": one(
        ".github/workflows/ci.yml", "  j{i}:\n    runs-on: x\n    steps:\n    - run: make a{i}\n", "on: push\njobs:\n"
    ),
    "github-steps": one(
        ".github/workflows/ci.yml", "    - run: make a{i}\n", "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
    ),
    "github-matrix": one(
        ".github/workflows/ci.yml",
        "  j{i}:\n    strategy: {matrix: {node: [16, 18]}}\n    steps:\n    - uses: actions/setup-node@v4\n"
        "      with: {node-version: '${{ matrix.node }}'}\n",
        "on: push\njobs:\n",
    ),
    "github-matrix-steps": one(
        ".github/workflows/ci.yml", "    - {uses: a, with: {node-version: '${{ matrix.node }}'}}\n",
        "on: push\njobs:\n  a:\n    strategy: {matrix: {node: [" + "16, " * 500 + "18]}}\n    steps:\n",
    ),
    "gitlab-jobs": one(".gitlab-ci.yml", "j{i}:\n  script:\n  - make a{i}\n", "stages: [a]\n"),
    "travis": one(".travis.yml", "- make a{i}\n", "script:\n"),
    "circleci": one(".circleci/config.yml", "      - run: make a{i}\n", "jobs:\n  a:\n    steps:\n"),
    "ansible": one("tasks/main.yml", "- name: t{i}\n  shell: run a{i}\n", "- hosts: all\n"),
    "cloudformation": one("t.yml", "  r{i}: {Type: 'AWS::X', Properties: {A: {Ref: b}}}\n", "AWSTemplateFormatVersion: 1\nResources:\n"),
    "spring-yaml": one("application.yml", "---\nspring:\n  profiles: p{i}\n  a: b\n"),
    "rails-database": one("config/database.yml", "e{i}:\n  adapter: mysql2\n  host: db{i}.acme.internal\n", "production: {}\n"),
    # --- JSON ---
    "json-array": one("a.json", "{i}, ", "[", "0]"),
    "json-objects": one("a.json", '{"a": {i}}, ', "[", "0]"),
    "json-keys": one("a.json", '"k{i}": "v", ', "{", '"z": 0}'),
    "json-broken": one("a.json", '{"a": ', "["),
    "json-hosts": one("a.json", '"k{i}": {"host": "db{i}.acme.internal"}, ', "{", '"z": 0}'),
    "npm-scripts": one("package.json", '"s{i}": "node a.js", ', '{"scripts": {', '"z": "a"}}'),
    "npm-scripts-chain": one("package.json", '"s{i}": "npm run s{i}1", ', '{"scripts": {', '"start": "npm run s0"}}'),
    "npm-scripts-call-one": one(
        "package.json", "npm run b; ", '{"scripts": {"b": "node a.js", "start": "', 'x"}}', Procfile="web: npm start\n"
    ),
    "npm-scripts-all": one("package.json", "s{i} ", '{"scripts": {"s0": "node x", "start": "run-s ', '"}}', Procfile="web: npm start\n"),
    "npm-dependencies": one("package.json", '"d{i}": "^1.0", ', '{"dependencies": {', '"z": "1"}}'),
    "composer-scripts": one("composer.json", '"php a{i}", ', '{"scripts": {"a": [', '"b"]}}'),
    "ecs-task": one("t.json", '{"image": "a", "command": ["b"]}, ', '{"containerDefinitions": [', "{}]}"),
    # --- deploy files of lines ---
    "dockerfile-stages": one("Dockerfile", "FROM node:20 AS s{i}\n"),
    "dockerfile-copy-from": one("Dockerfile", "COPY --from=s{i} /a /b\n", "FROM node:20\n"),
    "dockerfile-copy": one("Dockerfile", "COPY a{i} /b\n", "FROM node:20\n"),
    "dockerfile-copy-all": one("Dockerfile", "COPY . .\nRUN npm install\n", "FROM node:20\n"),
    "dockerfile-run": one("Dockerfile", "RUN make a{i}\n", "FROM node:20\n"),
    "dockerfile-run-continued": one("Dockerfile", " && make a{i} \\\n", "FROM node:20\nRUN a \\\n", " && b\n"),
    "dockerfile-install": one("Dockerfile", "RUN pip install a{i}\n", "FROM python:3\n"),
    "dockerfile-env": one("Dockerfile", "ENV A{i}=b\n", "FROM node:20\n"),
    "dockerfile-env-doubling": one("Dockerfile", "ENV B=$A$A$A$A\n", "FROM node:20\nENV A=" + "x" * 3000 + "\n"),
    "dockerfile-env-passwords": one("Dockerfile", "ENV PASSWORD{i}=" + PW + "{i}\n", "FROM node:20\n"),
    "dockerfile-cmd": one("Dockerfile", 'CMD ["run", "x{i}"]\n', "FROM node:20\n"),
    "dockerfile-cmd-stages": one("Dockerfile", 'FROM node:20 AS s{i}\nCMD ["run", "x"]\n'),
    "dockerfile-heredocs": one("Dockerfile", "RUN <<A\nmake\nA\n", "FROM node:20\n"),
    "dockerfile-heredocs-open": one("Dockerfile", "RUN <<A{i}\n", "FROM node:20\n"),
    "dockerfile-expose": one("Dockerfile", "EXPOSE 8{i}\n", "FROM node:20\n"),
    "dockerfile-comments": one("Dockerfile", "# comment {i}\n", "FROM node:20\n"),
    "dockerfile-from-chain": one("Dockerfile", "FROM s{i} AS s{i}1\n"),
    "procfile": one("Procfile", "w{i}: run x\n"),
    "procfile-scripts": one("Procfile", "w{i}: ./boot.sh\n", boot__sh="run x\n" * 100),
    "procfile-cd": one("Procfile", "cd a{i}; ", "web: ", "run\n"),
    "procfile-many-scripts": halves("Procfile", "w{i}: ./boot.sh\n", "boot.sh", "run{i} x\n"),
    "procfile-unknown-scripts": one("Procfile", "w{i}: /x/s{i}.sh\n"),
    "procfile-python": halves("Procfile", "w{i}: python app.py\n", "app.py", "app.run()\n", "", "from flask import Flask\napp = Flask()\n"),
    "procfile-ports": one("Procfile", "w{i}: gunicorn -b :8000 app\n"),
    "procfile-migrate": one("Procfile", "w{i}: python manage.py migrate\n"),
    "crontab": one("crontab", "* * * * * run a{i}\n"),
    "crontab-cd": one("crontab", "* * * * * cd /srv && ./run.sh\n"),
    "systemd": one("a.service", "ExecStart=/usr/bin/run {i}\n", "[Service]\n"),
    "systemd-pre": one("a.service", "ExecStartPre=/usr/bin/run {i}\n", "[Service]\n"),
    "systemd-environment": one("a.service", "Environment=A{i}=b\n", "[Service]\n"),
    "supervisor": one("supervisord.conf", "[program:p{i}]\ncommand=run x\n"),
    "supervisor-logs": one("supervisord.conf", "[program:p{i}]\ncommand=run x\nstdout_logfile=/var/log/a.log\n"),
    "supervisor-users": one("supervisord.conf", "[program:p{i}]\ncommand=gunicorn -D x\nautorestart=true\n"),
    "uwsgi": one("uwsgi.ini", "attach-daemon = run a{i}\n", "[uwsgi]\n"),
    "makefile-like-shell": one("run.sh", "a{i}: b\n"),
    # --- configuration of keys ---
    "ini": one("a.ini", "k{i} = v\n", "[s]\n"),
    "ini-sections": one("a.ini", "[s{i}]\nk = v\n"),
    "ini-passwords": one("a.ini", "[s{i}]\npassword=" + PW + "{i}\n"),
    "ini-folded": one("a.ini", "  line {i}\n", "[s]\nk = v\n"),
    "logging-ini": one("logging.ini", "[handler_h{i}]\nclass=FileHandler\nargs=('a.log', 'w')\n", "[loggers]\n"),
    "properties": one("a.properties", "k.k{i}=v\n"),
    "properties-references": one("a.properties", "k{i}=${k{i}1:d}\n"),
    "spring-properties": one("application.properties", "spring.datasource{i}.url=jdbc:mysql://db{i}.acme.internal/x\n"),
    "redis-conf": one("redis.conf", "save {i} 1\n"),
    "dotenv": one(".env", "A{i}=b\n"),
    "dotenv-passwords": one(".env", "PASSWORD{i}=" + PW + "{i}\n"),
    "dotenv-open-quotes": one(".env", "A{i}='b\n"),
    "toml-tables": one("a.toml", "[t{i}]\na = 1\n"),
    "toml-arrays": one("a.toml", "[[t]]\na = {i}\n"),
    "toml-keys": one("a.toml", "k{i} = 1\n"),
    "toml-list": one("a.toml", "{i}, ", "a = [", "0]\n"),
    "cargo-dependencies": one("Cargo.toml", 'd{i} = { version = "1" }\n', "[dependencies]\n"),
    "pyproject": one("pyproject.toml", 'd{i} = "^1"\n', "[tool.poetry.dependencies]\n"),
    "xml": one("a.xml", "<a>b{i}</a>", "<r>", "</r>"),
    "xml-attributes": one("a.xml", ' a{i}="b"', "<r", "/>"),
    "xml-bean-attributes": one("a.xml", ' p:a{i}="b"', '<beans><bean class="c"', "/></beans>"),
    "xml-bean-properties": one("a.xml", '<property name="a{i}" value="b"/>', '<beans><bean class="c">', "</bean></beans>"),
    "xml-comments": one("a.xml", "<!-- c{i} -->", "<r>", "</r>"),
    "xml-long-names": one("a.xml", "<b/>", "<" + "><".join("n" * 190 + str(i) for i in range(60)) + ">"),
    "pom-dependencies": one(
        "pom.xml", "<dependency><groupId>g</groupId><artifactId>a{i}</artifactId><version>1</version></dependency>",
        "<project><dependencies>", "</dependencies></project>",
    ),
    "csproj": one("a.csproj", '<PackageReference Include="a{i}" Version="1"/>', "<Project><ItemGroup>", "</ItemGroup></Project>"),
    "web-config": one("web.config", '<add key="k{i}" value="v"/>', "<configuration><appSettings>", "</appSettings></configuration>"),
    "nginx-servers": one("nginx.conf", "server { listen {i}; }\n", "http {\n", "}\n"),
    "nginx-locations": one("nginx.conf", "location /a{i} { proxy_pass http://b; }\n", "server {\n", "}\n"),
    "nginx-upstreams": one("nginx.conf", "server b{i}:80;\n", "upstream a {\n", "}\n"),
    "nginx-sticky": one("nginx.conf", "upstream a{i} { ip_hash; server b; }\n"),
    "requirements": one("requirements.txt", "a{i}==1.0\n"),
    "requirements-open": one("requirements.txt", "a{i}\n"),
    "requirements-hashes": one("requirements.txt", "a{i}==1 \\\n  --hash=sha256:ab\n"),
    "gemfile": one("Gemfile", 'gem "a{i}", "~> 1"\n'),
    "gemfile-groups": one("Gemfile", "group :test do\n  gem 'a{i}'\nend\n"),
    "gemfile-nested-groups": one("Gemfile", "if x\n", "group " + ", ".join(":g" + str(i) for i in range(100)) + " do\n"),
    "gomod": one("go.mod", "require a.b/c{i} v1.0.0\n", "module x\n"),
    "gomod-replace": one("go.mod", "replace a{i} => b{i} v1\n", "module x\n"),
    # --- shell ---
    "shell-commands": one("run.sh", "run a{i}\n", "#!/bin/sh\n"),
    "shell-start": one("start.sh", "run a{i}\n", "#!/bin/sh\n"),
    "shell-cd": one("start.sh", "cd a{i}\n", "#!/bin/sh\n"),
    "shell-calls-self": one("start.sh", "./start.sh\n", "#!/bin/sh\n"),
    "shell-calls-other": halves("start.sh", "./other.sh {i}\n", "other.sh", "./start.sh {i}\n"),
    "shell-pipes": one("start.sh", "a{i} | ", "#!/bin/sh\n", "b\n"),
    "shell-lists": one("start.sh", "a{i} && ", "#!/bin/sh\n", "b\n"),
    "shell-words": one("start.sh", " w{i}", "#!/bin/sh\nrun"),
    "shell-if": one("start.sh", "if a; then b{i}; fi\n", "#!/bin/sh\n"),
    "shell-case": one("start.sh", "  a{i}) run x ;;\n", '#!/bin/sh\ncase "$1" in\n', "esac\n"),
    "shell-loops": one("start.sh", "while true; do run; sleep 1; done\n", "#!/bin/sh\n"),
    "shell-functions": one("start.sh", "f{i}() { run; }\n", "#!/bin/sh\n"),
    "shell-variables": one("start.sh", "A{i}=b\n", "#!/bin/sh\n"),
    "shell-expansions": one("start.sh", "run $A{i} ${B:-c}\n", "#!/bin/sh\n"),
    "shell-heredocs": one("start.sh", "cat <<A\nb\nA\n", "#!/bin/sh\n"),
    "shell-heredocs-open": one("start.sh", "cat <<A <<B\n", "#!/bin/sh\n"),
    "shell-sh-c": one("start.sh", "sh -c 'run a{i}'\n", "#!/bin/sh\n"),
    "shell-installs": one("start.sh", "pip install a{i}\n", "#!/bin/sh\n"),
    "shell-redirects": one("start.sh", "run >> /var/log/a{i}.log\n", "#!/bin/sh\n"),
    "shell-quotes": one("start.sh", '"a{i}" ', "#!/bin/sh\nrun "),
    "shell-substitutions": one("start.sh", "$(a{i}) ", "#!/bin/sh\nrun "),
    # --- many files ---
    "files-dockerfiles": files("d{i}/Dockerfile", "FROM node:{i}\nCMD [\"a\"]\n", 30),
    "files-compose": files("d{i}/docker-compose.yml", "services: {a: {image: b}}\n", 30),
    "files-gemfiles": files("d{i}/Gemfile", "gem 'a'\n", 30),
    "files-packages": files("d{i}/package.json", '{"dependencies": {"a": "1"}, "scripts": {"start": "node a"}}', 60),
    "files-components": files("d{i}/package.json", '{"scripts": {"start": "node a"}}', 60, **{"x__js": "a()"}),
    "files-apps": lambda size: {
        **{"d%d/requirements.txt" % i: "flask\n" for i in range(size // 150)},
        **{"d%d/app.py" % i: "from flask import Flask\napp = Flask(__name__)\napp.run()\n" for i in range(size // 150)},
        **{"d%d/Procfile" % i: "web: python app.py\n" for i in range(size // 150)},
    },
    "files-java": files("d{i}/A.java", "import com.x{i}.y.Z;\nclass A {}\n", 40),
    "files-go": files("d{i}/a.go", 'package a\nimport "x.io/y{i}/z"\n', 40),
    "files-spring": lambda size: {
        **{"d%d/pom.xml" % i: "<project><parent><artifactId>spring-boot-starter-parent</artifactId><version>2.1</version></parent></project>"
           for i in range(size // 300)},
        **{"d%d/src/A.java" % i: "import org.springframework.boot.SpringApplication;\nclass A { void main() { SpringApplication.run(A.class); } }\n"
           for i in range(size // 300)},
    },
    "files-scripts": lambda size: {
        **{"d%d/run.sh" % i: "run x\n" for i in range(size // 60)},
        "Procfile": repeat(size // 2, "w{i}: /x/run.sh\n"),
    },
    "files-dist": files("d{i}/dist/a.js", "a();\n", 30),
    "files-empty": files("d{i}/a.txt", "", 20),
    "files-deep": lambda size: {"d/" * (i % 300) + "f%d.py" % i: "a = 1\n" for i in range(size // 400)},
}

# --- languages: the same shapes in each ---
LANGUAGES = {
    "py": dict(
        file="a.py", call="f{i}(1)\n", chain=".f{i}(1)", chain_head="a", assign="a{i} = 1\n", string='a = "s{i}"\n',
        function="def f{i}():\n    g()\n", cls="class C{i}:\n    x = 1\n", imports="import m{i}\n", comment="# c {i}\n",
        secret='Xn{i} = "postgres://u:' + PW + '{i}@db.acme.internal/x"\n', password='class C{i}:\n    password = "' + PW + '{i}"\n',
        ignore='a{i} = "x"  # tfcheck: ignore[config/hardcoded-secret] r\n', env='import os\nos.environ["A{i}"]\n',
        cond="if a{i}:\n    b()\n", args="a{i}, ", args_head="f(", args_tail="1)\n", maps='"k{i}": "v", ', maps_head="a = {", maps_tail="}\n",
        plus=' + "s{i}"', plus_head='a = "x"', log='logging.FileHandler("a{i}.log")\n', loop="while True:\n    time.sleep(1)\n",
    ),
    "js": dict(
        file="a.js", call="f{i}(1);\n", chain=".f{i}(1)", chain_head="a", assign="a{i} = 1;\n", string='a = "s{i}";\n',
        function="function f{i}() { g(); }\n", cls="class C{i} { x() { y(); } }\n", imports='import m{i} from "m{i}";\n', comment="// c {i}\n",
        secret='const x{i} = "postgres://u:' + PW + '{i}@db.acme.internal/x";\n', password='app.use(session({secret: "' + PW + '{i}"}));\n',
        ignore='a{i} = "x"; // tfcheck: ignore[config/hardcoded-secret] r\n', env="process.env.A{i};\n",
        cond="if (a{i}) { b(); }\n", args="a{i}, ", args_head="f(", args_tail="1)\n", maps="k{i}: 'v', ", maps_head="a = {", maps_tail="}\n",
        plus=' + "s{i}"', plus_head='a = "x"', log='fs.createWriteStream("a{i}.log");\n', loop="while (true) { f(); }\n",
    ),
    "ts": dict(
        file="a.ts", call="f{i}(1);\n", chain=".f{i}(1)", chain_head="a", assign="a{i} = 1;\n", string='a = "s{i}";\n',
        function="function f{i}(a: string) { g(); }\n", cls="class C{i} { x() { y(); } }\n", imports='import m{i} from "m{i}";\n',
        comment="// c {i}\n", secret='const x{i} = "postgres://u:' + PW + '{i}@db.acme.internal/x";\n',
        password='const c{i} = {password: "' + PW + '{i}", host: "h"};\n', env="process.env.A{i};\n",
    ),
    "rb": dict(
        file="a.rb", call="f{i}(1)\n", chain=".f{i}(1)", chain_head="a", assign="a{i} = 1\n", string='a = "s{i}"\n',
        function="def f{i}\n  g()\nend\n", cls="class C{i}\n  x 1\nend\n", imports='require "m{i}"\n', comment="# c {i}\n",
        secret='X{i} = "postgres://u:' + PW + '{i}@db.acme.internal/x"\n', password='c{i}.password = "' + PW + '{i}"\n', env='ENV["A{i}"]\n',
        cond="if a{i}\n  b()\nend\n", args="a{i}, ", args_head="f(", args_tail="1)\n", maps='"k{i}" => "v", ', maps_head="a = {", maps_tail="}\n",
        plus=' + "s{i}"', plus_head='a = "x"', log='Logger.new("a{i}.log")\n', loop="loop do\n  f()\nend\n",
    ),
    "go": dict(
        file="a.go", head="package a\n", call="func g{i}() { f(1) }\n", chain=".F{i}(1)", chain_head="package a\nfunc f() { a", chain_tail=" }\n",
        assign="var a{i} = 1\n", string='var s{i} = "s"\n', function="func f{i}() { g() }\n", cls="type C{i} struct { x int }\n",
        imports='import "m.io/m{i}"\n', comment="// c {i}\n", secret='var x{i} = "postgres://u:' + PW + '{i}@db.acme.internal/x"\n',
        password='var c{i} = C{Password: "' + PW + '{i}", Host: "h"}\n', env='var e{i} = os.Getenv("A{i}")\n',
        args="a{i}, ", args_head="package a\nfunc f() { g(", args_tail="1) }\n", plus=' + "s{i}"', plus_head='package a\nvar a = "x"',
        log='var l{i}, _ = os.OpenFile("a.log", os.O_APPEND, 0)\n', loop="func f{i}() { for { g() } }\n",
    ),
    "java": dict(
        file="A.java", call="class C{i} { void m() { f(1); } }\n", chain=".f{i}(1)", chain_head="class A { void m() { a", chain_tail="; } }\n",
        assign="class C{i} { int a = 1; }\n", string='class C{i} { String s = "s"; }\n', function="class C{i} { void f() { g(); } }\n",
        cls="class C{i} { }\n", imports="import m.m{i}.X;\n", comment="// c {i}\n",
        secret='class C{i} { String x = "jdbc:mysql://u:' + PW + '{i}@db.acme.internal/x"; }\n',
        password='class C{i} { String password = "' + PW + '{i}"; }\n', env='class C{i} { String a = System.getenv("A"); }\n',
        args="a{i}, ", args_head="class A { void m() { f(", args_tail="1); } }\n", plus=' + "s{i}"', plus_head='class A { String a = "x"',
        plus_tail="; }\n", log='class C{i} { Object f = new FileHandler("a.log"); }\n', loop="class C{i} { void main() { while (true) { f(); } } }\n",
    ),
    "php": dict(
        file="a.php", head="<?php\n", call="f{i}(1);\n", chain="->f{i}(1)", chain_head="<?php $a", chain_tail=";\n", assign="$a{i} = 1;\n",
        string='$a = "s{i}";\n', function="function f{i}() { g(); }\n", cls="class C{i} { public $x = 1; }\n", imports="use M\\m{i};\n",
        comment="// c {i}\n", secret='$x{i} = "postgres://u:' + PW + '{i}@db.acme.internal/x";\n',
        password='$c{i} = ["password" => "' + PW + '{i}", "host" => "h"];\n', env='getenv("A{i}");\n', args="$a{i}, ", args_head="<?php f(",
        args_tail="1);\n", plus=' . "s{i}"', plus_head='<?php $a = "x"', plus_tail=";\n", log='fopen("a{i}.log", "a");\n',
        loop="while (true) { f(); }\n",
    ),
    "cs": dict(
        file="A.cs", call="class C{i} { void M() { F(1); } }\n", chain=".F{i}(1)", chain_head="class A { void M() { a", chain_tail="; } }\n",
        assign="class C{i} { int a = 1; }\n", string='class C{i} { string s = "s"; }\n', function="class C{i} { void F() { G(); } }\n",
        cls="class C{i} { }\n", imports="using M.m{i};\n", comment="// c {i}\n",
        secret='class C{i} { string x = "Server=db.acme.internal;User Id=u;Password=' + PW + '{i}"; }\n',
        password='class C{i} { string Password = "' + PW + '{i}"; }\n', env='class C{i} { string a = Environment.GetEnvironmentVariable("A"); }\n',
        args="a{i}, ", args_head="class A { void M() { F(", args_tail="1); } }\n", plus=' + "s{i}"', plus_head='class A { string a = "x"',
        plus_tail="; }\n", log='class C{i} { object f = new StreamWriter("a.log"); }\n', loop="class C{i} { void Main() { while (true) { F(); } } }\n",
    ),
}
# Words that send every file of code to the parser, so that what a shape costs behind it is seen.
WAKE = {
    "py": "import os, logging\nlogging.FileHandler('w.log')\nos.environ['PASSWORD']\n",
    "js": "require('express')().listen(3000);\nprocess.env.PASSWORD;\n",
    "ts": "require('express')().listen(3000);\nprocess.env.PASSWORD;\n",
    "rb": "Logger.new('w.log')\nENV['PASSWORD']\n",
    "go": "", "java": "", "php": "fopen('w.log', 'a');\ngetenv('PASSWORD');\n", "cs": "",
}
KINDS = ("call", "assign", "string", "function", "cls", "imports", "comment", "secret", "password", "ignore", "env", "cond", "log", "loop")
for _name, _language in LANGUAGES.items():
    _head = _language.get("head", "") + WAKE[_name]
    for _kind in KINDS:
        if _kind in _language:
            SHAPES[f"{_name}-{_kind}"] = one(_language["file"], _language[_kind], _head)
    for _kind in ("chain", "args", "maps", "plus"):
        if _kind in _language:
            _begin = _language[_kind + "_head"]
            if "head" not in _language:
                _begin = WAKE[_name] + _begin
            SHAPES[f"{_name}-{_kind}"] = one(_language["file"], _language[_kind], _begin, _language.get(_kind + "_tail", "\n"))

SHAPES.update(
    {
        "py-typeorm": one("a.js", "x = {synchronize: true};\n"),
        "py-defaults": one("a.js", "x = {k{i}: {env: 'A', default: '" + PW + "{i}'}};\n", "process.env.PASSWORD;\n"),
        "py-placeholders": one("a.py", 'SECRET_KEY{i} = "changeme"\n', "import os\nos.environ['SECRET']\n"),
        "py-hosts": one("a.py", 'c{i} = {"connections": {"a": {"host": "db{i}.acme.internal"}}}\n', "import redis\n"),
        "py-suppressions-block": halves("a.py", "# tfcheck: ignore[config/hardcoded-secret] r\n", "a.py", 'P{i}password = "' + PW + '{i}"; '),
        "py-secret-suppressed": one("a.py", 'password{i} = "' + PW + '{i}"  # tfcheck: ignore[config/hardcoded-secret] r\n'),
        "py-ignore-file": one("a.py", "# tfcheck: ignore-file[config/hardcoded-secret] r "),
        "py-flask-runs": one("app.py", "app.run()\n", "from flask import Flask\napp = Flask()\n"),
        "py-run-methods": one(
            "worker.py", "class C{i}:\n    def run(self):\n        while True:\n            f()\n", "import time, signal\n",
            Procfile="w: python worker.py\n"),
        "py-crlf": one("a.py", "a = 1\r\n", "import os\r\nos.environ['SECRET']\r\n"),
        "text-lines": one("a.txt", "line {i}\n"),
        "text-keys": one("a.txt", "-----BEGIN RSA PRIVATE KEY-----\nMIIEow{i}\n-----END RSA PRIVATE KEY-----\n"),
    }
)
