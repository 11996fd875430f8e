#!/usr/bin/env bash
# Editions of the rules: a pin of the configuration or a flag holds back what came later as notes that cost nothing and
# stop nobody, and says so; the tree can pin and nothing else; every page has its edition, and docs/editions.md lists it.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
mapfile -t editions < <(sed -n 's/^name = "\(.*\)"/\1/p' "$TFCHECK_SOURCE/rules/vocabulary/editions.toml")
old=${editions[0]} new=${editions[-1]}
[ "$old" != "$new" ] || fail "there are fewer than two editions"

checks=$((checks + 1))
(cd "$TFCHECK_SOURCE" && python3 tools/editions --check) || fail "docs/editions.md, or a page without since: see above"
figures=$(sed -n "/<!-- score of $new -->/,/<!-- end of the score -->/p" "$TFCHECK_SOURCE/docs/editions.md")
[[ $figures == *"| factor | repositories | mean | largest |"* ]] || fail "docs/editions.md has no score shift of $new: tools/editions TFCHECK --trees FOLDER"

check "the version" 0 "(edition $new of the rules)" --version
check "the same as a command" 0 "(edition $new of the rules)" version
check "a rule of the first edition" 0 "· since edition $old" explain logs/log-file
"$TFCHECK_BIN" rules >rules.txt
same "every rule has an edition" "" "$(awk -v known=" ${editions[*]} " 'index(known, " " $5 " ") == 0 {print $1}' rules.txt)"

