#!/usr/bin/env bash
# What was not looked at is shown as such, never as clean: in every format, in the score, in the exit code.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

clean() { # a fresh folder with an app that has nothing to find
  chmod -R u+rwx t 2>/dev/null
  rm -rf t && git init -q -b main t && printf 'import os\nHOST = os.environ["HOST"]\n' >t/app.py && printf 'web: python app.py\n' >t/Procfile
  printf 'flask==3.0.0\ngunicorn==22.0.0\n' >t/requirements.txt && printf 'flask==3.0.0 --hash=sha256:0\n' >t/poetry.lock
}
# lacks NAME WORDS: the output of the last check does not contain WORDS.
lacks() { grep -qF -- "$2" "$work/.out" && fail "$1: the output has: $2"; }
# squeezed NAME CODE WORDS ARGS…: as check, of an output without blanks and line ends.
squeezed() {
  check "$1" "$2" "" "${@:4}"
  tr -d ' \n' <"$work/.out" >"$work/.squeezed"
  grep -qF -- "$3" "$work/.squeezed" || { fail "$1: the output lacks: $3"; head -c 1500 "$work/.squeezed"; echo; }
}
# gap NAME CODE PATH REASON ARGS…: t has a gap at PATH that every format tells with its reason.
gap() {
  local name=$1 code=$2 path=$3 reason=$4
  shift 4
  check "$name" "$code" "tfcheck: notice: $path: " t "$@"
  grep -qE '^  [0-9]+ of 100' .out && fail "$name: the summary says a bare number"
  grep -qE '(file|submodule)(s)? (not read|read in part)' .out || fail "$name: the summary does not say how many files were not read"
  grep -qE '(partly|not) assessed: ' .out || fail "$name: no factor is partly or not assessed"
  check "$name, quiet" "$code" "tfcheck: notice: $path: " t -q "$@"
  squeezed "$name, json" "$code" "{\"path\":\"$path\",\"reason\":\"$reason\"" t -f json "$@"
  grep -qE '"assessment":"(partly-assessed|notassessed)","points":[^,]*,"reason":"[^"]*(notassessed|'"$path"'|isnotread)' .squeezed || fail "$name, json: no factor names it"
  local successful=true
  [ "$code" = 2 ] && successful=false
  grep -qF "\"execution_successful\":$successful" .squeezed || fail "$name, json: execution_successful is not $successful"
  squeezed "$name, sarif" "$code" "\"executionSuccessful\":$successful" t -f sarif "$@"
  grep -qF "\"artifactLocation\":{\"uri\":\"$path\"" .squeezed || fail "$name, sarif: no notification names it"
}

clean && check "nothing is missed" 0 "  95 of 100 · no findings" t
lacks "nothing is missed" "not read"

# The machine refuses: root can read everything, so it steps down to a user who cannot.
if [ "$(id -u)" = 0 ]; then
  chmod 755 "$work" && cp "$TFCHECK_BIN" tfcheck-nobody
  printf '#!/bin/sh\nHOME=/nonexistent exec setpriv --reuid=65534 --regid=65534 --clear-groups "%s" "$@"\n' "$work/tfcheck-nobody" >as-nobody
  chmod 755 as-nobody tfcheck-nobody
  saved=$TFCHECK_BIN TFCHECK_BIN=$work/as-nobody
