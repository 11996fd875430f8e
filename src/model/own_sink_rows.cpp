// `log-sink` of a class that the project makes of a library's handler or appender of log files: where one is made, or
// a configuration names it.
#include <map>
#include <string_view>

#include "base/text.h"
#include "base/words.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/runtime_words.h"
#include "model/runtimes.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr int most_generations = 3;  // classes of the project between one and the library's

class OwnSinkRows {
 public:
  OwnSinkRows(const WholeProject& view, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        bases_(view.table("log-file-class")),
        rotates_(view.table("log-file-class").column("rotates")) {}

  void run() {
    for (int i = 0; i < most_generations && note_classes(); ++i) {
    }
    if (classes_.empty()) return;
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      if (!counts(project_.files[file])) continue;
      std::span<const Fact> facts = view_.facts(project_.files[file]);
      for (uint32_t i = 0; i < facts.size(); ++i) look_at({file, i}, facts[i]);
    }
  }

 private:
  struct Sink {
    std::string_view runtime;
    FactRef place;  // where the class is declared
    bool rotates = false;
  };

  static bool counts(const ProjectFile& file) {
    return file.facts && (file.scope & (scope::Outside | scope::Development)) == 0;
  }

  // True when another class was found.
  bool note_classes() {
    size_t before = classes_.size();
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      if (!counts(owner) || !is_program(owner)) continue;
      std::string_view runtime = runtime_of(owner.format());
      std::span<const Fact> facts = view_.facts(owner);
      for (uint32_t i = 0; i < facts.size(); ++i) {
        const Fact& fact = facts[i];
        bool base = fact.kind == FactKind::Call && fact.context.has(context::Annotation) &&
                    !fact.context.has(context::InFunction) && !fact.context.scope.empty();
        if (base) note_class({file, i}, runtime, last_word(fact.context.scope), fact.name);
      }
    }
    return classes_.size() > before;
  }

  void note_class(FactRef place, std::string_view runtime, std::string_view name, std::string_view base) {
    if (name.empty() || name == last_word(base)) return;
    if (const WordTable::Row* row = bases_.find(runtime, base)) {
      classes_.try_emplace(name, Sink{runtime, place, row->one(rotates_) == "yes"});
      return;
    }
    auto own = classes_.find(last_word(base));
    if (own != classes_.end() && own->second.runtime == runtime)
      classes_.try_emplace(name, Sink{runtime, place, own->second.rotates});
  }

  void look_at(FactRef ref, const Fact& fact) {
    constexpr uint32_t others = context::Annotation | context::DevGuard;
    bool makes = fact.kind == FactKind::Call && (fact.context.flags & others) == 0;
    std::string_view key = fact.kind == FactKind::Entry ? last_word(fact.name) : std::string_view{};
    bool names = key == "class" || key == "()" || key == "type";
    if (!makes && !(names && fact.value.is(ValueKind::String))) return;
    std::string_view name = makes ? made_class(fact.name) : last_word(fact.value.text);
    auto own = classes_.find(name);
    if (own == classes_.end()) return;
    const ProjectFile& file = project_.files[ref.file];
    if (makes && (runtime_of(file.format()) != own->second.runtime || is_inside(fact, name))) return;
    FactRef made = DerivedRow(FactKind::LogSink, ref, file.format())
                       .column("type", name)
                       .flag("rotates", own->second.rotates)
                       .flag("attached")
                       .add_to(facts_, project_);
    if (own->second.place.file != ref.file) facts_.add_related(made, {own->second.place, "the class is made here"});
  }

  // Ruby's constructor is a method of the class.
  static std::string_view made_class(std::string_view call) {
    return last_word(call.ends_with(".new") ? call.substr(0, call.size() - 4) : call);
  }

  // What a class does with its own name.
  static bool is_inside(const Fact& fact, std::string_view name) {
    return before_first(fact.context.scope, '.') == name;
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  const RuntimeWords bases_;
  size_t rotates_;
  std::map<std::string_view, Sink> classes_;  // by the last part of their name
};

}  // namespace

void derive_own_log_sinks(const WholeProject& view, ModelFacts& facts) {
  OwnSinkRows(view, facts).run();
}

}  // namespace tfcheck
