// INI and its relatives: configparser files, supervisor, uwsgi, circus, php.ini, my.cnf, logging configurations,
// setup.cfg, systemd units, and the space-separated redis.conf.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Formats: "supervisor", "uwsgi", "circus", "php-ini", "php-fpm", "mysql-cnf", "logging-ini", "setup-cfg", "systemd",
// "redis-conf", "ini"; "conf" (no facts) for a *.conf that is something else. Entries are "section.key", the section
// verbatim ("program:web.command"); php.ini's have no section. A key
// without a value is Absent, in uwsgi and my.cnf the switch `true`.
const Adapter& ini_adapter();

// True when the text reads like an INI file: for adapters that share *.conf with this one.
bool looks_like_ini(std::string_view text);

}  // namespace tfcheck
