#include "engine/rule_findings.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "engine/native.h"
#include "model/base_settings.h"
#include "model/runtimes.h"
#include "model/scope.h"
#include "model/units.h"

namespace tfcheck {

namespace {

constexpr size_t most_related = 3;  // of the places that one finding joins
constexpr size_t most_users = 40;   // … of an image, or of a whole component

constexpr std::string_view only_asked = ", where somebody asks for it",
                           only_by_hand = ", where somebody runs it by hand";

// How much of several findings that are one the one that stands says: what is in force before what is not yet.
auto weight_of(const Finding& finding) {
  return std::tuple(finding.severity, !finding.later, finding.confidence);
}

std::string with_limit(std::string message, std::string_view limit) {
  if (limit.empty()) return message;
  if (message.ends_with('.')) message.pop_back();
  return message.append(limit).append(".");
}

}  // namespace

std::string RuleFindings::place_of(uint32_t rule, Reach once, FactRef ref) const {
  if (once == Reach::Project) return {};
  const ProjectFile& file = project_.files[ref.file];
  if (once == Reach::Component && rules_.rules()[rule].per_language)
    return std::to_string(file.component) + " " + std::string(runtime_of(file.format()));
  if (once == Reach::Component) return std::to_string(file.component);
  const Fact& fact = project_.fact(ref);
  if (once == Reach::Function) return file.path + " " + std::string(fact.context.scope);
  if (once == Reach::Same) return what_is_said(file, ref);
  return once == Reach::Unit ? file.path + " " + unit_of(file, fact) : file.path;
}

// One key and value in the settings of one folder (profiles repeat what they inherit), one first argument in the calls
// of one function, one file that a program's output goes to (the arms of a condition), one command with its words in a
// script, one image at one tag in a component. Nothing else says the same as another; what stands in a file with
// suppressions is told by itself, so that they hide nothing else.
std::string RuleFindings::what_is_said(const ProjectFile& file, FactRef ref) const {
  const Fact& fact = project_.fact(ref);
  if (fact.kind == FactKind::ImageUse && !file.has_directive)
    return std::to_string(file.component) + "\n" + std::string(fact.name) + "\n" + std::string(fact.value.text);
  bool setting = fact.kind == FactKind::Entry && file.adapter && file.adapter->kind == AdapterKind::Config;
  if (setting && !fact.value.text.empty())
    return std::string(dir_name(file.path)) + "\n" + lower(fact.name) + "\n" + std::string(fact.value.text);
  bool arm = fact.kind == FactKind::Call && fact.context.has(context::InCondition) && !fact.args().empty();
  bool command = fact.kind == FactKind::Command && !fact.args().empty();
  const Value& first = arm ? fact.args()[0].value : fact.value;
  bool told = first.is(ValueKind::String) || first.is(ValueKind::Template) || first.is(ValueKind::Name);
  if (arm && told) return file.path + "\n" + std::string(fact.context.scope) + "\n" + std::string(first.text);
  bool writes = fact.kind == FactKind::Command && fact.context.has(context::InCondition);
  for (const Arg& arg : writes ? fact.args() : std::span<const Arg>{}) {
    if ((arg.name == ">" || arg.name == ">>") && !arg.value.text.empty())
      return file.path + "\n" + std::string(fact.name) + "\n" + std::string(arg.value.text);
  }
  if (command) {
    std::string said = file.path + "\n" + std::string(fact.name);
    for (const Arg& arg : fact.args()) said.append("\n").append(arg.name).append(" ").append(arg.value.text);
    return said;
  }
  return std::to_string(ref.file) + "\n" + std::to_string(ref.fact);
}

// The whole file or section is the developers', not only a service that mounts its source.
bool RuleFindings::is_development(FactRef ref) const {
  return (project_.files[ref.file].scope & scope::Development) || project_.fact(ref).context.has(context::Development);
}

// Code of a branch that only development takes, a setting of a profile of development.
bool RuleFindings::is_guarded(FactRef ref) const {
  if (ref.fact == no_index) return false;
  const Fact& fact = project_.fact(ref);
  bool is_setting = fact.kind == FactKind::Entry && fact.context.has(context::Development);
  return is_setting || fact.context.has(context::DevGuard);
}

// A setting that the deploy itself gives by another file, section or variable.
bool RuleFindings::is_only_default(FactRef ref) {
  if (ref.fact >= project_.own_facts(ref.file)) return false;
  const Fact& fact = project_.fact(ref);
  const ProjectFile& file = project_.files[ref.file];
  bool setting = fact.kind == FactKind::Entry && file.adapter && file.adapter->kind == AdapterKind::Config &&
                 !file.tells(tells::Deploy | tells::Environment);
  return setting && (layers_.is_default(ref.file, fact) || layers_.is_set_anew(ref.file, fact));
}

std::optional<Finding> RuleFindings::make(uint32_t rule_index, const Words& words,
                                          const MessageSubject& subject) const {
  const Rule& rule = rules_.rules()[rule_index];
  FactRef ref = subject.fact, anchor = project_.anchor(ref);
  const Fact& fact = project_.fact(ref);
  bool whole_file = anchor.fact == no_index;
  bool runs = !whole_file && project_.fact(anchor).kind == FactKind::Command;
  CommandInfo info = runs ? project_.command(anchor) : CommandInfo{};
  bool started = info.role == CommandRole::Start;
  FactRef place = started ? info.place : ref;
  std::vector<Finding> made;
  NativeContext context(project_, rule, rule_index, rules_.vocabulary(), made);
  Finding* finding = context.report(place.file, whole_file ? std::nullopt : std::optional(project_.fact(place).span),
                                    fill_message(words.message, project_, subject));
  if (!finding) return std::nullopt;
  finding->cause = Cause{words.line, ref};
  bool lowered = finding->severity == Severity::Note && rule.severity != Severity::Note;
  if (words.severity && !lowered) finding->severity = *words.severity;
  if (words.confidence) finding->confidence = *words.confidence;
  if (info.guessed && finding->confidence == Confidence::High) finding->confidence = Confidence::Medium;
  if (info.development && rule.development == DevelopmentPolicy::Exempt && is_development(info.origin))
    return std::nullopt;
  bool row = (fact.kind >= FactKind::Process && fact.context.has(context::Development)) || is_guarded(anchor) ||
             (started && is_guarded(place));
  if (row && rule.development == DevelopmentPolicy::Exempt) return std::nullopt;
  if ((info.development || row) && rule.development != DevelopmentPolicy::Same) finding->severity = Severity::Note;
  if (started && place != ref && place != anchor) finding->related.push_back({ref.file, fact.span, "which runs this"});
  if (started && !info.main && info.origin != place)
    finding->related.push_back({info.origin.file, project_.fact(info.origin).span, "started from here"});
  if (const ModelFacts::Related* other = project_.related_of(ref))
    finding->related.push_back({other->place.file, project_.fact(other->place).span, std::string(other->label)});
  for (size_t i = 0; words.with && i < words.with->size() && i < subject.with.size(); ++i) {
    FactRef companion = subject.with[i];
    Span there = project_.fact(companion).span;
    bool itself = companion.file == finding->file && there == finding->span;  // an anchor that two sections take over
    if (!itself && !(*words.with)[i].label.empty())
      finding->related.push_back({companion.file, there, (*words.with)[i].label});
  }
  finding->everywhere = fact.kind == FactKind::Repository;
  return std::move(*finding);
}

// What only a setting asks for, or a run by hand, weighs as much as the page says. Gives the words that limit it.
std::string_view RuleFindings::weigh_asked_for(Finding& finding, FactRef ref) {
  std::optional<Severity> asked = rules_.rules()[finding.rule].asked_for;
  FactRef anchor = project_.anchor(ref);
  if (!asked || finding.severity <= *asked || anchor.fact == no_index) return {};
  bool by_hand = by_hand_.holds(anchor);
  if (!by_hand && !asked_.holds(anchor)) return {};
  finding.severity = *asked;
  std::string_view limit = by_hand ? only_by_hand : only_asked;
  finding.message = with_limit(std::move(finding.message), limit);
  return limit;
}

// Of several that are one, the one at the worst severity stands, of those the settings that others start from or the
// surest, else the first of them. Others of its file are no places of their own, unless each configures something or
// they stand for a whole component.
void RuleFindings::join(Joined& joined, Finding finding, const Words& words, const MessageSubject& subject,
                        std::string_view limit) {
  Finding& first = findings_[joined.finding];
  ++joined.subject.count;
  auto weight = weight_of(finding), known = weight_of(first);
  bool starts = weight == known && is_base_of(project_.files[finding.file], project_.files[first.file]);
  if (weight > known || starts) {
    size_t count = joined.subject.count;
    std::swap(first, finding);
    std::swap(first.related, finding.related);
    std::swap(first.joined, finding.joined);
    joined.message = &words.message;
    joined.subject = subject;
    joined.subject.count = count;
    joined.limit = limit;
  }
  first.joined.push_back({finding.file, finding.span, {}});
  FactKind kind = project_.fact(subject.fact).kind;
  bool whole = words.once == Reach::Component || words.once == Reach::Project;
  bool apart = kind == FactKind::LogSink || kind == FactKind::Entry || kind == FactKind::Command ||
               (whole && (kind == FactKind::Call || kind == FactKind::Variable));
  bool many = kind == FactKind::ImageUse || kind == FactKind::Command || whole;
  size_t most = many ? most_users : most_related;
  if ((apart || finding.file != first.file) && first.related.size() < most)
    first.related.push_back({finding.file, finding.span, "so does this one"});
}

void RuleFindings::at_fact(uint32_t rule, const Words& words, const MessageSubject& subject) {
  std::optional<Finding> finding = make(rule, words, subject);
  if (!finding) return;
  if (finding->severity > Severity::Note && is_only_default(subject.fact)) finding->severity = Severity::Note;
  std::string_view limit = weigh_asked_for(*finding, subject.fact);
  edition_.hold_back(*finding, rules_.rules()[rule], words.since);
  if (!words.once) {
    findings_.push_back(std::move(*finding));
    return;
  }
  auto [place, fresh] = joined_.try_emplace({rule, words.match, place_of(rule, *words.once, subject.fact)}, Joined{});
  if (!fresh) return join(place->second, std::move(*finding), words, subject, limit);
  place->second = {findings_.size(), &words.message, subject, limit};
  findings_.push_back(std::move(*finding));
}

void RuleFindings::at_file(uint32_t rule_index, const Words& words, uint32_t file) {
  const Rule& rule = rules_.rules()[rule_index];
  NativeContext context(project_, rule, rule_index, rules_.vocabulary(), findings_);
  Finding* finding = context.report(file, std::nullopt, fill_message(words.message, project_, file));
  if (finding) finding->cause = Cause{words.line, std::nullopt};
  if (finding && words.severity) finding->severity = std::min(finding->severity, *words.severity);
  if (finding && words.confidence) finding->confidence = *words.confidence;
  if (finding) edition_.hold_back(*finding, rule, words.since);
  bool whole = rule.once == Reach::Component || rule.once == Reach::Project;
  if (finding && whole) join_file(rule.once == Reach::Component ? project_.files[file].component : no_index);
}

// Files of one component, or of the repository, are one finding: the last one becomes a place of the first, or the
// other way round where it weighs more.
void RuleFindings::join_file(uint32_t component) {
  auto [known, fresh] = files_.try_emplace({findings_.back().rule, component}, findings_.size() - 1);
  if (fresh) return;
  Finding last = std::move(findings_.back());
  findings_.pop_back();
  Finding& first = findings_[known->second];
  if (weight_of(last) > weight_of(first)) {
    std::swap(first, last);
    std::swap(first.related, last.related);
    std::swap(first.joined, last.joined);
  }
  first.joined.push_back({last.file, last.span, {}});
  if (first.related.size() < most_users) first.related.push_back({last.file, last.span, "so is this one"});
}

std::vector<Finding> RuleFindings::take() {
  for (const auto& [key, joined] : joined_) {
    if (joined.subject.count == 1) continue;
    std::string message = fill_message(*joined.message, project_, joined.subject);
    findings_[joined.finding].message = with_limit(std::move(message), joined.limit);
  }
  return std::move(findings_);
}

}  // namespace tfcheck