fi
# Git refuses a repository of another user.
hand_over() { [ -z "${saved:-}" ] || chown -R 65534 t; }
clean && printf 'DEBUG = True\n' >t/settings.py && chmod 000 t/settings.py && hand_over
gap "unreadable file" 2 settings.py permission
check "unreadable file, factors" 2 "partly assessed: all factors but codebase (settings.py: permission denied)" t
check "unreadable file, score" 2 "  ≤ 95 of 100 · no findings · 1 file not read" t
check "unreadable file, last line" 2 "tfcheck: error: a file or folder in scope could not be read" t
check "unreadable file, allowed" 0 "settings.py: not read" t --allow-unread
squeezed "unreadable file, allowed, sarif" 0 '"executionSuccessful":true' t --allow-unread -f sarif
check "excluded file" 0 "  95 of 100" t --exclude settings.py
printf 'import logging\nlogging.FileHandler("a.log")\n' >t/log.py
check "trouble wins over the gate" 2 "gate --fail-on warning: failed" t
check "the gate when trouble is allowed" 1 "1 file not read" t --allow-unread
check "files" 0 "not read: permission denied" files t
rm t/log.py t/app.py t/requirements.txt t/poetry.lock t/Procfile && printf 'x\n' >t/notes.txt
check "the only file of its kind" 2 "config            not assessed" t
clean && mkdir t/tests && printf 'x = 1\n' >t/tests/test_a.py && chmod 000 t/tests/test_a.py && hand_over
check "unreadable test" 0 "tests/test_a.py: not read" t
lacks "unreadable test" "partly assessed"
squeezed "unreadable test, json" 0 '"in_scope":false' t -f json
clean && mkdir t/conf && printf 'x: 1\n' >t/conf/app.yml && chmod 000 t/conf && hand_over
gap "unreadable folder" 2 conf permission
check "unreadable folder, allowed" 0 "conf: " t --allow-unread
check "excluded folder" 0 "checked" t --exclude conf/
clean && mkdir t/tests && chmod 000 t/tests && hand_over && check "unreadable folder of tests" 0 "tests: " t
chmod 700 t/tests
rm -rf t && mkdir t && printf 'x = 1\n' >t/a.py && chmod 000 t/a.py && hand_over
check "nothing could be read" 2 "tfcheck: notice: a.py: not read" t -q
check "nothing could be read, error" 2 "nothing to audit" t
clean && for i in $(seq 1 15); do printf 'x = 1\n' >"t/m$i.py"; done && chmod 000 t/m*.py && hand_over
check "many unreadable files, quiet" 2 "tfcheck: notice: and 5 more" t -q
check "many unreadable files" 2 "15 files not read" t -q
for i in $(seq 1 12); do ln -s /nowhere "t/a$i.py"; done
check "what was refused is told first" 2 "tfcheck: notice: m15.py: not read" t -q
chmod 600 t/m*.py
[ -z "${saved:-}" ] || TFCHECK_BIN=$saved

# The repository refuses.
drop_blob() { # drop_blob PATH: removes the object of a file of t from the repository
  local blob
  blob=$(git -C t rev-parse ":$1") && rm -f "t/.git/objects/${blob:0:2}/${blob:2}"
}
clean && printf 'DEBUG = True\n' >t/settings.py && commit_all t && drop_blob settings.py
gap "missing blob, staged" 2 settings.py missing-object --staged
gap "missing blob, commit" 2 settings.py missing-object --rev HEAD
check "missing blob, allowed" 0 "settings.py: not read" t --staged --allow-unread
check "missing blob, work tree" 1 "dev-prod-parity/debug-enabled" t
clean && mkdir t/tests && printf 'x = 1\n' >t/tests/test_a.py && commit_all t && drop_blob tests/test_a.py
check "missing blob of a test" 0 "tests/test_a.py: not read" t --staged
clean && commit_all t && rm -rf partial && git -C t config uploadpack.allowFilter true && git clone -q --no-checkout --filter=blob:none "file://$work/t" partial 2>/dev/null
check "partial clone" 2 "tfcheck: notice: app.py: not read" partial --rev HEAD -q
check "partial clone, error" 2 "nothing to audit" partial --rev HEAD

