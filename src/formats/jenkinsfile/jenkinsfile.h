// Jenkinsfiles as text: of declarative pipelines, and of scripted ones where they are written alike, the shell steps of
// each stage, the environment, the tools and the images of agents. Nothing of Groovy is run.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& jenkinsfile_adapter();

}  // namespace tfcheck
