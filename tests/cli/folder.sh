#!/usr/bin/env bash
# The audit of one folder of a repository is the part of the whole's that lies in the folder: its places, fingerprints,
# configuration and suppressions are the repository's, and what lies round it is known.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
app='import logging\nimport requests\nlogging.FileHandler("app.log")\n'
tree() { # a repository whose root declares and deploys what desk/ holds
  rm -rf t && mkdir -p t/desk/sub t/other && printf "$app" | tee t/desk/app.py >t/other/o.py && printf 'requests==2.0\n' >t/requirements.txt &&
    printf 'FROM python:3.12\nCOPY . .\nCMD ["python", "desk/app.py"]\n' >t/Dockerfile && commit_all t
}
lacks() { # WORDS: the output of the check before does not have them
  checks=$((checks + 1))
  ! grep -qF -- "$1" .out || { fail "the output has: $1"; grep -F -- "$1" .out | head -3; }
}
prints() { "$TFCHECK_BIN" "$@" -f json | grep '"tfcheck/v1"' | tr -d ' ,' | sort; }

tree && check "places count from the repository's root" 1 "desk/app.py:3:1" t/desk
lacks "missing-manifest" && lacks "other/o.py"
check "what was looked at" 1 "checked 1 file of desk, 2 files beside it for what they say of it" t/desk
same "fingerprints are those of the whole" "$(prints t | grep -cxF "$(prints t/desk)")" "$(prints t/desk | wc -l)"
check "SARIF names the folder" 1 '"id": "tfcheck/desk/"' t/desk -f sarif
check "and the file from the root" 1 '"uri": "desk/app.py"' t/desk -f sarif
check "SARIF of the whole" 1 '"id": "tfcheck/./"' t -f sarif
check "JSON names the folder" 1 '"folder": "desk"' t/desk -f json
check "the whole has none" 1 '"findings"' t -f json && lacks '"folder"'
check "a folder deeper down" 2 "nothing to audit" t/desk/sub
check "from the index" 1 "desk/app.py:3:1" t/desk --staged && lacks "missing-manifest"
check "from a commit" 1 "desk/app.py:3:1" t/desk --rev HEAD && lacks "missing-manifest"
check "its files, and those beside it" 0 "$(printf 'Dockerfile\tdockerfile\t.\t-\tbeside the audited folder, ')" files t/desk && lacks "other/"
check "its components" 0 "app" components t/desk
check_shell "explain takes a path as it is typed" 0 "log-file" "cd t/desk && \$TFCHECK_BIN explain app.py:3"
check_shell "and as it is shown" 0 "log-file" "cd t/desk && \$TFCHECK_BIN explain desk/app.py:3"
check_shell "a report in the folder is no part of it" 1 "desk/app.py" "\$TFCHECK_BIN t/desk -o json=t/desk/r.json -q; \$TFCHECK_BIN t/desk -o json=t/desk/r.json -v"
lacks "r.json"
rm -rf t/.git && check "outside of a repository a folder is alone" 1 " app.py:3:1" t/desk

# Who names a folder of tests wants it judged; what is a test in it stays one.
tree && mkdir -p t/fixtures/desk/tests && cp t/desk/app.py t/fixtures/desk/ && cp t/desk/app.py t/fixtures/desk/tests/ && commit_all t
check "a folder of fixtures that is named" 1 "fixtures/desk/app.py:3:1" t/fixtures/desk && lacks "desk/tests/app.py"
check "and not named" 1 "desk/app.py:3:1" t && lacks "fixtures/desk"

# Configuration and suppressions.
tree && printf '[scope]\nexclude = ["desk/app.py"]\n' >t/.tfcheck.toml && check "paths to exclude count from the root" 2 "paths to exclude count from the repository's root" t/desk
printf '[[exception]]\nrule = "logs"\npath = "desk/*.py"\nreason = "known"\n' >t/.tfcheck.toml && check "so do exceptions" 0 "suppressed[logs/log-file]: desk/app.py:3: known" t/desk -v
rm t/.tfcheck.toml && printf '[[exception]]\nrule = "logs"\npath = "/app.py"\nreason = "known"\n' >t/desk/.tfcheck.toml && check "those of a folder's configuration count from there" 0 "desk/app.py:3: known" t/desk -v
check "which is not the whole's" 1 "desk/app.py:3:1" t
printf '[scope]\nexclude = ["app.*"]\n' >t/desk/.tfcheck.toml && check "its globs as well" 0 "configuration desk/.tfcheck.toml: 1 path excluded" t/desk && lacks "app.py"
printf '[components."."]\nkind = "tool"\n' >t/desk/.tfcheck.toml && touch t/desk/setup.py && check "and its components" 0 "desk  tool" t/desk
tree && sed -i '3s/$/  # tfcheck: ignore[logs\/log-file] here/' t/desk/app.py && sed -i '1s/$/  # tfcheck: ignore[logs\/log-file] there/' t/other/o.py && check "suppressions" 0 "desk/app.py:3: here" t/desk -v
lacks "unused-suppression"

# Nothing leaves the repository, and no configuration of git's makes it larger.
tree && mkdir -p out && printf "$app" >out/secret.py && printf '{"dependencies": {"x": "1"}}\n' >package.json && ln -s ../out t/link && ln -s ../../out t/desk/link && ln -s ../package.json t/package.json &&
  check "links" 1 "desk/app.py:3:1" t/desk -v && lacks "secret.py"
git -C t config core.worktree "$work" && check "a work tree above the repository" 1 " app.py:3:1" t/desk && lacks "out/"
tree && printf 'gitdir: %s\n' "$work/t/.git" >t/desk/.git && check "a .git that points elsewhere is the folder's own" 1 " app.py:3:1" t/desk
tree && mkdir t/desk/.git && check "an empty .git is none" 1 "desk/app.py:3:1" t/desk
tree && mkfifo t/pipe t/desk/pipe && check "FIFOs above and in the folder" 1 "desk/app.py:3:1" t/desk
tree && mkdir -p t/big/deep && seq 1000 | sed 's|.*|t/big/deep/&.yml|' | xargs touch && check "what nobody tracks elsewhere is not walked" 1 ", 2 files beside it" t/desk
finish
