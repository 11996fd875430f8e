#include "formats/ini/ini.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "base/lines.h"
#include "base/text.h"
#include "formats/apache/apache.h"
#include "formats/fluent/fluent.h"
#include "formats/haproxy/haproxy.h"
#include "formats/ini/conf.h"
#include "formats/ini/hocon.h"
#include "formats/ini/ini_dialects.h"
#include "formats/ini/ini_reader.h"
#include "formats/ini/redis.h"
#include "formats/nginx/nginx.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr size_t longest_section = 500;

struct IniDialect {
  Format format;
  uint32_t style = 0;
  bool sections = true;                                // whether they are part of the entries' names
  void (*add)(FileFacts&, const IniPlace&) = nullptr;  // what its entries say beyond themselves
  std::span<const std::string_view> names = {};        // of files, as globs of the name or, with a slash, of the path
  std::span<const std::string_view> marks = {};        // beginnings of section headers that only it has
};

constexpr uint32_t plain =
    ini_style::Colon | ini_style::Indent | ini_style::Inline | ini_style::Quotes | ini_style::BareKeys;
constexpr std::string_view systemd_names[] = {"*.service", "*.timer", "*.socket",   "*.path",
                                              "*.target",  "*.mount", "*.container"};
constexpr std::string_view systemd_marks[] = {"[Unit]", "[Service]"};
constexpr std::string_view setup_names[] = {"setup.cfg"};
constexpr std::string_view modules_names[] = {".gitmodules"};
constexpr std::string_view mysql_names[] = {"*.cnf"}, mysql_marks[] = {"[mysqld]", "[client]"};
constexpr std::string_view fpm_names[] = {"php-fpm*", "**/php-fpm.d/**"};
constexpr std::string_view supervisor_marks[] = {"[program:", "[supervisord", "[supervisorctl",
                                                 "[fcgi-program:", "[eventlistener:"};
constexpr std::string_view circus_marks[] = {"[watcher:", "[circus]"};
constexpr std::string_view uwsgi_marks[] = {"[uwsgi]"};
constexpr std::string_view logging_marks[] = {"[loggers]", "[handlers]", "[formatters]"};
constexpr std::string_view php_marks[] = {"[PHP]"};

constexpr IniDialect ini{.format = {.name = "ini", .example = "config.ini"}, .style = plain};
constexpr IniDialect php_ini{.format = {.name = "php-ini", .example = "php.ini"},
                             .style = ini_style::Inline | ini_style::Quotes,
                             .sections = false,
                             .marks = php_marks};
// The first that fits a file has it, by name before by section.
constexpr IniDialect dialects[] = {
    {.format = {.name = "systemd", .example = "app.service", .tells = tells::Deploy | tells::Address},
     .style = ini_style::Backslash,
     .add = add_systemd,
     .names = systemd_names,
     .marks = systemd_marks},
    {.format = {.name = "setup-cfg", .example = "setup.cfg"},
     .style = ini_style::Colon | ini_style::Indent,
     .add = add_setup_cfg,
     .names = setup_names},
    {.format = {.name = "gitmodules", .example = ".gitmodules"}, .names = modules_names},
    {.format = {.name = "mysql-cnf", .example = "my.cnf"},
     .style = ini_style::Inline | ini_style::Quotes | ini_style::BareKeys,
     .names = mysql_names,
     .marks = mysql_marks},
    {.format = {.name = "php-fpm", .example = "php-fpm.d/www.conf"},
     .style = ini_style::Inline | ini_style::Quotes,
     .names = fpm_names},
    {.format = {.name = "supervisor", .example = "supervisord.conf", .tells = tells::Address},
     .style = ini_style::Colon | ini_style::Indent | ini_style::Inline,
     .add = add_supervisor,
     .marks = supervisor_marks},
    {.format = {.name = "circus", .example = "circus.ini"}, .style = plain, .add = add_circus, .marks = circus_marks},
    {.format = {.name = "uwsgi", .example = "uwsgi.ini"},
     .style = ini_style::Inline | ini_style::Backslash | ini_style::BareKeys,
     .add = add_uwsgi,
     .marks = uwsgi_marks},
    {.format = {.name = "logging-ini", .example = "logging.ini"},
     .style = ini_style::Colon | ini_style::Indent,
     .add = add_logging,
     .marks = logging_marks},
};

