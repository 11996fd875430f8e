#!/usr/bin/env bash
# `tfcheck history --secrets`: what a repository ever held, told once each, with its commit; what could not be looked at
# is never called clean.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

# at DAY: what git takes for the time of a commit.
at() { export GIT_COMMITTER_DATE="2024-03-$1T10:00:00+0200" GIT_AUTHOR_DATE="2001-01-01T00:00:00Z"; }
save() { git -C r add -A && git -C r commit -qm "$1"; } # save MESSAGE
one=walrus77sea-one two=walrus78sea-two three=walrus79sea-three four=walrus80sea-four five=walrus81sea-five six=walrus82sea-six seven=walrus83sea-seven
first=$(printf 'sk_%s_%s' live 4f1d7c2a9be053d86e4f1d7c)

at 01 && mkdir -p r/shop && git init -q -b main r && printf 'PORT = 8000\nDB_PASSWORD = "%s"\n' $one >r/shop/settings.py && save added
at 02 && printf 'PORT = 8000\nDB_PASSWORD = os.environ["DB_PASSWORD"]\n' >r/shop/settings.py && save removed
at 03 && printf 'SMTP_PASSWORD = "%s"\n' $two >r/shop/mail.py && save "another, that stays"
at 04 && git -C r mv shop/mail.py shop/post.py && printf '\n# a comment\n' >>r/shop/post.py && save "renamed and changed"
at 05 && git -C r checkout -qb side main~3 && printf 'LDAP_PASSWORD = "%s"\n' $three >r/shop/ldap.py && save "on a side branch"
at 06 && git -C r checkout -q --detach main~3 && printf 'FTP_PASSWORD = "%s"\n' $four >r/shop/ftp.py && save "in a tag only" &&
  git -C r tag -am "a tag" v1
at 07 && git -C r checkout -q main && git -C r checkout -qb merged && printf 'IMAP_PASSWORD = "%s"\n' $five >r/shop/imap.py && save "to be merged" &&
  git -C r checkout -q main && at 08 && printf 'x = 1\n' >r/shop/x.py && save "meanwhile" && at 09 && git -C r merge -q --no-commit merged &&
  git -C r rm -qf shop/imap.py && printf 'XMPP_PASSWORD = "%s"\n' $six >r/shop/xmpp.py && save "an evil merge" && git -C r branch -qD merged
at 10 && git -C r rm -q shop/xmpp.py && printf 'STRIPE_KEY = "%s"\n' "$first" >r/shop/pay.py && mkdir r/tests && printf 'key = "%s"\n' $one >r/tests/test_a.py && save "a token, and a test with the first"
at 11 && printf 'POP_PASSWORD = "%s"\n' $seven >r/shop/pop.py && git -C r add -A && git -C r stash -q && git -C r stash list >/dev/null
at 12 && printf 'POP_PASSWORD = "%s-again"\n' $seven >r/shop/pop.py && git -C r add -A && git -C r stash -q
at 13 && { printf 'BIG_PASSWORD = "%s"\n' walrus90sea-big && times 300000 "# a comment that makes the file large"$'\n'; } >r/shop/big.py && save "over the size limit"
at 14 && git -C r rm -q shop/big.py && printf 'API_PASSWORD = "walrus91sea-known"  # gitleaks:allow\nCACHE_PASSWORD = "walrus92sea-own"  # tfcheck: ignore[config/hardcoded-secret] gone\n' >r/shop/known.py &&
  printf 'SHOP_PASSWORD = "walrus93sea-open"\n' >r/shop/public.py && printf 'DEMO_PASSWORD=walrus94sea\nTOKEN=z7Rt2pLq9Zx4Vb1NmC8e\n' >r/.env &&
  printf '[[exception]]\nrule = "config/hardcoded-secret"\npath = "shop/public.py"\nreason = "public demo"\n' >r/.tfcheck.toml && save "suppressed ones, and a file of secrets"
at 15 && git -C r rm -q .env && save "the file is gone"

