// pip's requirement files, and the PEP 508 lines that pyproject.toml and setup.cfg share with them.
#pragma once

#include <optional>
#include <string_view>

#include "facts/adapter.h"

namespace tfcheck {

// A PEP 508 requirement, as views of its line.
struct PipRequirement {
  std::string_view name;
  std::string_view extras;      // "a,b"
  std::string_view constraint;  // "==1.2", ">=1,<2"; "" for a bare name
  std::string_view url;         // behind "name @"
  std::string_view marker;      // behind ";"
};

// Nothing when the text is no requirement.
std::optional<PipRequirement> parse_requirement(std::string_view text);

// Where a requirement stands and what else is known of it.
struct RequirementPlace {
  Span span;
  std::string_view scope;
  std::string_view group;
  uint32_t flags = 0;
  bool hashed = false;
};

// Adds the Dependency fact of a requirement, ecosystem "pypi".
void add_requirement(FileFacts& facts, const PipRequirement& requirement, const RequirementPlace& place);

// requirements*.txt, requirements/*.txt, constraints*.txt. Imports (scope "-r" or "-c") are the files they include,
// entries their options ("--index-url").
const Adapter& requirements_adapter();

}  // namespace tfcheck
