// Classes that a .NET configuration fills by the name of a section: what their properties say first is a default.
// Looked up over the whole project when first asked.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "model/project_view.h"

namespace tfcheck {

class OptionsClasses {
 public:
  // `view` outlives this.
  explicit OptionsClasses(const ProjectView& view);
  // The assignment is what a property of such a class says first: `class MailOptions` beside a section "Mail" or
  // "MailOptions" of an appsettings file, or one that code asks for by that name.
  bool hold(const ProjectFile& owner, const Fact& assignment);

 private:
  using Names = std::set<std::string, std::less<>>;
  const Names& sections();
  std::string without_kind(std::string_view name) const;

  const ProjectView& view_;
  const WordSet &kinds_, &asks_;
  std::optional<Names> sections_;  // in lower case, without what says that they are settings
};

}  // namespace tfcheck
