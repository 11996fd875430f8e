// What reads variables of the environment: code, the app's settings, scripts, start commands, deploy files.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "model/variables.h"

namespace tfcheck {

using VariableMap = std::map<std::string, Variable, std::less<>>;

void collect_reads(const ProjectView& view, VariableMap& into);

}  // namespace tfcheck
