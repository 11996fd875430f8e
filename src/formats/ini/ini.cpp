#include "formats/ini/ini.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "formats/ini/ini_dialects.h"
#include "formats/ini/ini_reader.h"
#include "formats/ini/redis.h"
#include "formats/scalar/lines.h"
#include "formats/scalar/scalar.h"

namespace tfcheck {

namespace {

constexpr size_t longest_section = 500;

struct Dialect {
  std::string_view format;
  uint32_t style = 0;
  void (*add)(FileFacts&, const IniPlace&) = nullptr;
  bool sections = true;  // whether they are part of the entries' names
};

constexpr uint32_t plain =
    ini_style::Colon | ini_style::Indent | ini_style::Inline | ini_style::Quotes | ini_style::BareKeys;
constexpr Dialect ini{"ini", plain};
constexpr Dialect supervisor{"supervisor", ini_style::Colon | ini_style::Indent | ini_style::Inline, add_supervisor};
constexpr Dialect circus{"circus", plain, add_circus};
constexpr Dialect uwsgi{"uwsgi", ini_style::Inline | ini_style::Backslash | ini_style::BareKeys, add_uwsgi};
constexpr Dialect php_ini{"php-ini", ini_style::Inline | ini_style::Quotes, nullptr, false};
constexpr Dialect php_fpm{"php-fpm", ini_style::Inline | ini_style::Quotes};
constexpr Dialect mysql{"mysql-cnf", ini_style::Inline | ini_style::Quotes | ini_style::BareKeys};
constexpr Dialect logging{"logging-ini", ini_style::Colon | ini_style::Indent, add_logging};
constexpr Dialect setup_cfg{"setup-cfg", ini_style::Colon | ini_style::Indent, add_setup_cfg};
constexpr Dialect systemd{"systemd", ini_style::Backslash, add_systemd};

bool any_of(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return text.ends_with(end); });
}

// The section names that tell a dialect, of a text whose name does not.
const Dialect& dialect_by_sections(std::string_view text) {
  for (Lines lines(text); !lines.done();) {
    std::string_view line = trim(lines.take().text);
    if (!line.starts_with('[')) continue;
    std::string_view section = before_first(line.substr(1), ']');
    for (std::string_view known : {"program:", "supervisord", "supervisorctl", "fcgi-program:", "eventlistener:"}) {
      if (section.starts_with(known)) return supervisor;
    }
    if (section.starts_with("watcher:") || section == "circus") return circus;
    if (section == "uwsgi") return uwsgi;
    if (section == "loggers" || section == "handlers" || section == "formatters") return logging;
    if (section == "PHP") return php_ini;
    if (section == "mysqld" || section == "client") return mysql;
    if (section == "Unit" || section == "Service") return systemd;
  }
  return ini;
}

const Dialect& find_dialect(const SourceFile& file) {
  std::string_view name = base_name(file.path);
  if (any_of(name, {".service", ".timer", ".socket", ".path", ".target", ".mount", ".container"})) return systemd;
  if (name == "setup.cfg") return setup_cfg;
  if (name.ends_with(".cnf")) return mysql;
  if (name.starts_with("php-fpm") || file.path.find("php-fpm.d/") != std::string_view::npos) return php_fpm;
  const Dialect& found = dialect_by_sections(file.text);
  bool php = name.ends_with(".ini") && icontains(file.path, "php");
  if (&found == &ini && (php || name == ".user.ini")) return php_ini;
  return found;
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
    uint32_t syntax = scalar::YesNo | (entry.quoted ? scalar::Text : 0u);
    value = entry.folded ? read_scalar(facts, entry.text(), place.span, syntax)
                         : read_scalar(facts, entry.raw, span_in(source.text, entry.raw), syntax);
  }
  Context context;
  context.scope = scope;
  facts.add(FactKind::Entry, place.name, place.span, value, {}, context);
}

void add_entries(const SourceFile& source, const Dialect& dialect, FileFacts& facts) {
  IniFile file = read_ini(source.text, dialect.style);
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
    IniPlace place{entry, name, entry.raw.empty() ? entry.key_span : span_in(source.text, entry.raw), index++};
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
  if (name.ends_with(".conf") && !looks_like_ini(file.text)) return facts.set_format("conf");
  const Dialect& dialect = find_dialect(file);
  facts.set_format(dialect.format);
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
  static constexpr std::array<std::string_view, 23> patterns = {"*.ini",
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
                                                                "**/php-fpm.d/*.conf",
                                                                "*.service",
                                                                "*.timer",
                                                                "*.socket",
                                                                "*.target",
                                                                "*.container",
                                                                "*.conf",
                                                                ".coveragerc"};
  static constexpr FormatName formats[] = {{"ini", "config.ini"},        {"supervisor", "supervisord.conf"},
                                           {"circus", "circus.ini"},     {"uwsgi", "uwsgi.ini"},
                                           {"php-ini", "php.ini"},       {"php-fpm", "www.conf"},
                                           {"mysql-cnf", "my.cnf"},      {"logging-ini", "logging.ini"},
                                           {"setup-cfg", "setup.cfg"},   {"systemd", "app.service"},
                                           {"redis-conf", "redis.conf"}, {"conf", "app.conf"}};
  static constexpr Adapter adapter{
      .name = "ini", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