# What a file is: told, and the gate decides. Each has something to find that is not seen.
secret='PASSWORD = "pXq8vKz2mWn4"\n'
clean && head -c 6000 /dev/urandom >t/settings.py && gap "binary garbage" 0 settings.py binary
clean && printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 12345\n' 0 >t/settings.py && gap "git-lfs pointer" 0 settings.py lfs-pointer
clean && { printf '\0GITCRYPT\0'; head -c 500 /dev/urandom; } >t/settings.py && gap "sealed by git-crypt" 0 settings.py git-crypt
clean && head -c 9000000 /dev/zero | tr '\0' 'x' >t/settings.py && gap "too large to be read" 0 settings.py too-large
clean && head -c 9000000 /dev/zero | tr '\0' '\n' >t/dump.txt && gap "too large, of no known kind" 0 dump.txt too-large
clean && head -c 9000000 /dev/zero >t/model.bin && check "too large and binary" 0 "no score" t --select config
lacks "too large and binary" "model.bin"
clean && { printf "$secret"; for i in $(seq 1 1200); do head -c 1000 /dev/zero | tr '\0' '#'; echo; done; } >t/settings.py && gap "too large to be parsed" 0 settings.py too-large
clean && { printf "$secret# "; head -c 300000 /dev/zero | tr '\0' 'x'; echo; } >t/settings.py && gap "data in long lines" 0 settings.py long-lines
for lock in package-lock.json npm-shrinkwrap.json pnpm-lock.yaml app/project.assets.json; do
  clean && mkdir -p t/app && { printf '{"name": "x",\n'; for i in $(seq 1 1200); do printf '"'; head -c 1000 /dev/zero | tr '\0' 'x'; printf '%s": 1,\n' $i; done; printf '"z": 1}\n'; } >t/$lock
  check "a lock file has no size: $lock" 0 "  ≤ 95 of 100 · no findings" t --ignore dependencies
  lacks "a lock file has no size: $lock" "is data"
done
clean && mkdir t/src && printf 'val x = 1\n' >t/src/Main.scala && printf 'val y = 1\n' >t/src/Other.scala && gap "unread language" 0 src/Main.scala unread-language
check "unread language, by name" 0 "(scala is not read)" t
check "unread language, component" 0 "app  python, scala" t
rm -rf t && mkdir t && printf 'object M\n' >t/main.scala && printf '<project><artifactId>x</artifactId></project>\n' >t/pom.xml && commit_all t
check "nothing but an unread language" 0 "not assessed: " t
check "nothing but an unread language, component" 0 "app  scala" t
lacks "nothing but an unread language" "logs            █"
lacks "nothing but an unread language" "100 "
# What is judged by code is not judged without it, whatever deploy files say; a finding of theirs is one all the same.
unread_app() {
  rm -rf t && mkdir -p t/src t/web && printf 'object M\n' >t/src/main.scala && printf 'object A\n' >t/src/a.scala && printf 'let x = 1;\n' >t/web/a.js
  printf '<project><artifactId>x</artifactId><dependencies><dependency><groupId>io.ktor</groupId>' >t/pom.xml
  printf '<artifactId>ktor-server-netty</artifactId><version>2.3.1</version></dependency></dependencies></project>\n' >>t/pom.xml
  printf 'FROM debian:12.5\nCOPY target/x /x\nCMD %s\n' "$1" >t/Dockerfile && commit_all t
}
unread_app '["/x"]' && check "an app in an unread language" 0 "  not assessed: backing-services, processes, port-binding, concurrency, disposability," t
grep -qF "    dev-prod-parity, logs, admin-processes (scala is not read)" .out || fail "an app in an unread language: not all of its factors are named"
check "an app in an unread language, in part" 0 "  partly assessed: dependencies, config (scala is not read)" t
check "an app in an unread language, score" 0 "  no score · 4 of 12 factors could be assessed, 6 are needed · no findings · 2 files not read" t
lacks "an app in an unread language" "100  "
unread_app '/x --serve | tee log' && check "what its deploy files show" 1 "  partly assessed: dependencies, config, disposability (scala is not read)" t
grep -qE 'IX +disposability +█+░+ ≤60' .out || fail "what its deploy files show: no bar"
# Where there is no app there is no score, and what was not assessed is told.
rm -rf t && mkdir t && printf '# Notes\n' >t/README.md && commit_all t && check "nothing but a read-me" 0 "  no score · no part of it is an app · no findings" t
for factor in config backing-services build-release-run processes port-binding concurrency disposability dev-prod-parity logs admin-processes; do
  grep -q "^  $factor not assessed: " .out || fail "nothing but a read-me: $factor"
done
lacks "nothing but a read-me" "100"
rm -rf t && mkdir t && printf 'resource "aws_instance" "a" {\n  ami = "x"\n}\n' >t/main.tf
printf 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: cache}\nspec: {template: {spec: {containers: [{name: c, image: "redis:7.2.1"}]}}}\n' >t/cache.yaml && commit_all t
check "nothing but infrastructure" 0 "  no score · no part of it is an app · no findings" t
for factor in processes port-binding concurrency disposability logs admin-processes; do
  grep -q "^  $factor not assessed: " .out || fail "nothing but infrastructure: $factor"
