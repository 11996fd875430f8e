#!/usr/bin/env bash
# What is written: reports go where the user said and nowhere else, in full or with an error.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
umask 022
finding='error[logs/log-file]'
tree() { # a fresh repository with one finding, and a victim beside it
  rm -rf t victim out && mkdir -p t/sub out && printf 'import logging\nlogging.FileHandler("app.log")\n' >t/app.py && commit_all t
  printf 'precious\n' >victim
}
untouched() { same "$1: the victim" precious "$(cat victim)"; }
nothing_left() { same "$1: files left behind" "" "$(find . -name '.tfcheck-*' -o -name '*.tfcheck-tmp')"; }
is_report() { # NAME FILE
  checks=$((checks + 1))
  grep -q '"schema": "tfcheck-report' "$2" || fail "$1: $2 holds no report"
}

# Links of the tree are the tree's word, not the user's.
tree && ln -s ../victim t/r.json.tfcheck-tmp && check "a link under an old temporary name" 1 "$finding" t -o json=t/r.json
untouched "a link under an old temporary name" && is_report "a link under an old temporary name" t/r.json
[ -L t/r.json ] && fail "the report became a link"
tree && ln -s ../victim t/r.json && check "a link as the report" 2 "t/r.json is a link in the audited tree" t -o json=t/r.json
untouched "a link as the report"
tree && ln -s ../out t/link && check "a link on the way" 2 "t/link is a link in the audited tree" t -o json=t/link/r.json
same "a link on the way" "" "$(ls out)"
tree && ln -s ../out t/link && check "a link on the way, absolute" 2 "is a link in the audited tree" t -o "json=$work/t/link/r.json"
tree && ln -s ../../victim t/sub/r.json && check "a link of the repository beside the audited folder" 2 "is a link" t/sub -o json=t/sub/r.json
tree && printf 'x = 1\n' >t/sub/a.py && ln -s ../victim t/r.json && check "a link of the repository above the audited folder" 2 "t/r.json is a link" t/sub -o json=t/r.json
tree && ln -s nowhere t/r.json && check "a dangling link" 2 "is a link" t -o json=t/r.json
same "a dangling link" "" "$(ls t/nowhere 2>/dev/null)"
tree && ln -s ../victim t/r.json && ln -s t/r.json mine && check "a link of the user to a link of the tree" 2 "t/r.json is a link" t -o json=mine
untouched "a link of the user to a link of the tree" && rm mine
tree && ln -s out/real.json mine && printf old >out/real.json && check "a link of the user" 1 "$finding" t -o json=mine
is_report "a link of the user" out/real.json && [ -L mine ] || fail "the user's link was replaced"
rm mine

# What is not a file is written into.
tree && mkfifo out/pipe && { timeout 20 cat out/pipe >out/read & } && check "a FIFO" 1 "$finding" t -o json=out/pipe
wait && is_report "a FIFO" out/read && [ -p out/pipe ] || fail "the FIFO was replaced"
tree && ln -s /dev/null out/null && check "a device behind a link" 1 "$finding" t -o json=out/null
[ -L out/null ] && [ -c /dev/null ] || fail "the device or its link was replaced"
if [ "$(id -u)" = 0 ] && mknod out/device c 1 3 2>/dev/null; then
  check "a device" 1 "$finding" t -o json=out/device
  [ -c out/device ] || fail "the device was replaced"
fi
# (Devices stand behind links of our own, so that a program that replaces them does no harm.)
ln -s /dev/full out/full && check "a full device" 2 "out/full: the report cannot be written: No space left" t -o json=out/full
ln -s /dev/stdout out/stdout && check "standard output by its file" 1 '"schema": "tfcheck-report' t -o json=out/stdout
ln -s /dev/fd/3 out/fd && check_shell "an open file" 1 "" '"$TFCHECK_BIN" t -o json=out/fd 3>out/three >/dev/null' && is_report "an open file" out/three
check "standard output by a dash" 1 '"schema": "tfcheck-report' t -o json=-
same "a dash: no other report" 0 "$(grep -c "^error" "$work/.out")"
check "standard output twice" 2 "standard output has a report already" t -f text -o json=-
if command -v python3 >/dev/null; then
  cat >listen.py <<'PY'
