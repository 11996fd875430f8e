#include "formats/ini/ini_dialects.h"

#include <string>

#include "base/lines.h"
#include "base/quoted.h"
#include "base/text.h"
#include "formats/requirements/requirements.h"
#include "formats/shared/commands.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;

// A command whose text is `part` of the value; references of the file's own kind become the shell's.
void add_command(FileFacts& facts, const IniPlace& place, std::string_view part, CommandRole role) {
  ShellText shell{.text = part, .scope = place.name, .index = place.index};
  shell.offset = place.entry.folded || place.entry.raw.empty()
                     ? place.span.begin
                     : place.span.begin + span_in(place.entry.raw, part).begin;
  std::string text;
  if (place.entry.folded) {
    text = place.entry.text();
    for (char& c : text) c = c == '\n' ? ' ' : c;
    size_t skipped = static_cast<size_t>(part.data() - place.entry.raw.data());
    text.erase(0, std::min(skipped, text.size()));
    shell.text = text;
    shell.whole = place.span;
  }
  if (auto changed = shell_references(shell.text)) {
    text = std::move(*changed);
    shell.text = text;
    shell.whole = place.span;
  }
  if (!shell.text.empty()) add_commands(facts, shell, role);
}

void add_variable(FileFacts& facts, const IniPlace& place, std::string_view key, std::string_view value,
                  uint32_t syntax) {
  if (key.empty()) return;
  Context context;
  context.scope = place.name;
  std::string name(place.name);
  name.append(".").append(key);
  add_entry(facts, name, place.span, read_scalar(facts, value, place.span, syntax | references::ini), context);
}

}  // namespace

void add_supervisor(FileFacts& facts, const IniPlace& place) {
  if (place.entry.key == "command") return add_command(facts, place, place.entry.raw, CommandRole::Start);
  if (place.entry.key != "environment") return;
  std::string text = place.entry.text();
  std::string_view rest = text;
  while (!rest.empty()) {
    size_t equals = rest.find('=');
    if (equals == none) return;
    std::string_view key = trim(rest.substr(0, equals));
    rest = trim(rest.substr(equals + 1));
    bool quoted = rest.starts_with('"') || rest.starts_with('\'');
    size_t end = quoted ? rest.find(rest.front(), 1) : rest.find(',');
    std::string_view value = quoted ? rest.substr(1, end == none ? none : end - 1) : trim(rest.substr(0, end));
    add_variable(facts, place, key, value, quoted ? scalar::Text : 0u);
    size_t comma = end == none ? none : rest.find(',', end);
    rest = comma == none ? std::string_view{} : rest.substr(comma + 1);
  }
}

void add_systemd(FileFacts& facts, const IniPlace& place) {
  std::string_view key = place.entry.key;
  if (key.starts_with("Exec") && !key.starts_with("ExecSearch")) {
    std::string_view command = place.entry.raw;
    size_t begin = command.find_first_not_of("-@+!:|");
    CommandRole role = place.ends                     ? CommandRole::Release
                       : key.starts_with("ExecStart") ? CommandRole::Start
                                                      : CommandRole::Other;
    if (begin != none) add_command(facts, place, command.substr(begin), role);
    return;
  }
  if (key != "Environment") return;
  std::string text = place.entry.text();
  for (size_t at = text.find_first_not_of(" \t\n"); at < text.size(); at = text.find_first_not_of(" \t\n", at)) {
    bool quoted = text[at] == '"' || text[at] == '\'';
    size_t begin = quoted ? at + 1 : at;
    size_t end = quoted ? text.find(text[at], begin) : text.find_first_of(" \t\n", begin);
    std::string_view assignment = std::string_view(text).substr(begin, end == none ? none : end - begin);
    at = end == none ? text.size() : end + 1;
    size_t equals = assignment.find('=');
    if (equals == none) continue;
    std::string_view value = assignment.substr(equals + 1);
    add_variable(facts, place, assignment.substr(0, equals), unquoted(value, "\""), 0);
  }
}

