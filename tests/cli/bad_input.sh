#!/usr/bin/env bash
# Bad input is normal input: each gets a clear message, loses only itself, and never crashes or hangs the run.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
marker='import logging\nlogging.FileHandler("app.log")\n'  # what must still be found beside the trouble

tree() { # a fresh folder with one file that has a finding
  rm -rf "$work/t" && mkdir "$work/t" && printf "$marker" >"$work/t/app.py"
}

mkdir empty && check "empty tree" 2 "nothing to audit" empty
check "no such directory" 2 "no-such-dir" ./no-such-dir
touch file && check "a file is no directory" 2 "file" ./file
tree && check "no repository" 1 "logs/log-file" t

tree && : >t/zero.py && check "0-byte file" 1 "logs/log-file" t
tree && head -c 5000 /dev/urandom >t/binary.py && printf 'a\0b' >t/nul.yml && check "binary files" 1 "logs/log-file" t
tree && printf '\xff\xfei\0m\0p\0o\0r\0t\0 \0l\0o\0g\0g\0i\0n\0g\0\n\0l\0o\0g\0g\0i\0n\0g\0.\0F\0i\0l\0e\0H\0a\0n\0d\0l\0e\0r\0(\0"\0u\0.\0l\0o\0g\0"\0)\0\n\0' >t/utf16.py && check "UTF-16" 1 "utf16.py:2" t
tree && printf '\xef\xbb\xbfimport logging\nlogging.FileHandler("b.log")\n' >t/bom.py && check "BOM" 1 "bom.py:2:1" t
tree && printf 'import logging\r\nlogging.FileHandler("c.log")\r\n' >t/crlf.py && check "CRLF" 1 "crlf.py:2" t
tree && printf '# \xff\xfe\x80\nimport logging\nlogging.FileHandler("d.log")\n' >t/invalid.py && check "invalid UTF-8" 1 "invalid.py:3" t
tree && head -c 52428800 /dev/zero | tr '\0' 'x' >t/huge.py && check "50 MB" 1 "huge.py: not read" t
tree && { head -c 5242880 /dev/zero | tr '\0' 'a'; } >t/line.js && check "5 MB in one line" 1 "logs/log-file" t
tree && { printf 'logging.FileHandler('; head -c 900000 /dev/zero | tr '\0' '('; } >t/parens.py && check "900 kB of parentheses" 1 "app.py" t
tree && { head -c 10000 /dev/zero | tr '\0' '['; head -c 10000 /dev/zero | tr '\0' ']'; } >t/deep.json && check "10,000-deep JSON" 1 "logs/log-file" t
tree && { for i in $(seq 1 10000); do printf '{"a":'; done; } >t/open.json && check "10,000-deep half JSON" 1 "logs/log-file" t
tree && { indent=; for i in $(seq 1 1000); do printf '%sa:\n' "$indent"; indent="$indent "; done; } >t/deep.yml && check "1,000-deep block YAML" 1 "logs/log-file" t
tree && { for i in $(seq 1 10000); do printf '{a: '; done; } >t/flow.yml && check "10,000-deep flow YAML" 1 "logs/log-file" t
tree && { printf 'a0: &a0 x\n'; for i in $(seq 1 40); do printf 'a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n' $i $i $((i-1)) $((i-1)) $((i-1)) $((i-1)) $((i-1)) $((i-1)) $((i-1)) $((i-1)) $((i-1)); done; } >t/bomb.yml && check "YAML alias bomb" 1 "logs/log-file" t
tree && printf 'services:\n  web: [\n' >t/docker-compose.yml && printf '{"a": ' >t/package.json && printf '<a><b' >t/pom.xml && printf '[a\nb=' >t/x.toml && printf 'FROM' >t/Dockerfile && check "half-written files" 1 "logs/log-file" t
# What cannot be read: root can read everything, so it steps down to a user who cannot.
tree && printf 'x' >t/secret.py && chmod 000 t/secret.py && mkdir t/closed && printf 'x' >t/closed/y.py && chmod 000 t/closed
if [ "$(id -u)" = 0 ]; then
  chmod 755 "$work" && cp "$TFCHECK_BIN" "$work/tfcheck-nobody"
  cat >"$work/as-nobody" <<SH
