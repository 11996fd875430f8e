// Java's .properties files.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Formats: "spring" (application*.properties, bootstrap*.properties), "log4j", "gradle-wrapper", "properties". Keys are
// verbatim; entries of a file for a development profile have the Development flag; Context.index counts the documents
// that `#---` separates.
const Adapter& properties_adapter();

}  // namespace tfcheck
