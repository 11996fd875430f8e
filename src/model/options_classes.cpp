#include "model/options_classes.h"

#include <vector>

#include "base/text.h"

#include "model/scope.h"
#include "model/service_address.h"

namespace tfcheck {

static std::string_view last_part(std::string_view name) {
  return name.substr(name.rfind('.') + 1);
}

OptionsClasses::OptionsClasses(const ProjectView& view)
    : view_(view), kinds_(view.set("options-class-word")), asks_(view.set("section-call")) {}

bool OptionsClasses::hold(const ProjectFile& owner, const Fact& assignment) {
  bool property = owner.format() == "csharp" && assignment.kind == FactKind::Assign &&
                  !assignment.context.has(context::InFunction) && !assignment.context.scope.empty() &&
                  assignment.name.find('.') == std::string_view::npos;
  if (!property) return false;
  std::string_view name = last_part(assignment.context.scope);
  std::string plain = without_kind(name);
  bool is_options = plain.size() < name.size();
  return is_options && !plain.empty() && sections().contains(plain);
}

// "mail" of MailOptions, "shop" of ShopSettings.
std::string OptionsClasses::without_kind(std::string_view name) const {
  std::vector<std::string> words = words_of(name);
  if (words.size() > 1 && kinds_.contains(words.back())) words.pop_back();
  std::string plain;
  for (const std::string& word : words) plain += word;
  return plain;
}

const OptionsClasses::Names& OptionsClasses::sections() {
  if (sections_) return *sections_;
  sections_.emplace();
  for (const ProjectFile& file : view_.project.files) {
    bool settings = file.format() == "appsettings", code = file.format() == "csharp";
    if ((!settings && !code) || (file.scope & scope::Outside)) continue;
    for (const Fact& fact : view_.facts(file)) {
      bool section = settings && fact.kind == FactKind::Entry && fact.value.is(ValueKind::Map);
      if (section) sections_->insert(without_kind(last_part(fact.name)));
      bool asks = code && fact.kind == FactKind::Call && asks_.contains(last_part(fact.name)) && !fact.args().empty();
      if (!asks) continue;
      const Value& asked = fact.args()[0].value;  // "Mail:Smtp", or MailOptions.Position
      if (asked.is(ValueKind::String)) sections_->insert(without_kind(asked.text.substr(asked.text.rfind(':') + 1)));
      if (asked.is(ValueKind::Name)) sections_->insert(without_kind(before_first(asked.text, '.')));
    }
  }
  return *sections_;
}

}  // namespace tfcheck
