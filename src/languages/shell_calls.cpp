#include "languages/shell_calls.h"

#include <algorithm>
#include <string>
#include <vector>

#include "languages/shell/shell.h"

namespace tfcheck {

namespace {

struct ShellCall {
  std::string_view language;
  std::string_view name;
  size_t skip = 0;  // arguments in front of the command
};

constexpr ShellCall shell_calls[] = {
    {"python", "os.system"},
    {"python", "os.popen"},
    {"python", "subprocess.run"},
    {"python", "subprocess.call"},
    {"python", "subprocess.check_call"},
    {"python", "subprocess.check_output"},
    {"python", "subprocess.Popen"},
    {"python", "subprocess.getoutput"},
    {"python", "subprocess.getstatusoutput"},
    {"python", "commands.getoutput"},
    {"python", "commands.getstatusoutput"},
    {"python", "os.execl", 1},
    {"python", "os.execlp", 1},
    {"python", "os.execv", 1},
    {"python", "os.execvp", 1},
    {"python", "os.execvpe", 1},
    {"python", "asyncio.create_subprocess_shell"},
    {"python", "asyncio.create_subprocess_exec"},
    {"python", "pexpect.spawn"},
    {"python", "fabric.api.run"},
    {"python", "fabric.api.sudo"},
    {"python", "fabric.api.local"},
    {"python", "invoke.run"},
    {"javascript", "child_process.exec"},
    {"javascript", "child_process.execSync"},
    {"javascript", "child_process.spawn"},
    {"javascript", "child_process.spawnSync"},
    {"javascript", "child_process.execFile"},
    {"javascript", "child_process.execFileSync"},
    {"javascript", "node:child_process.exec"},
    {"javascript", "node:child_process.execSync"},
    {"javascript", "node:child_process.spawn"},
    {"javascript", "node:child_process.spawnSync"},
    {"javascript", "shelljs.exec"},
    {"javascript", "execa"},
    {"javascript", "execa.command"},
    {"javascript", "execa.execa"},
    {"javascript", "cross-spawn"},
    {"javascript", "cross-spawn.sync"},
    {"ruby", "system"},
    {"ruby", "Kernel.system"},
    {"ruby", "exec"},
    {"ruby", "Kernel.exec"},
    {"ruby", "spawn"},
    {"ruby", "Process.spawn"},
    {"ruby", "sh"},
    {"ruby", "`"},
    {"ruby", "IO.popen"},
    {"ruby", "Open3.capture2"},
    {"ruby", "Open3.capture2e"},
    {"ruby", "Open3.capture3"},
    {"ruby", "Open3.popen3"},
    {"php", "exec"},
    {"php", "shell_exec"},
    {"php", "system"},
    {"php", "passthru"},
    {"php", "popen"},
    {"php", "proc_open"},
    {"php", "`"},
    {"php", "Symfony.Component.Process.Process"},
    {"php", "Symfony.Component.Process.Process.fromShellCommandline"},
    {"go", "os/exec.Command"},
    {"go", "os/exec.CommandContext", 1},
    {"java", "Runtime.getRuntime.exec"},
    {"java", "java.lang.Runtime.getRuntime.exec"},
    {"java", "ProcessBuilder"},
    {"java", "java.lang.ProcessBuilder"},
    {"csharp", "Process.Start"},
};

bool is_text(const Value& value) {
  return value.is(ValueKind::String) || value.is(ValueKind::Template);
}

const ShellCall* find_call(std::string_view language, std::string_view name) {
  if (language == "typescript") language = "javascript";
  for (const ShellCall& call : shell_calls) {
    if (call.name == name && call.language == language) return &call;
  }
  return nullptr;
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

void add_shell_call(FileFacts& facts, std::string_view language, std::string_view name, std::span<const Arg> args,
                    Span span, uint32_t flags) {
  const ShellCall* call = find_call(language, name);
  if (!call || args.size() <= call->skip) return;
  args = args.subspan(call->skip);
  // os.execvp names the program twice.
  if (call->skip && name.starts_with("os.exec") && args.size() == 1 && !args[0].value.is(ValueKind::List)) return;
  std::vector<Arg> words = words_of(args);
  if (words.empty() || !is_text(words[0].value)) return;
  bool text = words.size() == 1 && is_text(args[0].value);
  // Each call's lists have numbers of their own.
  if (text) return add_shell(facts, {words[0].value.text, "exec", span.begin, flags, 0, span});
  add_exec(facts, words, span, "exec", span.begin, flags);
}

}  // namespace tfcheck
