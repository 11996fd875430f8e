// Finds ports that a start command or a call names by a literal. Commands spell them in many ways (`-b :8000`,
// `--port=8000`, `php -S 0.0.0.0:8000`), and which words say a port depends on the program.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "engine/message.h"
#include "engine/native.h"
#include "engine/sensitive_facts.h"
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

// A program and the options that tell it its port.
struct Server {
  std::string_view program;
  std::string_view options;  // separated by blanks
  bool positional = false;   // a word "host:port" or "port" says it too
};

constexpr Server servers[] = {
    {"gunicorn", "-b --bind"},
    {"uvicorn", "--port"},
    {"hypercorn", "-b --bind"},
    {"daphne", "-p --port"},
    {"granian", "--port"},
    {"waitress-serve", "--port --listen"},
    {"uwsgi", "--http --http-socket --https --http11-socket --socket -s"},
    {"flask", "-p --port"},
    {"fastapi", "--port"},
    {"sanic", "-p --port"},
    {"chaussette", "--port"},
    {"manage.py", "--port", true},
    {"django-admin", "--port", true},
    {"streamlit", "--server.port"},
    {"celery", "--port"},
    {"mod_wsgi-express", "--port"},
    {"pserve", ""},
    {"rails", "-p --port"},
    {"puma", "-p --port -b --bind"},
    {"unicorn", "-p --port -l --listen"},
    {"unicorn_rails", "-p --port -l --listen"},
    {"thin", "-p --port"},
    {"rackup", "-p --port"},
    {"passenger", "-p --port"},
    {"falcon", "-b --bind -p --port"},
    {"shotgun", "-p --port"},
    {"ruby", "-p"},
    {"php", "-S --port"},
    {"artisan", "--port"},
    {"symfony", "--port"},
    {"frankenphp", "--listen"},
    {"next", "-p --port"},
    {"nuxt", "-p --port"},
    {"serve", "-l --listen -p --port"},
    {"http-server", "-p --port"},
    {"json-server", "-p --port"},
    {"micro", "-l --listen -p --port"},
    {"java",
     "-Dserver.port --server.port -Dhttp.port -Dport -Dquarkus.http.port -Dmicronaut.server.port -Djetty.port "
     "-Djetty.http.port"},
    {"dotnet", "--urls --server.urls"},
    {"swoole", "--port"},
};

class PortScan {
 public:
  explicit PortScan(NativeContext& context) : context_(context), skipped_(context.set("not-an-app")) {}

  void run() {
    context_.for_each(FactKind::Command, [&](FactRef ref, const Fact& fact) { command(ref, fact); });
    context_.for_each(FactKind::Call, [&](FactRef ref, const Fact& fact) { call(ref, fact); });
  }

 private:
  // --- start commands ---

  void command(FactRef ref, const Fact& fact) {
    CommandInfo info = context_.project.command(ref);
    if (info.role != CommandRole::Start || skipped_.contains(fact.name)) return;
    std::string_view format = context_.project.files[ref.file].format();
    // An image's own CMD and a manifest's arguments are the deploy's to replace.
    if (format == "dockerfile" || format == "kubernetes" || format == "openshift" || format == "helm" ||
        format == "ecs-task" || format == "marathon")
      return;
    std::optional<std::string_view> port = port_of(fact);
    if (!port) return;
    bool lowered = info.development || format == "compose" || fact.context.has(context::Development);
    Finding* finding = context_.report(
        ref.file, fact.span,
        "`" + display(masked_command(fact)) + "` starts the app on the literal port " + std::string(*port) + ".");
    if (!finding) return;
    if (lowered) finding->severity = Severity::Note;
    if (!info.main && info.origin != ref && context_.project.files[info.origin.file].facts) {
      finding->related.push_back({info.origin.file, context_.project.fact(info.origin).span, "started from here"});
    }
  }

  static bool among(std::string_view options, std::string_view word) {
    for (std::string_view option : split_words(options)) {
      if (option == word) return true;
    }
    return false;
  }

  static std::optional<std::string_view> port_of(const Fact& fact) {
    std::string_view program = fact.name;
    const Server* server = nullptr;
    auto look_up = [&](std::string_view name) {
      for (const Server& known : servers) {
        if (known.program == name) server = &known;
      }
    };
    look_up(program);
    for (const Arg& arg : fact.args()) {
      // `python manage.py`, `node_modules/.bin/next`, `python -m uvicorn`, `php artisan`
      if (arg.name.empty() && arg.value.is(ValueKind::String) &&
          (!server || server->program == "php" || server->program == "ruby"))
        look_up(base_name(arg.value.text));
    }
    return scan(fact, server);
  }

  static std::optional<std::string_view> scan(const Fact& fact, const Server* server) {
    std::string_view before;
    bool run = false;
    for (const Arg& arg : fact.args()) {
      if (!arg.name.empty()) continue;
      bool text = arg.value.is(ValueKind::String) || arg.value.is(ValueKind::Number);
      std::string_view word = text ? arg.value.text : std::string_view{};
      size_t equals = word.find('=');
      std::string_view option = word.substr(0, equals);
      std::string_view value = equals == std::string_view::npos ? std::string_view{} : word.substr(equals + 1);
      auto takes = [&](std::string_view name) {
        return name.starts_with('-') && (name == "--port" || name == "--http-port" || name == "--server-port" ||
                                         (server && among(server->options, name)));
      };
      if (takes(option) && !literal_port(value).empty()) return literal_port(value);
      if (takes(before) && !literal_port(word).empty()) return literal_port(word);
      if (server && word.size() > 3 && word[0] == '-' && word[1] != '-' && among(server->options, word.substr(0, 2)) &&
          !literal_port(word.substr(2)).empty())
        return literal_port(word.substr(2));
      if (server && server->positional && run && !word.starts_with('-') && !literal_port(word).empty())
        return literal_port(word);
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
};

}  // namespace

void rule_port_binding_hardcoded_port(NativeContext& context) {
  PortScan(context).run();
}

}  // namespace tfcheck
