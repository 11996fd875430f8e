#include "report/environment.h"

#include <algorithm>
#include <map>
#include <memory>

#include "base/span.h"
#include "base/text.h"
#include "model/derive.h"
#include "model/variables.h"

namespace tfcheck {

namespace {

constexpr size_t longest_shown = 200;  // bytes of a value

struct KindName {
  ListedValue::Kind kind;
  std::string_view word;
};
constexpr KindName kind_names[] = {{ListedValue::Kind::None, "none"},
                                   {ListedValue::Kind::Literal, "literal"},
                                   {ListedValue::Kind::Hidden, "hidden"},
                                   {ListedValue::Kind::Reference, "reference"},
                                   {ListedValue::Kind::Computed, "computed"}};

class Lister {
 public:
  Lister(const Project& project, const Sources& sources, Masker& masker)
      : project_(project), sources_(sources), masker_(masker), view_(project) {}

  EnvironmentListing list() {
    std::vector<Variable> all = collect_variables(view_);
    std::erase_if(all, [&](const Variable& variable) { return !is_audited(variable); });
    EnvironmentListing listing;
    std::map<const Variable*, size_t> numbers;
    for (const Variable& variable : all) {
      numbers.emplace(&variable, listing.variables.size());
      listing.variables.push_back(listed(variable));
    }
    VariableGaps gaps = variable_gaps(all, view_);
    auto take = [&](const std::vector<const Variable*>& from, std::vector<size_t>& into) {
      for (const Variable* variable : from) into.push_back(numbers[variable]);
    };
    take(gaps.unprovided, listing.unprovided), take(gaps.unread, listing.unread);
    take(gaps.told_unread, listing.told_unread), take(gaps.misspelt, listing.misspelt);
    take(gaps.differing, listing.differing);
    return listing;
  }

 private:
  bool is_audited(const Variable& variable) const {
    auto audited = [&](const auto& place) { return project_.files[place.file].audited; };
    return std::any_of(variable.reads.begin(), variable.reads.end(), audited) ||
           std::any_of(variable.places.begin(), variable.places.end(), audited);
  }

  ListedVariable listed(const Variable& variable) {
    ListedVariable out;
    out.name = printable(variable.name);
    out.secret = variable.secret;
    out.platform = variable.platform;
    out.library = variable.library;
    out.required = variable.is_required();
    out.computed = variable.is_computed();
    out.has_default = variable.has_default();
    out.optional = std::all_of(variable.reads.begin(), variable.reads.end(),
                               [](const VariableRead& read) { return read.conditional || read.fallback; });
    out.like = printable(variable.like);
    if (const Value* fallback = out.has_default ? variable.fallback() : nullptr)
      out.fallback = shown(*fallback, file_of(variable, fallback), variable.secret, ListedValue::Kind::Computed);
    for (const VariableRead& read : variable.reads) {
      ListedPlace place = place_of(read.file, read.span);
      place.by = to_string(read.by);
      place.required = read.required && !read.fallback;
      place.development = read.development;
      place.value = shown(read.fallback, read.file, variable.secret, ListedValue::Kind::Computed);
      out.read.push_back(std::move(place));
    }
    for (const VariablePlace& told : variable.places) {
      ListedPlace place = place_of(told.file, told.span);
      place.by = to_string(told.source);
      if (told.source == VariableSource::Deploy || told.source == VariableSource::Ci)
        place.by = project_.files[told.file].format();
      place.development = told.development;
      place.ci = told.source == VariableSource::Ci;
      place.value = shown(told.value, told.file, variable.secret, ListedValue::Kind::Reference);
      (only_tells(told.source) ? out.told : out.given).push_back(std::move(place));
    }
    return out;
  }

  static uint32_t file_of(const Variable& variable, const Value* fallback) {
    auto found = std::find_if(variable.reads.begin(), variable.reads.end(),
                              [&](const VariableRead& read) { return &read.fallback == fallback; });
    return found->file;
  }

  ListedPlace place_of(uint32_t file, Span span) {
    ListedPlace place;
    place.path = printable(masker_.path(project_.files[file].path));
    auto lines = lines_.find(file);
    if (lines == lines_.end()) {
      texts_.push_back(std::make_unique<std::string>(sources_.text(file)));
      lines = lines_.try_emplace(file, *texts_.back()).first;
    }
    place.line = lines->second.line(span.begin);
    return place;
  }

  ListedValue shown(const Value& value, uint32_t file, bool secret, ListedValue::Kind otherwise) {
    if (!value || value.is(ValueKind::Null)) return {};
    bool literal = value.is(ValueKind::String) || value.is(ValueKind::Number) || value.is(ValueKind::Bool);
    if (!literal) return {otherwise, {}};
    if (value.text.empty()) return {ListedValue::Kind::Literal, {}};
    std::string plain = printable(value.text);
    bool hidden = secret || plain.size() > longest_shown || masker_.words(value.text, file) != plain;
    if (hidden) return {ListedValue::Kind::Hidden, {}};
    return {ListedValue::Kind::Literal, std::move(plain)};
  }

  const Project& project_;
  const Sources& sources_;
  Masker& masker_;
  WholeProject view_;
  std::vector<std::unique_ptr<std::string>> texts_;
  std::map<uint32_t, LineIndex> lines_;
};

}  // namespace

std::string_view to_string(ListedValue::Kind kind) {
  return std::find_if(std::begin(kind_names), std::end(kind_names),
                      [&](const KindName& row) { return row.kind == kind; })
      ->word;
}

EnvironmentListing list_environment(const Project& project, const Sources& sources, Masker& masker) {
  return Lister(project, sources, masker).list();
}

}  // namespace tfcheck
