#!/usr/bin/env bash
# `tfcheck env` and `tfcheck services`: an app starts with the variables that the dotenv output names, in a real Node and a
# real Python process; names and values that others wrote run nothing and show no secret.
. "$(dirname "$0")/lib.sh"

# --- an app of Node: without the file it stops, with it it starts ---
mkdir -p "$work/node" && cd "$work/node" || exit 1
cat >server.js <<'END'
const http = require("http");
for (const name of ["SEARCH_URL", "QUEUE_NAME", "API_TOKEN"]) {
  if (process.env[name] === undefined) throw new Error(name + " is not set");
}
const greeting = process.env.GREETING || "it's me";
const search = process.env.SEARCH_URL, queue = process.env.QUEUE_NAME, token = process.env.API_TOKEN;
const server = http.createServer((request, response) => response.end(greeting)).listen(0, "127.0.0.1", () => {
  console.log("started", search, queue, token === "" ? "no token" : "a token", greeting);
  server.close();
});
END
cat >docker-compose.yml <<'END'
services:
  web:
    build: .
    environment:
      SEARCH_URL: http://search:9200/a b
      QUEUE_NAME: "`touch run`; $(touch run)"
      API_TOKEN: tulip77sea-9Xk2
END
echo '{"name": "shop", "scripts": {"start": "node server.js"}}' >package.json
printf 'FROM node:20.17.0\nCOPY . .\nCMD ["node", "server.js"]\n' >Dockerfile
commit_all .
check "the table" 0 "SEARCH_URL" env .
grep -q tulip77sea "$work/.out" && fail "the table shows a secret"
for format in json markdown dotenv; do
  check "$format" 0 "API_TOKEN" env -f $format .
  grep -q tulip77sea "$work/.out" && fail "$format shows a secret"
done
"$TFCHECK_BIN" env -f dotenv . >"$work/node.env" 2>/dev/null
same "a secret is empty" "API_TOKEN=" "$(grep '^API_TOKEN=' "$work/node.env")"
same "a default is a comment" 1 "$(grep -c '^#GREETING=' "$work/node.env")"
env -i PATH="$PATH" node server.js >"$work/.out" 2>&1 && fail "Node starts without its variables"
env -i PATH="$PATH" sh -c 'set -a; . "$1"; set +a; node server.js' sh "$work/node.env" >"$work/.out" 2>&1
judge "Node starts with its variables" 0 'started http://search:9200/a b `touch run`; $(touch run) no token' $?
node --help | grep -q -- --env-file && {
  env -i PATH="$PATH" node --env-file="$work/node.env" server.js >"$work/.out" 2>&1
  judge "Node reads the file by itself" 0 'started http://search:9200/a b' $?
}
[ -e run ] && fail "reading the file ran what stands in it"

# --- an app of Python ---
mkdir -p "$work/python" && cd "$work/python" || exit 1
cat >app.py <<'END'
import os
SERVER = os.environ["MAIL_SERVER"]
POOL = int(os.environ["POOL_SIZE"])
KEY = os.environ["SECRET_KEY"]
SENDER = os.environ.get("MAIL_SENDER", "shop@acme.io")
print("started", SERVER, POOL, len(KEY), SENDER)
END
printf 'MAIL_SERVER=smtp.acme.io\nPOOL_SIZE=4\nSECRET_KEY=\n' >.env.example
printf 'web: python app.py\n' >Procfile
commit_all .
"$TFCHECK_BIN" env -f dotenv . >"$work/python.env" 2>/dev/null
if command -v python3 >/dev/null; then
  env -i PATH="$PATH" HOME="$HOME" python3 app.py >"$work/.out" 2>&1 && fail "Python starts without its variables"
  env -i PATH="$PATH" HOME="$HOME" sh -c 'set -a; . "$1"; set +a; python3 app.py' sh "$work/python.env" >"$work/.out" 2>&1
  judge "Python starts with its variables" 0 "started smtp.acme.io 4 0 shop@acme.io" $?
else
  echo "skipped: there is no python3 to start an app with"
fi

# --- names and values of a hostile tree ---
mkdir -p "$work/hostile" && cd "$work/hostile" || exit 1
printf 'const a = process.env["EVIL; touch run #"], b = process.env.PAYLOAD, c = process.env.LD_PRELOAD, d = process.env.MULTI, e = process.env.BASH_ENV;\nconst f = process.env.QUOTE || "\\u0027; touch run; \\u0027", g = process.env.BELL || "\\u001b[31m\\u0007";\n' >a.js
cat >docker-compose.yml <<'END'
services:
  web:
    build: .
    environment:
      PAYLOAD: "'; touch run; $(touch run) `touch run` '"
      MULTI: "one\ntouch run\n"
      LD_PRELOAD: ./evil.so
      BASH_ENV: ./evil.sh
END
mkdir "$(printf 'sub\ntouch run')" && printf 'x = process.env.FOLDER_NAME\n' >"$(printf 'sub\ntouch run')/b.js"
commit_all .
"$TFCHECK_BIN" env -f dotenv . >"$work/hostile.env" 2>/dev/null
for shell in sh bash; do
  (set -a; env -i PATH="$PATH" $shell -c '. "$1"; set -a; . "$1"; true' $shell "$work/hostile.env") >"$work/.out" 2>&1
  judge "$shell reads a hostile file" 0 "" $?
  [ -e run ] && fail "$shell: reading the file ran what stands in it"
done
grep -qE '^(LD_PRELOAD|BASH_ENV|EVIL)' "$work/hostile.env" && fail "a variable that runs something is written"
grep -vqE '^(#.*|[A-Z_][A-Z0-9_]*=.*|)$' "$work/hostile.env" && fail "a line that is neither comment nor variable"
for format in table markdown dotenv json; do
  "$TFCHECK_BIN" env -f $format . 2>/dev/null | grep -q "$(printf '\033\\|\007')" && fail "$format: a control character goes out"
done

# --- services ---
mkdir -p "$work/services/.github/workflows" && cd "$work/services" || exit 1
printf 'import os\nimport redis\nCACHE = os.environ.get("REDIS_URL", "redis://localhost:6379")\nDB = os.environ["DATABASE_URL"]\n' >app.py
printf 'redis==5.0.1\npsycopg2==2.9.9\n' >requirements.txt
printf 'services:\n  web:\n    build: .\n  db:\n    image: postgres:16.2\n  cache:\n    image: redis\n' >docker-compose.yml
printf 'on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    services:\n      db:\n        image: postgres:13\n    steps:\n      - run: pytest\n' >.github/workflows/ci.yml
commit_all .
check "services" 0 "13 in CI, 16.2 in production" services .
check "services: variables" 0 "REDIS_URL" services .
check "services as JSON" 0 '"schema": "tfcheck-services/1"' services -f json .
check "services as Markdown" 0 '| `postgres` |' services -f markdown .

# --- the command line ---
check "a format that there is not" 2 "table, json, markdown or dotenv" env -f yaml .
check "a near spelling" 2 "did you mean 'markdown'?" env -f markdwn .
check "formats of reports are none of listings" 2 "no such format" env -f sarif .
check "dotenv is none of services" 2 "table, json or markdown" services -f dotenv .
check "a folder that is not there" 2 "" env "$work/nowhere"
mkdir "$work/bare" && check "a tree without variables" 0 "no variable of the environment" env "$work/bare"
finish
