#include "formats/upstart/upstart.h"

#include <algorithm>
#include <string>

#include "base/lines.h"
#include "base/text.h"
#include "formats/shared/commands.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr std::string_view phases[] = {"pre-start", "post-start", "pre-stop", "post-stop"};

// The part of a line behind its first word.
std::string_view behind_first(std::string_view line) {
  return trim(line.substr(std::min(line.find_first_of(" \t"), line.size())));
}

class JobReader {
 public:
  JobReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts) {}

  void read() {
    for (Lines lines(text_); !lines.done();) {
      std::string_view line = trim(lines.take().text);
      if (line.empty() || line[0] == '#') continue;
      std::string_view phase = split_phase(line);
      if (line == "script") {
        script(lines, phase);
      } else if (line.starts_with("exec ") || line.starts_with("exec\t")) {
        command(behind_first(line), phase);
      } else if (phase.empty()) {
        stanza(line);
      }
    }
  }

 private:
  // Takes "pre-start" off the line.
  static std::string_view split_phase(std::string_view& line) {
    std::string_view first = line.substr(0, line.find_first_of(" \t"));
    if (std::find(std::begin(phases), std::end(phases), first) == std::end(phases)) return {};
    line = behind_first(line);
    return first;
  }

  void script(Lines& lines, std::string_view phase) {
    size_t begin = std::string_view::npos, end = 0;
    while (!lines.done()) {
      std::string_view line = lines.take().text;
      if (trim(line) == "end script") break;
      if (begin == std::string_view::npos) begin = static_cast<size_t>(line.data() - text_.data());
      end = static_cast<size_t>(line.data() - text_.data()) + line.size();
    }
    if (begin != std::string_view::npos) command(text_.substr(begin, end - begin), phase);
  }

  void command(std::string_view shell, std::string_view phase) {
    auto offset = static_cast<uint32_t>(shell.data() - text_.data());
    ShellText text{.text = shell, .scope = phase.empty() ? "exec" : phase, .index = index_, .offset = offset};
    index_ = add_commands(facts_, text, phase.empty() ? CommandRole::Start : CommandRole::Other);
  }

  // "expect fork"; of "env NAME=value" the variable is the key.
  void stanza(std::string_view line) {
    std::string_view name = line.substr(0, line.find_first_of(" \t")), value = behind_first(line);
    std::string key(name);
    if (size_t sign = value.find('='); name == "env" && sign != std::string_view::npos) {
      key += "." + std::string(trim(value.substr(0, sign)));
      value = trim(value.substr(sign + 1));
    }
    Span span = span_in(text_, value.empty() ? name : value);
    bool quoted = value.size() > 1 && value[0] == '"' && value.back() == '"';
    if (quoted) value = value.substr(1, value.size() - 2);
    Value said = value.empty() ? facts_.value(ValueKind::Bool, "true", span)
                               : read_scalar(facts_, value, span, quoted ? scalar::Text : 0u);
    add_entry(facts_, key, span, said);
  }

  std::string_view text_;
  FileFacts& facts_;
  uint32_t index_ = 0;
};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("upstart");
  JobReader(file.text, facts).read();
}

}  // namespace

const Adapter& upstart_adapter() {
  static constexpr std::string_view patterns[] = {"init/*.conf", "**/init/*.conf", "upstart/*.conf",
                                                  "**/upstart/*.conf"};
  static constexpr Format formats[] = {
      {.name = "upstart", .example = "init/app.conf", .tells = tells::Deploy | tells::Environment}};
  static constexpr Adapter adapter{
      .name = "upstart", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
