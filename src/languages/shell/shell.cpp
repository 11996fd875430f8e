#include "languages/shell/shell.h"

#include <vector>

#include "languages/shell/walker.h"

namespace tfcheck {

namespace {

constexpr std::string_view patterns[] = {"*.sh", "*.bash", "*.ksh", "*.zsh", ".envrc"};
constexpr std::string_view interpreters[] = {"sh", "bash", "dash", "ksh", "zsh", "ash", "openrc-run", "runscript"};
constexpr std::string_view environment_words[] = {"${", "\"$", " $", "=$"};

// Up to where the script hands itself to another language: `exec perl -x $0 "$@"` and a program of Perl behind it.
std::string_view of_shell(std::string_view text) {
  constexpr std::string_view word = "exec ";
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) {
    if (at > 0 && text[at - 1] != '\n') continue;
    size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    bool skips = line.find(" -x ") != std::string_view::npos || line.find("tclsh") != std::string_view::npos ||
                 line.find("wish ") != std::string_view::npos;
    if (skips && line.find("$0") != std::string_view::npos) return text.substr(0, end);
  }
  return text;
}

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("shell");
  ShellText shell{of_shell(file.text), {}};
  if (shell::walk_text(facts, shell, {0, true}).errors) facts.set_has_errors();
}

// Where the text of a word of a list stands, when it stands there byte by byte.
std::optional<uint32_t> text_offset(const Value& value) {
  size_t length = value.span.end - value.span.begin;
  if (length == value.text.size()) return value.span.begin;
  if (length == value.text.size() + 2) return value.span.begin + 1;
  return std::nullopt;
}

}  // namespace

void add_shell(FileFacts& facts, const ShellText& shell) {
  shell::walk_text(facts, shell, {});
}

void add_exec(FileFacts& facts, std::span<const Arg> words, Span span, std::string_view scope, uint32_t index,
              uint32_t flags) {
  std::vector<shell::Word> list;
  std::vector<Arg> named;
  for (const Arg& word : words) {
    if (word.name.empty()) {
      list.push_back({word.value, {}});
    } else {
      named.push_back(word);
    }
  }
  if (list.empty()) return;
  shell::Unwrapped command = shell::unwrap(facts, list);
  uint32_t own = shell::add_command(facts, command, named, span, {scope, index, flags});
  const shell::Word* script = shell::script_word(command);
  if (!script || (!script->value.is(ValueKind::String) && !script->value.is(ValueKind::Template))) return;
  std::optional<uint32_t> offset = text_offset(script->value);
  ShellText text{script->value.text, scope, index + 1, own & shell::inherited, offset.value_or(0)};
  if (!offset) text.whole = script->value.span.end ? script->value.span : span;
  shell::walk_text(facts, text, {1, false});
}

const Adapter& shell_adapter() {
  static constexpr Format formats[] = {{"shell", "run.sh", "sh"}};
  // Start commands are followed into scripts, so all are parsed.
  static constexpr Adapter adapter{.name = "shell",
                                   .kind = AdapterKind::Config,
                                   .patterns = patterns,
                                   .interpreters = interpreters,
                                   .extract = extract,
                                   .environment_words = environment_words,
                                   .formats = formats};
  return adapter;
}

}  // namespace tfcheck