import socket, subprocess, sys
server = socket.socket(socket.AF_UNIX); server.bind("out/socket"); server.listen(1); server.settimeout(50)
run = subprocess.Popen([sys.argv[1], "t", "-o", "json=out/socket"], stdout=subprocess.DEVNULL)
talk, _ = server.accept()
text = b"".join(iter(lambda: talk.recv(65536), b""))
sys.exit(0 if run.wait() == 1 and b'"schema": "tfcheck-report' in text else 1)
PY
  check_shell "a socket" 0 "" 'python3 listen.py "$TFCHECK_BIN"'
fi

# Modes and groups.
tree && check "a new report" 1 "$finding" t -o json=out/r.json && same "mode of a new report" 644 "$(stat -c %a out/r.json)"
check_shell "a new report, closed umask" 1 "$finding" 'umask 077; "$TFCHECK_BIN" t -o json=out/private.json'
same "mode under umask 077" 600 "$(stat -c %a out/private.json)"
chmod 600 out/r.json && check "an earlier report" 1 "$finding" t -o json=out/r.json && same "mode of an earlier report" 600 "$(stat -c %a out/r.json)"
chmod 664 out/r.json && check "an earlier report of a group" 1 "$finding" t -o json=out/r.json && same "mode of a group's report" 664 "$(stat -c %a out/r.json)"
if [ "$(id -u)" = 0 ]; then
  chown 65534:65534 out/r.json && check "an earlier report of another user" 1 "$finding" t -o json=out/r.json
  same "owner of an earlier report" 65534:65534 "$(stat -c %u:%g out/r.json)"
fi

# One file, one report; nothing is audited or written when two want it.
tree && for second in out/a out/./a t/../out/a "$work/out/a"; do
  check "twice: $second" 2 "is the same file" t -o json=out/a -o "sarif=$second"
  same "twice: $second: nothing is written" "" "$(ls out)"
done
printf x >out/a && ln out/a out/b && check "twice by a hard link" 2 "is the same file" t -o json=out/a -o sarif=out/b
same "twice by a hard link" x "$(cat out/a)"
check_shell "standard output's file again" 2 "standard output is the same file" '"$TFCHECK_BIN" t -o json=out/c >out/c'
ln -s /dev/null out/null && check "a device twice" 1 "$finding" t -o json=out/null -o sarif=out/null

# What cannot be written is told before the audit, and leaves nothing behind.
check "no such folder" 2 "there is no folder $work/missing" t -o json=missing/r.json
check "a folder as the report" 2 "it is a folder" t -o json=out
check "a folder by its name" 2 "it is a folder" t -o json=new/
check "told before the audit" 2 "cannot be written" empty-or-missing -o json=missing/r.json
tree && check_shell "a limit of file sizes" 2 "cannot be written: File too large" '(ulimit -f 1; exec "$TFCHECK_BIN" t -o json=out/r.json) 2>&1 | cat; exit ${PIPESTATUS[0]}'
same "a limit of file sizes" "" "$(ls -A out)" && nothing_left "a limit of file sizes"
tree && printf 'old\n' >out/r.json && check_shell "an earlier report stays whole" 2 "File too large" '(ulimit -f 1; exec "$TFCHECK_BIN" t -o json=out/r.json) 2>&1 | cat; exit ${PIPESTATUS[0]}'
same "an earlier report stays whole" old "$(cat out/r.json)"
if [ "$(id -u)" = 0 ]; then
  tree && chmod 755 "$work" && cp "$TFCHECK_BIN" nobody-bin && chmod 755 nobody-bin
  as_nobody='setpriv --reuid=65534 --regid=65534 --clear-groups ./nobody-bin'
  check_shell "a folder of another user" 2 "out/r.json: the report cannot be written: Permission denied" "$as_nobody t --isolated -o json=out/r.json"
