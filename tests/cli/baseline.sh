#!/usr/bin/env bash
# Baselines: a legacy repository from its first day with tfcheck on, in text, JSON, SARIF and exit codes.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

# A shop with debts of many kinds: literal secrets, log files, unpinned images, fixed ports.
mkdir -p shop/app shop/deploy shop/worker
{
  printf 'import logging\nimport flask\n\napp = flask.Flask(__name__)\n'
  for i in $(seq 1 50); do printf '\n\ndef log_%s():\n    logging.FileHandler("shop-%s.log")\n' $i $i; done
} >shop/app/logs.py
{
  printf 'import os\n\n'
  for name in SECRET_KEY MAIL_PASSWORD DB_PASSWORD API_TOKEN ADMIN_PASSWORD SMTP_PASSWORD STRIPE_SECRET; do printf '%s = "k3%s9tulipc1"\n' $name "$(printf %s $name | cksum | cut -c1-6)"; done
} >shop/app/settings.py
printf 'flask==3.0.0\ngunicorn==22.0.0\n' >shop/app/requirements.txt
printf 'FROM python:latest\nCOPY app /app\nCMD gunicorn app.logs:app\n' >shop/Dockerfile
{
  printf 'services:\n  web:\n    build: ..\n'
  for i in a b c d e f g h i j; do printf '  %s:\n    image: redis:latest\n    container_name: shop-%s\n' $i $i; done
} >shop/deploy/compose.yml
printf 'import logging\n\n\ndef work():\n    logging.FileHandler("worker.log")\n' >shop/worker/main.py
commit_all shop
cd shop || exit 2
git config user.name t && git config user.email t@example.org
# The number behind a key of the report's baseline.
number() { "$TFCHECK_BIN" "${@:2}" -f json 2>/dev/null | grep -A9 '^  "baseline": {' | sed -n "s/.*\"$1\": \([0-9]*\).*/\1/p"; }
states() { "$TFCHECK_BIN" "${@:2}" -f json 2>/dev/null | grep -c "\"state\": \"$1\""; }
sarif() { "$TFCHECK_BIN" "${@:2}" -f sarif 2>/dev/null | grep -c "\"baselineState\": \"$1\""; }
keep() { git add -A && git commit -qm "$1"; }

check "a legacy repository is red" 1 "gate --fail-on warning: failed"
check "there is nothing to prune yet" 2 "there is no tfcheck-baseline.json (tfcheck baseline create)" baseline prune
total=$(states active)
[ "$total" -ge 60 ] || fail "the repository has only $total findings"
check "create" 0 "tfcheck-baseline.json: $total known findings; $total added" baseline create
check "not twice" 2 "tfcheck-baseline.json: there is a baseline already (tfcheck baseline update)" baseline create
same "a line a finding" "$((total + 2))" "$(wc -l <tfcheck-baseline.json)"
same "sorted" "$(grep fingerprint tfcheck-baseline.json)" "$(grep fingerprint tfcheck-baseline.json | sort)"
grep -q 'tulip' tfcheck-baseline.json && fail "the baseline holds a secret"
keep "a baseline"
check "nothing is new" 0 "0 new, $total known" 
check "the gate says what it judges" 0 "gate --fail-on warning, of what is new: passed"
check "not even at notes" 0 "0 new" --fail-on note
check "the score counts the debt, its gate does not" 0 "--min-score 90, of what is new: passed" --min-score 90
check "without it everything is judged" 1 "gate --fail-on warning: failed" --no-baseline
check "isolated as well" 1 "gate --fail-on warning: failed" --isolated
check "known ones are folded" 0 "and $total findings that tfcheck-baseline.json knows: -v shows them"
check "and shown with -v" 0 "(known)" -v
check "it lists them" 0 "logs/log-file  worker/main.py" baseline show
check "the index has it too" 0 "0 new, $total known" --staged
check "a commit has it" 0 "0 new, $total known" --rev HEAD
check "an older commit has none" 1 "gate --fail-on warning: failed" --rev HEAD~1
check "a folder uses the repository's" 0 "of what is new: passed" worker
same "JSON: all known" "$total 0" "$(states known) $(states active)"
same "SARIF: all unchanged" "yes 0" "$([ "$(sarif unchanged)" -gt 15 ] && echo yes) $(sarif new)"
check "it is no part of the audit" 0 "tfcheck-baseline.json" files

