// What one file says, in one small vocabulary for all languages and formats. Adapters write facts, the model and the
// rules read them; nothing behind this header knows a grammar. Facts are a pure function of a file's path and text.
//
// All text and all arrays that a fact points to live in the FileFacts that holds it (facts/file_facts.h).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/span.h"

namespace tfcheck {

struct Arg;

// Where a value comes from. Half of all false alarms die here.
enum class ValueKind : uint8_t {
  Absent,    // no value was given
  Null,      // null, None, nil
  Bool,      // text: "true" or "false"
  Number,    // text: as written, without digit separators
  String,    // text: decoded content
  Env,       // read of an environment variable; text: its name ("" if computed); items: at most one, the default
  Call,      // result of a call; text: qualified callee; items: arguments
  Name,      // reference that the file does not resolve; text: qualified name
  Template,  // text built from parts; text: content with ${…} for every unknown part
  List,      // items: elements
  Map,       // items: named entries
  Function,  // a lambda or function literal; text: "empty" when its body does nothing
  Unknown,   // anything else
};

struct Value {
  ValueKind kind = ValueKind::Absent;
  std::string_view text;
  const Arg* item_data = nullptr;
  uint32_t item_count = 0;
  Span span;

  std::span<const Arg> items() const;
  bool is(ValueKind k) const { return kind == k; }
  // A literal that stands in the file: string, number, bool or null.
  bool is_literal() const { return kind >= ValueKind::Null && kind <= ValueKind::String; }
  explicit operator bool() const { return kind != ValueKind::Absent; }
};

// One argument, element or entry: positional ones have no name.
struct Arg {
  std::string_view name;
  Value value;
};

inline std::span<const Arg> Value::items() const {
  return {item_data, item_count};
}

enum class FactKind : uint8_t {
  // name: module, qualified ("logging.handlers", "express", "net/http"); value: String alias or Absent.
  Import,
  // name: import-resolved callee ("logging.FileHandler", "net/http.ListenAndServe", "Logger.new"); args: arguments.
  // Constructors are calls of their class ("winston.transports.File"). A method of a local variable is qualified by
  // what made it (`app = Flask(..); app.run()` is "flask.Flask.run"). Annotations and decorators are calls too.
  Call,
  // name: qualified target ("SECRET_KEY", "app.config.SECRET_KEY", "config.assets.compile"); value: what is assigned.
  Assign,
  // A key of a configuration file or of a map literal in code. name: dotted path ("services.web.image",
  // "LOGGING.handlers.file.class"), list elements by index; value: its scalar (containers have no fact of their own).
  Entry,
  // name: variable, or what a library calls it; value: default (Absent: none). args: "variable" (where the name is
  // another), "required" (true: the program fails without it), "option" (true: it is one of the command line).
  EnvRead,
  // One simple command of shell text. name: program without path, behind wrappers such as exec, sudo, env, bundle exec;
  // args: its words, positional; redirects are named ">" ">>" "<" "2>" …, leading assignments "VAR=".
  Command,
  // name: repository ("postgres", "ghcr.io/acme/web"); value: String tag or "@sha256:…" (Absent: untagged).
  // args: "as" (stage name), "platform", "tag" (beside a digest).
  Image,
  // name: package; value: String version constraint as written (Absent: none). args: "ecosystem", "group".
  Dependency,
  // name: "if", "while", "for", "case"; value: the condition. "leave": what ends a loop without an end, other than
  // because something failed.
  Branch,
  // What the model adds after connecting files (model/derived_kinds.h has their columns). No adapter makes one.
  Process,
  Server,
  Signal,
  Loop,
  Manifest,
  Package,
  Install,
  ImageUse,
  VersionUse,
  LogSink,
  SchemaChange,
  Variable,
  Service,
  Repository,
};
inline constexpr size_t fact_kinds = static_cast<size_t>(FactKind::Repository) + 1;

// Bits of Context::flags.
namespace context {
inline constexpr uint32_t InFunction = 1u << 0;   // inside a function or method body
inline constexpr uint32_t InLoop = 1u << 1;       // inside a loop body
inline constexpr uint32_t InCondition = 1u << 2;  // inside a conditional branch
inline constexpr uint32_t InTry = 1u << 3;        // inside try/rescue/except
inline constexpr uint32_t InMain = 1u << 4;       // inside `if __name__ == "__main__"` and its like
inline constexpr uint32_t DevGuard = 1u << 5;     // inside a branch taken only in development, debug or test
inline constexpr uint32_t Annotation = 1u << 6;   // the call is an annotation or decorator
inline constexpr uint32_t Development =
    1u << 7;  // dependency of a development group; entry of a development profile; stage named dev
inline constexpr uint32_t Background = 1u << 8;     // command ends in &
inline constexpr uint32_t PipeOut = 1u << 9;        // command's output feeds a pipe
inline constexpr uint32_t PipeIn = 1u << 10;        // command reads from a pipe
inline constexpr uint32_t Exec = 1u << 11;          // command replaces the shell (exec)
inline constexpr uint32_t ShellForm = 1u << 12;     // Dockerfile CMD/ENTRYPOINT in shell form (also invalid JSON)
inline constexpr uint32_t FinalStage = 1u << 13;    // in the last stage of a Dockerfile
inline constexpr uint32_t AndNext = 1u << 14;       // followed by && (or ; in a list) and another command
inline constexpr uint32_t Substitution = 1u << 15;  // inside $(…) or backticks
inline constexpr uint32_t Nohup = 1u << 16;         // wrapped in nohup
inline constexpr uint32_t Setsid = 1u << 17;        // wrapped in setsid
inline constexpr uint32_t Sudo = 1u << 18;          // wrapped in sudo
inline constexpr uint32_t Negated = 1u << 19;       // ! command
inline constexpr uint32_t Locked = 1u << 20;        // dependency fact of a lock file
inline constexpr uint32_t Sourced = 1u << 21;       // `source FILE` / `. FILE`
inline constexpr uint32_t LoopForever = 1u << 22;   // inside `while true`, `until false`, `for (;;)`
inline constexpr uint32_t CliGuard = 1u << 23;      // inside a branch taken only for some words of the command line
inline constexpr uint32_t Otherwise = 1u << 24;     // in what is done when a condition around does not hold
}  // namespace context

// What a command is for. The format that it stands in says so (a Dockerfile's CMD, a Procfile's line); the model says
// it of commands in scripts, by what starts them.
enum class CommandRole : uint8_t {
  Other,    // a script that nothing starts, a Makefile
  Start,    // runs when a process of the app starts
  Release,  // release phase, init container, one-off job
  Build,    // image build
  Ci,
  Cron,
  Health,
};

struct Context {
  // Enclosing function or class ("Command.handle") in code; in a configuration file the path of the parent key; for
  // commands and images where the text stands: "CMD", "ENTRYPOINT", "RUN", "HEALTHCHECK", "FROM", "scripts.start",
  // "services.web.command", "jobs.test.steps.3.run", "program:web.command", "web" (Procfile), "cron".
  std::string_view scope;
  // Format: index of the document (YAML) or of the build stage (Dockerfile). Commands: index of their shell list.
  uint32_t index = 0;
  uint32_t flags = 0;

  bool has(uint32_t bits) const { return (flags & bits) == bits; }
};

struct Fact {
  FactKind kind = FactKind::Call;
  CommandRole role = CommandRole::Other;  // of a command, as its own file says
  std::string_view name;
  Value value;
  const Arg* arg_data = nullptr;
  uint32_t arg_count = 0;
  Span span;  // of the whole construct
  Context context;

  std::span<const Arg> args() const { return {arg_data, arg_count}; }
};

// The argument of a fact or value: by keyword, else by 0-based position among the unnamed ones; Absent when not given.
const Value& argument(std::span<const Arg> args, std::string_view name, int position = -1);

std::string_view to_string(FactKind kind);
std::string_view to_string(ValueKind kind);
std::string_view to_string(CommandRole role);

// A bit of Context::flags by the word that rule pages and `tfcheck facts` have for it.
struct FlagName {
  std::string_view name;
  uint32_t bit;
};
std::span<const FlagName> flag_names();

}  // namespace tfcheck
