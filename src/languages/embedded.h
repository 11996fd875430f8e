// Code inside files of another kind: the scripts of Vue and Svelte components, the code cells of notebooks. A host's
// reader takes the code out, a language reads it as if it were a file of its own, and every position goes back to where
// the code stands.
#pragma once

#include <span>
#include <string_view>

#include "facts/adapter.h"
#include "facts/embedded_code.h"

namespace tfcheck {

// A kind of file that holds code: a format of the language that claims its files.
struct ScriptHost {
  std::string_view ending;  // of its files: ".vue"
  Format format;
  EmbeddedCode (*take)(std::string_view file) = nullptr;
};

std::span<const ScriptHost> script_hosts();
// The host of a path; null for a file that is code itself.
const ScriptHost* script_host(std::string_view path);

// The `<script>` elements of a page that hold JavaScript or TypeScript.
EmbeddedCode scripts_of_markup(std::string_view file);
// The code cells of a Jupyter notebook with a Python kernel. What only IPython understands says nothing.
EmbeddedCode cells_of_notebook(std::string_view file);

}  // namespace tfcheck