bool has_name(const IniDialect& dialect, std::string_view path) {
  std::string_view name = base_name(path);
  return std::any_of(dialect.names.begin(), dialect.names.end(), [&](std::string_view pattern) {
    return pattern.find('/') != std::string_view::npos ? path_match(pattern, path) : glob_match(pattern, name, '/');
  });
}

bool has_mark(const IniDialect& dialect, std::string_view line) {
  return std::any_of(dialect.marks.begin(), dialect.marks.end(),
                     [&](std::string_view mark) { return line.starts_with(mark); });
}

// By the section names that tell a dialect, of a text whose name does not.
const IniDialect& dialect_by_sections(std::string_view text) {
  for (Lines lines(text); !lines.done();) {
    std::string_view line = trim(lines.take().text);
    if (!line.starts_with('[')) continue;
    if (has_mark(php_ini, line)) return php_ini;
    for (const IniDialect& dialect : dialects) {
      if (has_mark(dialect, line)) return dialect;
    }
  }
  return ini;
}

const IniDialect& dialect_of(const SourceFile& file) {
  for (const IniDialect& dialect : dialects) {
    if (has_name(dialect, file.path)) return dialect;
  }
  std::string_view name = base_name(file.path);
  const IniDialect& found = dialect_by_sections(file.text);
  bool php = name.ends_with(".ini") && icontains(file.path, "php");
  return &found == &ini && (php || name == ".user.ini") ? php_ini : found;
}

std::vector<Format> ini_formats() {
  std::vector<Format> formats{ini.format,
                              php_ini.format,
                              {.name = "redis-conf", .example = "redis.conf", .tells = tells::Address},
                              {.name = "nginx", .example = "", .tells = tells::Address},
                              {.name = "apache", .example = "", .tells = tells::Deploy | tells::Address},
                              {.name = "haproxy", .example = "", .tells = tells::Address},
                              {.name = "fluent", .example = "", .tells = tells::Address},
                              {.name = "conf", .example = "app.conf"},
                              {.name = "hjson", .example = "app.hjson"}};
  for (const IniDialect& dialect : dialects) formats.push_back(dialect.format);
  return formats;
}

// "program: web" is the section "program:web". Every key repeats its section's name, so that has an end.
std::string section_name(std::string_view section) {
  section = section.substr(0, longest_section);
  size_t colon = section.find(':');
  if (colon == std::string_view::npos) return std::string(section);
  std::string name(trim(section.substr(0, colon)));
  return name.append(":").append(trim(section.substr(colon + 1)));
}

void add_section(const IniEntry& header, std::string_view name, FileFacts& facts) {
  Value value;
  value.kind = ValueKind::Map;
  facts.add(FactKind::Entry, name, header.key_span, value);
}

void add_entry_of(const SourceFile& source, const IniEntry& entry, const IniPlace& place, std::string_view scope,
                  FileFacts& facts) {
  Value value;
  if (!entry.has_value && (facts.format() == "uwsgi" || facts.format() == "mysql-cnf")) {
    value = facts.value(ValueKind::Bool, "true", place.span);
  } else if (entry.has_value) {
    uint32_t syntax = references::ini | scalar::YesNo | (entry.quoted ? scalar::Text : 0u);
    value = entry.folded ? read_scalar(facts, entry.text(), place.span, syntax)
                         : read_scalar(facts, entry.raw, span_in(source.text, entry.raw), syntax);
  }
  Context context;
  context.scope = scope;
  facts.add(FactKind::Entry, place.name, place.span, value, {}, context);
}

// A unit that runs to its end is a task, not a process of the app.
bool is_oneshot(const IniFile& file) {
  return std::any_of(file.entries.begin(), file.entries.end(), [](const IniEntry& entry) {
    return entry.section == "Service" && entry.key == "Type" && entry.raw == "oneshot";
  });
}

