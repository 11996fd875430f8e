#!/usr/bin/env bash
# `tfcheck explain` of a finding: by fingerprint or place, of a report or of the folder as it is now.
. "$(dirname "$0")/lib.sh"
mkdir "$work/t" && cd "$work/t" || exit 2
printf 'import logging\n\nlogging.FileHandler("/var/log/app.log")\npassword = "kK3jfh28sjQz"\n' >app.py
printf 'FROM python:3.12\nCMD ["./boot.sh"]\n' >Dockerfile && printf '#!/bin/sh\nflask db upgrade\n' >boot.sh
commit_all . && "$TFCHECK_BIN" -f json >../report.json
id=$(grep -A40 '"rule": "logs/log-file"' ../report.json | grep -m1 -o '"tfcheck/v1": "[0-9a-f]*"' | cut -d'"' -f4)
check "by fingerprint" 0 'fact       call logging.FileHandler("/var/log/app.log")' explain "$id"
check "by the beginning of one" 0 "rule page  logs/log-file.md:" explain "${id:0:8}"
check "the match stands there" 0 '    [[match]]' explain "$id"
check "by place" 0 "command    start" explain boot.sh:2
check "what started it" 0 "Dockerfile:2:5: started from here" explain boot.sh:2
check "no secret is shown" 0 'password = "********"' explain app.py:4
check "no such finding" 2 "no finding is called 'app.py:1'" explain app.py:1
check "no such fingerprint" 2 "no finding is called 'abcdef0'" explain abcdef0
rm app.py && check "of a report" 0 "rule page  logs/log-file.md:" explain --report ../report.json "$id"
check "gone from the folder" 2 "no finding is called" explain "$id"
check "not a report" 2 "boot.sh: this is no JSON report of tfcheck" explain --report boot.sh "$id"
check "no report there" 2 "nothing.json" explain --report nothing.json "$id"
check "a factor: its rules" 0 "logs/log-file" explain logs
check "a factor: what pages see as right" 0 "  standard-streams                       the log goes to the standard streams" explain logs
check "a factor: what is seen here" 0 "    the image starts the app in exec form, without a shell in front: Dockerfile:2" explain disposability
check "a factor: nothing is seen here" 0 "seen as right here: nothing" explain port-binding
check "a factor: what a report saw" 0 "seen as right in ../report.json" explain --report ../report.json disposability
check "a factor: of no report" 2 "boot.sh: this is no JSON report of this version of tfcheck" explain --report boot.sh logs
check "the whole, all of it" 1 "    a Dockerfile builds what its start command runs: Dockerfile:1" -v
mkdir "$work/odd" && git -C "$work/odd" init -q && echo 'fail-on = 3' >"$work/odd/.tfcheck.toml"
check_shell "a factor of what cannot be audited" 0 "seen as right here: not known, " "cd $work/odd && \$TFCHECK_BIN explain logs"
mkdir "$work/plain" && check_shell "outside of a repository nothing is looked at" 0 "standard-streams" "cd $work/plain && \$TFCHECK_BIN explain logs"
grep -q "seen as right here" "$work/.out" && fail "a folder that is no repository was audited"
check "the score" 0 "  logs              not assessed: no source" explain --score
check "the score, the last part of it" 0 "  admin-processes   85: not looked at: changes by hand" explain --score
check "the score of a folder" 0 "score: " explain --score .
check "the score of a report" 0 " logs/log-file: 1 error, load 2.00" explain --score --report ../report.json
check "one folder only" 2 "explain --score takes one folder, or a report" explain --score a b
check "no such folder" 2 "nothing" explain --score nothing
check "the score of no report" 2 "boot.sh: this is no JSON report of this version of tfcheck" explain --score --report boot.sh
grep -q kK3jfh28sjQz ../report.json && fail "the report holds a secret"
[ -z "$(git status --porcelain | grep -v app.py)" ] || fail "explain writes into the tree"
finish
