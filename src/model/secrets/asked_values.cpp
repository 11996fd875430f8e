#include "model/secrets/asked_values.h"

#include <algorithm>

#include "model/runtimes.h"

namespace tfcheck {

namespace {

constexpr uint32_t farthest = 40;       // facts between a value and the question
constexpr uint32_t longest_prompt = 5;  // facts between a question's words and the reading of its answer

}  // namespace

AskedValues::AskedValues(const ProjectView& view)
    : calls_(view.set("asking-person-call")),
      reads_(view.set("reading-person-call")),
      commands_(view.set("asking-command")),
      words_(view.set("secret-word")) {}

bool AskedValues::asks(const Fact& fact) const {
  if (fact.kind == FactKind::Command) {
    bool from_file = fact.context.has(context::PipeIn) || std::any_of(fact.args().begin(), fact.args().end(),
                                                                      [](const Arg& arg) { return arg.name == "<"; });
    return commands_.contains(fact.name) && !from_file;
  }
  std::string_view last = fact.name.substr(fact.name.rfind('.') + 1);
  return fact.kind == FactKind::Call && (calls_.contains(last) || reads_.contains(last));
}

bool AskedValues::speaks_of_secret(const Fact& fact) const {
  if (fact.kind != FactKind::Call && fact.kind != FactKind::Command) return false;
  return std::any_of(fact.args().begin(), fact.args().end(), [&](const Arg& arg) {
    bool text = arg.value.is(ValueKind::String) || arg.value.is(ValueKind::Template);
    return text && words_.contains(arg.value.text);
  });
}

void AskedValues::set_file(const ProjectFile& file) {
  prompts_.clear();
  facts_ = file.facts ? std::span<const Fact>(file.facts->facts()) : std::span<const Fact>{};
  shell_ = is_command_script(file);
  uint32_t spoken = UINT32_MAX;  // the last fact that speaks of a secret
  for (uint32_t i = 0; i < facts_.size(); ++i) {
    if (speaks_of_secret(facts_[i])) spoken = i;
    bool near =
        spoken != UINT32_MAX && i - spoken <= longest_prompt && facts_[spoken].context.scope == facts_[i].context.scope;
    if (near && asks(facts_[i])) prompts_.push_back(i);
  }
}

bool AskedValues::is_asked_near(uint32_t fact) const {
  if (shell_) return !prompts_.empty();
  auto first = std::lower_bound(prompts_.begin(), prompts_.end(), fact > farthest ? fact - farthest : 0);
  if (first != prompts_.end() && *first == fact) ++first;  // builder.secret("…") is handed one
  return first != prompts_.end() && *first <= fact + farthest &&
         facts_[*first].context.scope == facts_[fact].context.scope;
}

}  // namespace tfcheck
