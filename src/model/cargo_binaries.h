// What a package of Cargo is built to: the binaries that its manifest names, and those that lie where Cargo looks.
#pragma once

#include <string>
#include <vector>

#include "model/project.h"

namespace tfcheck {

struct CargoBinaries {
  std::string package;             // its name, "" where the manifest is none of a package
  std::vector<std::string> names;  // of its binaries, in no order
  bool named = false;              // the manifest itself names one
};

// `manifest` is a Cargo.toml of `component`; without facts, or outside its root, it is none of a package.
CargoBinaries cargo_binaries(const Project& project, const Component& component, const ProjectFile& manifest);

}  // namespace tfcheck
