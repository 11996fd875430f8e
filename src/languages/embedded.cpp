#include "languages/embedded.h"

#include <algorithm>
#include <iterator>

namespace tfcheck {

namespace {

constexpr ScriptHost hosts[] = {
    {".vue", {.name = "vue", .example = "App.vue"}, scripts_of_markup},
    {".svelte", {.name = "svelte", .example = "App.svelte"}, scripts_of_markup},
    {".ipynb", {.name = "notebook", .example = "app.ipynb", .alias = "ipynb"}, cells_of_notebook},
};

}  // namespace

std::span<const ScriptHost> script_hosts() {
  return hosts;
}

const ScriptHost* script_host(std::string_view path) {
  const auto* host = std::find_if(std::begin(hosts), std::end(hosts),
                                  [&](const ScriptHost& one) { return path.ends_with(one.ending); });
  return host == std::end(hosts) ? nullptr : host;
}

}  // namespace tfcheck
