#!/usr/bin/env bash
# The same tree gives the same bytes in two runs with different threads, and the format never changes the exit code.
# tests/session compares threads and formats on every fixture in one process.
. "$(dirname "$0")/lib.sh"
for fixture in "$TFCHECK_SOURCE"/fixtures/*/; do
  "$TFCHECK_BIN" "$fixture" -f json -j1 >"$work/one" 2>"$work/one.err"; code=$?
  "$TFCHECK_BIN" "$fixture" -f json -j2 >"$work/two" 2>"$work/two.err"; same "$fixture: exit code of a second run" $code $?
  cmp -s "$work/one" "$work/two" && cmp -s "$work/one.err" "$work/two.err" || fail "$fixture: runs differ"
  for format in text sarif; do
    "$TFCHECK_BIN" "$fixture" -f $format >/dev/null 2>&1; same "$fixture: exit code of $format" $code $?
  done
done
finish
