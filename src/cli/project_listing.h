// What commands print that list what the model knows of a project: `files`, `components`, `facts --derived`. Texts of
// the audited tree are shown without their secrets.
#pragma once

#include <functional>
#include <string>

#include "cli/options.h"
#include "model/project.h"
#include "report/masking.h"
#include "report/sources.h"

namespace tfcheck {

struct ListedProject {
  const Project& project;
  const Sources& sources;
  Masker& masker;
};

// Reads what the options name, prints what `show` makes of it, and returns the exit code.
int list_project(const Options& options, const std::function<std::string(const ListedProject&)>& show);

// The root of a component as it is shown, "." for that of the audit and for none.
std::string shown_root(const Component* component, Masker& masker);

}  // namespace tfcheck
