#include "report/causes.h"

#include <algorithm>

#include "base/text.h"
#include "model/scope.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

constexpr size_t longest_fact = 2000;  // bytes of what it is written from

// What is left of `room` behind a value's texts.
size_t room_behind(const Value& value, size_t room) {
  room -= std::min(room, value.text.size() + 1);
  for (const Arg& item : value.items()) {
    if (room == 0) return 0;
    room = room_behind(item.value, room - std::min(room, item.name.size()));
  }
  return room;
}

// A value can stand for far more than its place in the file: not all of it is told of every finding.
bool is_short(const Fact& fact) {
  size_t room = room_behind(fact.value, longest_fact - std::min(longest_fact, fact.name.size()));
  for (const Arg& arg : fact.args()) room = room_behind(arg.value, room - std::min(room, arg.name.size()));
  return room > 0;
}

}  // namespace

Causes::File::File(const MaskWords& words, const FileFacts& facts, std::string of_file, SensitiveFile secrets)
    : text(std::move(of_file)), writer(words, facts, text, std::move(secrets)) {
  for (uint32_t i = 0; i < facts.facts().size(); ++i) by_span.emplace(facts.facts()[i].span, i);
}

// Constructs nest: the one that begins last before the span is mostly the one that holds it.
std::optional<uint32_t> Causes::File::innermost(Span span) const {
  constexpr int most_steps = 16;
  std::optional<std::pair<Span, uint32_t>> best;
  auto at = by_span.upper_bound(Span{span.begin, UINT32_MAX});
  for (int step = 0; step < most_steps && at != by_span.begin(); ++step) {
    --at;
    bool holds = at->first.end >= span.end;
    if (holds && (!best || at->first.end - at->first.begin < best->first.end - best->first.begin)) best = *at;
  }
  return best ? std::optional(best->second) : std::nullopt;
}

Causes::File& Causes::file(uint32_t index) {
  auto [place, fresh] = files_.try_emplace(index);
  if (fresh)
    place->second = std::make_unique<File>(*sources_.words, *project_.files[index].facts, sources_.text(index),
                                           masker_.by_facts(index));
  return *place->second;
}

std::optional<FactRef> Causes::fact_of(const Finding& finding) {
  if (finding.cause && finding.cause->fact) return finding.cause->fact;
  if (!finding.span || !project_.files[finding.file].facts) return std::nullopt;
  std::optional<uint32_t> found = file(finding.file).innermost(*finding.span);
  return found ? std::optional(FactRef{finding.file, *found}) : std::nullopt;
}

void Causes::put_fact(ReportCause& cause, FactRef ref) {
  const Fact& fact = project_.fact(ref);
  bool is_own = ref.fact < project_.own_facts(ref.file);  // else the model has put it together
  std::string words = !is_short(fact) ? std::string(to_string(fact.kind)) + " " + std::string(fact.name)
                      : is_own        ? file(ref.file).writer.write(ref.fact)
                                      : to_string(fact);
  cause.fact = masker_.words(shorten(words, longest_fact), ref.file);
  cause.scope = masker_.words(fact.context.scope, ref.file);
  for (const FlagName& flag : flag_names()) {
    if (fact.context.has(flag.bit)) cause.flags.emplace_back(flag.name);
  }
  FactRef command = project_.anchor(ref);
  bool runs = command.fact != no_index && project_.fact(command).kind == FactKind::Command;
  CommandRole role = runs ? project_.command(command).role : CommandRole::Other;
  if (role != CommandRole::Other) cause.command = to_string(role);
}

std::optional<ReportCause> Causes::of(const Finding& finding) {
  if (finding.rule >= rules_.rules().size()) return std::nullopt;
  ReportCause cause;
  cause.page = rules_.rules()[finding.rule].file;
  if (finding.cause) cause.line = finding.cause->line;
  const ProjectFile& owner = project_.files[finding.file];
  cause.format = owner.format();
  cause.role = scope_names(owner.scope);
  if (const Component* component = project_.component_of(finding.file)) {
    cause.component = component->root.empty() ? "." : masker_.path(component->root);
    cause.component_kind = to_string(component->kind);
  }
  if (std::optional<FactRef> fact = fact_of(finding)) put_fact(cause, *fact);
  return cause;
}

}  // namespace tfcheck
