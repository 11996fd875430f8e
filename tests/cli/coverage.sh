#!/usr/bin/env bash
# Every rule has an example or a reason in every language and in every format that its page claims, and docs/rules.md
# says so as the pages do today.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
rules=$TFCHECK_SOURCE/rules
for page in "$rules"/*/*.md; do
  id=${page#"$rules"/} id=${id%.md}
  grep -qx '## Coverage' "$page" || fail "$id has no section Coverage: what it claims, and why other languages are empty"
done
"$TFCHECK_BIN" rules coverage --rules "$rules" -f markdown >rules.md || fail "a page leaves a cell empty: tfcheck rules coverage names it"
same "docs/rules.md is fresh (tfcheck rules coverage -f markdown > docs/rules.md)" "" "$(diff rules.md "$TFCHECK_SOURCE/docs/rules.md" | head -5)"
while read -r id; do
  grep -qF "(../rules/$id.md)" "$TFCHECK_SOURCE/docs/rules.md" || fail "docs/rules.md does not link $id"
done < <("$TFCHECK_BIN" rules --rules "$rules" | awk '{print $1}')
check "one rule, with its reasons" 0 "  c, c++" rules coverage sticky-session
check "as JSON" 0 '"examples": "wrong-and-right"' rules coverage -f json processes
check "no such rule" 2 "did you mean 'processes/sticky-session'?" rules coverage processes/sticky-sesion
check "no such format" 2 "text, json or markdown" rules coverage -f sarif

# A page of its own: what is missing, and what is said although it is there.
mkdir -p pack/logs && page() { # COVERAGE
  cat >pack/logs/shouting.md <<PAGE
# The app shouts
It writes in capitals.
## Why it matters
Ears.
## What to do
Whisper.
\`\`\`toml rule
message  = "{name} shouts."
[[match]]
call     = "acme.shout"
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
## Coverage
$1
PAGE
}
page '- languages: the library is one of Python'
check "all said" 0 "0 failures" rules check pack
check "all said, in the matrix" 0 "logs/shouting" rules coverage --rules pack shouting
page '- claims: compose'
check "a claim without example or reason" 1 "neither a wrong example nor a reason for 'compose'" rules check pack
check "a language without either" 1 "neither a wrong example nor a reason for 'ruby'" rules check pack
page $'- languages: the library is one of Python\n- python: nobody shouts'
check "a reason for what is shown" 1 "pack/logs/shouting.md:23: there is a reason why nothing is shown in 'python'" rules check pack
page '- languages, compos: the library is one of Python'
check "a reason for what there is not" 2 "did you mean 'compose'?" rules check pack
finish
