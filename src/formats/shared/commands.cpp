#include "formats/shared/commands.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

uint32_t finish(FileFacts& facts, size_t from, uint32_t index, CommandRole role) {
  for (size_t i = from; i < facts.facts().size(); ++i) {
    Fact& fact = facts.facts()[i];
    index = std::max(index, fact.context.index + 1);
    if (fact.kind == FactKind::Command) fact.role = role;
  }
  return index;
}

}  // namespace

uint32_t add_commands(FileFacts& facts, const ShellText& shell, CommandRole role) {
  size_t from = facts.facts().size();
  add_shell(facts, shell);
  return finish(facts, from, shell.index, role);
}

std::string windows_program(std::string_view written) {
  constexpr std::string_view ending = ".exe";
  if (written.size() > ending.size() && iequals(written.substr(written.size() - ending.size()), ending))
    written.remove_suffix(ending.size());
  std::string program(written);
  std::replace(program.begin(), program.end(), '\\', '/');
  return program;
}

uint32_t add_command_words(FileFacts& facts, std::span<const Arg> words, const WordsPlace& place, CommandRole role) {
  size_t from = facts.facts().size();
  add_exec(facts, words, place.span, place.scope, place.index, place.flags);
  return finish(facts, from, place.index, role);
}

}  // namespace tfcheck
