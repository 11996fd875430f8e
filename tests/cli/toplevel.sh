#!/usr/bin/env bash
# Nothing escapes the program: no memory, no threads, no folder to be in: one line and exit code 2, or the work is done.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
mkdir t && for i in $(seq 40); do printf 'import logging\nlogging.FileHandler("app%d.log")\n' "$i" >"t/app$i.py"; done
{ for i in $(seq 4000); do printf 'value_%d = call(%d, [1, 2, 3], name="text")\n' "$i" "$i"; done; printf 'import logging\nlogging.FileHandler("big.log")\n'; } >t/big.py
printf 'x==1\n' >t/requirements.txt
one_line() { # NAME: standard error has one line, an error
  checks=$((checks + 1))
  [ "$(wc -l <err)" = 1 ] && grep -q '^tfcheck: error: ' err || { fail "$1: not one line of error"; head -3 err; }
}

# Memory: from a limit that lets the program start to one that lets it end. (A sanitizer's shadow needs more than any.)
if ! grep -qa __asan_init "$TFCHECK_BIN"; then
  for jobs in 1 2; do
    met=0 ended=0 limit=8000
    while [ $ended -lt 3 ]; do
      limit=$((limit + limit / 25))
      { (ulimit -v $limit; exec "$TFCHECK_BIN" version) >/dev/null 2>&1; } 2>/dev/null || continue
      { (ulimit -v $limit; exec timeout 60 "$TFCHECK_BIN" t -j$jobs) >out 2>err </dev/null; } 2>/dev/null
      code=$?
      [ $code = 1 ] && ended=$((ended + 1)) && continue
      met=$((met + 1))
      same "memory limit of $limit kB, $jobs threads: exit code" 2 $code
      one_line "memory limit of $limit kB, $jobs threads"
    done
    [ $met -gt 2 ] || fail "no memory limit was met with $jobs threads"
  done
fi

# Threads: the system gives none, and the answer is the same.
"$TFCHECK_BIN" t -j1 >alone 2>&1
if [ "$(id -u)" = 0 ]; then
  chmod 755 "$work" && cp "$TFCHECK_BIN" nobody-bin && chmod 755 nobody-bin
  as_nobody="setpriv --reuid=65533 --regid=65533 --clear-groups env HOME=$work ASAN_OPTIONS=detect_leaks=0"
  check_shell "no threads to be had" 1 "log-file" "$as_nobody prlimit --nproc=1 ./nobody-bin t -j8"
  sed -i 's| in [0-9.]* s||' alone .out; cmp -s alone .out || { fail "no threads to be had: another answer"; diff alone .out | head -5; }
else
  check_shell "no threads to be had" 1 "log-file" 'ulimit -u 1; exec "$TFCHECK_BIN" t -j8'
fi
check "an endless file" 2 "/dev/zero: cannot be read: it has more than" facts /dev/zero
check "more threads than work" 1 "log-file" t -j256

# Folders that are gone or not there.
mkdir gone && for arguments in '.' '. -o json=r.json' '--rules pack .' '--config c.toml .' 'rules check pack' 'files .'; do
  checks=$((checks + 1))
  mkdir -p gone && (cd gone && rmdir "$work/gone" && timeout 60 "$TFCHECK_BIN" $arguments) >out 2>err </dev/null
  code=$?
  [ $code = 2 ] || fail "in a folder that is gone: $arguments: exit code $code"
  one_line "in a folder that is gone: $arguments"
done
mkdir -p pack/logs && cp "$TFCHECK_SOURCE/rules/logs/log-file.md" pack/logs/mine.md
TMPDIR=$work/nowhere check "examples are checked in memory" 0 "0 failures" rules check pack

# An example of a page is a file below its own folder, whoever wrote the page.
mkdir tmp && for file in ../victim.py "$work/tmp/victim.py" a/../../victim.py .. . a/; do
  sed "s|^\`\`\`python bad.*|\`\`\`python bad=2 file=$file|" pack/logs/mine.md >pack/logs/other.md
  TMPDIR=$work/tmp check "an example at $file" 2 "an example's file is a path below its own folder" rules check pack
  same "an example at $file: nothing is written" "" "$(ls tmp)"
done
finish
