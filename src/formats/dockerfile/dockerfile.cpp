#include "formats/dockerfile/dockerfile.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "formats/dockerfile/reader.h"
#include "formats/dockerfile/stages.h"
#include "formats/dockerfile/variables.h"
#include "formats/shared/commands.h"

namespace tfcheck {

namespace dockerfile {

namespace {

constexpr size_t longest_paths = size_t{64} * 1024;  // of one COPY: a variable may be long and stand in it many times

// The last part of an image's name is a variable, which may well bring a tag; in front of it only the registry is one.
bool brings_tag(std::string_view name) {
  size_t end = name.rfind('}');
  bool variable = name.find("${") != std::string_view::npos && end != std::string_view::npos;
  if (!variable) return false;
  std::string_view behind = name.substr(end + 1);
  bool slash_inside = end > 0 && name[end - 1] == '/';  // ${MIRROR:+$MIRROR/}debian
  if (behind.find('/') != std::string_view::npos) return false;
  return !(slash_inside && !behind.empty());
}

class Extractor {
 public:
  Extractor(const SourceFile& file, FileFacts& facts)
      : facts_(facts),
        instructions_(read_instructions(file.text)),
        stages_(find_stages(instructions_)),
        base_flags_(is_development_file(file.path) ? context::Development : 0u) {}

  void run() {
    for (size_t i = 0; i < instructions_.size() && !facts_.full(); ++i) {
      if (instructions_[i].keyword == "FROM") ++stage_;
      flags_ = base_flags_;
      if (stage_ > 0) flags_ |= stages_.stages[stage_ - 1].flags;
      if (stages_.replaced[i]) continue;
      if (stages_.overridden[i]) flags_ &= ~uint32_t{context::FinalStage};
      instruction(instructions_[i]);
    }
  }

 private:
  uint32_t stage_index() const { return stage_ > 0 ? stage_ - 1 : 0; }
  Context context(std::string_view scope) const { return {scope, stage_index(), flags_}; }
  Span span_of(const Instruction& from, size_t begin, size_t length) const {
    uint32_t at = from.offset + static_cast<uint32_t>(begin);
    return {at, at + static_cast<uint32_t>(length)};
  }
  Span span_of(const Instruction& from, std::string_view part) const {
    return span_of(from, static_cast<size_t>(part.data() - from.text.data()), part.size());
  }

  void instruction(const Instruction& line);
  void from(const Instruction& line);
  void environment(const Instruction& line);
  void arguments(const Instruction& line);
  void numbered(const Instruction& line, uint32_t& next);
  void single(const Instruction& line);
  void copy(const Instruction& line);
  void run_line(const Instruction& line);
  void start(const Instruction& line);
  void health_check(const Instruction& line);
  void image(std::string_view reference, std::string_view scope, const Instruction& line, std::span<const Arg> args);
  void other_image(std::string_view reference, std::string_view scope, const Instruction& line);
  void shell_text(std::string_view text, uint32_t offset, std::string_view scope, uint32_t flags);
  void exec(const ExecForm& form, const Instruction& line, std::string_view within, std::string_view scope,
            uint32_t flags);
  void command_text(const Instruction& line, std::string_view text, std::string_view scope, uint32_t flags);
  CommandRole role_in(std::string_view scope) const;
  void number_commands(size_t first);