# One new error stops, and only it.
printf '\n\ndef log_9():\n    logging.FileHandler("new.log")\n' >>worker/main.py
check "a new error stops" 1 "1 new, $total known"
[ "$(grep -c '^error\[' "$work/.out")" = 1 ] || fail "more than the new error is shown"
grep -q 'worker/main.py:9' "$work/.out" || fail "the new error is not at its place"
check "staged" 0 "0 new" --staged
git add -A && check "staged, once it is" 1 "1 new, $total known" --staged
same "JSON: one active" "1 $total" "$(states active) $(states known)"
same "SARIF: one new" 1 "$(sarif new)"
check "a gate of errors" 1 "of what is new: failed" --fail-on error
git checkout -q HEAD -- . && check "taken back" 0 "0 new, $total known"

# A second copy of what is known is new, in the same file and in another.
sed -n '/def log_1/,$p' app/logs.py | head -2 | sed 's/log_1/log_10/' >>app/logs.py
check "a copy in its file" 1 "1 new, $total known"
git checkout -q HEAD -- . && cp worker/main.py worker/copy.py
check "a copy of a file" 1 "worker/copy.py"
grep -q "worker/main.py" "$work/.out" && fail "the original is called new"
rm worker/copy.py

# Lines move, files are laid out anew, renamed and moved: nothing is new.
sed -i '1i # one\n# two\n# three' app/logs.py app/settings.py worker/main.py
check "lines moved" 0 "0 new, $total known"
sed -i 's/^    logging.FileHandler(\(".*"\))/    logging.FileHandler(\n        '"filename=\\1,\n    )/; s/filename=//" app/logs.py
sed -i "s/\"/'/g" app/settings.py
check "laid out anew" 0 "0 new, $total known" 
git mv worker jobs && git mv app/settings.py app/config.py && git mv deploy/compose.yml deploy/docker-compose.yaml
check "renamed, moved" 0 "0 new, $total known" --fail-on note
mkdir shop && git mv app shop/app && git mv Dockerfile shop/ && sed -i 's/build: ../build: ..\/shop/' deploy/docker-compose.yaml
check "a folder of it" 0 "0 new, $total known"
check "prune keeps all, where they are now" 0 "moved or edited" baseline prune
grep -q '"path":"worker/' tfcheck-baseline.json && fail "prune left an old path"
keep "moved"
check "and nothing is new after it" 0 "0 new, $total known"

# A fix, and what prune says of it.
sed -i '/redis:latest/s/latest/7.2.5/' deploy/docker-compose.yaml
check "fixed" 0 "gone (tfcheck baseline prune)"
gone=$(number gone)
[ "$gone" -ge 1 ] || fail "nothing is gone after a fix"
check "prune says so" 0 "dropped: dependencies/unpinned-version in deploy/docker-compose.yaml" baseline prune
check "and again has nothing to say" 0 "tfcheck-baseline.json: $((total - gone)) known findings" baseline prune
grep -q ';' "$work/.out" && fail "a second prune changes something"
keep "fixed"
sed -i '/redis:7.2.5/s/7.2.5/latest/' deploy/docker-compose.yaml
check "what comes back is new" 1 "of what is new: failed"
check "update takes it in" 0 "added" baseline update
same "and all is known" 0 "$(states active)"
git checkout -q HEAD -- .

# A suppression needs no entry.
before=$(grep -c fingerprint tfcheck-baseline.json)
sed -i 's/^    logging.FileHandler("worker.log")/&  # tfcheck: ignore[logs\/log-file] rotated by the host/' jobs/main.py
check "suppressed" 0 "1 suppressed by now"
check "it is dropped" 0 "dropped: logs/log-file in jobs/main.py" baseline prune
same "one less" "$((before - 1))" "$(grep -c fingerprint tfcheck-baseline.json)"
git checkout -q HEAD -- .

