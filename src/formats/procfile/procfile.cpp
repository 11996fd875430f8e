#include "formats/procfile/procfile.h"

#include <algorithm>

#include "base/lines.h"
#include "base/text.h"
#include "formats/shared/commands.h"

namespace tfcheck {

namespace {

constexpr std::string_view patterns[] = {"Procfile", "Procfile.*", "*.Procfile", "*.procfile"};
constexpr std::string_view development_words[] = {"dev", "development", "local", "test", "debug"};

bool is_type(std::string_view name) {
  auto ok = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), ok);
}

uint32_t file_flags(std::string_view path) {
  for (std::string_view part : split(base_name(path), '.')) {
    for (std::string_view word : development_words) {
      if (iequals(part, word)) return context::Development;
    }
  }
  return 0;
}

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("procfile");
  uint32_t flags = file_flags(file.path);
  uint32_t index = 0;
  for (Lines lines(file.text); !lines.done();) {
    Line whole = lines.take();
    std::string_view line = whole.text;
    size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_type(trim(line.substr(0, colon)))) continue;
    std::string_view type = trim(line.substr(0, colon));
    std::string_view command = trim(line.substr(colon + 1));
    if (command.empty()) continue;
    auto offset = static_cast<uint32_t>(command.data() - file.text.data());
    auto command_end = offset + static_cast<uint32_t>(command.size());
    facts.add(FactKind::Entry, type, {whole.begin, command_end}, facts.string(command, {offset, command_end}), {},
              {{}, 0, flags});
    CommandRole role = type == "release" ? CommandRole::Release : CommandRole::Start;
    index = add_commands(facts, {command, type, index, flags, offset}, role);
  }
}

}  // namespace

const Adapter& procfile_adapter() {
  static constexpr Format formats[] = {
      {.name = "procfile", .example = "Procfile", .tells = tells::Deploy | tells::Address}};
  static constexpr Adapter adapter{
      .name = "procfile", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
