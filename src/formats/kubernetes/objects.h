// Objects of Kubernetes, plain or in the templates of a chart.
#pragma once

#include <vector>

#include "formats/tree_entries/dialect.h"

namespace tfcheck {

// A document with `apiVersion` and `kind`.
bool is_object(const ParsedFile& file);
// The objects of a file: its documents, the items of a List, the objects of an OpenShift template.
std::vector<EntryRoot> object_roots(const ParsedFile& file);
// Images, commands and environment of the containers of an object.
void derive_object(const Document& document);

}  // namespace tfcheck