done
lacks "nothing but infrastructure" "100"
# Without a repository: an app is a finding, an export of a repository was not looked at, and notes need none.
plain() { rm -rf t && mkdir -p t && printf 'import flask\napp = flask.Flask("a")\n' >t/app.py && printf 'web: gunicorn app:app\n' >t/Procfile; }
plain && check "an app in no repository" 1 "codebase/not-versioned" t
plain && printf '*.pyc\n' >t/.gitignore && check "an export of a repository" 1 "  codebase not assessed: an export, whose repository did not come with it" t
lacks "an export of a repository" "not-versioned"
rm -rf t && mkdir t && printf '# Notes\n' >t/README.md && check "notes in no repository" 0 "  codebase not assessed: no app that revision control would keep" t
lacks "notes in no repository" " 95 "
# What a file could matter to, by its kind and place.
json() { printf '{\n'; seq -f "\"$(times 1000 x)%.0f\": 1," 1200; printf '"z": 1}\n'; }
yaml() { printf 'en:\n'; seq -f "  k%.0f: \"$(times 1000 x)\"" 1200; }
clean && mkdir t/storage && json >t/storage/big.json && check "a large data file" 0 "  partly assessed: config (storage/big.json: " t
clean && json >t/docker-compose.json && mv t/docker-compose.json t/appsettings.json && check "a large file of a known name" 0 "all factors but codebase (appsettings.json: " t
clean && mkdir -p t/config/data && yaml >t/config/data/en.yml && check "large data" 0 "  partly assessed: config (config/data/en.yml: " t
clean && mkdir -p t/config/locales && yaml >t/config/locales/en.yml && check "large translations" 0 "  95 of 100 · no findings" t
rm t/Procfile && check "the cause is told" 0 "build-release-run not assessed: no build or start command is declared" t
clean && mkdir t/deploy && yaml >t/deploy/all.yml && check "a large manifest, perhaps" 0 "all factors but codebase (deploy/all.yml: " t
clean && mkdir t/contrib && printf 'print 1;\n' >t/contrib/a.pl && check "a contributed script" 0 "  95 of 100 · no findings" t
clean && mkdir t/tools && printf 'print 1;\n' >t/tools/a.pl && printf 'echo 1\n' >t/build.ps1 && check "scripts that build" 0 "  partly assessed: config (powershell is not read; perl is not read)" t
clean && mkdir -p t/views && printf '<%%= 1 %%>\n' >t/views/a.erb && cp t/views/a.erb t/views/b.erb && printf '<template/>\n' >t/views/c.ejs && check "templates" 0 "  partly assessed: config (erb is not read; ejs is not read)" t
check "templates, no language of a component" 0 "  .  app  python" t
check "templates, told once" 0 "views/a.erb: erb is not read: this file and another were only searched for tokens" t -q
clean && mkdir t/views && printf '<script>\nconst a = 1;\n</script>\n' >t/views/c.vue && printf '{"cells": []}\n' >t/a.ipynb && check "scripts inside of pages" 0 "checked" t
lacks "scripts inside of pages" "is not read"
clean && printf '$env:PORT = "8080"\n' >t/a.ps1 && check "settings of an unread language" 0 "a.ps1: powershell is not read: this file was only searched for settings, commands and tokens" t
clean && printf '{"cells": [{"cell_type": "code", "source": ["password = 1"]}], "metadata": {"kernelspec": {"language": "R"}}}\n' >t/a.ipynb && printf 'password = "a"\n' >>t/a.ipynb && check "a notebook in an unread language" 0 "a.ipynb: the language of this notebook is not read: this file was only searched for tokens" t
for ext in cshtml ftl jsp haml; do clean && printf 'x\n' >t/a.$ext && check "templates: $ext" 0 "a.$ext: " t -q; done
clean && printf 'run:\n\tpython app.py\n' >t/Makefile && check "a Makefile is read" 0 "  95 of 100" t
lacks "a Makefile is read" "not read"
clean && mkdir -p t/monit && printf 'check process app with pidfile /run/app.pid\n' >t/monit/app.conf && check "monit" 0 "partly assessed: config, build-release-run, concurrency, disposability, logs (monit" t
clean && mkdir -p t/init && printf 'start on runlevel\nexec app\n' >t/init/app.conf && check "upstart is read" 0 "  95 of 100" t
lacks "upstart is read" "not read"
clean && printf 'pipeline { agent any }\n' >t/Jenkinsfile && check "a Jenkinsfile is read" 0 "  95 of 100" t
lacks "a Jenkinsfile is read" "not read"
# The first line says what no name does.
for name in svc.init run.envsh boot.rc web.start web.in web.tmpl; do
  clean && printf '#!/bin/sh\ngunicorn --daemon --pid /run/x.pid app\n' >t/$name && check "a script named $name" 1 "$name:2" t
