// HOCON: the settings of Akka, Play, Ktor and others of the JVM. Any JSON is HOCON, so braces, commas and quotes may be
// left out or stand on one line.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// True for what is called as HOCON is, or refers to a variable as nothing else does, `${?X}`.
bool looks_like_hocon(const SourceFile& file);

// Adds an Entry for each value, named by the objects and elements that it stands in: "db.password", "roles.0". A later
// `key = ${?X}` makes what stood before the default of X.
void read_hocon(const SourceFile& file, FileFacts& facts);

}  // namespace tfcheck
