// What a scalar of a configuration file is: a literal, a read of the environment, a reference that somebody else
// resolves, or text built from parts. One reading of `${X:-d}`, `${{ secrets.X }}`, `$(X)`, `<%= ENV['X'] %>`,
// `{{ … }}`, `%env(X)%`, `!Ref X` and their like for all formats.
#pragma once

#include <string_view>

#include "facts/file_facts.h"
#include "formats/tree_entries/config_tree.h"

namespace tfcheck {

// Which `$` forms a document knows besides `${X}`.
enum class Expansion : uint8_t {
  Braces,     // ${X} with an environment-like name; other names are references
  Compose,    // $X and ${x} in any case; $$ is a dollar
  Kubernetes  // $(X)
};

// A plain (unquoted) scalar that YAML reads as null, bool or number; String for the rest.
ValueKind plain_kind(std::string_view text);
// "true" for true, yes, on in any usual case, else "false".
std::string_view bool_text(std::string_view text);
// ALL_CAPS: what names of environment variables look like.
bool env_like(std::string_view name);

// The value of text with its references.
Value text_value(FileFacts& facts, std::string_view text, Span span, Expansion expansion);
// The value of a scalar or null node, its type and tag included.
Value scalar_value(FileFacts& facts, const ConfigNode& node, Expansion expansion);

}  // namespace tfcheck
