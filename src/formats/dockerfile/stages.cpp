#include "formats/dockerfile/stages.h"

#include <algorithm>

#include "base/text.h"
#include "facts/fact.h"

namespace tfcheck::dockerfile {

namespace {

constexpr std::string_view development_words[] = {"dev",  "develop", "development", "devel", "devcontainer",
                                                  "test", "tests",   "testing",     "debug", "local"};

bool has_development_word(std::string_view name) {
  for (size_t begin = 0; begin <= name.size();) {
    size_t end = std::min(name.find_first_of("-_.", begin), name.size());
    for (std::string_view word : development_words) {
      if (iequals(name.substr(begin, end - begin), word)) return true;
    }
    begin = end + 1;
  }
  return false;
}

constexpr size_t none = static_cast<size_t>(-1);

// The stage that a stage is built on, `none` when it is an image.
size_t parent(const Stages& found, size_t stage) {
  auto base = found.by_name.find(lower(found.stages[stage].base));
  return base != found.by_name.end() && base->second < stage ? base->second : none;
}

}  // namespace

bool Stages::named_before(std::string_view name, uint32_t count) const {
  auto found = by_name.find(lower(name));
  return found != by_name.end() && found->second < count;
}

Stages find_stages(const std::vector<Instruction>& instructions) {
  Stages found;
  found.replaced.resize(instructions.size());
  found.overridden.resize(instructions.size());
  struct Start {
    size_t cmd = none, entrypoint = none;
  };
  std::vector<Start> starts;
  for (size_t i = 0; i < instructions.size(); ++i) {
    const Instruction& line = instructions[i];
    if (line.keyword == "FROM") {
      std::vector<RawWord> words = raw_words(split_flags(line.text).rest);
      Stage stage;
      if (!words.empty()) stage.base = words[0].text;
      if (words.size() >= 3 && iequals(words[1].text, "as")) stage.name = words[2].text;
      if (has_development_word(stage.name)) stage.flags |= context::Development;
      if (!stage.name.empty()) found.by_name.emplace(lower(stage.name), static_cast<uint32_t>(found.stages.size()));
      found.stages.push_back(std::move(stage));
      starts.push_back({});
    }
    if ((line.keyword != "CMD" && line.keyword != "ENTRYPOINT") || starts.empty()) continue;
    size_t& last = line.keyword == "CMD" ? starts.back().cmd : starts.back().entrypoint;
    if (last != none) found.replaced[last] = true;
    last = i;
  }
  bool cmd = false, entrypoint = false;  // taken by a stage nearer to the end
  for (size_t stage = found.stages.size() - 1; stage < found.stages.size(); stage = parent(found, stage)) {
    found.stages[stage].flags |= context::FinalStage;
    const Start& start = starts[stage];
    if (start.cmd != none && cmd) found.overridden[start.cmd] = true;
    if (start.entrypoint != none && entrypoint) found.overridden[start.entrypoint] = true;
    // An ENTRYPOINT resets the CMD that it inherits.
    cmd = cmd || start.cmd != none || start.entrypoint != none;
    entrypoint = entrypoint || start.entrypoint != none;
  }
  return found;
}

bool is_development_file(std::string_view path) {
  return has_development_word(base_name(path));
}

}  // namespace tfcheck::dockerfile
