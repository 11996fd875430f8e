#!/usr/bin/env bash
# The configuration of the audited tree and the packs that it names are the tree's word: read as warily as any file, from
# what is audited, and able to add but not to replace. What the user names is his own.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
finding='error[logs/log-file]'
off='ignore = ["logs"]\n'
tree() { # a fresh repository with one finding
  chmod -R u+rwx t 2>/dev/null
  rm -rf t elsewhere && mkdir -p t/sub elsewhere && printf 'import logging\nlogging.FileHandler("app.log")\n' >t/app.py && commit_all t
}
page() { # FOLDER/FACTOR/NAME.md [KEYS]: a rule page that finds acme.shout
  mkdir -p "$(dirname "$1")" && cat >"$1" <<PAGE
# The app shouts
It writes in capitals.
## Why it matters
Ears.
## What to do
Whisper.
\`\`\`toml rule
severity = "error"
message  = "{name} shouts."
${2:-}
[[match]]
call = "acme.shout"
\`\`\`
## Examples
\`\`\`python bad=2
from acme import shout
shout("HELLO")
\`\`\`
\`\`\`python good
from acme import whisper
whisper("hello")
\`\`\`
PAGE
}

# Only a regular file of sane size is a configuration.
tree && ln -s /dev/zero t/.tfcheck.toml && check "a link to an endless device" 2 ".tfcheck.toml is not read: it is a symbolic link" t
tree && printf "$off" >elsewhere/c.toml && ln -s ../elsewhere/c.toml t/.tfcheck.toml && check "a link out of the tree" 2 "symbolic link" t
tree && printf "$off" >t/c.toml && ln -s c.toml t/.tfcheck.toml && check "a link in the tree" 2 "symbolic link" t
tree && ln -s nowhere t/.tfcheck.toml && check "a link to nothing" 2 "symbolic link" t
tree && mkfifo t/.tfcheck.toml && check "a FIFO" 2 ".tfcheck.toml is not read: it is not a regular file" t
check "a FIFO that nobody asks for" 1 "$finding" t --isolated
tree && mkdir t/.tfcheck.toml && check "a folder" 2 ".tfcheck.toml is not read: it is a folder" t
tree && truncate -s 3G t/.tfcheck.toml && check "3 GB" 2 ".tfcheck.toml is larger than" t
tree && ln -s ../../elsewhere t/sub/link && printf 'x = 1\n' >elsewhere/a.py && printf "$off" >elsewhere/.tfcheck.toml && check "a folder behind a link brings none" 1 "$finding" t
for command in files; do
  tree && mkfifo t/.tfcheck.toml && check "a FIFO, for $command" 2 "not a regular file" $command t
done

# From the source that is audited.
tree && printf "$off" >t/.tfcheck.toml && check "the work tree's" 0 "no findings" t
check "a commit before it" 1 "$finding" t --rev HEAD
check "an index without it" 1 "$finding" t --staged
git -C t add .tfcheck.toml && check "an index with it" 0 "no findings" t --staged
git -C t commit -qm c && rm t/.tfcheck.toml && check "a commit with it" 0 "no findings" t --rev HEAD && check "a work tree without it" 1 "$finding" t
tree && printf 'x =\n' >t/.tfcheck.toml && git -C t add -A && git -C t commit -qm c && check "a broken one of a commit names the commit" 2 "HEAD:.tfcheck.toml:1" t --rev HEAD
tree && printf "$off" >t/.tfcheck.toml && cp t/app.py t/sub && check "the repository's, for a folder of it" 0 "no findings" t/sub
tree && printf "$off" >.tfcheck.toml && check "none from above the repository" 1 "$finding" t && rm .tfcheck.toml

# The user's own file is whatever he names.
tree && printf "$off" >elsewhere/c.toml && ln -s c.toml elsewhere/link.toml && check "--config, a link" 0 "no findings" t --config elsewhere/link.toml
check_shell "--config, a pipe" 0 "no findings" '"$TFCHECK_BIN" t --config <(printf '"'$off'"')'
check "--config, an endless device" 2 "/dev/zero: cannot be read: it has more than 1024 kB" t --config /dev/zero
check "--config, a folder" 2 "elsewhere: cannot be read: Is a directory" t --config elsewhere
check "--config, no file" 2 "cannot be read: No such file" t --config elsewhere/none.toml
printf "$off" >t/.tfcheck.toml && : >elsewhere/empty.toml && check "--config instead of the tree's" 1 "$finding" t --config elsewhere/empty.toml
check "--isolated" 1 "$finding" t --isolated

# What a text of the tree cannot do: exhaust the stack or the patience of an audit.
deep() { head -c "$1" /dev/zero | sed "s/\x00/$2/g"; }
tree && { printf '['; deep 300000 'a.'; printf 'a]\nb = 1\n'; } >t/.tfcheck.toml && check "a deep table" 2 ".tfcheck.toml:1: a line has more than" t
{ printf 'x = 1\n'; deep 300000 'a.'; printf 'a = 1\n'; } >t/.tfcheck.toml && check "a deep key" 2 ".tfcheck.toml:2" t
{ printf 'a = { '; deep 300000 'a.'; printf 'a = 1 }\n'; } >t/.tfcheck.toml && check "a deep key in an inline table" 2 ".tfcheck.toml:1" t
{ printf 'a = '; deep 300000 '['; } >t/.tfcheck.toml && check "deep arrays" 2 ".tfcheck.toml:1" t
{ printf 'a = '; deep 200000 '{a='; } >t/.tfcheck.toml && check "deep tables" 2 ".tfcheck.toml:1" t
printf 'ignore = ["logs"] # %s\n[[exception]]\nrule = "logs"\npath = "*"\nreason = """\n%s"""\n' "$(deep 99 .)" "$(deep 99 .)" >t/.tfcheck.toml && check "dots in strings and comments are no depth" 0 "no findings" t
{ printf 'ignore = ['; for i in $(seq 300); do printf '"logs",'; done; printf ']\n'; } >t/.tfcheck.toml && check "too many patterns" 2 ".tfcheck.toml:1: 'ignore' has more than 200 entries" t
printf '[scope]\nexclude = ["%s"]\n' "$(deep 1000 '*a')" >t/.tfcheck.toml && check "a pattern too long" 2 ".tfcheck.toml:2: an entry of 'exclude' has more than 200 bytes" t
head -c 300000 /dev/urandom >t/.tfcheck.toml && check "random bytes" 2 ".tfcheck.toml:" t

# Packs of the tree: below it, and only more.
tree && printf 'from acme import shout\nshout("x")\n' >t/loud.py
printf 'packs = ["ci/rules"]\n' >t/.tfcheck.toml && page t/ci/rules/logs/shouting.md && check "a pack of the tree" 1 "error[logs/shouting]: acme.shout shouts." t
check "and the built-in rules" 1 "$finding" t
check "the same from a folder of it" 2 "nothing to audit" t/sub
cp t/loud.py t/sub && check "the same for a folder of it" 1 "logs/shouting" t/sub
check "a commit has no pack yet" 1 "$finding" t --rev HEAD
git -C t add -A && git -C t commit -qm c && rm -rf t/ci t/.tfcheck.toml && check "a commit's pack" 1 "logs/shouting" t --rev HEAD
check "an index's pack" 1 "logs/shouting" t --staged
for pack in / /root /proc /dev/zero ../elsewhere ci/../../elsewhere '' ..; do
  tree && page elsewhere/logs/shouting.md && printf 'packs = ["%s"]\n' "$pack" >t/.tfcheck.toml && check "a pack elsewhere: $pack" 2 ".tfcheck.toml:1: '$pack' is no folder below" t
done
tree && page elsewhere/logs/shouting.md && ln -s ../elsewhere t/link && printf 'packs = ["link"]\n' >t/.tfcheck.toml && check "a pack behind a link" 2 "link is not read: it is a symbolic link" t
tree && page t/p/logs/shouting.md && ln -s /dev/zero t/p/logs/zero.md && printf 'packs = ["p"]\n' >t/.tfcheck.toml && check "a link in a pack" 2 "zero.md is not read" t
tree && page t/p/logs/shouting.md && mkfifo t/p/logs/pipe.md && printf 'packs = ["p"]\n' >t/.tfcheck.toml && check "a FIFO in a pack" 2 "pipe.md is not read" t
tree && printf 'packs = ["none"]\n' >t/.tfcheck.toml && check "no such pack" 2 ".tfcheck.toml: none is not read" t
tree && mkdir -p t/p/logs && truncate -s 2G t/p/logs/x.md && printf 'packs = ["p"]\n' >t/.tfcheck.toml && check "a pack of 2 GB" 2 "x.md is larger than" t
tree && mkdir -p t/p && (cd t/p && seq 1 300 | xargs touch) && printf 'packs = ["p"]\n' >t/.tfcheck.toml && check "a pack of many files" 2 "p" t

tree && page t/p/logs/shouting.md "triggers = [$(seq -f '["word%g"]' -s , 6000)]" && printf 'packs = ["p"]\n' >t/.tfcheck.toml && check "a pack of too many patterns" 2 "shouting.md: with this page the packs have more than 5000 patterns" t


# Replacing what is built in.
tree && printf 'packs = ["evil"]\n' >t/.tfcheck.toml && page t/evil/logs/log-file.md && mkdir t/evil/vocabulary && check "a page of a built-in id" 2 "evil/logs/log-file.md:1: the rule 'logs/log-file' is defined already, in logs/log-file.md" t
cp -r "$TFCHECK_SOURCE/rules/vocabulary" t/evil && check "the vocabulary again" 2 "is defined already, in vocabulary/" t
tree && printf 'packs = ["evil"]\n' >t/.tfcheck.toml && mkdir -p t/evil/vocabulary && printf '[std-stream]\nvalues = ["*"]\n' >t/evil/vocabulary/v.toml && check "a built-in set" 2 "evil/vocabulary/v.toml:1: the set 'std-stream' is defined already, in vocabulary/streams.toml" t
printf '[[text]]\nid = "aws-access-key"\ntitle = "t"\nkeyword = "NOTHING"\nregex = "NOTHING"\n' >t/evil/vocabulary/v.toml && check "a built-in text pattern" 2 "v.toml:1: the text pattern 'aws-access-key' is defined already, in vocabulary/tokens-clouds.toml" t
rm t/evil/vocabulary/v.toml && page t/evil/tfcheck/unused-suppression.md && check "the program's own rule" 2 "unused-suppression.md: a rule page lies in a folder" t
rm -r t/evil && page t/evil/shouting.md 'engine = "native"' && mv t/evil t/logs && printf 'packs = ["logs/shouting.md"]\n' >t/.tfcheck.toml && check "a native rule of nobody" 2 "the program has no native rule" t
page elsewhere/logs/log-file.md && check "the same from --rules" 2 "is defined already" t --isolated --rules elsewhere
mkdir t/ours && cp -r "$TFCHECK_SOURCE/rules/logs" t/ours && printf 'packs = ["ours"]\n' >t/.tfcheck.toml && check "a checkout's rules in the tree" 2 "is defined already" t
rm -r t/ours && cp -r "$TFCHECK_SOURCE/rules" t/ours && check "a checkout's rules by --rules replace the built-in ones" 1 "$finding" t --isolated --rules t/ours
find t/ours/vocabulary -name '*.toml' -exec sed -i 's/^\[label-parent\]/[other-name]/' {} + && check "a checkout that lacks a set" 2 "the vocabulary lacks the set 'label-parent'" t --isolated --rules t/ours

# Mistakes of a pack that only show when its words are looked for.
tree && printf 'packs = ["p"]\n' >t/.tfcheck.toml && mkdir -p t/p/vocabulary
text() { printf '# a pattern\n[[text]]\nid = "p"\ntitle = "t"\nkeyword = "%s"\nregex = \x27%s\x27\n' "$1" "$2" >t/p/vocabulary/v.toml; }
text KEYWORD '(' && check "a bad regex" 2 "p/vocabulary/v.toml:6: the regex of 'p' does not compile" t
text KEYWORD '((a{100}){100}){100}' && check "a regex too large" 2 "v.toml:6: the regex of 'p' does not compile" t
text KEYWORD "$(deep 600 a)" && check "a regex too long" 2 "v.toml:6" t
text '' x && check "an empty keyword" 2 "v.toml:5: a text pattern needs 'keyword'" t
text ab x && check "a keyword too short" 2 "v.toml:5: the keyword of 'p' has 2 bytes" t
text "$(deep 100000 k)" x && check "a keyword of 100 kB" 2 "v.toml:5: the keyword of 'p' has 100000 bytes" t
printf '[[text]]\nid = "p"\n' >t/p/vocabulary/v.toml && check "a text pattern without a regex" 2 "v.toml:1: a text pattern needs" t
printf '[own-set]\nvalues = ["%s"]\n' "$(deep 100000 v)" >t/p/vocabulary/v.toml && check "a value of 100 kB" 2 "v.toml:2: a value of 'own-set'" t
rm -r t/p/vocabulary && page t/p/logs/shouting.md 'triggers = [["shout", ""]]' && check "an empty trigger" 2 "shouting.md:10: a word of 'triggers' has 0 bytes" t
page t/p/logs/shouting.md "triggers = [[\"$(deep 100000 t)\"]]" && check "a trigger of 100 kB" 2 "shouting.md:10: a word of 'triggers' has 100000 bytes" t
page t/p/logs/shouting.md && sed -i "s/acme.shout/acme.$(deep 100000 s)/" t/p/logs/shouting.md && check "a name of 100 kB" 2 "shouting.md:12: a pattern has 100005 bytes" t
page t/p/logs/shouting.md && sed -i 's/^call = .*/&\nargument = { position = 99999999999999999999 }/' t/p/logs/shouting.md && check "a position beyond numbers" 2 "shouting.md:13" t
page t/p/logs/shouting.md && sed -i 's/bad=2/bad=99999999999999999999/' t/p/logs/shouting.md && check "a line beyond numbers" 2 "shouting.md:" t
page t/p/logs/shouting.md && sed -i "s/^severity/$(deep 50000 'a.')a = 1\nseverity/" t/p/logs/shouting.md && check "a deep key in a page" 2 "shouting.md:8" t

# Folders that the user names by mistake.
tree && check "--rules /" 2 "name the folder of the rule pages" t --isolated --rules /
check "rules check /" 2 "name the folder of the rule pages" rules check /
check "--rules, a device" 2 "no such rule pack" t --isolated --rules /dev/zero
check "--rules, nothing" 2 "no such rule pack" t --isolated --rules elsewhere/none
mkdir -p elsewhere/p/logs && truncate -s 3G elsewhere/p/logs/x.md && check "--rules, 3 GB" 2 "x.md: cannot be read: it has more than" t --isolated --rules elsewhere/p
if [ "$(id -u)" = 0 ]; then
  rm -r elsewhere/p && page elsewhere/p/logs/shouting.md && mkdir -m 700 elsewhere/p/closed && chmod 755 "$work" && cp "$TFCHECK_BIN" nobody-bin && chmod 755 nobody-bin
  as_nobody='setpriv --reuid=65534 --regid=65534 --clear-groups ./nobody-bin'
  check_shell "--rules, a folder that is closed to us" 2 "elsewhere/p: the rule pack cannot be read: Permission denied" "$as_nobody t --isolated --rules elsewhere/p"
  chmod 600 t/.tfcheck.toml 2>/dev/null || { printf "$off" >t/.tfcheck.toml && chmod 600 t/.tfcheck.toml; }
  check_shell "a configuration that is closed to us" 2 ".tfcheck.toml" "$as_nobody t"
fi
finish