done
clean && printf '#!/usr/bin/perl\nprint 1;\n' >t/a.pl && check "a first line of an unread language" 0 "a.pl: perl is not read" t
clean && printf 'class A:\n    pass\n' >t/plain.py && check "a file without a rule's word" 0 "plain.py	python	.	-	not parsed: no word of a rule is in it" files t
check "a lock file" 0 "only searched for tokens: a lock file" files t
clean && mkdir t/tests && cp t/app.py t/tests/test_a.py && check "a test" 0 "only searched for tokens: its role is out of scope" files t
clean && ln -s /etc/hostname t/settings.py && gap "link out of the tree" 0 settings.py not-a-file
clean && ln -s app.py t/settings.py && check "link inside the tree" 0 "  95 of 100 · no findings" t
mkdir t/conf && printf 'a: 1\n' >t/conf/a.yml && ln -s conf t/other.yml && check "link to a folder of the tree" 0 "  95 of 100 · no findings" t
clean && commit_all t && git init -q sub && git -C sub commit -q --allow-empty -m x && git -C t -c protocol.file.allow=always submodule add -q ../sub lib 2>/dev/null && gap "submodule" 0 lib submodule
check "one notice of a submodule" 0 "1 submodule not read" t
rm -rf t/lib && mkdir t/lib && check "a submodule that is not checked out" 0 "lib: " t -q
same "one notice of it" 1 "$(grep -c 'notice: lib: ' .out)"

# What is read although it looked as if it could not be.
clean && printf 'DB_PASSWORD=pXq8vKz2mWn4\0\n' >t/.env && check "NUL in .env" 1 "config/committed-env-file" t
clean && printf '#!/bin/sh\necho \0\nDB_PASSWORD=pXq8vKz2mWn4 exec gunicorn --daemon app\n' >t/run.sh && check "NUL in a script" 1 "run.sh:3" t
clean && printf '#!/bin/sh\necho \0\ngunicorn --daemon app\n' >t/boot && check "NUL in a script without extension" 1 "boot:3" t
clean && printf 'import logging\nlogging.FileHandler("u.log")\n' | iconv -t UTF-32 >t/u.py && check "UTF-32" 1 "u.py:2" t
clean && printf 'import logging\nlogging.FileHandler("u.log")\n' | iconv -t UTF-16 >t/u.py && check "UTF-16" 1 "u.py:2" t
clean && { printf 'const winston = require("winston");\n/* '; head -c 20100 /dev/zero | tr '\0' 'x'; printf ' */\nnew winston.transports.File({ filename: "app.log" });\n'; } >t/log.js && check "a long comment" 1 "log.js:3" t
clean && { printf '{ "cells": [{ "source": ["key = '; printf "'AKIA%s'" Z7XKQ2M4N6P5R3T4; printf '"] }] }\n'; } >t/study.ipynb && check "a notebook" 1 "study.ipynb:1" t
clean && { printf '/*! licence */\n'; head -c 20100 /dev/zero | tr '\0' 'x'; } >t/lib.js && check "minified" 0 "lib.js	javascript	.	minified	out of scope: minified" files t

