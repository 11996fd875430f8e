#include "model/secrets/own_scripts.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "model/runtimes.h"

namespace tfcheck {

namespace {

constexpr size_t told_words = 3;  // of a command, that say what it runs

std::string beginning_of(const Fact& command) {
  std::string text(command.name);
  size_t words = 0;
  for (const Arg& arg : command.args()) {
    if (words == told_words) break;
    if (!arg.name.empty() || !arg.value.is(ValueKind::String)) continue;
    text += ' ';
    text += arg.value.text;
    ++words;
  }
  return text;
}

bool is_local(std::string_view host) {
  return host.empty() || host == "localhost" || host == "127.0.0.1" || host == "::1" || host.starts_with('/');
}

// "-h X", "-hX", "--host=X", "--host X"; "" where a command names none.
std::string_view host_of(const Fact& command) {
  std::span<const Arg> args = command.args();
  for (size_t i = 0; i < args.size(); ++i) {
    std::string_view word = args[i].value.text;
    if ((word == "-h" || word == "--host" || word == "-S") && i + 1 < args.size()) {
      const Value& next = args[i + 1].value;
      return next.is(ValueKind::String) ? next.text : std::string_view("?");
    }
    if (word.starts_with("--host=")) return word.substr(7);
    if (word.starts_with("-h") && word.size() > 2 && word != "-help") return word.substr(2);
  }
  return {};
}

}  // namespace

OwnScripts::OwnScripts(const ProjectView& view)
    : view_(view),
      development_(view.set("development-command")),
      clients_(view.set("database-client")),
      makers_(view.set("key-making-program")) {}

bool OwnScripts::is_own(uint32_t file) const {
  const ProjectFile& script = view_.project.files[file];
  if (!is_command_script(script)) return false;
  std::span<const Fact> facts = view_.facts(script);
  for (uint32_t i = 0; i < facts.size(); ++i) {
    if (facts[i].kind != FactKind::Command) continue;
    CommandRole role = view_.project.command({file, i}).role;
    if (role != CommandRole::Other && role != CommandRole::Ci) return false;
  }
  return !used().started.contains(script.path) && !used().packed.contains(base_name(script.path));
}

const OwnScripts::Used& OwnScripts::used() const {
  if (used_) return *used_;
  used_.emplace(Used{StartedFiles(view_.project), {}});
  auto take = [&](std::string_view words) {
    for (std::string_view word : split_words(words)) {
      if (word.ends_with("sh")) used_->packed.emplace(base_name(word));
    }
  };
  for (const ProjectFile& file : view_.project.files) {
    if (file.format() != "dockerfile") continue;
    for (const Fact& fact : view_.facts(file)) {
      if (fact.kind == FactKind::Entry && fact.value.is(ValueKind::String)) take(fact.value.text);
      if (fact.kind != FactKind::Command) continue;
      take(fact.name);
      for (const Arg& arg : fact.args()) take(arg.value.text);
    }
  }
  return *used_;
}

bool OwnScripts::is_client(const Fact& command) const {
  return command.kind == FactKind::Command && clients_.contains(command.name);
}

bool OwnScripts::makes_key(const Fact& command) const {
  return command.kind == FactKind::Command && makers_.contains(command.name);
}

bool OwnScripts::runs_for_developer(uint32_t file) const {
  std::span<const Fact> facts = view_.facts(view_.project.files[file]);
  bool runs = std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    return fact.kind == FactKind::Command && development_.contains(beginning_of(fact));
  });
  return runs && is_own(file);
}

bool OwnScripts::is_local_client(uint32_t file) const {
  std::span<const Fact> facts = view_.facts(view_.project.files[file]);
  bool elsewhere = std::any_of(facts.begin(), facts.end(),
                               [&](const Fact& fact) { return is_client(fact) && !is_local(host_of(fact)); });
  return !elsewhere && is_own(file);
}

}  // namespace tfcheck
