#!/usr/bin/env bash
# Files that grow in one way only cost no more than their size, and what would cost more has an end that is told. Each of
# these ran for a minute, or ended the program, where one item was held against all others.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

tree() { # a fresh folder with one file that has a finding
  rm -rf "$work/t" && mkdir "$work/t" && printf 'import logging\nlogging.FileHandler("app.log")\n' >"$work/t/app.py"
}
numbered() { # N FORMAT: the format with the numbers from 1 on
  seq -f "$2" 1 "$1"
}

tree && times 80000 $'---\n' >t/a.yml && check "80,000 YAML documents" 1 "logs/log-file" t
tree && { printf 'a: '; times 15000 '${A:-'; times 15000 '}'; } >t/a.yml && check "defaults inside defaults" 1 "logs/log-file" t
tree && { printf 'b: &b\n  x: 1\nm:\n'; times 90000 $'  <<: *b\n'; } >t/a.yml && check "one map with many merge keys" 1 "logs/log-file" t
tree && { printf 'web: '; times 20000 'cd a; '; printf 'run\n'; } >t/Procfile && check "a command of nothing but cd" 1 "logs/log-file" t
tree && { printf '#!/bin/sh\n'; times 20000 $'cd a\n'; } >t/start.sh && check "a script of nothing but cd" 1 "logs/log-file" t
tree && { printf "x-c: &c 'sh -c \""; times 3000 'run x; '; printf "\"'\nservices:\n"; numbered 2000 '  s%.0f: {image: b, command: *c}'; } >t/docker-compose.yml &&
  check "a long command with many aliases" 1 "docker-compose.yml: aliases repeat too many commands" t
tree && { printf 'x-e: &e\n'; numbered 4000 '- A%.0f=b'; printf 'services:\n'; numbered 4000 '  s%.0f: {image: b, environment: *e}'; } >t/docker-compose.yml &&
  check "a long list with many aliases" 1 "the rest is left out" t
tree && times 210000 $'A=1\n' >t/.env && check "more facts than are kept" 1 ".env: more than 200,000 facts" t
tree && { printf '<beans><bean class="c"'; numbered 600 ' p:a%.0f="b"' | tr -d '\n'; printf '/></beans>'; } >t/a.xml &&
  check "an element of many attributes" 1 "a.xml: only the first 20,000 elements, and 500 attributes of each, were read" t

finish
