#include "languages/shell_calls.h"

#include <algorithm>
#include <string>
#include <vector>

#include "languages/shell/shell.h"

namespace tfcheck {

namespace {

bool is_text(const Value& value) {
  return value.is(ValueKind::String) || value.is(ValueKind::Template);
}

// The words of `spawn("x", ["-d"])`, `run(["x", "-d"])`, `Command("x", "-d")`.
std::vector<Arg> words_of(std::span<const Arg> args) {
  std::vector<Arg> words;
  for (const Arg& arg : args) {
    if (!arg.name.empty()) continue;
    if (is_text(arg.value)) words.push_back({{}, arg.value});
    for (const Arg& item : arg.value.is(ValueKind::List) ? arg.value.items() : std::span<const Arg>{})
      words.push_back({{}, item.value});
  }
  return words;
}

// `Process.Start("sh", "-c ls")`, `Process.Start(new ProcessStartInfo { FileName = "sh", Arguments = "-c ls" })`: the
// command as one text; "" where it is not spelt out in these two.
std::string text_of(std::span<const Arg> args) {
  if (args[0].value.is(ValueKind::Call)) args = args[0].value.items();
  const Value &program = argument(args, "FileName", 0), &rest = argument(args, "Arguments", 1);
  bool plain = program.is(ValueKind::String) && program.text.find(' ') == std::string_view::npos;
  return plain && rest.is(ValueKind::String) ? std::string(program.text).append(" ").append(rest.text) : std::string();
}

}  // namespace

void add_shell_call(FileFacts& facts, const ShellIdioms& idioms, std::string_view name, std::span<const Arg> args,
                    Span span, const Context& where) {
  bool behind = idioms.calls_behind.contains(name);
  if (!behind && !idioms.calls.contains(name)) return;
  if (args.size() <= (behind ? 1 : 0)) return;
  if (behind) args = args.subspan(1);
  // os.execvp names the program twice.
  if (behind && name.starts_with("os.exec") && args.size() == 1 && !args[0].value.is(ValueKind::List)) return;
  if (std::string text = idioms.arguments_are_text ? text_of(args) : std::string(); !text.empty())
    return add_shell(facts, {facts.keep(text), where.scope, span.begin, where.flags, 0, span});
  if (idioms.arguments_are_text && !is_text(args[0].value)) return;
  std::vector<Arg> words = words_of(args);
  if (words.empty() || !is_text(words[0].value)) return;
  bool text = words.size() == 1 && is_text(args[0].value);
  // Each call's lists have numbers of their own.
  if (text) return add_shell(facts, {words[0].value.text, where.scope, span.begin, where.flags, 0, span});
  add_exec(facts, words, span, where.scope, span.begin, where.flags);
}

}  // namespace tfcheck
