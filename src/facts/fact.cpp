#include "facts/fact.h"

namespace tfcheck {

const Value& argument(std::span<const Arg> args, std::string_view name, int position) {
  static constexpr Value absent;
  int index = 0;
  const Value* found = nullptr;
  for (const Arg& arg : args) {
    if (!name.empty() && arg.name == name) return arg.value;
    if (arg.name.empty() && index++ == position) found = &arg.value;
  }
  return found ? *found : absent;
}

std::string_view to_string(FactKind kind) {
  switch (kind) {
    case FactKind::Import:
      return "import";
    case FactKind::Call:
      return "call";
    case FactKind::Assign:
      return "assign";
    case FactKind::Entry:
      return "entry";
    case FactKind::EnvRead:
      return "env-read";
    case FactKind::Command:
      return "command";
    case FactKind::Image:
      return "image";
    case FactKind::Dependency:
      return "dependency";
    case FactKind::Branch:
      return "branch";
    case FactKind::Process:
      return "process";
    case FactKind::Server:
      return "server";
    case FactKind::Signal:
      return "signal";
    case FactKind::Loop:
      return "loop";
    case FactKind::Manifest:
      return "manifest";
    case FactKind::Package:
      return "package";
    case FactKind::Install:
      return "install";
    case FactKind::ImageUse:
      return "image";
    case FactKind::VersionUse:
      return "version";
    case FactKind::LogSink:
      return "log-sink";
    case FactKind::SchemaChange:
      return "schema-change";
    case FactKind::Variable:
      return "variable";
    case FactKind::Service:
      return "service";
    case FactKind::Repository:
      return "repository";
  }
  return "?";
}

std::string_view to_string(ValueKind kind) {
  switch (kind) {
    case ValueKind::Absent:
      return "absent";
    case ValueKind::Null:
      return "null";
    case ValueKind::Bool:
      return "bool";
    case ValueKind::Number:
      return "number";
    case ValueKind::String:
      return "string";
    case ValueKind::Env:
      return "env";
    case ValueKind::Call:
      return "call";
    case ValueKind::Name:
      return "name";
    case ValueKind::Template:
      return "template";
    case ValueKind::List:
      return "list";
    case ValueKind::Map:
      return "map";
    case ValueKind::Function:
      return "function";
    case ValueKind::Unknown:
      return "unknown";
  }
  return "?";
}

std::span<const FlagName> flag_names() {
  static constexpr FlagName names[] = {{"function", context::InFunction},
                                       {"loop", context::InLoop},
                                       {"loop-forever", context::LoopForever},
                                       {"condition", context::InCondition},
                                       {"try", context::InTry},
                                       {"main", context::InMain},
                                       {"dev-guard", context::DevGuard},
                                       {"cli-guard", context::CliGuard},
                                       {"annotation", context::Annotation},
                                       {"development", context::Development},
                                       {"background", context::Background},
                                       {"pipe-in", context::PipeIn},
                                       {"pipe-out", context::PipeOut},
                                       {"exec", context::Exec},
                                       {"shell-form", context::ShellForm},
                                       {"final-stage", context::FinalStage},
                                       {"and-next", context::AndNext},
                                       {"substitution", context::Substitution},
                                       {"nohup", context::Nohup},
                                       {"setsid", context::Setsid},
                                       {"sudo", context::Sudo},
                                       {"negated", context::Negated},
                                       {"sourced", context::Sourced},
                                       {"locked", context::Locked}};
  return names;
}

std::string_view to_string(CommandRole role) {
  switch (role) {
    case CommandRole::Other:
      return "other";
    case CommandRole::Start:
      return "start";
    case CommandRole::Release:
      return "release";
    case CommandRole::Build:
      return "build";
    case CommandRole::Ci:
      return "ci";
    case CommandRole::Cron:
      return "cron";
    case CommandRole::Health:
      return "health";
  }
  return "?";
}

}  // namespace tfcheck