fi

# Reports of the run are no part of what is audited, whatever their names mean as globs.
tree && for name in r.json '[a].json' '*.json' 'app.[p]y.json'; do
  printf 'password = "Zk3vQ9xW7pLm2RtY"\n' >"t/$name" && check "not audited: $name" 1 "1 error" t -o "json=t/$name"
done
tree && printf 'import logging\nlogging.FileHandler("other.log")\n' >t/xr.py && check "a name is no glob" 1 "xr.py" t -o 'json=t/*r.py'
tree && rm -rf t && mkdir t && printf 'x = 1\n' >t/app.py && printf 'x==1.0\n' >t/requirements.txt && commit_all t
for run in first second; do
  check_shell "the line for CI, $run run" 0 "no findings" 'cd t && "$TFCHECK_BIN" --fail-on error -o sarif=tfcheck.sarif'
done

# Standard output that does not take it all, for every command.
tree && mkdir -p t/logs && cp "$TFCHECK_SOURCE/rules/logs/log-file.md" t/logs/mine.md
for command in "t" "t -f json" "t -f sarif" "version" "--version" "--help" "rules" "explain logs/log-file" "explain --all" "explain logs" "files t" "facts t/app.py" "rules check t/logs/mine.md"; do
  check_shell "full: $command" 2 "tfcheck: error: standard output cannot be written: No space left on device" "\"\$TFCHECK_BIN\" $command >/dev/full"
  check_shell "closed: $command" 2 "tfcheck: error: standard output cannot be written" "\"\$TFCHECK_BIN\" $command >&-"
  same "closed: $command: one line of error" 1 "$(grep -c "^tfcheck: error" "$work/.out")"
done
check_shell "full: -o is written all the same" 2 "standard output" '"$TFCHECK_BIN" t -o json=out/r.json >/dev/full' && is_report "full: -o is written all the same" out/r.json

# A reader that has seen enough.
check_shell "a closed pipe" 1 "" 'set -o pipefail; "$TFCHECK_BIN" t -f json -o sarif=out/s.sarif | true; exit ${PIPESTATUS[0]}'
[ -s out/s.sarif ] || fail "a closed pipe: -o was not written"
check_shell "a closed pipe, no finding" 0 "" '"$TFCHECK_BIN" explain --all | head -1 >/dev/null; exit ${PIPESTATUS[0]}'
check_shell "a closed pipe, files" 0 "" '"$TFCHECK_BIN" files t 2>/dev/null | true; exit ${PIPESTATUS[0]}'
same "a closed pipe is quiet" 0 "$(wc -l <"$work/.out")"

# Standard error that nobody hears.
mkdir -p t/closed && mkfifo t/pipe.py
for redirect in '2>&-' '2>/dev/full' '>/dev/null 2>&-' '0<&- 2>&-'; do
  check_shell "unheard: notices $redirect" 1 "" "\"\$TFCHECK_BIN\" t $redirect"
  check_shell "unheard: --stats $redirect" 1 "" "\"\$TFCHECK_BIN\" t --stats $redirect"
  check_shell "unheard: files $redirect" 0 "" "\"\$TFCHECK_BIN\" files t $redirect"
  check_shell "unheard: an error $redirect" 2 "" "\"\$TFCHECK_BIN\" no-such-folder $redirect"
done
check_shell "descriptors that are closed are not given to files" 1 "" '"$TFCHECK_BIN" t -o json=out/d.json 0<&- 2>&-' && is_report "closed descriptors" out/d.json
check_shell "a closed standard output is no file's" 2 "" '"$TFCHECK_BIN" t -o json=out/e.json 0<&- >&- 2>&-' && is_report "closed standard output" out/e.json
nothing_left "at the end"
finish