#!/bin/sh
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$work/tfcheck-nobody" "\$@"
SH
  chmod 755 "$work/as-nobody" "$work/tfcheck-nobody"
  saved=$TFCHECK_BIN TFCHECK_BIN=$work/as-nobody
fi
check "unreadable file" 2 "secret.py: not read" t
check "unreadable folder" 2 "closed" t
[ -z "${saved:-}" ] || TFCHECK_BIN=$saved
chmod 700 t/closed
tree && ln -s . t/loop && ln -s ../t t/up && ln -s nowhere t/dangling && ln -s /etc/passwd t/passwd && check "symlink loops" 1 "logs/log-file" t
tree && mkfifo t/pipe.py && check "a FIFO" 1 "logs/log-file" t
tree && printf "$marker" >"t/new
line.py" && printf "$marker" >"t/$(printf 'esc\033[31m.py')" && printf "$marker" >"t/$(printf 'bad\xff.py')" && check "hostile names" 1 'new\nline.py' t
grep -q $'\033' "$work/.out" && fail "a control character of a name reached the output"
for format in json sarif; do
  check "hostile names in $format" 1 "%FF" t -f $format
done

# Repositories in bad states.
tree && commit_all t && rm t/app.py && check "deleted tracked file" 2 "nothing to audit" t
tree && commit_all t && check "a commit" 1 "logs/log-file" t --rev HEAD
check "unknown revision" 2 "no-such-rev" t --rev no-such-rev
git clone -q --bare t bare.git 2>/dev/null && check "bare repository" 2 "--rev" bare.git && check "bare repository, a commit" 1 "logs/log-file" bare.git --rev HEAD
printf "# staged\n$marker" >t/staged.py && git -C t add staged.py && printf 'x = 1\n' >t/staged.py && check "staged, not the disk" 1 "staged.py:3" t --staged
blob=$(git -C t rev-parse :staged.py) && chmod u+w "t/.git/objects/${blob:0:2}/${blob:2}" && truncate -s 10 "t/.git/objects/${blob:0:2}/${blob:2}" && check "truncated object" 2 "staged.py: not read" t --staged
printf 'garbage' >t/.git/index && check "garbage index" 1 "logs/log-file" t
printf 'garbage' >t/.git/HEAD && check "garbage HEAD" 1 "logs/log-file" t

# The user's mistakes: file, line, and the nearest spelling.
tree && printf '[gate]\nfail-onn = "error"\n' >t/.tfcheck.toml && check "unknown key" 2 ".tfcheck.toml:2" t
check "did you mean" 2 "did you mean 'fail-on'" t
printf 'gate = [\n' >t/.tfcheck.toml && check "broken configuration" 2 ".tfcheck.toml:1" t
printf '[rules."logs/log-fil"]\nseverity = "note"\n' >t/.tfcheck.toml && check "unknown rule" 2 "did you mean 'logs/log-file'" t
printf '[rules."logs/log-file"]\nenabled = false\n' >t/.tfcheck.toml && check "off without a reason" 2 "reason" t
rm t/.tfcheck.toml
check "unknown flag" 2 "--fail-on" t --fial-on error
check "unknown format" 2 "did you mean 'sarif'" t -f sarf
check "unknown severity" 2 "did you mean 'warning'" t --fail-on warnin
check "unwritable output" 2 "cannot be written" t -o json=/nonexistent/x.json
check "unknown command" 2 "did you mean 'explain'" explian
check "unknown rule to explain" 2 "did you mean 'log-file'" explain log-fil
mkdir -p pack/logs && printf '# T\nText.\n## Why it matters\nx\n## What to do\ny\n```toml rule\nseverity = "eror"\nmessage = "m"\n[[match]]\ncall = "x"\n```\n' >pack/logs/mine.md
check "rule page with a wrong word" 2 "mine.md:8" --rules pack t
check "rule page, nearest word" 2 "did you mean 'error'" --rules pack t
printf '# T\nText.\n```toml rule\nseverity =\n```\n' >pack/logs/mine.md && check "rule page with a syntax error" 2 "mine.md" rules check pack
printf '# T\nText.\n```python bad\n' >pack/logs/mine.md && check "rule page with an open fence" 2 "mine.md:3" rules check pack
finish
