#!/usr/bin/env bash
# Every fixture in every format: the same bytes in two runs with different threads, an exit code that no format changes,
# and SARIF that passes Microsoft's multitool, offline; so does that of an empty result. tests/session compares threads
# and formats on every fixture in one process.
. "$(dirname "$0")/lib.sh"
files=()
for fixture in "$TFCHECK_SOURCE"/fixtures/*/; do
  sarif=$work/$(basename "$fixture").sarif
  "$TFCHECK_BIN" "$fixture" -f json -j1 -o sarif="$sarif" >"$work/one" 2>"$work/one.err"; code=$?
  "$TFCHECK_BIN" "$fixture" -f text -j2 -o json="$work/two" -o sarif="$work/two.sarif" >/dev/null 2>"$work/two.err"
  same "$fixture: exit code of text" $code $?
  cmp -s "$work/one" "$work/two" && cmp -s "$work/one.err" "$work/two.err" && cmp -s "$sarif" "$work/two.sarif" || fail "$fixture: runs differ"
  [ -s "$sarif" ] || fail "$fixture: no SARIF"
  files+=("$sarif")
  case $fixture in */go-*/) ;; *) continue ;; esac
  "$TFCHECK_BIN" "$fixture" -f sarif >/dev/null 2>&1
  same "$fixture: exit code of sarif" $code $?
done
mkdir "$work/empty" && printf 'nothing\n' >"$work/empty/notes.txt" && commit_all "$work/empty" && "$TFCHECK_BIN" "$work/empty" -f sarif >"$work/empty.sarif" 2>/dev/null
grep -q '"results": \[\]' "$work/empty.sarif" || fail "the empty result is not empty"
files+=("$work/empty.sarif")
checks=$((checks + ${#files[@]}))
bash "$TFCHECK_SOURCE/tests/report/validate_sarif.sh" "${files[@]}" || fail "the multitool found faults"
finish
