#!/usr/bin/env bash
# The SARIF of every fixture and of an empty result passes Microsoft's multitool, offline.
. "$(dirname "$0")/lib.sh"
files=()
for fixture in "$TFCHECK_SOURCE"/fixtures/*/; do
  out=$work/$(basename "$fixture").sarif
  "$TFCHECK_BIN" "$fixture" -f text -o sarif="$out" >/dev/null 2>&1
  [ -s "$out" ] || fail "$fixture: no SARIF"
  files+=("$out")
done
mkdir "$work/empty" && printf 'nothing\n' >"$work/empty/notes.txt" && commit_all "$work/empty" && "$TFCHECK_BIN" "$work/empty" -f sarif >"$work/empty.sarif" 2>/dev/null
grep -q '"results": \[\]' "$work/empty.sarif" || fail "the empty result is not empty"
files+=("$work/empty.sarif")
checks=${#files[@]}
bash "$TFCHECK_SOURCE/tests/report/validate_sarif.sh" "${files[@]}" || fail "the multitool found faults"
finish