  FileFacts& facts_;
  std::vector<Instruction> instructions_;
  Stages stages_;
  Variables variables_;
  uint32_t base_flags_;
  uint32_t flags_ = 0;
  uint32_t stage_ = 0;  // FROMs met so far
  uint32_t next_list_ = 0;
  uint32_t ports_ = 0;
  uint32_t volumes_ = 0;
  bool foreign_shell_ = false;  // SHELL ["powershell", …]
};

void Extractor::instruction(const Instruction& line) {
  std::string_view keyword = line.keyword;
  if (keyword == "FROM") return from(line);
  if (keyword == "ENV") return environment(line);
  if (keyword == "ARG") return arguments(line);
  if (keyword == "EXPOSE") return numbered(line, ports_);
  if (keyword == "VOLUME") return numbered(line, volumes_);
  if (keyword == "COPY" || keyword == "ADD") return copy(line);
  if (keyword == "RUN") return run_line(line);
  if (keyword == "CMD" || keyword == "ENTRYPOINT") return start(line);
  if (keyword == "HEALTHCHECK") return health_check(line);
  if (keyword == "WORKDIR" || keyword == "USER" || keyword == "STOPSIGNAL" || keyword == "SHELL") return single(line);
}

void Extractor::from(const Instruction& line) {
  Arguments words = split_flags(line.text);
  std::vector<RawWord> parts = words_with_expressions(words.rest);
  if (parts.empty()) return;
  std::vector<Arg> args;
  if (parts.size() >= 3 && iequals(parts[1].text, "as")) {
    args.push_back({"as", facts_.string(parts[2].text, span_of(line, parts[2].text))});
  }
  for (const InstructionFlag& flag : words.flags) {
    if (flag.name == "platform")
      args.push_back({"platform", variables_.value(facts_, flag.value, span_of(line, flag.value))});
  }
  Value reference = variables_.with_defaults(facts_, parts[0].text, span_of(line, parts[0].text));
  if (reference.is(ValueKind::String) && stages_.named_before(reference.text, stage_index())) {
    facts_.add(FactKind::Entry, "FROM", line.span, reference, args, context("FROM"));
    return;
  }
  image(parts[0].text, "FROM", line, args);
}

// The tag of a reference begins at the last colon behind the last slash, both outside of ${…}.
void Extractor::image(std::string_view written, std::string_view scope, const Instruction& line,
                      std::span<const Arg> named) {
  std::vector<Arg> args(named.begin(), named.end());
  Value reference = variables_.with_defaults(facts_, written, span_of(line, written));
  std::string text(reference.text);
  if (reference.is(ValueKind::Env)) text = "${" + text + "}";
  size_t colon = std::string::npos, at = std::string::npos, depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && depth > 0) --depth;
    if (depth > 0) continue;
    if (text[i] == '/') colon = std::string::npos;
    if (text[i] == ':' && at == std::string::npos) colon = i;
    if (text[i] == '@') at = i;
  }
  size_t name_end = std::min({colon, at, text.size()});
  std::string_view version = at != std::string::npos      ? std::string_view(text).substr(at)
                             : colon != std::string::npos ? std::string_view(text).substr(colon + 1)
                                                          : std::string_view{};
  std::string_view name = std::string_view(text).substr(0, name_end);
  if (at != std::string::npos && colon != std::string::npos && text.find("${", colon) == std::string::npos)
    args.push_back({"tag", facts_.string(std::string_view(text).substr(colon + 1, at - colon - 1), reference.span)});
  Value tag;
  if (!version.empty()) {
    tag = facts_.value(version.find("${") == std::string_view::npos ? ValueKind::String : ValueKind::Template, version,
                       reference.span);
  } else if (brings_tag(name)) {
    tag = facts_.value(ValueKind::Template, name, reference.span);  // the variable may well bring a tag
  }
  facts_.add(FactKind::Image, name, line.span, tag, args, context(scope));
}

void Extractor::other_image(std::string_view reference, std::string_view scope, const Instruction& line) {
  Value value = variables_.with_defaults(facts_, reference, span_of(line, reference));
  if (value.text.empty() || is_digits(value.text) ||
      stages_.named_before(value.text, static_cast<uint32_t>(stages_.stages.size())))
    return;
  if (value.is(ValueKind::String) && value.text.find_first_of("/:@") == std::string_view::npos &&
      value.text == "context")
    return;
  image(reference, scope, line, {});
}

void Extractor::environment(const Instruction& line) {
  std::vector<RawWord> words = raw_words(line.text);
  if (words.empty()) return;
  if (words[0].text.find('=') == std::string_view::npos) {  // ENV NAME the rest of the line
    if (words.size() < 2) return;
    std::string_view rest = trim(std::string_view(line.text).substr(words[1].begin));
    Value value = variables_.value(facts_, rest, span_of(line, rest));
    facts_.add(FactKind::Entry, "ENV." + std::string(words[0].text), line.span, value, {}, context("ENV"));
    variables_.set_constant(words[0].text, value);
    return;
  }
  for (const RawWord& word : words) {
    size_t equals = word.text.find('=');
    if (equals == 0 || equals == std::string_view::npos) continue;
    std::string_view written = word.text.substr(equals + 1);
    Value value = variables_.value(facts_, written, span_of(line, written));
    std::string_view name = word.text.substr(0, equals);
    facts_.add(FactKind::Entry, "ENV." + std::string(name), span_of(line, word.text), value, {}, context("ENV"));
    variables_.set_constant(name, value);
  }
}

void Extractor::arguments(const Instruction& line) {
  for (const RawWord& word : raw_words(line.text)) {
    size_t equals = std::min(word.text.find('='), word.text.size());
    std::string_view name = word.text.substr(0, equals);
    Value value;
    if (equals < word.text.size()) {
      std::string_view written = word.text.substr(equals + 1);
      value = variables_.value(facts_, written, span_of(line, written));
      variables_.set_argument(name, variables_.with_defaults(facts_, written, span_of(line, written)));
    }
    facts_.add(FactKind::Entry, "ARG." + std::string(name), span_of(line, word.text), value, {}, context("ARG"));
  }
}

void Extractor::numbered(const Instruction& line, uint32_t& next) {
  auto add = [&](const Value& value, Span where) {
    facts_.add(FactKind::Entry, line.keyword + "." + std::to_string(next++), where, value, {}, context(line.keyword));
  };
  ExecForm list = read_exec_form(line.text);
  for (const ExecForm::Item& item : list.items) {
    Span where = span_of(line, item.span.begin, item.span.end - item.span.begin);
    add(facts_.string(item.text, where), where);
  }
  if (!list.items.empty()) return;
  for (const RawWord& word : raw_words(line.text)) {
    add(variables_.value(facts_, word.text, span_of(line, word.text)), span_of(line, word.text));
  }
}

void Extractor::single(const Instruction& line) {
  std::string_view text = trim(line.text);
  if (text.empty()) return;
  Value value = line.keyword == "SHELL" ? facts_.string(text, span_of(line, text))
                                        : variables_.value(facts_, text, span_of(line, text));
  facts_.add(FactKind::Entry, line.keyword, line.span, value, {}, context(line.keyword));
  if (line.keyword == "SHELL")
    foreign_shell_ = icontains(text, "powershell") || icontains(text, "pwsh") || icontains(text, "cmd");
}

void Extractor::copy(const Instruction& line) {
  Arguments words = split_flags(line.text);
  std::vector<Arg> args;
  for (const InstructionFlag& flag : words.flags) {
    args.push_back({facts_.keep(flag.name), variables_.value(facts_, flag.value, span_of(line, flag.name))});
    if (flag.name == "from") other_image(flag.value, "COPY", line);
  }
  std::string paths;
  auto add = [&](std::string_view path) {
    if (paths.size() < longest_paths) paths += (paths.empty() ? "" : " ") + std::string(path);
  };
  ExecForm list = read_exec_form(words.rest);
  for (const ExecForm::Item& item : list.items) add(item.text);
  if (list.items.empty()) {
    size_t first_line = std::string_view::npos;  // what follows is a here-document
    if (words.rest.find("<<") != std::string_view::npos) first_line = words.rest.find('\n');
    for (const RawWord& word : raw_words(words.rest.substr(0, first_line))) {
      Value path = variables_.value(facts_, word.text, {});
      add(path.is(ValueKind::Env) ? word.text : path.text);
    }
  }
  bool open = paths.find('$') != std::string::npos;
  Value value = facts_.value(open ? ValueKind::Template : ValueKind::String, paths, span_of(line, words.rest));
  facts_.add(FactKind::Entry, line.keyword, line.span, value, args, context(line.keyword));
}

void Extractor::run_line(const Instruction& line) {
  Arguments words = split_flags(line.text);
  for (const InstructionFlag& flag : words.flags) {
    if (flag.name != "mount") continue;
    for (std::string_view option : split(flag.value, ',')) {
      if (option.starts_with("from=")) other_image(option.substr(5), "RUN", line);
    }
  }
  if (foreign_shell_) return;
  if (line.script_offset > 0) {
    std::string_view first = line.script.substr(0, line.script.find('\n'));
    if (first.starts_with("#!") && first.find("sh") == std::string_view::npos) return;
    return shell_text(line.script, line.script_offset, "RUN", flags_);
  }
  if (words.rest.starts_with("<<")) {  // another language: `RUN <<EOF python3`
    std::vector<RawWord> parts = raw_words(words.rest.substr(0, words.rest.find('\n')));
    return parts.size() < 2 ? void() : shell_text(parts[1].text, span_of(line, parts[1].text).begin, "RUN", flags_);
  }
  command_text(line, words.rest, "RUN", flags_);
}

void Extractor::start(const Instruction& line) {
  std::string_view text = trim(line.text);
  if (text.empty()) return;
  uint32_t flags = flags_ | (stage_ > 0 ? stages_.stages[stage_ - 1].start : 0u);
  if (!read_exec_form(text).valid) flags |= context::ShellForm;
  Context where = context(line.keyword);
  where.flags = flags;
  facts_.add(FactKind::Entry, line.keyword, line.span, facts_.string(text, span_of(line, text)), {}, where);
  if (foreign_shell_ && (flags & context::ShellForm)) return;
  command_text(line, text, line.keyword, flags);
}

void Extractor::health_check(const Instruction& line) {
  std::string_view text = trim(line.text);
  facts_.add(FactKind::Entry, "HEALTHCHECK", line.span, facts_.string(text, span_of(line, text)), {},
             context("HEALTHCHECK"));
  Arguments words = split_flags(line.text);
  std::vector<RawWord> parts = raw_words(words.rest);
  if (parts.size() < 2 || !iequals(parts[0].text, "CMD")) return;
  command_text(line, words.rest.substr(parts[1].begin), "HEALTHCHECK", flags_);
}

// `text` is a part of the instruction's text: an exec form, what was meant to be one, or shell text.
void Extractor::command_text(const Instruction& line, std::string_view text, std::string_view scope, uint32_t flags) {
  if (text.empty()) return;
  ExecForm form = read_exec_form(text);
  if (!form.items.empty()) return exec(form, line, text, scope, flags);
  shell_text(text, span_of(line, text).begin, scope, flags);
}

void Extractor::exec(const ExecForm& form, const Instruction& line, std::string_view within, std::string_view scope,
                     uint32_t flags) {
  Span all = span_of(line, trim(within));
  uint32_t begin = span_of(line, within).begin;
  std::vector<Arg> words;
  for (const ExecForm::Item& item : form.items) {
    words.push_back({{}, facts_.string(item.text, {begin + item.span.begin, begin + item.span.end})});
  }
  size_t first = facts_.facts().size();
  next_list_ = add_command_words(facts_, words, {all, scope, next_list_, flags}, role_in(scope));
  number_commands(first);
}

void Extractor::shell_text(std::string_view text, uint32_t offset, std::string_view scope, uint32_t flags) {
  size_t first = facts_.facts().size();
  next_list_ = add_commands(facts_, {text, scope, next_list_, flags, offset}, role_in(scope));
  number_commands(first);
}

CommandRole Extractor::role_in(std::string_view scope) const {
  if (scope == "HEALTHCHECK") return CommandRole::Health;
  bool starts = scope == "CMD" || scope == "ENTRYPOINT";
  return starts && (flags_ & context::FinalStage) ? CommandRole::Start : CommandRole::Build;
}

// Gives the commands from `first` on their stage.
void Extractor::number_commands(size_t first) {
  for (size_t i = first; i < facts_.facts().size(); ++i) {
    Fact& fact = facts_.facts()[i];
    if (fact.kind != FactKind::Command) continue;
    std::vector<Arg> args(fact.args().begin(), fact.args().end());
    args.push_back({"stage", facts_.value(ValueKind::Number, std::to_string(stage_index()), fact.span)});
    facts_.set_args(fact, args);
  }
}

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("dockerfile");
  Extractor(file, facts).run();
}

constexpr std::string_view patterns[] = {"Dockerfile",      "Dockerfile.*",    "Dockerfile-*",    "Dockerfile_*",
                                         "*.Dockerfile",    "*-Dockerfile",    "*_Dockerfile",    "*.dockerfile",
                                         "dockerfile",      "Containerfile",   "Containerfile.*", "Containerfile-*",
                                         "Containerfile_*", "*.Containerfile", "*.containerfile"};

}  // namespace

}  // namespace dockerfile

const Adapter& dockerfile_adapter() {
  static constexpr Format formats[] = {
      {.name = "dockerfile",
       .example = "Dockerfile",
       .tells = tells::Deploy | tells::Environment | tells::Address | tells::Version | tells::OthersStart}};
  static constexpr Adapter adapter{.name = "dockerfile",
                                   .kind = AdapterKind::Config,
                                   .patterns = dockerfile::patterns,
                                   .extract = dockerfile::extract,
                                   .formats = formats};
  return adapter;
}

}  // namespace tfcheck
