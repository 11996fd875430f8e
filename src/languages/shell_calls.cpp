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

}  // namespace

void add_shell_call(FileFacts& facts, const ShellIdioms& idioms, std::string_view name, std::span<const Arg> args,
                    Span span, const Context& where) {
  bool behind = idioms.calls_behind.contains(name);
  if (!behind && !idioms.calls.contains(name)) return;
  if (args.size() <= (behind ? 1 : 0)) return;
  if (behind) args = args.subspan(1);
  // os.execvp names the program twice.
  if (behind && name.starts_with("os.exec") && args.size() == 1 && !args[0].value.is(ValueKind::List)) return;
  std::vector<Arg> words = words_of(args);
  if (words.empty() || !is_text(words[0].value)) return;
  bool text = words.size() == 1 && is_text(args[0].value);
  // Each call's lists have numbers of their own.
  if (text) return add_shell(facts, {words[0].value.text, where.scope, span.begin, where.flags, 0, span});
  add_exec(facts, words, span, where.scope, span.begin, where.flags);
}

}  // namespace tfcheck
