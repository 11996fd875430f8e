#!/usr/bin/env bash
# A secret is shown nowhere, whichever rule shows its line, whether or not a rule knows it: a table of places, each
# beside something that another rule reports on the same line, through every output.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

also="-o json=out.json -o sarif=out.sarif"
# place RULE SECRET FILE <text: a file with the secret in it, of which RULE tells something; "-" for any.
place() {
  local rule=$1 secret=$2 file=$3
  rm -rf t && mkdir t && mkdir -p "t/$(dirname "$file")" && cat >"t/$file"
  [ "$file" = app.py ] || printf 'import logging\nlogging.FileHandler("app.log")\n' >t/app.py
  checks=$((checks + 1))
  for args in "t -v --stats $also" "t -q" "t -v --ignore config $also" "files t" "facts t/$file"; do
    rm -f out.json out.sarif
    timeout 60 "$TFCHECK_BIN" $args >out 2>&1
    cat out.json out.sarif >>out 2>/dev/null
    grep -qF -- "$secret" out && { fail "$file ($rule), $args: $secret is shown"; grep -nF -m2 -- "$secret" out | cut -c1-160; }
    [ "$args" = "t -v --ignore config $also" ] && [ "$rule" != - ] && ! grep -qF -- "$rule" out &&
      fail "$file: $rule tells of nothing, so this tests nothing"
  done
}

