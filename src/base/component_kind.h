// What kind of thing a part of a repository is.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace tfcheck {

enum class ComponentKind : uint8_t {
  App,             // something starts it
  Client,          // runs in a browser, on a phone or on a desktop
  Tool,            // an entry that does not serve: a console script, what only a build runs
  Library,         // neither
  Infrastructure,  // no source: only what deploys
};
std::string_view to_string(ComponentKind kind);

// Kinds by root ("." for the audit's), where somebody says so.
using ComponentKinds = std::map<std::string, ComponentKind, std::less<>>;

}  // namespace tfcheck