"$TFCHECK_BIN" history --secrets r -f json >out.json 2>err.txt
same "the gate fails" 1 $?
# row PATH: commit's number, date, line, column, versions, in HEAD.
row() {
  python3 - "$1" <<'END'
import json, subprocess, sys
for f in json.load(open("out.json"))["findings"]:
    if f["place"]["path"] != sys.argv[1]: continue
    subject = subprocess.run(["git", "-C", "r", "log", "-1", "--format=%s", f["commit"]["id"]], capture_output=True, text=True).stdout.strip()
    start = f["place"]["start"]
    print(subject, f["commit"]["date"], "%d:%d" % (start["line"], start["column"]), f["commit"]["versions"], f["commit"]["in_head"], f["severity"], f["state"], sep=" | ")
END
}
# The tests have the first secret too: no rule looks there, but HEAD holds it.
same "added and removed" "added | 2024-03-01T08:00:00Z | 2:15 | 1 | True | error | active" "$(row shop/settings.py)"
same "renamed" "another, that stays | 2024-03-03T08:00:00Z | 1:17 | 2 | True | error | active" "$(row shop/mail.py)"
same "the new name tells nothing new" "" "$(row shop/post.py)"
same "a side branch" "on a side branch | 2024-03-05T08:00:00Z | 1:17 | 1 | False | error | active" "$(row shop/ldap.py)"
same "a tag" "in a tag only | 2024-03-06T08:00:00Z | 1:16 | 1 | False | error | active" "$(row shop/ftp.py)"
same "a merged branch that is gone" "to be merged | 2024-03-07T08:00:00Z | 1:17 | 1 | False | error | active" "$(row shop/imap.py)"
same "an evil merge" "an evil merge | 2024-03-09T08:00:00Z | 1:17 | 1 | False | error | active" "$(row shop/xmpp.py)"
same "a provider's token" "a token, and a test with the first | 2024-03-10T08:00:00Z | 1:15 | 1 | True | error | active" "$(row shop/pay.py)"
same "both stashes" 2 "$(row shop/pop.py | wc -l)"
same "a file of secrets" "suppressed ones, and a file of secrets | 2024-03-14T08:00:00Z | 1:1 | 1 | False | error | active" "$(row .env)"
same "an exception of HEAD's configuration" "suppressed ones, and a file of secrets | 2024-03-14T08:00:00Z | 1:17 | 1 | True | error | suppressed" "$(row shop/public.py)"
same "marks in the file" 2 "$(row shop/known.py | grep -c suppressed)"
same "the large file is told" 1 "$(grep -c '"reason": "too-large"' out.json)"
grep -q '"path": "shop/big.py"' out.json || fail "JSON does not name the large file"
grep -q "shop/big.py: not looked at" err.txt || fail "the terminal does not name the large file"
for secret in walrus7 walrus8 walrus9 z7Rt2p "$first" gitleaks-not; do
  for format in text json sarif; do
    "$TFCHECK_BIN" history --secrets r -f $format -v 2>&1 | grep -qF -- "$secret" && fail "$format shows $secret"
  done
done
checks=$((checks + 3))
for jobs in 1 2 7; do
  "$TFCHECK_BIN" history --secrets r -f json -j $jobs >again.json 2>/dev/null
  cmp -s out.json again.json || fail "-j $jobs changes the report"
  checks=$((checks + 1))
done

check "text tells the commit" 1 "since $(git -C r log --format=%H --grep '^added$' | cut -c1-12) of 2024-03-01 in one version of a file, still in HEAD" history --secrets r
check "text tells of several versions" 1 "in 2 versions of files, still in HEAD" history --secrets r
check "text tells what was looked at" 1 "file versions in " history --secrets r
check "text counts marks" 1 "(1 by marks of other tools)" history --secrets r
check "SARIF has the commit" 1 '"inHead": false' history --secrets r -f sarif
check "SARIF has a category of its own" 1 '"id": "tfcheck/history/"' history --secrets r -f sarif
fingerprint=$(grep -m1 -o '"tfcheck/v1": "[0-9a-f]*' out.json | grep -o '[0-9a-f]*$')
check "a finding is explained from the report" 0 "commit     since" explain "$fingerprint" --report out.json
check "help" 0 "ever reached" history --help
check "no gate" 0 "" history --secrets r --fail-on never
check "a file" 1 "" history --secrets r -q -o json=file.json && cmp -s file.json out.json || fail "-o writes another report"
check "a folder" 1 "shop/settings.py" history --secrets r/shop
check "another folder" 0 "no findings" history --secrets r/tests
check "excluded" 1 "shop/settings.py" history --secrets r --exclude shop/pop.py
check "what to look for must be said" 2 "tfcheck history --secrets" history r
mkdir plain && check "no repository" 2 "not in a git repository" history --secrets plain
git init -q empty && check "no commits" 0 "checked 0 of 0 file versions in 0 commits of 0 references" history --secrets empty