endpoint=backing-services/hardcoded-endpoint
# Passwords of URLs: weak, escaped, joined, over two lines.
place $endpoint abc123 app.py <<<'url = "redis://:abc123@cache.internal:6379/0"'
place $endpoint L2mEsc app.py <<<'url = "postgres://shop:Qz7xWv9K\x70L2mEscaped@db.internal/shop"'
place $endpoint xWv9K app.py <<<'url = "postgres://shop:Qz7xWv9K\u0070\160L2mEscaped@db.internal/shop"'
place $endpoint Qz7xWv app.py <<<'url = "postgres://shop:" + "Qz7xWv9K" + "L2mJoined@db.internal/shop"'
place $endpoint L2mJoined app.py <<<'url = "postgres://shop:" "Qz7xWv9K" "L2mJoined@db.internal/shop"'
place - Qz7xWv9K app.py <<<'url = "postgres:\x2f\x2fshop:Qz7xWv9K@db.internal/shop"'
place $endpoint Tulip7q app.js <<<'const db = connect("mongodb://shop:Tulip7q@db.internal/shop");'
place $endpoint Tulip7q app.rb <<<'DB = Mongo::Client.new("mongodb://shop:Tulip7q@db.internal/shop")'
place - Tulip7q app.go <<<$'package main\nconst dsn = "shop:Tulip7q@tcp(db.internal:3306)/shop"'
# Options of commands, where others tell of the command.
place concurrency ProcS3cret Procfile <<<'web: gunicorn app:app --env DB_PASSWORD=ProcS3cret -D --pid /run/app.pid'
place concurrency a1B2 Procfile <<<'web: gunicorn app:app --daemon --pid /run/app.pid --token a1B2'
place - X7abc crontab <<<'0 1 * * * mysqldump -pX7abc shop > /var/backups/shop.sql'
place - X7abc crontab <<<$'PGPASSWORD=X7abc\n0 1 * * * pg_dump shop > /var/log/dump.log'
place - CmdS3cret Dockerfile <<<$'FROM python:latest\nCMD ["python", "app.py", "--password=CmdS3cret", "--db", "postgres://u:CmdS3cret@db.internal/x"]'
place - sesame7 Dockerfile <<<$'FROM python:latest\nRUN mysql \\\n  -psesame7 shop'
place - sesame7 Dockerfile <<<$'FROM python:latest\nENV DB_PASSWORD sesame7\nARG API_TOKEN=sesame7'
place - LineS3 docker-compose.yml <<<$'services:\n  web:\n    image: acme/web:latest\n    command: mysql -pLineS3 --host db\n    environment:\n      - DB_PASSWORD=LineS3\n      - A_URL=redis://:LineS3@cache'
place - aB12 docker-compose.yml <<<$'services:\n  web:\n    image: acme/web:latest\n    command: ["mysql", "-paB12", "--password", "aB12"]'
place - Zed9pass run.sh <<<$'set -e\ncurl -u admin:Zed9pass https://x.internal/\nredis-cli -h cache.internal -a Zed9pass ping\ngunicorn app:app --daemon'
place - Zed9pass run.sh <<<$'docker run -e DB_PASSWORD=Zed9pass --build-arg TOKEN=Zed9pass x\ncurl -H "Authorization: Bearer Zed9pass" https://x.internal/'
place - Zed9 package.json <<<'{"name": "x", "scripts": {"start": "nodemon server.js --token Zed9", "dump": "mysqldump -pZed9 shop"}}'
place - Zed9 .github/workflows/ci.yml <<<$'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: mysql -pZed9 shop && app --api-key Zed9'
place - Zed9 app.py <<<$'import subprocess, os\nsubprocess.run(["mysqldump", "-pZed9", "shop"])\nos.system("curl -u ann:Zed9 https://x.internal/ > /var/log/x.log")'
place - Zed9 supervisord.conf <<<$'[program:web]\ncommand=gunicorn app:app --daemon --token Zed9\nenvironment=DB_PASSWORD="Zed9"'
place - Zed9 app.service <<<$'[Service]\nEnvironment=DB_PASSWORD=Zed9\nExecStart=/usr/bin/app --daemon --password Zed9 --pid-file /run/x.pid'
# Values of names, short ones, on other lines, in pairs, in literals inside literals.
place - aB1 app.py <<<$'password="aB1"'
place logs/log-file aB1 app.py <<<$'import logging\npassword, handler = "x", logging.FileHandler("app.log", password="aB1")'
place $endpoint aB1 app.py <<<$'import redis\nclient = redis.Redis(host="cache.internal", password="aB1")'
place $endpoint aB1 settings.py <<<$'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "db.internal", "PASSWORD": "aB1"}}'
place - zz9k k.yml <<<$'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: x/y:latest\n          env:\n            - name: DB_PASSWORD\n              value: zz9k\n          command: ["sh", "-c", "mysql -pzz9k shop"]'
place - zz9k application.yml <<<$'spring:\n  datasource:\n    url: jdbc:postgresql://db.internal/x\n    password:\n      zz9k'
place - zz9k application.properties <<<$'spring.datasource.url=jdbc:postgresql://db.internal/x?password=zz9k\nspring.datasource.password=zz9k'
place - zz9k app.ini <<<$'[smtp]\nhost = mail.internal\npassword = zz9k'
place - zz9k .env <<<$'DB_HOST=db.internal\nDB_PASSWORD=zz9k\nURL=redis://:zz9k@cache'
place - zz9k web.config <<<$'<configuration><appSettings><add key="SmtpPassword" value="zz9k" /></appSettings></configuration>'
place - zz9k appsettings.json <<<'{"ConnectionStrings": {"Main": "Server=db.internal;User Id=u;Password=zz9k"}}'
place - zz9k Startup.swift <<<'val password = "zz9k" // tfcheck: ignore[logs/log-file] the password zz9k is public'
# Names with a word behind or before what announces the secret.
place - root-token .env <<<'VAULT_DEV_ROOT_TOKEN_ID=root-token'
place - root-token docker-compose.yml <<<$'services:\n  vault:\n    image: hashicorp/vault:1.15\n    environment:\n      VAULT_DEV_ROOT_TOKEN_ID: root-token\n    command: vault server -dev'
place - DEADBEEF env.js <<<'process.ENV.NEXT_PRIVATE_ENCRYPTION_SECONDARY_KEY = "DEADBEEF";'
# Joined behind a quote that ends a literal.
place - maple83fog7 app.js <<<'connect("postgres://db.internal/x?password=" + "maple83fog7");'
place - maple83fog7 app.js <<<$'// it\'s password=\'maple83fog7\'\nconst password2 = \'maple83fog7\';'
# Put together from pieces: the whole text is nowhere written, and shown wherever it is used.
whole=Zr8Wn3kD5Gy6Tm2HmC8dWs5Zr8Wn3kD9
place logs/log-file $whole settings.py <<<$'import logging\nAPI_TOKEN = (\'Zr8Wn3kD5Gy6Tm2H\'\n             \'mC8dWs5Zr8Wn3kD9\')\nlogging.FileHandler(\'/var/log/\' + API_TOKEN + \'.log\')'
place logs $whole app.js <<<$'const fs = require("fs");\nconst API_TOKEN = "Zr8Wn3kD5Gy6Tm2H" +\n  "mC8dWs5Zr8Wn3kD9";\nfs.createWriteStream("/var/log/" + API_TOKEN + ".log");'
place logs $whole app.php <<<$'<?php\n$API_TOKEN = "Zr8Wn3kD5Gy6Tm2H" .\n  "mC8dWs5Zr8Wn3kD9";\nfile_put_contents("/var/log/" . $API_TOKEN . ".log", "x");\nnew Monolog\\Handler\\StreamHandler("/var/log/" . $API_TOKEN . ".log");'
place logs $whole main.go <<<$'package main\nimport "os"\nconst apiToken = "Zr8Wn3kD5Gy6Tm2H" +\n  "mC8dWs5Zr8Wn3kD9"\nfunc main() {\n  os.OpenFile("/var/log/" + apiToken + ".log", os.O_APPEND, 0644)\n}'
place logs $whole App.java <<<$'import java.util.logging.FileHandler;\nclass App {\n  static final String API_TOKEN = "Zr8Wn3kD5Gy6Tm2H" +\n    "mC8dWs5Zr8Wn3kD9";\n  void f() throws Exception { new FileHandler("/var/log/" + API_TOKEN + ".log"); }\n}'
place logs $whole app.rb <<<$'require "logger"\nAPI_TOKEN = "Zr8Wn3kD5Gy6Tm2H" +\n  "mC8dWs5Zr8Wn3kD9"\nLogger.new("/var/log/" + API_TOKEN + ".log")'
place concurrency maple83fog7Jw5 run.sh <<<$'#!/bin/sh\nDB_PASSWORD=\'maple83fog\'"7Jw5"\nexec gunicorn --daemon --pid /run/$DB_PASSWORD.pid app'
for secret in Zr8Wn3kD83fog7Jw5 Zr8Wn3kD; do
  place logs/log-file $secret settings.py <<<$'import logging\nPREFIX=\'Zr8Wn3kD\'\npassword = f\'{PREFIX}83fog7Jw5\'\nlogging.FileHandler(f\'/var/log/{password}.log\')'
