// `signal`: code that handles one.
#include <algorithm>
#include <vector>

#include "base/text.h"
#include "base/words.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/runtime_words.h"
#include "model/runtimes.h"
#include "model/scope.h"
#include "model/signals.h"

namespace tfcheck {

namespace {

constexpr std::string_view unknown_signal = "any";
constexpr size_t most_handlers = 64;  // files of a component; where there are more, one is there for every process

// "TERM" of SIGTERM, signal.SIGTERM, "SIGTERM", 15; "" for what names no signal.
std::string_view signal_name(const Value& value) {
  if (value.text == "15") return "TERM";
  if (value.text == "2") return "INT";
  if (!value.is_literal() && !value.is(ValueKind::Name)) return unknown_signal;
  if (value.text == "os.Interrupt") return "INT";
  std::string_view last = value.text.substr(value.text.find_last_of(".:") + 1);
  if (last.starts_with("SIG")) return last.substr(3);
  if (value.is(ValueKind::Name)) return value.text.find('.') == std::string_view::npos ? unknown_signal : "";
  bool plain = last.size() >= 3 && last.size() <= 6 &&
               last.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
  return plain ? last : std::string_view{};
}

class Signals {
 public:
  explicit Signals(const ProjectView& view)
      : view_(view),
        project_(view.project),
        calls_(view.table("signal-call")),
        every_(view.table("signal-call").column("every")),
        from_(view.table("signal-call").column("from")),
        graceful_(view.table("graceful")),
        by_(view.table("graceful").column("by")),
        telemetry_(view.set("telemetry-module")),
        flushing_(view.set("flushing-call")),
        beside_(view.set("call-beside-flushing")),
        closing_(view.set("closing-call")) {}

  std::vector<SignalUse> take() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (!owner.facts || !owner.adapter || owner.adapter->kind != AdapterKind::Code) continue;
      std::string_view runtime = runtime_of(owner.format());
      std::span<const Fact> facts = view_.facts(owner);
      for (uint32_t i = 0; i < facts.size(); ++i) look(runtime, {file, i}, facts[i]);
    }
    return std::move(found_);
  }

 private:
  void look(std::string_view runtime, FactRef ref, const Fact& fact) {
    std::string_view by = fact.kind == FactKind::Call     ? "call"
                          : fact.kind == FactKind::Import ? "import"
                          : fact.kind == FactKind::Assign ? "assign"
                                                          : "";
    if (by.empty()) return;
    if (const WordTable::Row* row = graceful_.find(runtime, fact.name); row && row->has(by_, by))
      found_.push_back({ref, "TERM", fact.name, runtime});
    else if (fact.kind == FactKind::Call)
      call(runtime, ref, fact);
  }

  void call(std::string_view runtime, FactRef ref, const Fact& fact) {
    const WordTable::Row* row = calls_.find(runtime, fact.name);
    if (!row) return;
    std::string_view from = row->one(from_);
    size_t first = is_digits(from) ? static_cast<size_t>(from[0] - '0') : 0;
    std::vector<std::string_view> names;
    std::span<const Arg> args = fact.args();
    if (row->has(from_, "literal") && (args.size() <= first || !args[first].value.is_literal())) return;
    for (size_t i = first; i < args.size() && (row->has(from_, "rest") || i == first); ++i) add(args[i].value, names);
    if (args.size() <= first && row->one(every_) == "yes") names.push_back(unknown_signal);
    const Value& handler = argument(args, {}, static_cast<int>(first) + 1);
    bool flushes = handler.is(ValueKind::Function) && only_flushes(ref);
    for (std::string_view name : names)
      found_.push_back(
          {ref, name, handler.is(ValueKind::Name) ? handler.text : fact.name, runtime, is_ignored(handler), flushes});
  }

  // The handler of a module of telemetry that sends what is left and leaves, and closes nothing.
  bool only_flushes(FactRef ref) {
    std::span<const Fact> facts = view_.facts(project_.files[ref.file]);
    bool telemetry = false, flushes = false;
    Span around = facts[ref.fact].span;
    for (const Fact& fact : facts) {
      telemetry |= fact.kind == FactKind::Import && telemetry_.contains(fact.name);
      if (fact.kind != FactKind::Call || fact.span == around) continue;
      std::string_view verb = last_word(fact.name);
      if (closing_.contains(verb)) return false;
      bool inside = around.begin <= fact.span.begin && fact.span.end <= around.end;
      if (inside && !flushing_.contains(verb) && !beside_.contains(verb)) return false;
      flushes |= inside && flushing_.contains(verb);
    }
    return telemetry && flushes;
  }

  static void add(const Value& value, std::vector<std::string_view>& names) {
    if (value.is(ValueKind::List)) {
      for (const Arg& item : value.items()) add(item.value, names);
      return;
    }
    if (std::string_view name = signal_name(value); !name.empty()) names.push_back(name);
  }

  static bool is_ignored(const Value& handler) {
    if (handler.is(ValueKind::Function)) return handler.text == "empty";
    return handler.text.ends_with("SIG_IGN") || handler.text == "IGNORE" || handler.text == "SIG_IGN";
  }

  const ProjectView& view_;
  const Project& project_;
  std::vector<SignalUse> found_;
  RuntimeWords calls_;
  size_t every_, from_;
  RuntimeWords graceful_;
  size_t by_;
  const WordSet &telemetry_, &flushing_, &beside_, &closing_;
};

}  // namespace

std::vector<SignalUse> signals_of(const ProjectView& view) {
  return Signals(view).take();
}

TermHandling::TermHandling(const ProjectView& view, const std::vector<SignalUse>& signals,
                           const ImportedFiles& imported)
    : project_(view.project), groups_(view, imported) {
  for (const SignalUse& use : signals) {
    const ProjectFile& owner = project_.files[use.at.file];
    bool term = use.signal == "TERM" || use.signal == unknown_signal;
    if (!term || use.flushes || (owner.scope & scope::Outside)) continue;
    std::vector<uint32_t>& files = handlers_[{owner.component, use.runtime}];
    if (files.empty() || files.back() != use.at.file) files.push_back(use.at.file);
  }
}

bool TermHandling::reaches(uint32_t file) const {
  const ProjectFile& owner = project_.files[file];
  auto found = handlers_.find({owner.component, runtime_of(owner.format())});
  if (found == handlers_.end()) return false;
  const std::vector<uint32_t>& files = found->second;
  return files.size() > most_handlers ||
         std::any_of(files.begin(), files.end(), [&](uint32_t other) { return groups_.may_share(file, other); });
}

void derive_signals(const std::vector<SignalUse>& signals, const WholeProject& view, ModelFacts& facts) {
  for (const SignalUse& use : signals) {
    DerivedRow(FactKind::Signal, use.at, use.signal)
        .value(use.handler)
        .column("language", use.runtime)
        .flag("ignored", use.ignored)
        .flag("flushes", use.flushes)
        .add_to(facts, view.project);
  }
}

}  // namespace tfcheck
