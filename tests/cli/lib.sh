# Shared by the whole-program tests: they run the real binary on trees that they make, and compare exit codes and words.
# TFCHECK_BIN is the binary, TFCHECK_SOURCE the checkout.
set -u
# Git renames over the file that these name when it is told to write it: never a device.
export LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/nonexistent/tfcheck-test GIT_CONFIG_SYSTEM=/nonexistent/tfcheck-test GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org \
  GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE NO_COLOR FORCE_COLOR
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
# libgit2 1.5 leaks inside some of its own functions; tests/repo looks at what we do with it.
printf 'leak:libgit2\nleak:libpcre2\n' >"$work/.lsan"
export LSAN_OPTIONS=suppressions=$work/.lsan:print_suppressions=0
failures=0
checks=0

fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n' "$*"
}

# check NAME CODE WORDS ARGS…: runs tfcheck with ARGS; its exit code must be CODE and its output (both streams) must
# contain WORDS. A crash, a sanitizer report or more than 60 seconds is a failure whatever the code.
check() {
  local name=$1 code=$2 words=$3
  shift 3
  timeout 60 "$TFCHECK_BIN" "$@" >"$work/.out" 2>&1 </dev/null
  judge "$name" "$code" "$words" $?
}

# check_shell NAME CODE WORDS SCRIPT: the same for a line of bash, in which $TFCHECK_BIN is the binary.
check_shell() {
  TFCHECK_BIN=$TFCHECK_BIN timeout 60 bash -c "$4" >"$work/.out" 2>&1 </dev/null
  judge "$1" "$2" "$3" $?
}

judge() { # NAME CODE WORDS GOT, of what lies in $work/.out
  checks=$((checks + 1))
  [ "$4" = "$2" ] || { fail "$1: exit code $4, expected $2"; tail -5 "$work/.out"; }
  [ -z "$3" ] || grep -qF -- "$3" "$work/.out" || { fail "$1: the output lacks: $3"; tail -5 "$work/.out"; }
  if grep -qE 'AddressSanitizer|runtime error:|LeakSanitizer' "$work/.out"; then
    fail "$1: sanitizer report"
    grep -m3 -E 'Sanitizer|runtime error' "$work/.out"
  fi
}

# same NAME EXPECTED GOT
same() {
  checks=$((checks + 1))
  [ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"
}

finish() {
  printf '%d checks, %d failures\n' "$checks" "$failures"
  [ "$failures" = 0 ]
}

# A git repository of what lies in a folder.
commit_all() {
  git -C "$1" init -q -b main 2>/dev/null && git -C "$1" add -A && git -C "$1" commit -qm "$(basename "$1")"
}

# times COUNT TEXT: the text so many times; it is one line, with or without its end.
times() {
  if [[ $2 == *$'\n' ]]; then
    yes -- "${2%$'\n'}" | head -n "$1"
  else
    yes -- "$2" | head -n "$1" | tr -d '\n'
  fi
}
