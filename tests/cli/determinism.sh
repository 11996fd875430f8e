#!/usr/bin/env bash
# The same tree gives the same bytes: two runs, one thread and two, every format; and the format never changes the code.
. "$(dirname "$0")/lib.sh"
for fixture in "$TFCHECK_SOURCE"/fixtures/*/; do
  for format in text json sarif; do
    "$TFCHECK_BIN" "$fixture" -f $format -j1 >"$work/one" 2>"$work/one.err"; one=$?
    "$TFCHECK_BIN" "$fixture" -f $format -j2 >"$work/two" 2>"$work/two.err"; two=$?
    "$TFCHECK_BIN" "$fixture" -f $format -j2 >"$work/three" 2>/dev/null
    checks=$((checks + 1))
    sed -i 's/ in [0-9.]* s//' "$work/one" "$work/two" "$work/three"
    cmp -s "$work/one" "$work/two" && cmp -s "$work/two" "$work/three" && cmp -s "$work/one.err" "$work/two.err" || fail "$fixture $format: runs differ"
    [ $one = $two ] || fail "$fixture $format: exit codes differ"
    [ $format = text ] && code=$one
    [ $one = "$code" ] || fail "$fixture: $format exits with $one, text with $code"
  done
done
finish
