#include "model/variable_places.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "model/images.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

std::string_view last_part(std::string_view path) {
  return path.substr(path.rfind('.') + 1);
}

std::string_view parent_of(std::string_view path) {
  size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot);
}

class Places {
 public:
  Places(const ProjectView& view, VariableMap& into)
      : view_(view),
        project_(view.project),
        into_(into),
        keys_(view.set("environment-key")),
        pair_keys_(view.set("environment-pair-key")),
        formats_(view.set("environment-format")),
        samples_(view.set("sample-file")),
        lists_(view.set("variable-list-format")),
        list_keys_(view.set("variable-list-key")),
        images_(view) {}

  void run() {
    for (file_ = 0; file_ < project_.files.size(); ++file_) {
      const ProjectFile& file = project_.files[file_];
      if (file.scope & (scope::Test | scope::Vendored | scope::Generated | scope::Minified | scope::Retired)) continue;
      told_.clear();
      if (file.facts && view_.looks_at(file_)) look_at(file);
      look_at_words(file);
    }
  }

 private:
  void look_at(const ProjectFile& file) {
    std::string_view format = file.format();
    development_ = file.scope & (scope::Development | scope::Seed | scope::Packing | scope::Editor);
    sample_ = (file.scope & scope::Example) || samples_.contains(base_name(file.path));
    bool ci = (file.scope & scope::Ci) || file.tells(tells::Ci);
    source_ = ci ? VariableSource::Ci : sample_ ? VariableSource::Example : VariableSource::Deploy;
    bool lists = lists_.contains(format);
    bool gives = file.tells(tells::Deploy | tells::Environment | tells::Ci) || formats_.contains(format);
    std::span<const Fact> facts = view_.facts(file);
    note_foreign(facts);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      const Fact& fact = facts[i];
      if (fact.kind == FactKind::Command) {
        add_assignments(fact, i);
      } else if (fact.kind == FactKind::Assign && format == "shell") {
        if (argument(fact.args(), "by").text == "export") add(fact.name, fact, i, fact.value, script_source());
      } else if (fact.kind == FactKind::Entry && lists) {
        look_at_listed(fact, i);
      } else if (fact.kind == FactKind::Entry && gives) {
        look_at_entry(format, fact, i);
      }
    }
  }

  VariableSource script_source() const { return source_ == VariableSource::Deploy ? VariableSource::Script : source_; }

  // FOO=1 node server.js
  void add_assignments(const Fact& command, uint32_t index) {
    for (const Arg& arg : command.args()) {
      if (arg.name.ends_with('='))
        add(arg.name.substr(0, arg.name.size() - 1), command, index, arg.value, script_source());
    }
  }

  void look_at_entry(std::string_view format, const Fact& fact, uint32_t index) {
    if (format == "dotenv") {
      VariableSource source = source_ == VariableSource::Deploy ? VariableSource::File : source_;
      return add(fact.name, fact, index, fact.value, source);
    }
    if (format == "app-json") return look_at_manifest(fact, index);
    std::string_view name = last_part(fact.name), parent = parent_of(fact.name);
    if (format == "dockerfile") {
      if (parent == "ARG") add(name, fact, index, fact.value, VariableSource::Argument);
      if (parent == "ENV") add(name, fact, index, fact.value, VariableSource::Image);
      return;
    }
    if (holds_variables(parent)) {
      // "environment.0": the items of a list have entries of their own names.
      if (!is_digits(name)) add(name, fact, index, fact.value, source_, is_foreign(parent));
      return;
    }
    // envVars.0.key = "NAME", secrets.0.name = "NAME"
    if (!pair_keys_.contains(name) || !fact.value.is(ValueKind::String)) return;
    std::string_view list = parent_of(parent);
    if (is_digits(last_part(parent)) && holds_variables(list))
      add(fact.value.text, fact, index, {}, source_, is_foreign(list));
  }

  // turbo.json: {"tasks": {"build": {"env": ["NAME", "!OTHER", "PUBLIC_*"]}}}
  void look_at_listed(const Fact& fact, uint32_t index) {
    std::string_view list = parent_of(fact.name);
    if (is_digits(last_part(fact.name)) && list_keys_.contains(last_part(list)) && fact.value.is(ValueKind::String))
      add(fact.value.text, fact, index, {}, VariableSource::Example);
  }

  // app.json: {"env": {"NAME": {"value": …, "generator": "secret", "required": false}}}
  void look_at_manifest(const Fact& fact, uint32_t index) {
    std::string_view rest = fact.name;
    if (!rest.starts_with("env.")) return;
    rest.remove_prefix(4);
    std::string_view name = before_first(rest, '.'), key = last_part(rest);
    bool value = key == name || key == "value";
    add(name, fact, index, value && !fact.value.is(ValueKind::Map) ? fact.value : Value{}, VariableSource::Example);
  }

  bool holds_variables(std::string_view path) const {
    std::string_view last = last_part(path), above = last_part(parent_of(path));
    if (keys_.contains(last)) return true;
    size_t length = above.size() + 1 + last.size();
    return !above.empty() && keys_.contains(path.substr(path.size() - std::min(length, path.size())));
  }

  // Images of containers that are not built here, by the path of the container.
  void note_foreign(std::span<const Fact> facts) {
    foreign_.clear();
    for (const Fact& fact : facts) {
      if (fact.kind != FactKind::Image || argument(fact.args(), "build").is(ValueKind::Bool)) continue;
      std::string_view place = fact.context.scope;
      if (last_part(place) == "image") place = parent_of(place);
      if (!images_.is_own(fact.name)) foreign_.emplace(place);
    }
  }

  bool is_foreign(std::string_view parent) const {
    return foreign_.contains(parent_of(parent)) || foreign_.contains(parent_of(parent_of(parent)));
  }

  void look_at_words(const ProjectFile& file) {
    bool document = !file.facts || file.format() != "dotenv";
    development_ = false;
    for (const ToldVariable& told : file.told) {
      if (told_.contains(told.name)) continue;
      VariableSource source = document ? VariableSource::Document : VariableSource::Example;
      Span span{told.at, told.at + static_cast<uint32_t>(told.name.size())};
      into_[told.name].places.push_back({file_, no_index, span, source, {}, false, false});
    }
  }

  void add(std::string_view name, const Fact& fact, uint32_t index, const Value& value, VariableSource source,
           bool foreign = false) {
    if (!is_variable_name(name)) return;
    Variable& variable = into_[std::string(name)];
    told_.emplace(name);
    bool development = development_ || (fact.context.flags & context::Development);
    // Kubernetes says a name in one entry and what it is in another.
    VariablePlace* last = variable.places.empty() ? nullptr : &variable.places.back();
    bool again = last && last->file == file_ && last->fact != no_index && !last->value && last->source == source;
    bool same = last && last->file == file_ && value && last->value && last->value.span.begin == value.span.begin;
    if (same) return;
    if (again) {
      *last = {file_, index, fact.span, source, value, development, foreign};
      return;
    }
    variable.places.push_back({file_, index, fact.span, source, value, development, foreign});
  }

  const ProjectView& view_;
  const Project& project_;
  VariableMap& into_;
  const WordSet &keys_, &pair_keys_, &formats_, &samples_, &lists_, &list_keys_;
  ImageCensus images_;
  // Of the present file.
  uint32_t file_ = 0;
  VariableSource source_ = VariableSource::Deploy;
  bool development_ = false, sample_ = false;
  std::set<std::string, std::less<>> told_;  // what its facts tell
  std::set<std::string_view> foreign_;
};

}  // namespace

void collect_places(const ProjectView& view, VariableMap& into) {
  Places(view, into).run();
}

}  // namespace tfcheck
