#!/usr/bin/env bash
# Thirty packs with one mistake each: the run ends with exit code 2, and says the file, the line and the nearest spelling.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

head='# The app shouts
It writes in capitals.
## Why it matters
Ears.
## What to do
Whisper.
```toml rule
'
tail='```
## Examples
```python bad
acme.shout("A")
```
```python good
x = 1
```
'
# block NAME PLACE WORDS BLOCK: a page with that rule block; its first line is the page's eighth.
block() {
  rm -rf pack && mkdir -p pack/logs && printf '%s%s\n%s' "$head" "$4" "$tail" >pack/logs/shouting.md
  check "$1" 2 "$3" rules check pack
  grep -q "shouting.md:$2: " .out || { fail "$1: the place is not shouting.md:$2"; head -3 .out; }
  check "$1, in an audit" 2 "$3" --rules pack .
}
# page NAME PLACE WORDS PATH TEXT: a pack of one file.
page() {
  rm -rf pack && mkdir -p "pack/$(dirname "$4")" && printf '%s' "$5" >"pack/$4"
  check "$1" 2 "$3" rules check pack
  grep -q "$2" .out || { fail "$1: the place is not $2"; head -3 .out; }
}
good='message = "m"
[[match]]
call = "acme.shout"'

block "unknown key" 8 "did you mean 'severity'?" "severty = \"error\"
$good"
block "unknown word" 8 "did you mean 'error'?" "severity = \"eror\"
$good"
block "unknown engine" 8 "did you mean 'native'?" "engine = \"natve\"
$good"
block "an engine that is not there" 1 "no native rule of that id" "engine = \"native\"
$good"
block "a key that is gone" 8 "unknown key 'scope' in the rule block" "scope = \"component\"
$good"
block "unknown column of a fact of the model" 10 "did you mean 'own'?" "message = \"m\"
[[match]]
image = { owm = true }"
block "unknown fact of the model" 10 "did you mean 'process'?" "message = \"m\"
[[match]]
proces = \"web\""
block "a flag that is no boolean" 10 "'own' must be true or false" "message = \"m\"
[[match]]
image = { own = \"yes\" }"
block "a companion that the page has not" 11 "did you mean 'named'?" "message = \"m\"
[[match]]
call = \"acme.shout\"
unless = \"nmed\"
[[companion.named]]
path = \"x\""
block "unknown key in a companion of the page" 12 "did you mean 'path'?" "$good
[[companion.named]]
pth = \"x\""
block "a placeholder of another fact" 11 "a message has no placeholder '{entry}'" "message = \"m\"
[[match]]
image = \"x\"
message = \"{entry}\""
block "a set in a glob that is none" 10 "unknown vocabulary set" "message = \"m\"
[[match]]
call = \"**.@file-wirte\""
block "unknown kind of component" 8 "did you mean 'library'?" "applies = [\"app\", \"libary\"]
$good"
block "unknown scope of files" 8 "did you mean 'vendored'?" "scopes = \"vendord\"
$good"
block "no such rule" 7 "did you mean 'logs/log-file'?" "yields-to = \"logs/log-fil\"
$good"
block "an alias that is taken" 7 "'logs/log-file' is a rule's name already" "aliases = \"logs/log-file\"
$good"
block "an alias that is no id" 7 "as in logs/log-file" "aliases = \"shout\"
$good"
block "security beyond ten" 8 "a number from 0 to 10" "security-severity = 11
$good"
block "unknown placeholder" 8 "did you mean 'name'?" 'message = "{nmae} shouts"
[[match]]
call = "acme.shout"'
block "a brace that is never closed" 8 "a message has no placeholder" 'message = "{name shouts"
[[match]]
call = "acme.shout"'
block "no message" 8 "neither the rule nor this match has a message" '[[match]]
call = "acme.shout"'
block "no match" 8 "no [[match]]" 'message = "m"'
block "unknown fact" 10 "did you mean 'call'?" 'message = "m"
[[match]]
cal = "acme.shout"'
block "two facts" 11 "one match selects one kind of fact" "$good
entry = \"x\""
block "unknown set" 10 "did you mean '@std-stream'?" 'message = "m"
[[match]]
call = "@std-strem"'
block "unknown set in a value" 11 "did you mean '@placeholder'?" "$good
value = { not = \"@placehoder\" }"
block "unknown set in triggers" 9 "unknown vocabulary set '@nothing'" 'message = "m"
triggers = ["@nothing"]
[[match]]
call = "acme.shout"'
block "unknown format" 11 "did you mean 'python'?" "$good
format = \"pyhton\""
block "unknown flag" 11 "did you mean 'loop'?" "$good
flags = \"lop\""
block "unknown sort of value" 11 "did you mean 'string'?" "$good
value = { kind = \"sting\" }"
block "unknown key of a value" 11 "did you mean 'literal'?" "$good
value = { litteral = true }"
block "unknown key of an argument" 11 "did you mean 'position'?" "$good
argument = { positon = 0 }"
block "a position that is no number" 11 "'position' must be a number counted from 0" "$good
argument = { position = -1 }"
block "unknown role" 10 "did you mean 'start'?" 'message = "m"
[[match]]
command = { role = "strat", run = "acme" }'
block "unknown reach" 11 "did you mean 'component'?" "$good
unless = [{ call = \"x.y\", reach = \"componet\" }]"
block "once within no place" 11 "'siblings' is not valid here" "$good
once = \"siblings\""
block "a name that nothing leads to" 9 "it has no word of two letters" 'message = "m"
[[match]]
call = "x.y"'
block "no TOML" 8 "" 'message ='
block "a key without a name" 9 "malformed" 'message = "m"
[!]'
page "a page at the pack's root" "shouting.md" "as in logs/shouting.md" shouting.md "$head$good
$tail"
page "a page of no factor" "log/shouting.md" "did you mean 'logs'?" log/shouting.md "$head$good
$tail"
page "a fence of no language" "logs/shouting.md:13: " "did you mean 'python'?" logs/shouting.md "$head$good
\`\`\`
## Examples
\`\`\`pyhton bad
\`\`\`
"
page "a word in a fence" "logs/shouting.md:13: " "unknown word 'wrong' in the fence" logs/shouting.md "$head$good
\`\`\`
## Examples
\`\`\`python wrong
\`\`\`
"
page "a regex that does not compile" "vocabulary/x.toml:5: " "does not compile" vocabulary/x.toml '[[text]]
id = "x"
title = "t"
keyword = "abc"
regex = "(unclosed"
'
page "a set with another key" "vocabulary/x.toml:2: " "did you mean 'values'?" vocabulary/x.toml '[x]
value = ["a"]
'
page "a row with another column" "vocabulary/x.toml:5: " "did you mean 'port'?" vocabulary/x.toml '[table.x]
columns = ["name", "port"]
[[x]]
name = "a"
prt = 1
'
finish
