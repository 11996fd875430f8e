#!/usr/bin/env bash
# The build's own program: it writes the same bytes twice, and a mistake in a built-in page or vocabulary ends the build
# with its file and line.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
TFCHECK_BIN=$(dirname "$TFCHECK_BIN")/rulec

fresh() {
  rm -rf rules && cp -r "$TFCHECK_SOURCE/rules" rules
  (cd rules && find . -name '*.md' -o -name '*.toml' | cut -c3- | sort && find "$work/rules" -name '*.cpp' | sort) >list
}
# broken NAME FILE LINE WORDS SCRIPT: `sed` changes the file.
broken() {
  fresh && sed -i "$5" "rules/$2"
  check "$1" 1 "$4" "$work/rules" list out.cpp
  grep -q "rules/$2:$3: " .out || { fail "$1: the place is not $2:$3"; head -3 .out; }
}

fresh
check 'the rules as they are' 0 '' "$work/rules" list one.cpp
check 'once more' 0 '' "$work/rules" list two.cpp
same 'twice the same' "$(cksum <one.cpp)" "$(cksum <two.cpp)"
grep -q 'rule_config_hardcoded_secret' one.cpp || fail 'a native rule is missing'

page=logs/log-file.md
block=$(grep -n '^```toml rule' "$TFCHECK_SOURCE/rules/$page" | cut -d: -f1)
broken 'an unknown key' $page $((block + 1)) "unknown key 'severty'" "$((block + 1))i severty = \"error\""
broken 'a page without an edition' $page $((block + 1)) 'does not say which edition it came with (since = "' "$((block + 1))d"
broken 'an unknown edition' $page $((block + 1)) "there is no edition '2026,1' (did you mean '2026.1'?)" "$((block + 1))s/2026.1/2026,1/"
named=$(grep -n '"@' "$TFCHECK_SOURCE/rules/$page" | head -1 | cut -d: -f1)
broken 'an unknown set' $page "$named" 'unknown vocabulary set' "$named s/\"@/\"@no-/"
broken 'a malformed vocabulary' vocabulary/streams.toml 1 '' '1i [a'
broken 'a set that is there already' vocabulary/streams.toml 1 'defined already' '1i [placeholder]\nvalues = ["x"]'
broken 'an expression that does not compile' vocabulary/tokens.toml 5 'does not compile' '1i [[text]]\nid = "x-y"\ntitle = "t"\nkeyword = "xyz"\nregex = "(unclosed"'
# The code of a native rule is no longer there.
fresh && grep -v 'config/hardcoded-secret.cpp' list >list2
check 'a native rule without code' 1 'no native rule' "$work/rules" list2 out.cpp
check 'no folder' 1 'cannot be read' "$work/none" list out.cpp
check 'no place to write' 1 'cannot be written' "$work/rules" list none/out.cpp
finish
