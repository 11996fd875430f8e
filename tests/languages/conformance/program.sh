#!/bin/bash
# The conformance program. A comment is no evidence: FileHandler "commented.log", password="commented".
LOG=app.log
url=$DATABASE_URL
port=${PORT:-8080}
secret=${SECRET_KEY:-change-me}
cache=${CACHE_URL:-redis://cache}
password=hunter2-hunter2
greeting=postgres://$url/app

main() {
  connect db.internal 5432
  open_log $LOG
  if [ "$APP_ENV" = development ]; then
    only_in_development
  fi
  for item in $items; do
    each_item $item
  done
  convert in.png out.png
  tell "started on $port"
  while true; do
    inside_loop
  done
}

main