done
place $endpoint maple83fog app.php <<<$'<?php\n$db = new PDO("mysql:host=db.internal;dbname=shop", "shop", "maple83fog7Jw5");'
place $endpoint maple83fog app.php <<<$'<?php\nmysqli_connect("db.internal", "shop", "maple83fog" . "7Jw5");\nrename("a", "/tmp/maple83fog7Jw5");'
for secret in maple83fog 7Jw5; do
  place - $secret application.yml <<<$'spring:\n  datasource:\n    password: >-\n      maple83fog\n      7Jw5\nlogging:\n  file:\n    name: /var/log/maple83fog7Jw5.log'
done
for secret in Zr8Wn3kD5Gy6 Tm2HmC8dWs5Zr8Wn3kD9; do
  place - $secret docker-compose.yml <<<$'services:\n  web:\n    image: acme/web:latest\n    command: sh -c "export TOKEN=Zr8Wn3kD5Gy6\'Tm2HmC8dWs5Zr8Wn3kD9\'; app --daemon --pid /run/Zr8Wn3kD5Gy6Tm2HmC8dWs5Zr8Wn3kD9.pid"'
done
for secret in MIIEpAIBAAKCAQEA7xQ2ZrLm5vWd Zr8Wn3kD5Gy6Tm2HbF4cXj9v7Rt2; do
  place - $secret settings.py <<<$'SIMPLE_JWT = {\n    "SIGNING_KEY": "\\n".join([\n        "MIIEpAIBAAKCAQEA7xQ2ZrLm5vWd",\n        "Zr8Wn3kD5Gy6Tm2HbF4cXj9v7Rt2",\n    ]),\n}'
  place - $secret settings.py <<<$'SIMPLE_JWT = {\n    "SIGNING_KEY": clean("MIIEpAIBAAKCAQEA7xQ2ZrLm5vWd"\n      "Zr8Wn3kD5Gy6Tm2HbF4cXj9v7Rt2"),\n}'
done
# Known in one file by its pieces, and written as a whole in another.
rm -rf t && mkdir t && printf 'API_TOKEN = ("Zr8Wn3kD5Gy6Tm2H"\n  "mC8dWs5Zr8Wn3kD9")\n' >t/a.py && printf 'import logging\nlogging.FileHandler("/var/log/%s.log")\n' $whole >t/b.py
for args in "t -v" "t -f json" "t -f sarif"; do
  checks=$((checks + 1))
  "$TFCHECK_BIN" $args >out 2>&1
  grep -qF -- $whole out && fail "a secret of pieces that another file shows, $args"
done
# Reasons, and names of files.
token=ghp_$(printf 'a8F3kLm29QwErTy71UiOpAs6DfGh4JkZxCvB')
place logs/log-file "$token" app.py <<<$'import logging\nlogging.FileHandler("app.log")  # tfcheck: ignore[logs/log-file] see '"$token"$'\nlogging.FileHandler("b.log")'
place logs/log-file Tulip77q app.py <<<$'import logging\nlogging.FileHandler("app.log")  # tfcheck: ignore[logs/log-file] demo, password: Tulip77q\nlogging.FileHandler("b.log")'
rm -rf t && mkdir t && printf 'import logging\nlogging.FileHandler("app.log")\n' >"t/$token.py" && printf '{"a": ' >"t/$token.json"
for args in "t -v --stats" "t -f json" "t -f sarif" "files t"; do
  checks=$((checks + 1))
  "$TFCHECK_BIN" $args >out 2>&1
  grep -qF -- "$token" out && fail "a token in a file's name, $args"
  grep -qE 'ghp(\*|%2A){8}vB' out || fail "a token in a file's name is not told of, $args"
