// `signal`: code that handles one, by itself ([[signal-call]]) or through a library or host that does ([[graceful]]).
#include <algorithm>
#include <vector>

#include "base/text.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/runtime_words.h"
#include "model/runtimes.h"

namespace tfcheck {

namespace {

constexpr std::string_view unknown_signal = "any";

// "TERM" of SIGTERM, signal.SIGTERM, "SIGTERM", 15; "" for what names no signal.
std::string_view signal_name(const Value& value) {
  if (value.text == "15") return "TERM";
  if (value.text == "2") return "INT";
  if (!value.is_literal() && !value.is(ValueKind::Name)) return unknown_signal;
  std::string_view last = value.text.substr(value.text.find_last_of(".:") + 1);
  if (last.starts_with("SIG")) return last.substr(3);
  if (value.is(ValueKind::Name)) return value.text.find('.') == std::string_view::npos ? unknown_signal : "";
  bool plain = last.size() >= 3 && last.size() <= 6 &&
               last.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
  return plain ? last : std::string_view{};
}

class SignalRows {
 public:
  SignalRows(const WholeProject& view, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        calls_(view.table("signal-call")),
        every_(view.table("signal-call").column("every")),
        from_(view.table("signal-call").column("from")),
        graceful_(view.table("graceful")),
        by_(view.table("graceful").column("by")) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (!owner.facts || !owner.adapter || owner.adapter->kind != AdapterKind::Code) continue;
      std::string_view runtime = runtime_of(owner.format());
      std::span<const Fact> facts = view_.facts(owner);
      for (uint32_t i = 0; i < facts.size(); ++i) look(runtime, {file, i}, facts[i]);
    }
  }

 private:
  void look(std::string_view runtime, FactRef ref, const Fact& fact) {
    std::string_view by = fact.kind == FactKind::Call     ? "call"
                          : fact.kind == FactKind::Import ? "import"
                          : fact.kind == FactKind::Assign ? "assign"
                                                          : "";
    if (by.empty()) return;
    if (const WordTable::Row* row = graceful_.find(runtime, fact.name); row && row->has(by_, by))
      DerivedRow(FactKind::Signal, ref, "TERM").value(fact.name).column("language", runtime).add_to(facts_, project_);
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
    for (std::string_view name : names) {
      DerivedRow(FactKind::Signal, ref, name)
          .value(handler.is(ValueKind::Name) ? handler.text : fact.name)
          .column("language", runtime)
          .flag("ignored", is_ignored(handler))
          .add_to(facts_, project_);
    }
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

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  RuntimeWords calls_;
  size_t every_, from_;
  RuntimeWords graceful_;
  size_t by_;
};

}  // namespace

void derive_signals(const WholeProject& view, ModelFacts& facts) {
  SignalRows(view, facts).run();
}

}  // namespace tfcheck
