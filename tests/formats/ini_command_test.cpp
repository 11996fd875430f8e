#include <catch2/catch.hpp>

#include "formats/config_lines.h"
#include "formats/ini/ini.h"

using namespace tfcheck;
using namespace tfcheck::test;

TEST_CASE("commands in INI files are shell text") {
  struct Row {
    const char* path;
    const char* text;
    const char* commands;
  };
  for (Row row : {
           Row{"s.conf", "[program: web]\ncommand = gunicorn -b 0.0.0.0:%(ENV_PORT)s app ; note\n",
               "command gunicorn (\"-b\", template\"0.0.0.0:${PORT}\", \"app\") @program:web.command\n"},
           Row{"a.service", "[Service]\nExecStartPre=-/bin/mkdir x\nExecStart=/usr/bin/app \\\n  --port 80\n",
               "command mkdir (path=\"/bin/mkdir\", \"x\") @Service.ExecStartPre\ncommand app (path=\"/usr/bin/app\", "
               "\"--port\", \"80\") @Service.ExecStart\n"},
           Row{"u.ini",
               "[uwsgi]\nattach-daemon = celery worker\nhook-pre-app = exec:./manage.py migrate\n"
               "smart-attach-daemon = /x.pid memcached -d\nmaster = true\n",
               "command celery (\"worker\") @uwsgi.attach-daemon\ncommand manage.py (path=\"./manage.py\", "
               "\"migrate\") @uwsgi.hook-pre-app\n"
               "command memcached (\"-d\") @uwsgi.smart-attach-daemon\n"},
           Row{"circus.ini", "[watcher:web]\ncmd = python app.py\n", "command python (\"app.py\") @watcher:web.cmd\n"},
       }) {
    CAPTURE(row.text);
    CHECK(config_lines(ini_adapter(), row.path, row.text, "command") == row.commands);
  }
}
