#!/usr/bin/env bash
# Small files made to break a parser: nothing crashes, nothing takes long, the rest of the tree is still judged, and the
# answer does not depend on how busy the machine is.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
marker='import logging\nlogging.FileHandler("app.log")\n'

tree() { # a fresh folder with one file that has a finding
  rm -rf "$work/t" && mkdir "$work/t" && printf "$marker" >"$work/t/app.py"
}

# External scanners keep what is open in 1,024 bytes; each of these needs a little more.
tree && { printf 't: 8'; times 260 ' :'; printf '\n'; } >t/indents.yml
check "YAML, 260 levels on one line" 1 "indents.yml: not parsed" t
check "the same, staged" 1 "logs/log-file" t --rev HEAD <<<"$(commit_all t)"
check "the same, its facts" 0 "indents.yml" facts t/indents.yml
tree && { printf 'l'; times 300 ': '; } >t/a.yml && { printf -- '- a: b\n  c'; times 300 ' :'; printf '\n bad: [\n'; } >t/b.yml
check "YAML, on other ways in" 1 "logs/log-file" t
tree && { printf "$marker"; indent=; for i in $(seq 1 511); do printf '%sif a:\n' "$indent"; indent="$indent "; done; printf '%sx = f"{' "$indent"; } >t/deep.py
check "Python, 511 levels and an open f-string" 1 "logs/log-file" t
tree && { indent=; for i in $(seq 1 700); do printf '%sif a:\n' "$indent"; indent="$indent "; done; printf '%slogging.FileHandler("x.log")\n' "$indent"; } >t/deep.py
check "Python, 700 levels" 1 "deep.py: not parsed" t
tree && times 300 '<a>' >t/pom.xml && times 200 '%w(%w(' >t/a.rb && times 200 '<<A <<B ' >t/a.sh && times 300 '"{$a' >t/a.php
check "scanners of the others" 1 "logs/log-file" t

# Garbage that sends a parser into every corner: each costs a bounded amount of work, and says when it was too much.
tree && { printf "$marker" && times 40000 '-->' | fold -w 3000; } >t/arrows.py
check "120 kB of arrows" 1 "arrows.py: not parsed: too much work" t
for sample in 'rb|"#{' 'rb|%w(%w(' 'js|/*' 'js|`${' 'cs|$"{a' 'cs|a<' 'java|A<' 'go|{' 'go|func(' 'php|"{$a' 'sh|<<A <<B ' 'sh|case x in ' 'ts|a<b<' 'tsx|<a>' 'yml|"' 'yml|- ' 'json|[' 'toml|[[' 'xml|<!--' 'xml|<a>'; do
  tree && { [ "${sample%%|*}" = php ] && printf '<?php '; times 30000 "${sample#*|}"; } >"t/garbage.${sample%%|*}"
  check "30,000 times ${sample#*|} in ${sample%%|*}" 1 "logs/log-file" t
done

# The same bytes on one thread, on many, and beside eight busy loops.
rm -rf t && mkdir t && for i in $(seq 1 6); do
  { printf 'PASSWORD_%d = "k3yXw9Qz71mVtR8"\nlogging.FileHandler("a%d.log")\n' "$i" "$i"; seq 1 1000 | sed 's/.*/value_& = call_me(first=&, second="some text", third=[1, 2, 3], fourth={"a": None})/'; } >"t/module_$i.py"
done
"$TFCHECK_BIN" t -f json -j1 >one 2>one.err
one=$?
"$TFCHECK_BIN" t -f json -j24 >many 2>many.err
many=$?
busy=()
for i in 1 2 3 4 5 6 7 8; do (while :; do :; done) & busy+=($!); done
"$TFCHECK_BIN" t -f json -j2 >beside 2>beside.err
beside=$?
kill "${busy[@]}" 2>/dev/null
wait 2>/dev/null
checks=$((checks + 2))
[ "$one" = 1 ] && grep -q '"errors": [1-9]' one || fail "the secrets of large files are not found"
cmp -s one many && cmp -s one.err many.err && [ "$many" = "$one" ] || fail "24 threads change the report"
cmp -s one beside && cmp -s one.err beside.err && [ "$beside" = "$one" ] || fail "a busy machine changes the report"
finish