# Bare, shallow and partial clones: what is not there is trouble, unless it is said to be none.
git clone -q --bare r bare.git && check "a bare clone" 1 "shop/ldap.py" history --secrets bare.git
git clone -q --depth 2 "file://$work/r" shallow && check "a shallow clone" 2 "the clone is shallow" history --secrets shallow
check "a shallow clone, allowed" 1 "the clone is shallow" history --secrets shallow --allow-unread
git -C r config uploadpack.allowFilter true
git clone -q --filter=blob:none "file://$work/r" partial && check "a partial clone" 2 "partial clone" history --secrets partial
check "a partial clone's rest" 1 "partial clone" history --secrets partial --allow-unread -f json

# Damage loses only itself.
broken() { rm -rf b && git clone -q --no-local r b && git -C b unpack-objects -q <"$(ls b/.git/objects/pack/*.pack)" 2>/dev/null; }
loose() { # loose REVISION: the object's file, unpacked
  local pack id
  rm -rf b && git clone -q --no-local r b && for pack in b/.git/objects/pack/*.pack; do mv "$pack" b/p && rm -f "${pack%.pack}".* && git -C b unpack-objects -q <b/p && rm b/p; done
  id=$(git -C b rev-parse "$1") && object=b/.git/objects/${id:0:2}/${id:2} && chmod u+w "$object"
}
loose origin/side:shop/ldap.py && : >"$object" && check "a damaged file" 2 "shop/ldap.py: not looked at" history --secrets b
check "a damaged file loses only itself" 2 "shop/settings.py:2:15" history --secrets b
loose main~8:shop && rm "$object" && check "a missing folder" 2 "shop: not looked at: the folder cannot be read" history --secrets b
check "a missing folder loses only itself" 2 "shop/ftp.py" history --secrets b
loose main~8 && rm "$object" && check "a missing commit" 2 "and what lies before it" history --secrets b
loose main && check "all is there" 1 "shop/settings.py" history --secrets b
echo 0123456789012345678901234567890123456789 >b/.git/refs/heads/nothing && check "a branch of nothing" 2 "its object is not in this repository" history --secrets b
echo garbage >b/.git/refs/heads/nothing && check "a branch that is none" 2 "refs/heads/nothing" history --secrets b

# Trees that nobody makes by hand.
tree() { rm -rf t && mkdir t && git init -q -b main t && printf 'DB_PASSWORD = "%s"\n' $one >t/app.py && git -C t add . && git -C t commit -qm 1; }
blob() { git -C t rev-parse HEAD:app.py; }
commit_tree() { git -C t update-ref refs/heads/"$1" "$(git -C t commit-tree -m "$1" "$2")"; }
tree && inner=$(git -C t mktree </dev/null) && for _ in $(seq 13); do
  inner=$(for j in 0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %s\t%s\n' "$inner" $j; done | git -C t mktree)
done && commit_tree tower "$inner" && check "folders without end" 1 "too many folders that repeat others" history --secrets t
tree && inner=$(printf '100644 blob %s\ta.py\n' "$(blob)" | git -C t mktree) && for _ in $(seq 600); do
  inner=$(printf '040000 tree %s\td\n' "$inner" | git -C t mktree)
done && commit_tree deep "$inner" && check "a deep tree" 1 "nested too deeply" history --secrets t
# mktree refuses such names, hash-object --literally does not look.
named() { # named NAME: a tree with the file under this name
  { printf '100644 %s\0' "$1" && blob | sed 's/../\\x&/g' | xargs -0 printf | head -c 20; } | git -C t hash-object -t tree -w --literally --stdin
}
for name in .. . .git a/b ../../etc/cron.d/x; do
  tree && git -C t rm -q --cached app.py && commit_tree odd "$(named "$name")" && check "a file called $name" 1 "not a valid name in a git tree" history --secrets t
done
tree && commit_tree odd "$(named $'\e[31m\a.py')" && check "escapes in a name" 1 "" history --secrets t && grep -q $'\e' "$work/.out" && fail "an escape is printed"
tree && git -C t tag tree "HEAD^{tree}" && git -C t tag file.py "$(blob)" && git -C t update-ref -d HEAD && check "a tag of a file" 1 "DB_PASSWORD" history --secrets t
finish
