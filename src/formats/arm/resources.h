// What the resources of Azure say beyond their entries, as ARM templates and Bicep write them alike.
#pragma once

#include "formats/tree_entries/document.h"

namespace tfcheck {

// The app settings of App Service and the variables of containers as entries of their names, images of containers and
// those that a site runs ("DOCKER|acme/web:1").
void add_azure_resources(const Document& document);

}  // namespace tfcheck
