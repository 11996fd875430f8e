#include "model/command_port.h"

#include "base/text.h"

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

}  // namespace

std::string_view CommandPorts::of(const Fact& fact) const {
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

std::string_view CommandPorts::scan(const Fact& fact, const WordTable::Row* server) const {
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

}  // namespace tfcheck
