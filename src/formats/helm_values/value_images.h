// The images that values of a chart name: in a file of their own, or in an object that installs the chart.
#pragma once

#include "formats/tree_entries/document.h"

namespace tfcheck {

// Adds the image of one node: "image: nginx", a map of it with `repository` and `tag`, or such a map by another name.
void add_value_image(const Document& document, const TreePlace& place);

}  // namespace tfcheck
