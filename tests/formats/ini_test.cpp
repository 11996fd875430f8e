#include "formats/ini/ini.h"

#include <catch2/catch.hpp>

#include "formats/config_lines.h"

using namespace tfcheck;
using namespace tfcheck::test;

TEST_CASE("INI keys, comments, continuations and references") {
  struct Row {
    const char* path;
    const char* text;
    const char* facts;
  };
  for (Row row : {
           Row{"a.ini", "top = 1\n[s]\nk: v ; note\n; k = 2\n# k = 3\ne =\n",
               "entry top = 1\nentry s = {}\nentry s.k = \"v\"\nentry s.e = \"\"\n"},
           Row{"a.ini", "[s]\nlist =\n  one\n  # two\n\n  three\nnext = off\n",
               "entry s = {}\nentry s.list = \"one\\nthree\"\nentry s.next = false\n"},
           Row{"a.ini", "[core]\n\tbare = true\n\teditor = vi\n\t  -x\n",
               "entry core = {}\nentry core.bare = true\nentry core.editor = \"vi\\n-x\"\n"},
           Row{"a.ini", "[s]\ncolor = #fff\nq = \"1\"\nurl = http://h/#x\n",
               "entry s = {}\nentry s.color = \"#fff\"\nentry s.q = \"1\"\nentry s.url = \"http://h/#x\"\n"},
           Row{"a.ini", "[s]\na = %(ENV_DB)s\nb = %(here)s\nc = x/%(ENV_DIR)s/y\nd = ${HOME}\n",
               "entry s = {}\nentry s.a = env(DB)\nentry s.b = here\nentry s.c = template\"x/${DIR}/y\"\nentry s.d = "
               "env(HOME)\n"},
           Row{"php.ini",
               "[PHP]\ndisplay_errors = On ; bad\n[Session]\nsession.save_handler = files\nerror_log = \"/x.log\"\n",
               "entry display_errors = true\nentry session.save_handler = \"files\"\nentry error_log = \"/x.log\"\n"},
           Row{"my.cnf", "[mysqld]\nskip-networking\nport=3306\n",
               "entry mysqld = {}\nentry mysqld.skip-networking = true\nentry mysqld.port = 3306\n"},
           Row{"redis.conf", "# daemonize yes\ndaemonize yes\nSave 900 1\nlogfile \"\"\n",
               "entry daemonize = true\nentry save = \"900 1\"\nentry logfile = \"\"\n"},
           Row{"conf/site.conf", "server {\n  listen 80;\n}\n", ""},
       }) {
    CAPTURE(row.path, row.text);
    CHECK(config_lines(ini_adapter(), row.path, row.text) == row.facts);
  }
}

TEST_CASE("INI dialects by name and by sections") {
  struct Row {
    const char* path;
    const char* text;
    const char* format;
  };
  for (Row row :
       {Row{"x.conf", "[program: job]\ncommand=x\n", "supervisor"}, Row{"x.ini", "[uwsgi]\nmaster=1\n", "uwsgi"},
        Row{"docker/php/x.ini", "memory_limit = 1M\n", "php-ini"},
        Row{"alembic.ini", "[loggers]\nkeys=a\n", "logging-ini"}, Row{"setup.cfg", "[metadata]\n", "setup-cfg"},
        Row{"a.service", "[Unit]\n", "systemd"}, Row{"circus.ini", "[watcher:a]\ncmd=x\n", "circus"},
        Row{"etc/redis.conf", "port 1\n", "redis-conf"}, Row{"nginx.conf", "http {\n}\n", "conf"},
        Row{"tox.ini", "[tox]\n", "ini"}, Row{"my.cnf", "", "mysql-cnf"}}) {
    CAPTURE(row.path);
    CHECK(config_format(ini_adapter(), row.path, row.text) == row.format);
  }
}

TEST_CASE("a logging configuration's handler arguments are entries") {
  CHECK(config_lines(ini_adapter(), "logging.ini",
                     "[handlers]\n[handler_f]\nclass=FileHandler\nargs=('app.log', 'a', 10)\n") ==
        "entry handlers = {}\nentry handler_f = {}\nentry handler_f.class = \"FileHandler\"\n"
        "entry handler_f.args = \"('app.log', 'a', 10)\"\nentry handler_f.args.0 = \"app.log\"\n"
        "entry handler_f.args.1 = \"a\"\nentry handler_f.args.2 = 10\n");
  CHECK(config_lines(ini_adapter(), "logging.ini", "[loggers]\n[handler_s]\nargs=(sys.stdout,)\n",
                     "entry handler_s.args.") == "entry handler_s.args.0 = sys.stdout\n");
}

TEST_CASE("environments of supervisor and systemd are entries") {
  CHECK(config_lines(ini_adapter(), "s.conf", "[program:w]\nenvironment=A=\"x,y\",B=%(ENV_B)s\n",
                     "entry program:w.environment.") ==
        "entry program:w.environment.A = \"x,y\"\nentry program:w.environment.B = env(B)\n");
  CHECK(
      config_lines(ini_adapter(), "a.service", "[Service]\nEnvironment=\"A=b c\" D=e\nEnvironment=F=1\n",
                   "entry Service.Environment.") ==
      "entry Service.Environment.A = \"b c\"\nentry Service.Environment.D = \"e\"\nentry Service.Environment.F = 1\n");
}

TEST_CASE("setup.cfg declares dependencies") {
  CHECK(config_lines(ini_adapter(), "setup.cfg",
                     "[options]\ninstall_requires =\n    requests>=2; python_version<'4'\n    # six\n    flask\n"
                     "[options.extras_require]\ntest = pytest==8\n",
                     "dependency") ==
        "dependency requests = \">=2\" (ecosystem=\"pypi\", marker=\"python_version<'4'\")\n"
        "dependency flask (ecosystem=\"pypi\")\n"
        "dependency pytest = \"==8\" (ecosystem=\"pypi\", group=\"test\") dev\n");
}

TEST_CASE("INI spans are those of the values, bad input is survived") {
  CHECK(config_span(ini_adapter(), "a.ini", "[s]\nk = v  ; c\n", "s.k") == "v");
  CHECK(config_span(ini_adapter(), "a.ini", "[s]\nk =\n", "s.k") == "k");
  CHECK(config_span(ini_adapter(), "a.service", "[Service]\nExecStart=/a \\\n  b\n", "Service.ExecStart") ==
        "/a \\\n  b");
  CHECK(survives_bad_input(ini_adapter(), "a.ini", "[program:w]\ncommand = a \\\n b ; c\nenvironment=A=\"b\",C=d\n"));
  CHECK(survives_bad_input(ini_adapter(), "a.service", "[Service]\nExecStart=-/a \\\n b\nEnvironment=\"A=b\" C=d\n"));
  CHECK(survives_bad_input(ini_adapter(), "logging.ini", "[loggers]\n[handler_a]\nargs=('a', (1, 2), \"b\")\n"));
  CHECK(survives_bad_input(ini_adapter(), "redis.conf", "save \"\"\nport 1\n"));
  CHECK(survives_bad_input(ini_adapter(), "a.conf", "[a]\nb = c\n"));
}
