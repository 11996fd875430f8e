#!/usr/bin/env bash
# Every page's examples hold and every matcher entry can fire; a new rule takes one new file; every rule has its page.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
for factor in "$TFCHECK_SOURCE"/rules/*/; do
  [ "$(basename "$factor")" = vocabulary ] || check "the examples of $factor" 0 "0 failures" rules check "$factor"
done
mkdir -p pack/logs t && cat >pack/logs/shouting.md <<'PAGE'
# The app shouts
It writes in capitals.
## Why it matters
Ears.
## What to do
Whisper.
```toml rule
severity = "error"
message  = "{name} shouts {argument}."
[[match]]
call     = "acme.shout"
argument = { position = 0, literal = true }
```
## Examples
```python bad=2
from acme import shout
shout("HELLO")
```
```python good
from acme import whisper
whisper("hello")
```
PAGE
printf 'from acme import shout as s\ns("HELLO")\n' >t/app.py && printf 'acme==1.0\n' >t/requirements.txt && commit_all t
check "a pack's examples" 0 "0 failures" rules check pack
check "a pack's page at run time" 1 "error[logs/shouting]: acme.shout shouts 'HELLO'." --rules pack t
check "a pack's page explained" 0 "Ears." explain logs/shouting --rules pack
sed 's/acme.shout"/acme.never"/' pack/logs/shouting.md >pack/logs/never.md
check "a match that cannot fire" 1 "no example makes this [[match]] fire" rules check pack
"$TFCHECK_BIN" rules | awk '{print $1}' >ids
[ "$(wc -l <ids)" -ge 29 ] || fail "fewer than 29 rules"
while read -r id; do check "explain $id" 0 "## Why it matters" explain "$id"; done <ids
check "explain the tool's own rule" 0 "## What to do" explain tfcheck/unused-suppression
check "explain a factor" 0 "logs/log-file" explain logs
finish
