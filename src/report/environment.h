// The environment of a repository as `tfcheck env` tells it: plain values whose texts are safe to print and hold no
// secret, and one function for each form in which they are written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/project.h"
#include "report/emit.h"
#include "report/masking.h"
#include "report/sources.h"

namespace tfcheck {

// What a variable is given, or what stands in for it.
struct ListedValue {
  enum class Kind : uint8_t {
    None,
    Literal,    // `text` is it
    Hidden,     // a literal that is a secret, or may hold one
    Reference,  // somebody else says it
    Computed,   // code works it out
  };
  Kind kind = Kind::None;
  std::string text;
};
std::string_view to_string(ListedValue::Kind kind);

struct ListedPlace {
  std::string path;
  uint32_t line = 0;
  std::string by;  // what reads, gives or tells: "code", "compose", "example" …
  ListedValue value;
  bool required = false;
  bool development = false;
  bool ci = false;
};

struct ListedVariable {
  std::string name;
  bool secret = false, platform = false, library = false, required = false, computed = false;
  bool has_default = false, optional = false;  // optional: it is only read where a condition holds
  ListedValue fallback;
  std::vector<ListedPlace> read, given, told;
  std::string like;  // the name that is meant, where this one looks misspelt
};

struct EnvironmentListing {
  std::vector<ListedVariable> variables;  // in order of their names
  // Gaps, by number of the variable.
  std::vector<size_t> unprovided, unread, told_unread, misspelt, differing;
};

EnvironmentListing list_environment(const Project& project, const Sources& sources, Masker& masker);

// A table for people, cut to the width of the style.
std::string environment_text(const EnvironmentListing& listing, const TextStyle& style);
std::string environment_markdown(const EnvironmentListing& listing);
// schemas/environment.schema.json, "tfcheck-environment/1".
std::string environment_json(const EnvironmentListing& listing);
// A commented `.env.example`: secrets are empty, and reading it with a shell runs nothing.
std::string environment_dotenv(const EnvironmentListing& listing);

}  // namespace tfcheck
