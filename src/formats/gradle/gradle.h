// Gradle's build files, Groovy or Kotlin: build.gradle and build.gradle.kts.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// What a line reader sees in them: Dependency facts "group:artifact", ecosystem "gradle", of `dependencies { }` (of a
// version catalog its accessor, "libs.flyway.core"), "group": the configuration, development for those of tests; Entry
// "plugins.ID", value: its version. Everything else is a program that nobody runs here.
const Adapter& gradle_adapter();

}  // namespace tfcheck