# What was not looked at is not gone.
check "a rule that did not run" 0 "kept that were not looked at" baseline prune --ignore logs
check "a path that is excluded" 0 "kept that were not looked at" baseline prune --exclude 'jobs/'
check "only a folder" 0 "kept that were not looked at" baseline update jobs
same "everything is kept" "$before" "$(grep -c fingerprint tfcheck-baseline.json)"
chmod 000 jobs/main.py
if ! cat jobs/main.py >/dev/null 2>&1; then
  check "a file that cannot be read" 2 "kept that were not looked at" baseline prune
  check "told" 2 "not looked at" 
fi
chmod 644 jobs/main.py
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 3\n' 1 >jobs/main.py && check "a file that large-file storage keeps" 0 "kept that were not looked at" baseline prune
git checkout -q HEAD -- .

# Other places for the file, and files that are none.
check "elsewhere" 0 "known findings" baseline create --baseline ../other.json
check "used from there" 0 "0 new" --baseline ../other.json
check "of a commit" 0 "known findings" baseline create --rev HEAD --baseline ../commit.json
cmp -s ../other.json ../commit.json || fail "a commit's baseline differs from the work tree's"
check "a commit's needs a file" 2 "name it with --baseline FILE" baseline update --rev HEAD
check "one that is missing" 2 "../none.json: cannot be read" --baseline ../none.json
check "both flags" 2 "--baseline and --no-baseline exclude each other" --baseline x --no-baseline
check "no such action" 2 "did you mean 'prune'?" baseline prun
check "no action" 2 "ACTION is required" baseline
for bad in '{}' '[]' '{"schema": "tfcheck-baseline/2", "findings": []}' '{"schema": "tfcheck-baseline/1", "findings": [{"rule": 3}]}'; do
  printf '%s' "$bad" >tfcheck-baseline.json
  check "no baseline: $bad" 2 "tfcheck-baseline.json: this is no baseline of tfcheck"
  check "nor to update: $bad" 2 "this is no baseline" baseline update
done
printf x >tfcheck-baseline.json && check "no JSON" 2 "tfcheck-baseline.json:1: this is no baseline of tfcheck: it is no JSON"
head -c 17000000 /dev/zero | tr '\0' ' ' >tfcheck-baseline.json && check "too large" 2 "tfcheck-baseline.json"
rm tfcheck-baseline.json && ln -s ../other.json tfcheck-baseline.json && check "a link of the tree" 2 "tfcheck-baseline.json"
check "is not written through" 2 "tfcheck-baseline.json" baseline update
git checkout -q HEAD -- .

# Branches that add findings merge; one that does not is told.
git checkout -qb left && printf '\n\ndef left():\n    logging.FileHandler("left.log")\n' >>jobs/main.py && "$TFCHECK_BIN" baseline update >/dev/null 2>&1 && keep left
git checkout -q main && git checkout -qb right && printf 'import logging\n\n\ndef right():\n    logging.FileHandler("right.log")\n' >jobs/right.py && "$TFCHECK_BIN" baseline update >/dev/null 2>&1 && keep right
git merge -q left -m merged >/dev/null 2>&1 || fail "the baselines of two branches do not merge"
check "both are known" 0 "0 new"
printf '{"schema": "tfcheck-baseline/1", "findings": [\n<<<<<<< HEAD\n=======\n>>>>>>> left\nnull]}\n' >tfcheck-baseline.json
check "an unresolved merge" 2 "tfcheck-baseline.json:2: the baseline holds an unresolved merge"
git checkout -q HEAD -- .

