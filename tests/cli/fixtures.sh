#!/usr/bin/env bash
# Fixtures are small whole repositories with golden reports. `fixtures.sh --update` rewrites the goldens; review the diff.
. "$(dirname "$0")/lib.sh"
for fixture in "$TFCHECK_SOURCE"/fixtures/*/; do
  name=$(basename "$fixture")
  [ "$name" = secrets ] && continue  # cases of the benchmark of secrets
  # A repository of its own, at the same path in every run, so that reports do not depend on the checkout.
  rm -rf "$work/fixture" && cp -r "$fixture" "$work/fixture" && rm -f "$work/fixture/expected.txt" && commit_all "$work/fixture"
  (cd "$work" && timeout 60 "$TFCHECK_BIN" fixture --color never) >"$work/actual" 2>&1
  code=$?
  sed -i -E 's/ in [0-9.]+ s//' "$work/actual"
  printf 'exit code %d\n' $code >>"$work/actual"
  checks=$((checks + 1))
  if [ "${1:-}" = --update ]; then cp "$work/actual" "$fixture/expected.txt"; continue; fi
  diff -u "$fixture/expected.txt" "$work/actual" >"$work/diff" 2>&1 || { fail "$name: the report differs from expected.txt"; head -40 "$work/diff"; }
  case $name in *-good | *-clean) [ $code = 0 ] || fail "$name: a good app must be clean" ;; *-bad) [ $code = 1 ] || fail "$name: a bad app must fail the gate" ;; esac
done
finish
