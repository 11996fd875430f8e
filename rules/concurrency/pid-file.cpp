// PID files in code: the process's number written to a file, and a `*.pid` path that code opens, tests or signals by.
#include <algorithm>
#include <set>
#include <string>

#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

std::string_view last_segment(std::string_view name) {
  return name.substr(name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1);
}

bool is_pid_path(const Value& value, int depth = 0) {
  if (value.is(ValueKind::String) || value.is(ValueKind::Template))
    return value.text.ends_with(".pid") && value.text.size() > 4 && value.text.find(' ') == std::string_view::npos;
  if (depth > 3) return false;
  return value.is(ValueKind::Call) && std::any_of(value.items().begin(), value.items().end(),
                                                  [&](const Arg& item) { return is_pid_path(item.value, depth + 1); });
}

class PidFile {
 public:
  explicit PidFile(NativeContext& context)
      : context_(context),
        project_(context.project),
        writes_(context.set("file-write")),
        no_writes_(context.set("no-file-write")),
        uses_(context.set("file-use")),
        own_(context.set("own-pid")),
        names_(context.set("pid-name")) {}

  void run() {
    context_.for_each(FactKind::Assign, [&](FactRef ref, const Fact& fact) { assign(ref, fact); });
    context_.for_each(FactKind::Call, [&](FactRef ref, const Fact& fact) { call(ref, fact); });
  }

 private:
  bool is_code(uint32_t file) const {
    const Adapter* adapter = project_.files[file].adapter;
    return adapter && adapter->kind == AdapterKind::Code && adapter->name != "shell";
  }

  bool holds_own_number(const Value& value, int depth = 0) const {
    if ((value.is(ValueKind::Call) || value.is(ValueKind::Name)) && own_.contains(value.text)) return true;
    if (value.is(ValueKind::Template))
      return value.text.find("process.pid}") != std::string_view::npos ||
             value.text.find("Process.pid}") != std::string_view::npos ||
             value.text.find("getpid}") != std::string_view::npos;
    if (depth > 4) return false;
    return std::any_of(value.items().begin(), value.items().end(),
                       [&](const Arg& item) { return holds_own_number(item.value, depth + 1); });
  }

  void call(FactRef ref, const Fact& fact) {
    if (!is_code(ref.file) || fact.context.has(context::Annotation)) return;
    bool unicorn =
        fact.name == "pid" && base_name(project_.files[ref.file].path).find("unicorn") != std::string_view::npos;
    if (unicorn && !fact.args().empty()) return report(ref, fact, "Unicorn writes a PID file.");
    if (writes_.contains(last_segment(fact.name)) && !no_writes_.contains(fact.name)) {
      bool number = std::any_of(fact.args().begin(), fact.args().end(),
                                [&](const Arg& arg) { return holds_own_number(arg.value); });
      if (number)
        return report(ref, fact, "The process writes its own number to a file: " + std::string(fact.name) + ".");
    }
    if (fact.args().empty() || !uses_.contains(last_segment(fact.name))) return;
    if (is_pid_path(fact.args()[0].value)) report(ref, fact, std::string(fact.name) + " uses a PID file.");
  }

  void assign(FactRef ref, const Fact& fact) {
    if (!is_code(ref.file)) return;
    if (names_.contains(last_segment(fact.name)) && is_pid_path(fact.value))
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
  const WordSet &writes_, &no_writes_, &uses_, &own_, &names_;
  std::set<uint32_t> named_;
  std::set<std::pair<uint32_t, std::string>> seen_;
};

}  // namespace

void rule_concurrency_pid_file(NativeContext& context) {
  PidFile(context).run();
}

}  // namespace tfcheck