# A rule's former id.
mkdir -p ../pack/logs
page() { # ID-LINE
  printf '# The app shouts\nIt writes in capitals.\n## Why it matters\nEars.\n## What to do\nWhisper.\n```toml rule\nmessage = "m"\n%s[[match]]\ncall = "acme.shout"\n```\n' "$1"
  printf '## Examples\n```python bad\nacme.shout("A")\n```\n```python good\nx = 1\n```\n'
}
page '' >../pack/logs/shouting.md
printf 'import acme\nacme.shout("A")\n' >jobs/loud.py
check "a rule of a pack" 0 "added" baseline update --rules ../pack
grep -q '"rule":"logs/shouting"' tfcheck-baseline.json || fail "the pack's finding is not in the baseline"
check "without its pack it did not run" 0 "1 kept that were not looked at" baseline prune
rm ../pack/logs/shouting.md && page 'aliases = ["logs/shouting"]
' >../pack/logs/capitals.md
check "known under its new id" 0 "0 new" --rules ../pack
check "prune writes the new id" 0 "moved or edited" baseline prune --rules ../pack
grep -q '"rule":"logs/capitals"' tfcheck-baseline.json || fail "prune kept the former id"

# Without a file: what has come since the work left a branch.
cd .. && rm -rf since && cp -r shop since && cd since || exit 2
git checkout -qf main && git clean -qfd && git rm -q tfcheck-baseline.json && git commit -qm "no baseline" && git checkout -qb work
check "nothing since" 0 "0 new" --since main
printf '\n\ndef log_9():\n    logging.FileHandler("new.log")\n' >>jobs/main.py
check "one since" 1 "1 new" --since main
grep -q "stood there before, in main at " "$work/.out" || fail "it does not say what stood there before"
check "not yet staged" 0 "0 new" --since main --staged
keep "one more" && check "committed" 1 "1 new" --since main
check "since HEAD nothing" 0 "0 new" --since HEAD
git checkout -q main && git rm -qr jobs && git commit -qm "main goes on" && git checkout -q work
check "main's own way counts for nothing" 1 "1 new" --since main
check "the merge base of a commit" 0 "0 new" --since main --rev HEAD~1
check "in JSON" 1 '"since": "main at ' --since main -f json
printf 'flask==3.0.0\ngunicorn\n' >shop/app/requirements.txt && check "a cause that lies elsewhere" 1 "requirements.txt" --since HEAD
git checkout -q HEAD -- .
check "no such branch" 2 "'mian' names no commit of this repository (did you mean main?)" --since mian
check "with a baseline" 2 "--since and --baseline exclude each other" --since main --baseline ../other.json
git checkout -q --orphan alone && git commit -qm alone && check "nothing in common" 2 "'main' and HEAD have no commit in common" --since main
git checkout -q work
git clone -q --depth 1 "file://$PWD" ../shallow 2>/dev/null
check "a shallow clone" 2 "the clone is shallow: git fetch --unshallow brings older commits" --since origin/main ../shallow
git -C ../shallow fetch -q --depth 1 origin main 2>/dev/null && check "that lacks what is common" 2 "which is shallow (git fetch --unshallow brings older commits)" --since FETCH_HEAD ../shallow
mkdir ../fresh && git -C ../fresh init -q -b main && printf 'import logging\nlogging.FileHandler("app.log")\n' >../fresh/app.py
check "a repository without commits" 1 "1 new" ../fresh --since HEAD --select logs
mkdir ../plain && cp ../fresh/app.py ../plain && check "no repository" 2 "tfcheck: error: " ../plain --since HEAD

# What a change did to the score, beside the score.
cd ../shop && mkdir ../small && printf 'import flask\n\napp = flask.Flask(__name__)\n' >../small/app.py && printf 'flask==3.0.0\ngunicorn==22.0.0\n' >../small/requirements.txt && printf 'web: gunicorn app:app\n' >../small/Procfile && commit_all ../small && cd ../small || exit 2
check "a small baseline" 0 "known finding" baseline create
printf 'import logging\nlogging.FileHandler("app.log")\n' >>app.py
check "what is new takes its points off" 1 "by what is new) · 1 new"
check "in JSON" 1 '"score_without_new": ' -f json
finish
