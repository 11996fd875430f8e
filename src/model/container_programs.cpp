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

bool ContainerPrograms::is_one_off(const Fact& command) const {
  return std::any_of(command.args().begin(), command.args().end(),
                     [&](const Arg& arg) { return arg.name.empty() && one_off_words.contains(arg.value.text); });
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
