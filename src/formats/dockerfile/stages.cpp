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
constexpr size_t longest_base = 4096;  // ARG A=$A$A doubles with every line

using Defaults = std::unordered_map<std::string, std::string>;  // of the ARGs in front of the first FROM

std::string_view unquoted(std::string_view text) {
  bool quoted = text.size() >= 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0];
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// What FROM names when nobody passes --build-arg; a reference without a default stays as it is written.
std::string with_defaults(std::string_view written, const Defaults& defaults) {
  std::string made;
  for (size_t at = 0; at < written.size() && made.size() < longest_base;) {
    size_t begin = at + 1;
    bool braces = written[at] == '$' && begin < written.size() && written[begin] == '{';
    size_t end = std::min(braces ? written.find('}', begin) : written.find_first_of("-.:/@${}", begin), written.size());
    if (written[at] != '$' || end == begin) {
      made += written[at++];
      continue;
    }
    std::string_view body = braces ? written.substr(begin + 1, end - begin - 1) : written.substr(begin, end - begin);
    size_t sign = body.find(":-");
    size_t behind = braces ? std::min(end + 1, written.size()) : end;
    auto found = defaults.find(std::string(body.substr(0, sign)));
    if (found != defaults.end())
      made += found->second;
    else
      made += sign == std::string_view::npos ? written.substr(at, behind - at) : body.substr(sign + 2);
    at = behind;
  }
  return made;
}

void note_defaults(const Instruction& line, Defaults& defaults) {
  for (const RawWord& word : raw_words(line.text)) {
    size_t equals = word.text.find('=');
    if (equals == std::string_view::npos) continue;
    std::string_view text = unquoted(word.text.substr(equals + 1)).substr(0, longest_base);
    defaults[std::string(word.text.substr(0, equals))] = with_defaults(text, defaults);
  }
}

// The stage that a stage is built on, `none` when it is an image.
size_t parent(const Stages& found, size_t stage) {
  auto base = found.by_name.find(lower(found.stages[stage].base));
  return base != found.by_name.end() && base->second < stage ? base->second : none;
}

// "build" of `COPY --from=build` and of `RUN --mount=type=bind,from=build`; "" for none.
std::string_view copied_from(const Instruction& line) {
  if (line.keyword != "COPY" && line.keyword != "ADD" && line.keyword != "RUN") return {};
  std::string_view sign = line.keyword == "RUN" ? ",from=" : "--from=";
  if (!line.text.starts_with("--")) return {};
  size_t at = line.text.find(sign);
  if (at == std::string_view::npos) return {};
  std::string_view name = std::string_view(line.text).substr(at + sign.size());
  return unquoted(name.substr(0, name.find_first_of(", \t\n")));
}

size_t stage_called(const Stages& found, std::string_view name) {
  if (is_digits(name) && name.size() < 5) return static_cast<size_t>(std::stoul(std::string(name)));
  auto named = found.by_name.find(lower(name));
  return named == found.by_name.end() ? none : named->second;
}

// What a release is built on and copies from is no developer's, however a stage of it is called.
void release(Stages& found, const std::vector<std::vector<size_t>>& copies) {
  std::vector<size_t> open = {found.stages.size() - 1};
  std::vector<bool> seen(found.stages.size());
  while (!open.empty()) {
    size_t stage = open.back();
    open.pop_back();
    if (stage >= found.stages.size() || seen[stage]) continue;
    seen[stage] = true;
    found.stages[stage].flags &= ~uint32_t{context::Development};
    open.push_back(parent(found, stage));
    open.insert(open.end(), copies[stage].begin(), copies[stage].end());
  }
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
  std::vector<std::vector<size_t>> copies;  // by stage: those that it takes files of
  Defaults defaults;
  for (size_t i = 0; i < instructions.size(); ++i) {
    const Instruction& line = instructions[i];
    if (line.keyword == "ARG" && found.stages.empty()) note_defaults(line, defaults);
    if (line.keyword == "FROM") {
      std::vector<RawWord> words = words_with_expressions(split_flags(line.text).rest);
      Stage stage;
      if (!words.empty()) stage.base = with_defaults(unquoted(words[0].text), defaults);
      if (words.size() >= 3 && iequals(words[1].text, "as")) stage.name = words[2].text;
      if (has_development_word(stage.name)) stage.flags = stage.start = context::Development;
      if (!stage.name.empty()) found.by_name.emplace(lower(stage.name), static_cast<uint32_t>(found.stages.size()));
      found.stages.push_back(std::move(stage));
      starts.push_back({});
      copies.emplace_back();
    }
    if (std::string_view from = copied_from(line); !from.empty() && !copies.empty())
      copies.back().push_back(stage_called(found, from));
    if ((line.keyword != "CMD" && line.keyword != "ENTRYPOINT") || starts.empty()) continue;
    size_t& last = line.keyword == "CMD" ? starts.back().cmd : starts.back().entrypoint;
    if (last != none) found.replaced[last] = true;
    last = i;
  }
  bool cmd = false, entrypoint = false;  // taken by a stage nearer to the end
  for (size_t stage = found.stages.size() - 1; stage < found.stages.size(); stage = parent(found, stage)) {
    found.stages[stage].flags |= context::FinalStage;
    if (!(found.stages.back().flags & context::Development)) found.stages[stage].start = 0;
    const Start& start = starts[stage];
    if (start.cmd != none && cmd) found.overridden[start.cmd] = true;
    if (start.entrypoint != none && entrypoint) found.overridden[start.entrypoint] = true;
    // An ENTRYPOINT resets the CMD that it inherits.
    cmd = cmd || start.cmd != none || start.entrypoint != none;
    entrypoint = entrypoint || start.entrypoint != none;
  }
  bool released = !found.stages.empty() && !(found.stages.back().flags & context::Development);
  if (released) release(found, copies);
  return found;
}

bool is_development_file(std::string_view path) {
  return has_development_word(base_name(path));
}

}  // namespace tfcheck::dockerfile
