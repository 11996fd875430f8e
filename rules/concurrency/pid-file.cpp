// PID files in code: the process's number written to a file, and a `*.pid` path that code opens, tests or signals by.
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

bool among(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// How each language asks for its own process number.
bool is_own_number(const Value& value) {
  static constexpr std::array calls = {"os.getpid"sv,
                                       "Process.pid"sv,
                                       "process.pid"sv,
                                       "getmypid"sv,
                                       "posix_getpid"sv,
                                       "os.Getpid"sv,
                                       "syscall.Getpid"sv,
                                       "Environment.ProcessId"sv,
                                       "$$"sv,
                                       "process.pid.toString"sv,
                                       "ProcessHandle.current.pid"sv,
                                       "java.lang.ProcessHandle.current.pid"sv,
                                       "Process.GetCurrentProcess.Id"sv,
                                       "getpid"sv};
  return (value.is(ValueKind::Call) || value.is(ValueKind::Name)) && among(calls, value.text);
}

bool holds_own_number(const Value& value, int depth = 0) {
  if (is_own_number(value)) return true;
  if (value.is(ValueKind::Template))
    return value.text.find("process.pid}") != std::string_view::npos ||
           value.text.find("Process.pid}") != std::string_view::npos ||
           value.text.find("getpid}") != std::string_view::npos;
  if (depth > 4) return false;
  return std::any_of(value.items().begin(), value.items().end(),
                     [&](const Arg& item) { return holds_own_number(item.value, depth + 1); });
}

bool is_pid_path(const Value& value, int depth = 0) {
  if (value.is(ValueKind::String) || value.is(ValueKind::Template))
    return value.text.ends_with(".pid") && value.text.size() > 4 && value.text.find(' ') == std::string_view::npos;
  if (depth > 3) return false;
  return value.is(ValueKind::Call) && std::any_of(value.items().begin(), value.items().end(),
                                                  [&](const Arg& item) { return is_pid_path(item.value, depth + 1); });
}

std::string_view last_segment(std::string_view name) {
  return name.substr(name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1);
}

bool is_write(std::string_view callee) {
  static constexpr std::array words = {"write"sv,
                                       "writelines"sv,
                                       "puts"sv,
                                       "print"sv,
                                       "<<"sv,
                                       "fwrite"sv,
                                       "fputs"sv,
                                       "file_put_contents"sv,
                                       "writeFile"sv,
                                       "writeFileSync"sv,
                                       "outputFile"sv,
                                       "outputFileSync"sv,
                                       "WriteFile"sv,
                                       "WriteString"sv,
                                       "Write"sv,
                                       "Fprintf"sv,
                                       "Fprintln"sv,
                                       "Fprint"sv,
                                       "write_text"sv,
                                       "WriteAllText"sv,
                                       "WriteAllTextAsync"sv,
                                       "binwrite"sv,
                                       "writeString"sv,
                                       "println"sv};
  return among(words, last_segment(callee));
}

bool is_console(std::string_view callee) {
  static constexpr std::array words = {"stdout"sv, "stderr"sv,     "STDOUT"sv,  "STDERR"sv,  "log"sv,      "Log"sv,
                                       "logger"sv, "System.out"sv, "Console"sv, "console"sv, "response"sv, "res."sv,
                                       "socket"sv, "sock"sv,       "conn"sv,    "hash"sv,    "md5"sv};
  return callee == "puts" || callee == "print" || callee == "println" || callee == "fmt.Print" ||
         std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return callee.find(word) != std::string_view::npos; });
}

// Calls that use a PID file by its path.
bool uses_path(std::string_view callee) {
  static constexpr std::array words = {"open"sv,
                                       "write"sv,
                                       "read"sv,
                                       "File"sv,
                                       "fopen"sv,
                                       "file_put_contents"sv,
                                       "file_get_contents"sv,
                                       "writeFile"sv,
                                       "writeFileSync"sv,
                                       "readFile"sv,
                                       "readFileSync"sv,
                                       "Create"sv,
                                       "OpenFile"sv,
                                       "WriteFile"sv,
                                       "ReadFile"sv,
                                       "FileWriter"sv,
                                       "PrintWriter"sv,
                                       "WriteAllText"sv,
                                       "binwrite"sv,
                                       "PidFile"sv,
                                       "PIDLockFile"sv,
                                       "TimeoutPIDLockFile"sv,
                                       "PIDFile"sv,
                                       "create"sv,
                                       "remove"sv};
  return among(words, last_segment(callee));
}

class PidFile {
 public:
  explicit PidFile(NativeContext& context) : context_(context), project_(context.project) {}

  void run() {
    context_.for_each(FactKind::Assign, [&](FactRef ref, const Fact& fact) { assign(ref, fact); });
    context_.for_each(FactKind::Call, [&](FactRef ref, const Fact& fact) { call(ref, fact); });
  }

 private:
  bool is_code(uint32_t file) const {
    const Adapter* adapter = project_.files[file].adapter;
    return adapter && adapter->kind == AdapterKind::Code && adapter->name != "shell";
  }

  void call(FactRef ref, const Fact& fact) {
    if (!is_code(ref.file) || fact.context.has(context::Annotation)) return;
    bool unicorn =
        fact.name == "pid" && base_name(project_.files[ref.file].path).find("unicorn") != std::string_view::npos;
    if (unicorn && !fact.args().empty()) return report(ref, fact, "Unicorn writes a PID file.");
    if (is_write(fact.name) && !is_console(fact.name)) {
      bool number = std::any_of(fact.args().begin(), fact.args().end(),
                                [](const Arg& arg) { return holds_own_number(arg.value); });
      if (number)
        return report(ref, fact, "The process writes its own number to a file: " + std::string(fact.name) + ".");
    }
    if (!uses_path(fact.name) || fact.args().empty()) return;
    if (is_pid_path(fact.args()[0].value)) report(ref, fact, std::string(fact.name) + " uses a PID file.");
  }

  void assign(FactRef ref, const Fact& fact) {
    if (!is_code(ref.file)) return;
    std::string name = lower(last_segment(fact.name));
    static constexpr std::array names = {"pidfile"sv,       "pid_file"sv,     "pid_path"sv,
                                         "pidpath"sv,       "pid_filename"sv, "pidfile_path"sv,
                                         "pid_file_path"sv, "pidfilename"sv,  "server_pid_file"sv};
    if (among(names, name) && is_pid_path(fact.value))
      report(ref, fact, std::string(fact.name) + " names a PID file of the app.");
  }

  // A path is named once and then opened, tested and removed: its uses in that file, and those of one function, are
  // one.
  void report(FactRef ref, const Fact& fact, std::string message) {
    if (fact.kind == FactKind::Assign) named_.insert(ref.file);
    bool repeat = fact.kind == FactKind::Call &&
                  (named_.contains(ref.file) || !seen_.insert({ref.file, std::string(fact.context.scope)}).second);
    if (repeat) return;
    context_.report(ref.file, fact.span, std::move(message));
  }

  NativeContext& context_;
  const Project& project_;
  std::set<uint32_t> named_;
  std::set<std::pair<uint32_t, std::string>> seen_;
};

}  // namespace

void rule_concurrency_pid_file(NativeContext& context) {
  PidFile(context).run();
}

}  // namespace tfcheck