page() { # FOLDER/FACTOR/NAME.md SINCE CALL [MORE]
  mkdir -p "$(dirname "$1")" && cat >"$1" <<PAGE
# The app shouts
It writes in capitals.
## Why it matters
Ears.
## What to do
Whisper.
\`\`\`toml rule
since    = "$2"
severity = "error"
message  = "{name} shouts."
[[match]]
call = "$3"
${4:-}
\`\`\`
## Examples
\`\`\`python bad
from acme import shout
shout("HELLO")
\`\`\`
PAGE
}
tree() { # a fresh repository that shouts, with a pack that knows it; $1: its configuration
  rm -rf t && mkdir t && printf 'import acme\nacme.shout("x")\nacme.cry("x")\n' >t/app.py
  printf 'web: python app.py\n' >t/Procfile && printf 'acme==1.0\n' >t/requirements.txt
  page t/p/logs/shouting.md "$new" acme.shout
  printf '%b' "$1" >t/.tfcheck.toml && commit_all t
}
packs='packs = ["p"]\nselect = ["logs"]\n'
shout=error[logs/shouting]

# In force, held back, by file and flag.
tree "$packs" && check "without a pin the newest is in force" 1 "$shout: acme.shout shouts." t
tree "edition = \"$new\"\n$packs" && check "the newest, pinned" 1 "$shout" t
tree "edition = \"$old\"\n$packs" && check "pinned to the first" 0 "note[logs/shouting]: acme.shout shouts." t
check "told once" 0 "1 finding is a note until edition $new" t
same "and only once" 1 "$(grep -c "until edition" .out)"
check "what the configuration takes away" 0 "rules off, edition $old" t
check "a note stops nobody" 0 "gate --fail-on note: passed" t --fail-on note
check "quiet tells it too" 0 "1 finding is a note until edition $new" t -q
check "a flag goes before the file" 1 "$shout" t --edition "$new"
tree "$packs" && check "a flag pins" 0 "note[logs/shouting]" t --edition "$old"
"$TFCHECK_BIN" t --edition "$old" >.out; same "a flag is no word of the configuration" 0 "$(grep -c "rules off, edition" .out)"

# Reports.
tree "edition = \"$old\"\n$packs"
"$TFCHECK_BIN" t -f json >held.json && "$TFCHECK_BIN" t -f sarif >held.sarif && "$TFCHECK_BIN" t -f json --edition "$new" >newest.json
python3 - "$old" "$new" <<'PY' || fail "what the reports say of editions: see above"
import json, sys
old, new = sys.argv[1:]
held, newest, sarif = (json.load(open(name)) for name in ("held.json", "newest.json", "held.sarif"))
finding, later = ([f for f in report["findings"] if f["rule"] == "logs/shouting"][0] for report in (held, newest))
assert finding["severity"] == "note" and finding["cost"] == 0 and finding["edition"] == {"since": new, "severity": "error"}, finding
assert later["severity"] == "error" and "edition" not in later, later
assert held["tool"]["edition"] == held["configuration"]["edition"] == old, held["tool"]
assert newest["tool"]["edition"] == new and newest["configuration"]["edition"] is None, newest["configuration"]
assert {r["id"]: r.get("since") for r in held["rules"]}["logs/shouting"] == new
points = [[f["points"] for f in report["score"]["factors"] if f["factor"] == "logs"][0] for report in (held, newest)]
assert points[0] > points[1], points
run = sarif["runs"][0]
assert run["tool"]["driver"]["properties"]["edition"] == old
result = [r for r in run["results"] if r["ruleId"] == "logs/shouting"][0]
assert result["level"] == "note" and result["properties"]["edition"] == {"since": new, "level": "error"}, result
PY
check "a finding explained" 0 "error from $new on" explain --report held.json app.py:2

# What would change.
check "the pin and the newest" 0 "Edition $old is pinned in t/.tfcheck.toml; the newest is $new" rules --edition t
check "which rules" 0 "  $new  logs/shouting " rules --edition t
check "which findings" 0 "1 finding is more than a note from then on:" rules --edition t
check "where" 0 "    app.py:2: error: acme.shout shouts." rules --edition t
check "what becomes of a factor" 0 "  logs               " rules --edition t
check "what becomes of a gate" 0 "gate --fail-on warning: passed -> failed" rules --edition t
tree "edition = \"$new\"\n$packs" && check "a pin to the newest" 0 "is the newest: nothing would change." rules --edition t
check "against another edition" 0 "From edition $old to $new of " rules --edition "$old" t
tree "$packs" && check "no pin" 0 "No edition is pinned, so $new of " rules --edition t
check_shell "without a path: of the folder that one is in, and nothing is audited" 0 "  $new  logs/shouting " 'cd t && "$TFCHECK_BIN" rules --edition'
same "no score without a path" 0 "$(grep -c '^score' .out)"
check "no such edition" 2 "there is no edition '1999.1'" rules --edition 1999.1 t
check "two paths" 2 "rules --edition takes one edition and one path" rules --edition t t
check "no such path" 2 "nowhere" rules --edition nowhere

# A match that widens a rule of before.
page t/p/logs/shouting.md "$old" acme.shout "[[match]]
call  = \"acme.cry\"
since = \"$new\"" && printf '%b' "edition = \"$old\"\n$packs" >t/.tfcheck.toml
check "the rule of before is in force" 1 "$shout: acme.shout shouts." t
check "what widens it is not" 1 "note[logs/shouting]: acme.cry shouts." t
check "the match is named" 0 "  $new  t/p/logs/shouting.md:13: {name} shouts." rules --edition t

# Mistakes.
for bad in 2026,1 latest ../../etc/passwd '2026.1\\n' '\\u001b[31m'; do
  tree "x\n" && printf 'edition = "%b"\n' "${bad//\\\\/\\\\}" >t/.tfcheck.toml && check "no edition: $bad" 2 ".tfcheck.toml:1: there is no edition" t
  same "no control characters in the message: $bad" 0 "$(grep -c $'\e' .out)"
done
tree 'ignore = []\nedition = "2026,1"\n' && check "the nearest spelling" 2 ".tfcheck.toml:2: there is no edition '2026,1' (did you mean '2026.1'?)" t
tree 'edition = "9999.1"\n' && check "an edition of a later tfcheck" 2 "the newest that this tfcheck knows is '$new'" t
tree 'edition = 2026.1\n' && check "a number" 2 ".tfcheck.toml:1: 'edition' must be a string (write it in quotes)" t
tree 'edition = ""\n' && check "none" 2 ".tfcheck.toml:1: 'edition' is empty" t
for command in files components env services "rules --edition"; do check "for $command as well" 2 "'edition' is empty" $command t; done
tree "$packs" && check "a flag" 2 "--edition: there is no edition '2026,1'" t --edition 2026,1
tree "$packs" && page t/p/logs/shouting.md 2026,1 acme.shout && check "an unknown edition in a pack" 2 "t/p/logs/shouting.md:8: there is no edition '2026,1' (did you mean '2026.1'?)" t
page t/p/logs/shouting.md "$new" acme.shout "since = \"$old\"" && check "a match older than its page" 2 "t/p/logs/shouting.md:13: 'since' of a match names a later edition" t
mkdir t/p/vocabulary && printf '[table.edition]\ncolumns = ["name", "date"]\n[[edition]]\nname = "9999.1"\ndate = "x"\n' >t/p/vocabulary/v.toml
page t/p/logs/shouting.md "$new" acme.shout && check "a pack adds no edition" 2 "the table 'edition' is defined already" t
rm -r t/p/vocabulary && sed -i '/^since/d' t/p/logs/shouting.md && printf '%b' "edition = \"$old\"\n$packs" >t/.tfcheck.toml && check "a pack that says nothing is in force" 1 "$shout" t
finish
