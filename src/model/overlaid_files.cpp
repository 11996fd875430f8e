#include "model/overlaid_files.h"

#include <algorithm>

#include "base/text.h"
#include "base/words.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t longest_name = 200;  // of a file
constexpr int deepest = 3;            // lists of names within a call

}  // namespace

OverlaidFiles::OverlaidFiles(const ProjectView& view)
    : view_(view), overlays_(view.set("environment-overlay-call")), stages_(view.set("deployed-stage")) {}

bool OverlaidFiles::contains(uint32_t file) {
  const ProjectFile& owner = view_.project.files[file];
  bool data = owner.adapter && owner.adapter->kind == AdapterKind::Config;
  if (!data || (owner.scope & scope::Outside)) return false;
  std::string_view name = base_name(owner.path), stem = before_first(name, '.');
  std::string snake = snake_case(stem);
  std::vector<std::string_view> words = split(snake, '_');
  if (std::any_of(words.begin(), words.end(), [&](std::string_view word) { return stages_.contains(word); }))
    return false;
  if (!named_) named_ = named_files();
  std::string_view folder = base_name(dir_name(owner.path));
  for (std::string_view said : {name, stem, folder}) {
    if (!said.empty() && named_->contains({owner.component, std::string(said)})) return true;
  }
  return false;
}

OverlaidFiles::Named OverlaidFiles::named_files() const {
  Named named;
  for (const ProjectFile& file : view_.project.files) {
    bool code = file.facts && file.adapter && file.adapter->kind == AdapterKind::Code && !(file.scope & scope::Outside);
    if (!code) continue;
    std::span<const Fact> facts = view_.facts(file);
    bool overlays = std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      return fact.kind == FactKind::Call && overlays_.contains(fact.name);
    });
    if (!overlays) continue;
    for (const Fact& fact : facts) {
      if (fact.kind != FactKind::Call) continue;
      for (const Arg& arg : fact.args()) note_texts(file.component, arg.value, 0, named);
    }
  }
  return named;
}

void OverlaidFiles::note_texts(uint32_t component, const Value& value, int depth, Named& into) const {
  if (value.is(ValueKind::String) && !value.text.empty() && value.text.size() <= longest_name)
    into.emplace(component, base_name(value.text));
  if (!value.is(ValueKind::List) || depth == deepest) return;
  for (const Arg& item : value.items()) note_texts(component, item.value, depth + 1, into);
}

}  // namespace tfcheck