done
rm -rf t && mkdir t && printf 'import logging\nlogging.FileHandler("app.log")\n' >t/app.py
printf '[[exception]]\nrule = "logs/log-file"\npath = "app.py"\nreason = "demo, password: Tulip77q, %s"\n' "$token" >t/.tfcheck.toml
for args in "t -v" "t -f json" "t -f sarif"; do
  checks=$((checks + 1))
  "$TFCHECK_BIN" $args >out 2>&1
  grep -qE "Tulip77q|$token" out && fail "a secret in an exception's reason, $args"
done

# Errors that quote the configuration or the packs of the audited tree.
quoted() { # quoted SECRET LINE <text: the error that this .tfcheck.toml causes shows the line, and not the secret
  rm -rf t && mkdir t && echo x >t/a.txt && cat >t/.tfcheck.toml && check "an error quotes '$2'" 2 "$2" t
  grep -qF -- "$1" .out && fail "an error of the configuration shows $1"
}
quoted "$token" "unknown key 'ghp********vB'" <<<"$token = 1"
quoted Tulip77q "unknown key 'password: ********'" <<<'"password: Tulip77q" = 1'
quoted abc123 "no rule is called 'redis://:********@cache/0'" <<<'select = ["redis://:abc123@cache/0"]'
quoted "$token" "'../ghp********vB' is no folder below" <<<"packs = [\"../$token\"]"
quoted "$token" "ghp********vB is not read: there is no such file or folder" <<<"packs = [\"$token\"]"
quoted "$token" "ghp********vB" <<<$'[gate]\nfail-on = "'"$token"'"'
quoted Tulip77q "'API_TOKEN=********' is no kind of component" <<<$'[components.x]\nkind = "API_TOKEN=Tulip77q"'
rm -rf t && mkdir -p t/p/logs && echo x >t/a.txt && echo 'packs = ["p"]' >t/.tfcheck.toml
printf '# A rule\nIt finds.\n## Why it matters\nX.\n## What to do\nY.\n```toml rule\n"password: Tulip77q" = 1\n```\n' >t/p/logs/x.md
check "an error in a pack" 2 "unknown key 'password: ********'" t

# Only the secret is hidden: what is left lets the reader judge.
shows() { # shows LINE FILE <text: the report shows the line
  rm -rf t && mkdir t && cat >"t/$2" && check "what is left of $2" 1 "$1" t -v
}
shows 'redis://:********@cache.internal:6379/0' app.py <<<'url = "redis://:abc123@cache.internal:6379/0"'
shows 'gunicorn app:app --env DB_PASSWORD=******** -D --pid /run/app.pid' Procfile <<<'web: gunicorn app:app --env DB_PASSWORD=ProcS3cretPw44 -D --pid /run/app.pid'
shows 'host="db.internal", password=os.environ["DB_PASSWORD"]' app.py <<<'client = redis.Redis(host="db.internal", password=os.environ["DB_PASSWORD"])'
shows 'url = "postgres://u:${DB_PASSWORD}@db.internal/x"' app.js <<<'const url = "postgres://u:${DB_PASSWORD}@db.internal/x"'
shows 'Tulip77seaPassword holds a literal secret (********)' main.go <<<$'package main\nconst Tulip77seaPassword = "Tulip77sea"'
shows 'const Tulip77seaPassword = "********"' main.go <<<$'package main\nconst Tulip77seaPassword = "Tulip77sea"'
shows "'/var/log/Password.log'" main.go <<<$'package main\nimport "os"\nconst kindPassword = "Password"\nfunc main() {\n  os.OpenFile("/var/log/Password.log", os.O_APPEND, 0644)\n}'
shows 'mailPassword1Password holds a literal secret (********)' main.go <<<$'package main\nconst mailPassword1Password = "Password1"'
shows 'db.internal/x?password=" + name);' app.js <<<'connect("postgres://db.internal/x?password=" + name);'
rm -rf t && mkdir t && printf 'SIGNING_KEY = "".join([x for x in y])\nA = {"SIGNING_KEY": "".join(["Zr8Wn3kD5Gy6Tm2H"])}\n' >t/app.py
check "a callee is no secret" 0 'assign SIGNING_KEY = ?.join(' facts t/app.py
check "what is put together is one" 0 'SIGNING_KEY="Zr8********2H"' facts t/app.py
# A default that everybody knows is shown, so that the reader can judge; a table's key is none.
for text in 'Pass = "admin"' 'PASSWORD = "guest"' 'user_primary_key = "row1"'; do
  rm -rf t && mkdir t && echo "$text" >t/app.py && check "shown: $text" 0 "${text##* }" facts t/app.py
done
finish
