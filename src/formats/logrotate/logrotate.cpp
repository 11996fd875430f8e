#include "formats/logrotate/logrotate.h"

#include <string>

#include "base/lines.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr size_t longest_name = 300;

bool begins_script(std::string_view line) {
  return line == "postrotate" || line == "prerotate" || line == "firstaction" || line == "lastaction" ||
         line == "preremove";
}

// "/var/log/app/*.log {" opens what holds for these files; elsewhere a line is a word and what it is set to.
void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("logrotate");
  std::string scope;
  uint32_t index = 0;
  bool in_script = false;
  for (Lines lines(file.text); !lines.done() && !facts.full();) {
    std::string_view line = trim(lines.take().text);
    if (line.empty() || line[0] == '#') continue;
    if (in_script || begins_script(line)) {
      in_script = line != "endscript";
      continue;
    }
    if (line[0] == '}') {
      scope.clear();
      continue;
    }
    bool opens = line.ends_with('{');
    if (opens || line[0] == '/' || line[0] == '"') {
      std::string_view files = trim(opens ? line.substr(0, line.size() - 1) : line);
      if (files.empty()) continue;
      scope = "rotate." + std::to_string(index++);
      Span span = span_in(file.text, files);
      add_entry(facts, scope + ".files", span, facts.string(files, span), {scope, index});
      continue;
    }
    size_t blank = std::min(line.find_first_of(" \t"), line.size());
    std::string_view key = line.substr(0, std::min(blank, longest_name)), value = trim(line.substr(blank));
    Span span = span_in(file.text, value.empty() ? key : value);
    Value read = value.empty() ? facts.value(ValueKind::Bool, "true", span) : read_scalar(facts, value, span);
    add_entry(facts, scope.empty() ? std::string(key) : scope + "." + std::string(key), span, read, {scope, index});
  }
}

}  // namespace

const Adapter& logrotate_adapter() {
  static constexpr std::string_view patterns[] = {"logrotate.conf",      "*.logrotate", "**/logrotate.d/*",
                                                  "**/logrotate/*.conf", "logrotate",   "*logrotate*.conf",
                                                  "*logrotate*.conf.*"};
  static constexpr Format formats[] = {{.name = "logrotate", .example = "etc/logrotate.d/app"}};
  static constexpr Adapter adapter{
      .name = "logrotate", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