# What the configuration and the flags switch off.
logs() { clean && printf 'import logging\nlogging.FileHandler("a.log")\n' >t/log.py && printf 'DEBUG = True\n' >t/settings.py && commit_all t; }
logs && check "no configuration" 1 "gate --fail-on warning: failed" t
lacks "no configuration" "configuration "
printf 'ignore = ["*"]\n' >t/.tfcheck.toml && check "all rules ignored" 0 "no score · 0 of 12 factors could be assessed, 6 are needed · no findings" t
grep -qE '  configuration \.tfcheck\.toml: [0-9]+ rules off$' .out || fail "all rules ignored: the report does not say so"
lacks "all rules ignored" "100"
check "all rules ignored, why" 0 "not assessed: all factors (its rules are switched off by the configuration)" t
check "all rules ignored, quiet" 0 "configuration .tfcheck.toml: " t -q
check "all rules ignored, score gate" 1 "gate --min-score 1: failed" t --min-score 1
squeezed "all rules ignored, json" 0 '"configuration":{"file":".tfcheck.toml","rules_off":["' t -f json
squeezed "all rules ignored, sarif" 0 '"toolConfigurationNotifications":[{"level":"note","message":{"text":"Theconfiguration.tfcheck.toml:' t -f sarif
check "isolated" 1 "logs/log-file" t --isolated
lacks "isolated" "configuration "
printf '[factors.logs]\nenabled = false\nreason = "elsewhere"\n[rules."config/hardcoded-secret"]\nenabled = false\nreason = "r"\n[rules."dev-prod-parity/debug-enabled"]\nseverity = "note"\n[gate]\nfail-on = "never"\n[scope]\nexclude = ["legacy/", "old/"]\n[[exception]]\nrule = "logs/log-file"\npath = "x.py"\nreason = "r"\n[components."."]\nkind = "app"\n' >t/.tfcheck.toml
check "everything that a configuration can take away" 0 "configuration .tfcheck.toml: 6 rules off, gate never, 2 paths excluded, 1 severity lowered, 1" t
check "a factor whose rules are off" 0 "not assessed: logs (its rules are switched off by the configuration)" t
check "a factor with a rule off" 0 "partly assessed: config (1 of 9 rules is switched off by the configuration)" t
squeezed "everything, json" 0 '"gate":"never","excluded":["legacy/","old/"],"lowered":[{"rule":"dev-prod-parity/debug-enabled","severity":"note"}],"exceptions":[{"rule":"logs/log-file","path":"x.py"}],"components":["."]' t -f json
check "a flag over the file's gate" 1 "configuration .tfcheck.toml: 6 rules off, 2 paths excluded" t --fail-on note
printf '[gate]\nfail-on = "error"\n' >t/.tfcheck.toml && check "a looser gate" 1 "configuration .tfcheck.toml: gate error" t
printf '[gate]\nfail-on = "note"\n' >t/.tfcheck.toml && check "a stricter gate takes nothing away" 1 "log-file" t
lacks "a stricter gate takes nothing away" "configuration "
mkdir t/sub && printf 'x = 1\n' >t/sub/a.py && printf 'ignore = ["logs"]\n' >t/.tfcheck.toml && check "a configuration above the audit" 0 "configuration .tfcheck.toml: 5 rules off" t/sub
rm t/.tfcheck.toml
check "selected" 1 "not assessed: all factors but logs (its rules are not selected)" t --select logs
check "ignored" 0 "partly assessed: logs (1 of 5 rules is not selected)" t --ignore logs/log-file --fail-on error
squeezed "ignored, json" 0 '"rules_not_selected":["logs/log-file"]' t --ignore logs/log-file --fail-on error -f json

# The own reports are not audited.
clean && commit_all t
for run in one two; do
  (cd t && check "own reports, run $run" 0 "  95 of 100 · no findings" . --fail-on error -o r.sarif -o r.json -o nested.json; echo "$failures" >../count)
  failures=$(cat count)
done
sed -i 's/^ *//' t/nested.json && check "own reports in files" 0 "out of scope: own report" files t
[ "$(grep -c 'out of scope: own report' .out)" = 3 ] || fail "own reports in files: not all three"

# More findings than a report holds.
clean && { printf 'import logging\n'; for i in $(seq 1 1100); do printf 'logging.FileHandler("%d.log")\n' $i; done; } >t/log.py
check "many findings" 1 "100 findings of logs/log-file left out" t
check "many findings, factor" 1 "partly assessed: logs (logs/log-file has more findings than a report holds)" t
[ "$("$TFCHECK_BIN" t -f json 2>/dev/null | grep -c '^      "rule": "logs/log-file"')" = 1000 ] || fail "many findings: not a thousand of them"
finish
