// Finds ports that a start command or a call names by a literal. Commands spell them in many ways (`-b :8000`,
// `--port=8000`, `php -S 0.0.0.0:8000`), and which words say a port depends on the program.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "engine/message.h"
#include "engine/native.h"
#include "masking/sensitive_facts.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

bool is_port(std::string_view text) {
  return is_digits(text) && text.size() >= 2 && text.size() <= 5 && text != "00";
}

// The port of "8000", ":8000", "0.0.0.0:8000", "tcp://0.0.0.0:8000?x"; "" when there is none, or when it is computed.
std::string_view literal_port(std::string_view text) {
  text = trim(text);
  if (text.find_first_of("${}<>%") != std::string_view::npos) return {};
  if (size_t scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find_first_of("/?;, "));
  if (size_t colon = text.rfind(':'); colon != std::string_view::npos) text.remove_prefix(colon + 1);
  return is_port(text) ? text : std::string_view{};
}

class PortScan {
 public:
  explicit PortScan(NativeContext& context)
      : context_(context),
        skipped_(context.set("not-an-app")),
        servers_(context.table("port-option")),
        option_(servers_.column("option")),
        word_(servers_.column("word")) {}

  void run() {
    context_.for_each(FactKind::Command, [&](FactRef ref, const Fact& fact) { command(ref, fact); });
    context_.for_each(FactKind::Call, [&](FactRef ref, const Fact& fact) { call(ref, fact); });
  }

 private:
  // --- start commands ---

  void command(FactRef ref, const Fact& fact) {
    CommandInfo info = context_.project.command(ref);
    if (info.role != CommandRole::Start || skipped_.contains(fact.name)) return;
    const ProjectFile& file = context_.project.files[ref.file];
    if (file.tells(tells::OthersStart)) return;
    std::optional<std::string_view> port = port_of(fact);
    if (!port) return;
    bool lowered = info.development || file.format() == "compose" || fact.context.has(context::Development);
    Finding* finding = context_.report(
        ref.file, fact.span,
        "`" + display(masked_command(fact)) + "` starts the app on the literal port " + std::string(*port) + ".");
    if (!finding) return;
    if (lowered) finding->severity = Severity::Note;
    if (!info.main && info.origin != ref && context_.project.files[info.origin.file].facts) {
      finding->related.push_back({info.origin.file, context_.project.fact(info.origin).span, "started from here"});
    }
  }

  std::optional<std::string_view> port_of(const Fact& fact) const {
    std::string_view program = fact.name;
    const WordTable::Row* server = servers_.find(program);
    for (const Arg& arg : fact.args()) {
      // `python manage.py`, `node_modules/.bin/next`, `python -m uvicorn`, `php artisan`
      if (arg.name.empty() && arg.value.is(ValueKind::String) && (!server || program == "php" || program == "ruby")) {
        std::string_view name = base_name(arg.value.text);
        if (const WordTable::Row* known = servers_.find(name)) server = known, program = name;
      }
    }
    return scan(fact, server);
  }

  std::optional<std::string_view> scan(const Fact& fact, const WordTable::Row* server) const {
    std::string_view before;
    bool run = false, positional = server && server->one(word_) == "true";
    for (const Arg& arg : fact.args()) {
      if (!arg.name.empty()) continue;
      bool text = arg.value.is(ValueKind::String) || arg.value.is(ValueKind::Number);
      std::string_view word = text ? arg.value.text : std::string_view{};
      size_t equals = word.find('=');
      std::string_view option = word.substr(0, equals);
      std::string_view value = equals == std::string_view::npos ? std::string_view{} : word.substr(equals + 1);
      auto takes = [&](std::string_view name) {
        return name.starts_with('-') && (name == "--port" || name == "--http-port" || name == "--server-port" ||
                                         (server && server->has(option_, name)));
      };
      if (takes(option) && !literal_port(value).empty()) return literal_port(value);
      if (takes(before) && !literal_port(word).empty()) return literal_port(word);
      if (server && word.size() > 3 && word[0] == '-' && word[1] != '-' && server->has(option_, word.substr(0, 2)) &&
          !literal_port(word.substr(2)).empty())
        return literal_port(word.substr(2));
      if (positional && run && !word.starts_with('-') && !literal_port(word).empty()) return literal_port(word);
      run |= word == "runserver" || word == "run_gunicorn" || word == "runserver_plus" || word == "testserver";
      before = word;
    }
    return {};
  }

  // --- calls that listen ---

  void call(FactRef ref, const Fact& fact) {
    std::string_view language = context_.project.files[ref.file].format();
    bool script = language == "javascript" || language == "typescript";
    if (!script || !(fact.name.ends_with(".listen") || fact.name == "listen")) return;
    if (fact.context.has(context::DevGuard)) return;
    const Value& first = argument(fact.args(), {}, 0);
    const Value* port = &first;
    if (first.is(ValueKind::Map)) {
      for (const Arg& item : first.items()) {
        if (item.name == "port") port = &item.value;
        if (item.name == "listen" && item.value.is(ValueKind::Map)) port = &argument(item.value.items(), "port");
      }
    }
    bool text = port->is(ValueKind::String) && is_port(port->text);
    if (!text && !(port->is(ValueKind::Number) && is_port(port->text))) return;
    context_.report(ref.file, fact.span,
                    display(fact.name) + " binds the literal port " + std::string(port->text) + ".");
  }

  NativeContext& context_;
  const WordSet& skipped_;
  const WordTable& servers_;
  size_t option_, word_;  // columns
};

}  // namespace

void rule_port_binding_hardcoded_port(NativeContext& context) {
  PortScan(context).run();
}

}  // namespace tfcheck
