#!/usr/bin/env bash
# Exit codes, gates, suppressions, selection, outputs, configuration.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
mkdir t && printf 'import logging\nlogging.FileHandler("app.log")\n' >t/app.py && commit_all t
check "default gate" 1 "gate --fail-on warning: failed" t
check "never" 0 "log-file" t --fail-on never
check "error gate" 1 "failed" t --fail-on error
check "score gate" 1 "--min-score 100: failed" t --fail-on never --min-score 100
check "score gate passed" 0 "passed" t --fail-on never --min-score 1
check "ignored rule" 0 "no findings" t --ignore logs/log-file
check "ignored factor" 0 "no findings" t --ignore logs
check "selected factor" 1 "log-file" t --select logs
check "selected elsewhere" 0 "no findings" t --select processes
check "unknown selection" 2 "no rule is called 'lgos'" t --select lgos
check "excluded path" 2 "nothing to audit" t --exclude '*.py'
check "version" 0 "tfcheck 0." version
check "files" 0 "app.py" files t
check "facts" 0 'call logging.FileHandler("app.log")' facts t/app.py
check "help" 0 "Exit codes" --help
check "default command is check" 1 "log-file" check t
check "pipe has no colour" 1 "error[logs/log-file]" t
check "forced colour" 1 $'\033[' t --color always
NO_COLOR=1 check "NO_COLOR" 1 "error[logs/log-file]" t
check "quiet" 1 "1 error" t -q
check "files written" 1 "log-file" t -o sarif=r.sarif -o r.json -o text=r.txt
for file in r.sarif r.json r.txt; do [ -s $file ] || fail "$file was not written"; done
printf '[gate]\nfail-on = "never"\n' >t/.tfcheck.toml && check "gate from the file" 0 "log-file" t
check "flag over file" 1 "failed" t --fail-on error
check "isolated" 1 "failed" t --isolated
printf '[rules."logs/log-file"]\nseverity = "note"\n' >t/.tfcheck.toml && check "severity from the file" 0 "note[logs/log-file]" t
printf '[rules."logs/log-file"]\nenabled = false\nreason = "audited"\n' >t/.tfcheck.toml && check "rule off" 0 "no findings" t
printf '[[exception]]\nrule = "logs/log-file"\npath = "app.py"\nreason = "kept for now"\n' >t/.tfcheck.toml && check "exception" 0 "1 suppressed" t
printf '[[exception]]\nrule = "logs"\npath = "*.json"\nreason = "r"\n' >t/.tfcheck.toml && check "an exception that nothing needs" 1 ".tfcheck.toml:1: the exception of logs for *.json suppresses nothing" t
check "is only told with the whole rule set" 1 "log-file" t --select logs && ! grep -q "suppresses nothing" "$work/.out" || fail "an exception is called unused without the whole rule set"
printf '[scope]\nexclude = ["*.py"]\n' >t/.tfcheck.toml && check "exclude from the file" 0 "no findings" t
printf '[factors.logs]\nenabled = false\nreason = "elsewhere"\n' >t/.tfcheck.toml && check "factor off" 0 "no findings" t
rm t/.tfcheck.toml
printf 'import logging\nlogging.FileHandler("app.log")  # tfcheck: ignore[logs/log-file] rotated by the host\n' >t/app.py && check "suppressed" 0 "1 suppressed" t
printf 'import logging\n# tfcheck: ignore[logs/log-file] the line below\nlogging.FileHandler("app.log")\n' >t/app.py && check "suppressed from above" 0 "1 suppressed" t
printf 'x = 1  # tfcheck: ignore[logs/log-file] nothing here\n' >t/app.py && check "unused suppression" 0 "note[tfcheck/unused-suppression]" t
check "unused is only told with the whole rule set" 0 "no findings" t --select logs

# Exceptions by key, in files that take no comment.
mkdir k && printf '{"db": {"main": {"password": "tulip77sea"}, "spare": {"password": "rose88hill"}}}\n' >k/config.json && printf 'x==1\n' >k/requirements.txt && printf 'x = 1\n' >k/app.py && commit_all k
keys() { printf '[[exception]]\nrule = "hardcoded-secret"\npath = "config.json"\nkey = "%s"\nreason = "demo"\n' "$1" >k/.tfcheck.toml; }
check "two secrets" 1 "2 errors" k
keys db.main.password && check "one key" 1 "1 error, 0 warnings, 0 notes in 1 file · 1 suppressed" k
check "it is listed" 1 '"key": "db.main.password"' k -f json
keys 'db.*.password' && check "a glob of keys" 0 "2 suppressed" k
keys '**.password' && check "a glob across" 0 "2 suppressed" k
keys db && check "a key above is another" 1 "the exception of hardcoded-secret for config.json, key db suppresses nothing" k
keys '' && check "an empty key" 2 ".tfcheck.toml:4: 'key' is empty" k
sed -i 's/^key.*/keys = "x"/' k/.tfcheck.toml && check "a key that is none" 2 "did you mean 'key'?" k
finish
