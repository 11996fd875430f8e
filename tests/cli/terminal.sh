#!/usr/bin/env bash
# Nothing that deceives the eye reaches the terminal: what is not seen or reorders what is, in names, values, reasons.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
while read -r name escaped; do
  character=$(printf "$name")
  rm -rf t && mkdir t
  printf 'import logging\nlogging.FileHandler("a%sb.log")  # tfcheck: ignore[logs/log-file] why%snot\n' "$character" "$character" >t/app.py
  printf 'import logging\nlogging.FileHandler("c%sd.log")\n' "$character" >"t/x${character}y.py"
  printf 'web: gunicorn app:app --name e%sf\n' "$character" >t/Procfile
  printf '{"a": ' >"t/broken$character.json"
  commit_all t
  for arguments in "t -v --stats" "t -q" "files t" "facts t/app.py t/Procfile" "facts t/x${character}y.py"; do
    checks=$((checks + 1))
    "$TFCHECK_BIN" $arguments >out 2>&1
    grep -qF -- "$character" out && { fail "$escaped in clear: $arguments"; grep -nF -m1 -- "$character" out; }
    grep -qF -- "$escaped" out || fail "$escaped is not shown: $arguments"
  done
done <<'ROWS'
\u00ad \u00ad
\u034f \u034f
\u061c \u061c
\u180e \u180e
\u200b \u200b
\u200d \u200d
\u200f \u200f
\u202e \u202e
\u2028 \u2028
\u2060 \u2060
\u2067 \u2067
\ufe0f \ufe0f
\ufeff \ufeff
\U000e0041 \U000e0041
\u0085 \x85
\e \x1b
ROWS
finish
