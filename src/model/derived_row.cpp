#include "model/derived_row.h"

#include <stdexcept>

#include "model/derived_kinds.h"

namespace tfcheck {

DerivedRow& DerivedRow::column(std::string_view name, std::string_view text) {
  if (!text.empty()) columns_.emplace_back(name, text);
  return *this;
}

DerivedRow& DerivedRow::flag(std::string_view name, bool on) {
  if (on) flags_.emplace_back(name);
  return *this;
}

void DerivedRow::check() const {
  const DerivedKind* kind = derived_kind(kind_);
  if (!kind) throw std::logic_error("a row of a kind that the model does not add");
  for (const auto& [name, text] : columns_) {
    const DerivedColumn* known = kind->find(name);
    if (!known || known->flag) throw std::logic_error("a " + std::string(kind->word) + " has no column " + name);
  }
  for (const std::string& name : flags_) {
    const DerivedColumn* known = kind->find(name);
    if (!known || !known->flag) throw std::logic_error("a " + std::string(kind->word) + " has no flag " + name);
  }
}

FactRef DerivedRow::add_to(ModelFacts& facts, const Project& project) const {
  check();
  Fact place = at_.fact == no_index ? Fact{} : project.fact(at_);
  if (span_) place.span = *span_;
  ModelFacts::OfFile& added = facts.at(at_.file);
  FileFacts& store = added.facts;
  std::vector<Arg> args;
  for (const auto& [name, text] : columns_) args.push_back({store.keep(name), store.string(text, place.span)});
  for (const std::string& name : flags_)
    args.push_back({store.keep(name), store.value(ValueKind::Bool, "true", place.span)});
  Value value = value_.empty() ? Value{} : store.string(value_, place.span);
  store.add(kind_, name_, place.span, value, args, place.context);
  if (store.full()) return {at_.file, no_index};
  added.anchors.push_back(at_.fact);
  return {at_.file, project.own_facts(at_.file) + static_cast<uint32_t>(added.anchors.size()) - 1};
}

}  // namespace tfcheck
