#include "model/variables.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "masking/sensitive_name.h"
#include "model/scope.h"
#include "model/variable_places.h"
#include "model/variable_reads.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr size_t most_compared = 400;  // names on each side that a misspelling is looked for among
constexpr size_t short_name = 5;
constexpr size_t short_word = 4, long_word = 8;

struct Reader {
  VariableReader reader;
  std::string_view word;
};
constexpr Reader readers[] = {{VariableReader::Code, "code"},
                              {VariableReader::Settings, "settings"},
                              {VariableReader::Script, "script"},
                              {VariableReader::Start, "start"},
                              {VariableReader::Deploy, "deploy"}};

struct Source {
  VariableSource source;
  std::string_view word;
};
constexpr Source sources[] = {{VariableSource::Deploy, "deploy"},     {VariableSource::Image, "image"},
                              {VariableSource::Argument, "argument"}, {VariableSource::File, "file"},
                              {VariableSource::Script, "script"},     {VariableSource::Ci, "ci"},
                              {VariableSource::Example, "example"},   {VariableSource::Document, "document"}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The edits between two names, counted up to three: linear for names that differ by so few.
size_t distance(std::string_view a, std::string_view b) {
  constexpr size_t far = 3;
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() >= far) return far;
  std::vector<size_t> row(b.size() + 1), above(b.size() + 1), before(b.size() + 1);
  for (size_t j = 0; j < row.size(); ++j) above[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row.assign(row.size(), far);
    row[0] = i;
    for (size_t j = i > far ? i - far : 1; j <= std::min(b.size(), i + far); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return std::min(above[b.size()], far);
}

// Names that differ in their numbers alone are two names.
std::string without_digits(std::string_view name) {
  std::string letters;
  std::copy_if(name.begin(), name.end(), std::back_inserter(letters), [](char c) { return !is_digit(c); });
  return letters;
}

// One differs from the other in an S that a plural or `HTTPS` has.
bool is_plural(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  return a.size() == b.size() + 1 && a.back() == 'S' && a.starts_with(b);
}

// One slip in a word of four letters and more, or two in a long one. A short word, a plural and a number may well be
// another name.
bool looks_misspelt(std::string_view name, std::string_view right) {
  if (std::min(name.size(), right.size()) < short_name || name[0] != right[0]) return false;
  size_t edits = distance(name, right);
  if (edits == 0 || edits > 2 || without_digits(name) == without_digits(right)) return false;
  std::vector<std::string_view> ours = split(name, '_'), theirs = split(right, '_');
  if (ours.size() != theirs.size()) return edits == 1;  // DATABASEURL
  size_t shortest = name.size(), differing = 0;
  for (size_t i = 0; i < ours.size(); ++i) {
    if (ours[i] == theirs[i]) continue;
    if (is_plural(ours[i], theirs[i])) return false;
    shortest = std::min({shortest, ours[i].size(), theirs[i].size()});
    ++differing;
  }
  return differing == 1 && shortest >= (edits == 1 ? short_word : long_word);
}

// What is read is right; what is only given or documented may be wrong.
void mark_misspelt(std::vector<Variable>& all) {
  std::vector<Variable*> wrong;
  std::vector<const Variable*> right;
  for (Variable& variable : all) {
    if (variable.platform || variable.is_computed()) continue;
    if (variable.is_read() && right.size() < most_compared) right.push_back(&variable);
    if (!variable.is_read() && !variable.library && wrong.size() < most_compared) wrong.push_back(&variable);
  }
  for (Variable* one : wrong) {
    auto meant = std::find_if(right.begin(), right.end(),
                              [&](const Variable* other) { return looks_misspelt(one->name, other->name); });
    if (meant != right.end()) one->like = (*meant)->name;
  }
}

bool is_reference(const Value& value) {
  return !value.is(ValueKind::String) && !value.is(ValueKind::Number) && !value.is(ValueKind::Bool);
}

}  // namespace

std::string_view to_string(VariableReader reader) {
  return std::find_if(std::begin(readers), std::end(readers), [&](const Reader& row) { return row.reader == reader; })
      ->word;
}

std::string_view to_string(VariableSource source) {
  return std::find_if(std::begin(sources), std::end(sources), [&](const Source& row) { return row.source == source; })
      ->word;
}

bool only_tells(VariableSource source) {
  return source == VariableSource::Example || source == VariableSource::Document;
}

bool is_variable_name(std::string_view name) {
  if (name.size() < 2 || is_digit(name[0])) return false;
  bool small = false, large = false;
  for (char c : name) {
    bool lower_case = c >= 'a' && c <= 'z', upper_case = c >= 'A' && c <= 'Z';
    if (!lower_case && !upper_case && !is_digit(c) && c != '_') return false;
    small |= lower_case, large |= upper_case;
  }
  return large && (!small || (name.find("__") != std::string_view::npos && name[0] != '_'));
}

bool Variable::is_read_by_app() const {
  return std::any_of(reads.begin(), reads.end(), [](const VariableRead& read) { return !read.development; });
}

bool Variable::has_default() const {
  bool only_development = !is_read_by_app();
  return is_read() && std::all_of(reads.begin(), reads.end(), [&](const VariableRead& read) {
           return read.fallback || (read.development && !only_development);
         });
}

bool Variable::is_required() const {
  return std::any_of(reads.begin(), reads.end(), [](const VariableRead& read) {
    return read.required && !read.fallback && !read.conditional && !read.development;
  });
}

const Value* Variable::fallback() const {
  const Value* best = nullptr;
  for (const VariableRead& read : reads) {
    if (read.fallback && (!best || (is_reference(*best) && !is_reference(read.fallback)))) best = &read.fallback;
  }
  return best;
}

bool Variable::is_given() const {
  return std::any_of(places.begin(), places.end(), [](const VariablePlace& place) {
    return !only_tells(place.source) && place.source != VariableSource::Ci && place.source != VariableSource::Argument;
  });
}

bool Variable::is_documented() const {
  return std::any_of(places.begin(), places.end(), [](const VariablePlace& place) { return only_tells(place.source); });
}

std::vector<const VariablePlace*> Variable::differing() const {
  std::vector<const VariablePlace*> literal;
  for (const VariablePlace& place : places) {
    bool deploy = (place.source == VariableSource::Deploy || place.source == VariableSource::File) &&
                  !place.development && !place.foreign;
    if (deploy && place.value && !is_reference(place.value)) literal.push_back(&place);
  }
  std::map<uint32_t, std::set<std::string_view>> of_file;
  for (const VariablePlace* place : literal) of_file[place->file].insert(place->value.text);
  bool differ = false;
  for (const auto& [file, values] : of_file) differ |= values != of_file.begin()->second;
  if (!differ) literal.clear();
  return literal;
}

std::vector<Variable> collect_variables(const ProjectView& view) {
  std::map<std::string, Variable, std::less<>> found;
  collect_reads(view, found);
  collect_places(view, found);
  const WordSet &platform = view.set("platform-variable"), &library = view.set("library-variable");
  const WordSet& shell = view.set("shell-variable");
  const MaskWords& words = view.project.words().masking;
  std::vector<Variable> all;
  for (auto& [name, variable] : found) {
    if (shell.contains(name)) continue;
    variable.name = name;
    variable.platform = platform.contains(name);
    variable.library = library.contains(name);
    variable.secret = sense_of(words, name) != NameSense::Nothing;
    all.push_back(std::move(variable));
  }
  // A document's words are variables where something else knows them.
  std::erase_if(all, [](const Variable& variable) {
    return variable.reads.empty() &&
           std::all_of(variable.places.begin(), variable.places.end(),
                       [](const VariablePlace& place) { return place.source == VariableSource::Document; });
  });
  mark_misspelt(all);
  return all;
}

VariableGaps variable_gaps(const std::vector<Variable>& variables, const ProjectView& view) {
  const WordSet& of_service = view.set("service-variable");
  bool unread_source = std::any_of(view.project.files.begin(), view.project.files.end(), [](const ProjectFile& file) {
    return file.unread == Unread::UnreadLanguage && !(file.scope & scope::Outside);
  });
  VariableGaps gaps;
  for (const Variable& variable : variables) {
    bool told = variable.is_given() || variable.is_documented();
    if (!variable.like.empty()) gaps.misspelt.push_back(&variable);
    if (variable.platform) continue;
    if (variable.is_read_by_app() && !variable.has_default() && !told && !variable.is_computed())
      gaps.unprovided.push_back(&variable);
    if (variable.is_read() && !variable.differing().empty()) gaps.differing.push_back(&variable);
    if (variable.is_read() || variable.library || of_service.contains(variable.name) || unread_source) continue;
    auto gives = [](const VariablePlace& place) {
      return !only_tells(place.source) && place.source != VariableSource::Ci && !place.foreign &&
             place.source != VariableSource::Argument && place.source != VariableSource::Script;
    };
    if (std::any_of(variable.places.begin(), variable.places.end(), gives)) {
      gaps.unread.push_back(&variable);
    } else if (std::any_of(variable.places.begin(), variable.places.end(),
                           [](const VariablePlace& place) { return place.source == VariableSource::Example; })) {
      gaps.told_unread.push_back(&variable);
    }
  }
  return gaps;
}

}  // namespace tfcheck