void add_entries(const SourceFile& source, const IniDialect& dialect, FileFacts& facts) {
  IniFile file = read_ini(source.text, dialect.style);
  bool ends = is_oneshot(file);
  if (file.has_errors) facts.set_has_errors();
  std::string name, scope;
  uint32_t index = 0;
  for (const IniEntry& entry : file.entries) {
    if (entry.header) {
      scope = dialect.sections ? section_name(entry.section) : "";
      if (dialect.sections) add_section(entry, scope, facts);
      continue;
    }
    name = scope.empty() ? "" : scope + ".";
    name += entry.key;
    IniPlace place{entry, name, entry.raw.empty() ? entry.key_span : span_in(source.text, entry.raw), index++, ends};
    add_entry_of(source, entry, place, scope, facts);
    if (dialect.add) dialect.add(facts, place);
  }
}

void extract(const SourceFile& file, FileFacts& facts) {
  std::string_view name = base_name(file.path);
  if (name.ends_with(".conf") &&
      (icontains(name, "redis") || icontains(name, "sentinel") || icontains(name, "valkey"))) {
    facts.set_format("redis-conf");
    return read_redis(file, facts);
  }
  if (name.ends_with(".hjson") || name.ends_with(".json5")) {
    facts.set_format("hjson");
    return read_conf(file, facts, ConfSyntax::Colons);
  }
  if (name.ends_with(".conf") && looks_like_fluent(file.text)) return fluent_adapter().extract(file, facts);
  if (name.ends_with(".conf") && looks_like_nginx(file.text)) return nginx_adapter().extract(file, facts);
  if (name.ends_with(".conf") && looks_like_apache(file.text)) return apache_adapter().extract(file, facts);
  if (name.ends_with(".cfg") && looks_like_haproxy(file.text)) return haproxy_adapter().extract(file, facts);
  if (name.ends_with(".hocon") || (name.ends_with(".conf") && !looks_like_ini(file.text))) {
    facts.set_format("conf");
    return looks_like_hocon(file) ? read_hocon(file, facts) : read_conf(file, facts);
  }
  const IniDialect& dialect = dialect_of(file);
  facts.set_format(dialect.format.name);
  add_entries(file, dialect, facts);
}

}  // namespace

bool looks_like_ini(std::string_view text) {
  constexpr int sample = 40;
  int sections = 0, keys = 0, others = 0;
  for (Lines lines(text); !lines.done() && sections + keys + others < sample;) {
    std::string_view line = lines.take().text;
    std::string_view body = trim(line);
    if (body.empty() || body.starts_with('#') || body.starts_with(';')) continue;
    bool indented = line.front() == ' ' || line.front() == '\t';
    if (body.starts_with('[') && body.find(']') != std::string_view::npos) {
      ++sections;
    } else if (body.ends_with('{') || body.ends_with(';') || body.starts_with('<')) {
      ++others;
    } else if (body.find('=') != std::string_view::npos || (indented && sections > 0)) {
      ++keys;
    } else {
      ++others;
    }
  }
  return sections > 0 && others <= keys;
}

const Adapter& ini_adapter() {
  static constexpr std::array<std::string_view, 30> patterns = {"*.ini",
                                                                "*.cfg",
                                                                "*.cnf",
                                                                "*.ini.example",
                                                                "*.ini.dist",
                                                                "supervisord.conf",
                                                                "supervisor*.conf",
                                                                "**/supervisor/*.conf",
                                                                "**/supervisord/*.conf",
                                                                "**/supervisor/conf.d/*.conf",
                                                                "**/supervisor.d/*",
                                                                "logging*.conf",
                                                                "redis*.conf",
                                                                "sentinel*.conf",
                                                                "php-fpm*.conf",
                                                                "**/php-fpm*.conf",
                                                                "**/php-fpm.d/*.conf",
                                                                "*.service",
                                                                "*.timer",
                                                                "*.socket",
                                                                "*.target",
                                                                "*.container",
                                                                "*.conf",
                                                                "*.hocon",
                                                                "*.hjson",
                                                                "*.json5",
                                                                ".coveragerc",
                                                                ".pypirc",
                                                                ".s3cfg",
                                                                ".gitmodules"};
  static const std::vector<Format> formats = ini_formats();
  static const Adapter adapter{
      .name = "ini", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
