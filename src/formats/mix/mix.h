// Mix's manifest of Elixir: mix.exs.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Format "mix": Dependency facts of what `deps` lists, ecosystem "hex", args "group" ("dev,test"), "source" (git URL,
// GitHub name or path) and "branch"; Entry "app", "version" and "elixir" of the project. mix.lock has no facts.
const Adapter& mix_adapter();

}  // namespace tfcheck
