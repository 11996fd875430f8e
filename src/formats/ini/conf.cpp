#include "formats/ini/conf.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/lines.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr size_t deepest = 20;
constexpr size_t longest_path = 300;

bool is_key(std::string_view key) {
  return !key.empty() && key.size() < 100 && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
}

bool is_comment(std::string_view line) {
  return line.empty() || line[0] == '#' || line[0] == ';' || line.starts_with("//") || line[0] == '<';
}

// "${DB_PASSWORD}" → "DB_PASSWORD".
std::string_view variable_of(std::string_view value) {
  if (!value.starts_with("${") || !value.ends_with('}')) return {};
  value = value.substr(2, value.size() - 3);
  return env_like(value) ? value : std::string_view{};
}

class ConfReader {
 public:
  ConfReader(std::string_view text, ConfSyntax syntax, FileFacts& facts)
      : text_(text), facts_(facts), colons_(syntax == ConfSyntax::Colons) {}

  void read() {
    for (Lines lines(text_); !lines.done();) read_line(trim(lines.take().text));
  }

 private:
  void read_line(std::string_view line) {
    if (is_comment(line)) return;
    if (line[0] == '}' || line[0] == ']') {
      if (!path_.empty()) path_.pop_back();
      return;
    }
    if (line.ends_with('{') || (colons_ && line.ends_with('['))) return open(trim(line.substr(0, line.size() - 1)));
    if (line.starts_with("SetEnv ")) return set_environment(line);
    size_t sign = line.find(colons_ ? ':' : '=');
    if (sign == none) return;
    size_t begin = sign + 1;
    if (line.substr(begin).starts_with('>')) ++begin;
    add(unquoted(trim(line.substr(0, sign))), trim(line.substr(begin)));
  }

  // Apache's "SetEnv DB_PASSWORD x".
  void set_environment(std::string_view line) {
    std::string_view rest = trim(line.substr(line.find(' ')));
    size_t blank = rest.find_first_of(" \t");
    if (blank != none) add(rest.substr(0, blank), trim(rest.substr(blank)));
  }

  // "key": and 'key': in JSON5.
  std::string_view unquoted(std::string_view key) const {
    bool quoted = colons_ && key.size() > 2 && (key[0] == '"' || key[0] == '\'') && key.back() == key[0];
    return quoted ? key.substr(1, key.size() - 2) : key;
  }

  void open(std::string_view name) {
    while (!name.empty() && (name.back() == '=' || name.back() == ':' || name.back() == ' ')) name.remove_suffix(1);
    name = unquoted(name);
    path_.emplace_back(path_.size() < deepest && is_key(name) ? name : std::string_view{});
  }

  // "x"; and x, without what ends the line.
  static std::string_view bare(std::string_view value) {
    if (value.size() > 1 && (value[0] == '"' || value[0] == '\'')) {
      size_t close = value.find(value[0], 1);
      return close == none ? std::string_view{} : value.substr(1, close - 1);
    }
    value = value.substr(0, std::min(value.find(" #"), value.find(" //")));
    value = trim(value);
    while (!value.empty() && (value.back() == ';' || value.back() == ',')) value.remove_suffix(1);
    return value;
  }

  void add(std::string_view key, std::string_view raw) {
    std::string_view value = bare(raw);
    bool quoted = raw.starts_with('"') || raw.starts_with('\'');
    if (!is_key(key) || value.empty() || value.find_first_of("{[(") == 0) return;
    std::string scope;
    for (std::string_view part : path_) {
      if (!part.empty() && scope.size() < longest_path) scope += (scope.empty() ? "" : ".") + std::string(part);
    }
    std::string name = scope.empty() ? std::string(key) : scope + "." + std::string(key);
    Span span = span_in(text_, value);
    std::string_view variable = variable_of(value);
    Context context;
    context.scope = scope;
    Value read = variable.empty() ? read_scalar(facts_, value, span, scalar::YesNo | (quoted ? scalar::Text : 0u))
                                  : facts_.value(ValueKind::Env, variable, span);
    facts_.add(FactKind::Entry, name, span, read, {}, context);
  }

  std::string_view text_;
  FileFacts& facts_;
  bool colons_ = false;
  std::vector<std::string_view> path_;
};

}  // namespace

void read_conf(const SourceFile& file, FileFacts& facts, ConfSyntax syntax) {
  ConfReader(file.text, syntax, facts).read();
}

}  // namespace tfcheck
