#!/usr/bin/env bash
# A found secret appears unmasked nowhere: no format, no stream, -v and --stats included, whatever rules are selected.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
mkdir -p t/app t/deploy
key=AKIA$(printf 'Z7XKQ2M4N6P5R3T4')
token=ghp_$(printf 'a8F3kLm29QwErTy71UiOpAs6DfGh4JkZxCvB')
password='tr0ub4dor-and-3-more'
printf 'import redis\nAWS_KEY = "%s"\nDB_PASSWORD = "%s"\nclient = redis.Redis(host="cache.internal", password="%s")\nurl = "postgres://app:%s@db.internal/app"\nTOKEN = os.environ.get("API_TOKEN", "%s")\n' "$key" "$password" "$password" "$password" "$token" >t/app/settings.py
printf 'services:\n  web:\n    image: acme/web\n    environment:\n      DB_PASSWORD: %s\n      DATABASE_URL: postgres://app:%s@db/app\n' "$password" "$password" >t/docker-compose.yml
printf 'DB_PASSWORD=%s\nTOKEN=%s\n' "$password" "$token" >t/.env
printf 'FROM python:3.12\nENV API_TOKEN=%s\nCMD gunicorn app --log-file /var/log/%s.log\n' "$token" "$token" >t/Dockerfile
printf -- '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAxyzSecretSecretSecretSecretSecretSecretSecretSec\n-----END RSA PRIVATE KEY-----\n' >t/deploy/server.key
printf 'flask==3.0.0\n' >t/requirements.txt
commit_all t
for args in "-f text" "-f text -v --stats" "-f json" "-f sarif" "-f text -q" "-f text --select logs,backing-services,processes,port-binding" "-f json --ignore config" "--staged -f json"; do
  "$TFCHECK_BIN" t $args -o json=out.json -o sarif=out.sarif -o text=out.txt >out 2>err
  cat out err out.json out.sarif out.txt >all
  checks=$((checks + 1))
  for secret in "$key" "$token" "$password" MIIEowIBAAKCAQEAxyzSecret; do
    grep -qF -- "$secret" all && { fail "$args: a secret is shown"; grep -nF -m3 -- "$secret" all | cut -c1-160; }
  done
  [ "$args" = "-f text" ] && for rule in config/hardcoded-secret config/committed-env-file config/baked-config config/secret-default; do
    grep -q "$rule" out || fail "$rule found nothing, so this test tests nothing"
  done
done
"$TFCHECK_BIN" facts t/app/settings.py t/docker-compose.yml t/.env t/Dockerfile >all 2>&1
for secret in "$key" "$token" "$password"; do grep -qF -- "$secret" all && fail "facts: a secret is shown"; done
checks=$((checks + 1))

# Whole files of secrets: what a file holds is looked at once, not once for each of its findings.
many() { # many NAME FILE COUNT LINE: so many lines, & is their number; together less than what is not parsed any more
  rm -rf t && mkdir t && seq "$3" | sed "s|.*|$4|" >"t/$2" && check "many $1" 1 '"state"' t -f json -o sarif=out.sarif
}
many "passwords of classes" a.py 20000 'class C&: password="tulip&sea"'
many "passwords in URLs" a.py 19000 'X&="postgres://u:tulip&sea@db&.intern/x"'
many "suppressed passwords" a.py 12000 'password="tulip&sea" # tfcheck: ignore[config/hardcoded-secret] known &'
many "passwords of YAML" a.yml 20000 'k&: {password: tulip&sea}'
many "passwords of INI" a.ini 20000 '[s&]\npassword=tulip&sea'
# Marks of other tools are honoured and counted apart from tfcheck's own.
mkdir marks && cat >marks/app.py <<'END'
DB_PASSWORD = "tulip77sea"  # gitleaks:allow
SMTP_PASSWORD = "tulip78sea"  # tfcheck: ignore[config/hardcoded-secret] the emulator's
IMAP_PASSWORD = "tulip79sea"  # nosec B603
END
check "marks are counted in the text" 1 "2 suppressed (1 by marks of other tools)" marks
check "a mark about something else is none" 1 "app.py:3:17" marks
check "a mark is a reason" 1 "gitleaks:allow, a mark of gitleaks" marks -v
check "marks are counted in JSON" 1 '"suppressed_by_marks": 1' marks -f json
check "JSON names the mark" 1 '"mark": "gitleaks:allow"' marks -f json

finish
