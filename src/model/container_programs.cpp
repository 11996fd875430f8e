#include "model/container_programs.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

ContainerPrograms::ContainerPrograms(const ProjectView& view)
    : shells(view.set("shell")),
      inits(view.set("init-program")),
      passing(view.set("passing-command")),
      one_off_words(view.set("one-off-word")),
      no_scripts(view.set("no-package-script")),
      interpreters(view.set("interpreter-program")),
      services(view.set("service-program")),
      servers(view.set("server-program")),
      lasting(view.set("lasting-program")),
      lasting_words(view.set("lasting-word")) {}

bool ContainerPrograms::forwards_to_all(std::string_view entrypoint) const {
  auto says = [&](std::string_view word) { return entrypoint.find(word) != std::string_view::npos; };
  if (says("tini")) return says("\"-g\"") || says(" -g");
  bool one_child = says("dumb-init") && (says("\"-c\"") || says("--single-child"));
  return !one_child && inits.contains(entrypoint);
}

bool ContainerPrograms::begins_forwarding(std::string_view list) const {
  size_t end = list.find("\"--\"");
  return forwards_to_all(end == std::string_view::npos ? before_first(list, ',') : list.substr(0, end));
}

// "shared_buffers=2GB", "config/puma.rb", "/etc/shop.conf": what an option of a server's own is given, no code.
static bool is_setting(std::string_view word) {
  if (word.find_first_of(" \t\n;(\"'") != std::string_view::npos) return false;
  std::string_view name = base_name(word);
  size_t dot = name.rfind('.');
  bool file = dot != std::string_view::npos && dot > 0 && dot + 1 < name.size() && !is_digits(name.substr(dot + 1));
  return file || word.starts_with('/') || word.find('=') != std::string_view::npos;
}

bool ContainerPrograms::is_one_off(const Fact& command) const {
  std::span<const Arg> args = command.args();
  for (size_t i = 0; i < args.size(); ++i) {
    if (!args[i].name.empty() || !one_off_words.contains(args[i].value.text)) continue;
    bool option = args[i].value.text.starts_with('-') && i + 1 < args.size();
    if (!option || !is_setting(args[i + 1].value.text)) return true;
  }
  return false;
}

std::string_view ContainerPrograms::shown_name(const Fact& command) {
  for (const Arg& arg : command.args()) {
    std::string_view text = arg.name == "wrapper" ? arg.value.text : std::string_view{};
    bool runs = text == "npx" || text == "bunx" || text.starts_with("npm ") || text.starts_with("pnpm ") ||
                text.starts_with("yarn ");
    if (runs) return text;
  }
  return command.name;
}

bool ContainerPrograms::is_package_runner(const Fact& command) const {
  if (command.name != "npm" && command.name != "yarn" && command.name != "pnpm") return false;
  for (const Arg& arg : command.args()) {
    if (arg.name.empty() && !arg.value.text.starts_with('-')) return !no_scripts.contains(arg.value.text);
  }
  return false;
}

bool ContainerPrograms::runs_package_manager(const Fact& command) const {
  const Value& wrapper = argument(command.args(), "wrapper");
  return is_package_runner(command) || wrapper.text == "npx" || wrapper.text == "npm exec";
}

std::string ContainerPrograms::runner_name(const Fact& command) const {
  return is_package_runner(command) ? std::string(command.name) : "npx";
}

bool ContainerPrograms::lasts(const Fact& command) const {
  return lasting.contains(command.name) || (servers.contains(command.name) && says_it_lasts(command));
}

bool ContainerPrograms::says_it_lasts(const Fact& command) const {
  return std::any_of(command.args().begin(), command.args().end(),
                     [&](const Arg& arg) { return arg.name.empty() && lasting_words.contains(arg.value.text); });
}

bool ContainerPrograms::runs_server(const Fact& command) const {
  return std::any_of(command.args().begin(), command.args().end(), [&](const Arg& arg) {
    std::string_view first = base_name(before_first(arg.value.text, ' '));
    bool text = arg.name.empty() && (arg.value.is(ValueKind::String) || arg.value.is(ValueKind::Template));
    return text && (servers.contains(first) || lasting.contains(first));
  });
}

}  // namespace tfcheck