void add_uwsgi(FileFacts& facts, const IniPlace& place) {
  std::string_view key = place.entry.key, raw = place.entry.raw;
  if (place.entry.folded) return;
  if (key.starts_with("smart-attach-daemon")) {
    size_t blank = raw.find(' ');
    if (blank != none) add_command(facts, place, trim(raw.substr(blank)), CommandRole::Other);
  } else if (key == "attach-daemon2") {
    size_t cmd = raw.find("cmd=");
    if (cmd != none) add_command(facts, place, before_first(raw.substr(cmd + 4), ','), CommandRole::Other);
  } else if (key == "attach-daemon" || key == "attach-control-daemon" || key.starts_with("exec-")) {
    add_command(facts, place, raw, CommandRole::Other);
  } else if (key.starts_with("hook-") && raw.starts_with("exec:")) {
    add_command(facts, place, raw.substr(5), CommandRole::Other);
  } else if (key == "cron" || key == "cron2") {
    // Five numbers (cron) or one list of options (cron2) stand before the command.
    std::string_view rest = raw;
    while (!rest.empty() &&
           (rest[0] == '-' || (rest[0] >= '0' && rest[0] <= '9') || before_first(rest, ' ').find('=') != none)) {
      size_t blank = rest.find(' ');
      rest = blank == none ? std::string_view{} : trim(rest.substr(blank));
    }
    if (!rest.empty()) add_command(facts, place, rest, CommandRole::Other);
  }
}

void add_circus(FileFacts& facts, const IniPlace& place) {
  if (place.entry.key == "cmd" && place.entry.section.starts_with("watcher:"))
    add_command(facts, place, place.entry.raw, CommandRole::Start);
}

namespace {

// A Python expression of a logging configuration: string, number, name, or something unknown.
Value python_value(FileFacts& facts, std::string_view text, Span span) {
  std::string_view body = text;
  if (!body.empty() && std::string_view("rub").find(body[0]) != none) body.remove_prefix(1);
  if (is_quoted(body)) return read_scalar(facts, unquoted(body), span, scalar::Text);
  if (text == "None") return facts.value(ValueKind::Null, text, span);
  if (text == "True" || text == "False") return facts.value(ValueKind::Bool, lower(text), span);
  if (is_number(text)) return facts.value(ValueKind::Number, text, span);
  for (std::string_view read : {"os.environ[", "os.environ.get(", "os.getenv("}) {
    if (!text.starts_with(read)) continue;
    std::string_view name = text.substr(read.size());
    name = trim(name.substr(0, name.find_first_of(",])")));
    if (name.size() > 2) return facts.value(ValueKind::Env, name.substr(1, name.size() - 2), span);
  }
  if (text.find_first_of(" ([{\"'") == none) return facts.value(ValueKind::Name, text, span);
  return facts.value(ValueKind::Unknown, {}, span);
}

}  // namespace

void add_logging(FileFacts& facts, const IniPlace& place) {
  if (place.entry.key != "args" || !place.entry.section.starts_with("handler_")) return;
  std::string text = place.entry.text();
  std::string_view body = trim(text);
  if (!body.starts_with('(')) return;
  body = body.substr(1, body.ends_with(')') ? body.size() - 2 : none);
  uint32_t index = 0;
  int depth = 0;
  char quote = '\0';
  size_t begin = 0;
  for (size_t i = 0; i <= body.size(); ++i) {
    char c = i < body.size() ? body[i] : ',';
    if (quote) {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '(' || c == '[') {
      ++depth;
    } else if (c == ')' || c == ']') {
      --depth;
    } else if (c == ',' && (depth == 0 || i == body.size())) {
      std::string_view part = trim(body.substr(begin, i - begin));
      begin = i + 1;
      if (part.empty()) continue;
      Context context;
      context.scope = place.name;
      std::string name(place.name);
      name += "." + std::to_string(index++);
      add_entry(facts, name, place.span, python_value(facts, part, place.span), context);
    }
  }
}

void add_setup_cfg(FileFacts& facts, const IniPlace& place) {
  std::string_view group;
  if (place.entry.section == "options.extras_require") {
    group = place.entry.key;
  } else if (place.entry.section != "options") {
    return;
  } else if (place.entry.key == "tests_require") {
    group = "tests";
  } else if (place.entry.key != "install_requires") {
    return;
  }
  for (Lines lines(place.entry.raw); !lines.done();) {
    Line line = lines.take();
    std::string_view body = trim(line.text);
    if (body.starts_with('#') || body.starts_with("file:")) continue;
    // `a; b` on one line is a marker, several on one line are separated by nothing that PEP 508 knows.
    auto requirement = parse_requirement(body);
    if (!requirement) continue;
    Span span = span_in(line, body);
    span = {span.begin + place.span.begin, span.end + place.span.begin};
    add_requirement(facts, *requirement,
                    {span, place.name, group, names_development(group) ? context::Development : 0u, false});
  }
}

}  // namespace tfcheck
