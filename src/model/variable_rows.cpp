// `variable`: what reads each variable of the environment, what gives it and what tells of it.
#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "model/derive.h"
#include "model/derived_row.h"
#include "model/variables.h"

namespace tfcheck {

namespace {

constexpr size_t longest_default = 60;

// Of several reads in a component the one that most asks for a value.
bool asks_more(const VariableRead& a, const VariableRead& b) {
  auto rank = [](const VariableRead& read) {
    return 8 * !read.development + 4 * !read.fallback + 2 * read.required + !read.conditional;
  };
  return rank(a) > rank(b);
}

std::string shown_default(const Variable& variable) {
  const Value* fallback = variable.fallback();
  if (!fallback) return {};
  bool plain = fallback->is(ValueKind::String) || fallback->is(ValueKind::Number) || fallback->is(ValueKind::Bool);
  bool shown = plain && !variable.secret && !fallback->text.empty() && fallback->text.size() <= longest_default;
  return shown ? std::string(fallback->text) : "*";
}

class VariableRows {
 public:
  VariableRows(const WholeProject& view, ModelFacts& facts) : view_(view), facts_(facts) {}

  void run(const std::vector<Variable>& variables) {
    for (const Variable& variable : variables) {
      bool told = variable.is_given() || variable.is_documented();
      telling_ |= told && variable.is_read_by_app() && !variable.platform;
    }
    for (const Variable& variable : variables) add(variable);
    // In order of places: of several that are one finding the first stands.
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.first < b.first; });
    for (const Row& row : rows_) row.second.add_to(facts_, view_.project);
  }

 private:
  using Row = std::pair<std::pair<uint32_t, uint32_t>, DerivedRow>;  // by file and place

  // A row for each component that reads it, at the read that says most; of what nothing reads where it is told.
  void add(const Variable& variable) {
    std::map<uint32_t, const VariableRead*> reads;  // by component
    for (const VariableRead& read : variable.reads) {
      const VariableRead*& best = reads[view_.project.files[read.file].component];
      if (!best || asks_more(read, *best)) best = &read;
    }
    for (const auto& [component, read] : reads) {
      DerivedRow row(FactKind::Variable, {read->file, read->fact}, variable.name);
      row.at(read->span).column("read", to_string(read->by));
      row.flag("required", read->required && !read->fallback && !read->conditional);
      row.flag("development", read->development);
      finish(row, variable, read->fallback ? shown_default(variable) : std::string());
      rows_.push_back({{read->file, read->span.begin}, std::move(row)});
    }
    if (!reads.empty() || variable.places.empty()) return;
    const VariablePlace& place = variable.places.front();
    DerivedRow row(FactKind::Variable, {place.file, place.fact}, variable.name);
    row.at(place.span).flag("development", place.development);
    finish(row, variable, {});
    rows_.push_back({{place.file, place.span.begin}, std::move(row)});
  }

  void finish(DerivedRow& row, const Variable& variable, const std::string& fallback) const {
    if (!fallback.empty()) row.value(fallback);
    std::string_view documented, provided;
    for (const VariablePlace& place : variable.places) {
      std::string_view& first = only_tells(place.source) ? documented : provided;
      if (first.empty() && place.source != VariableSource::Ci) first = view_.project.files[place.file].path;
    }
    row.column("documented", documented).column("provided", provided).column("like", variable.like);
    row.flag("secret", variable.secret).flag("platform", variable.platform || variable.is_computed());
    row.flag("telling", telling_);
  }

  const WholeProject& view_;
  ModelFacts& facts_;
  bool telling_ = false;
  std::vector<Row> rows_;
};

}  // namespace

void derive_variables(const WholeProject& view, const std::vector<Variable>& variables, ModelFacts& facts) {
  VariableRows(view, facts).run(variables);
}

}  // namespace tfcheck
