// Kubernetes objects of the kind Secret: which of their entries are secret. A cluster is also told by one of what is
// none: of a repository by its address, of a switch, of an image by its name.
#pragma once

#include <string_view>

#include "model/secrets/secrets.h"

namespace tfcheck {

// "password" of "Secret.data.password" and of "Secret.stringData.password"; "" for every other entry.
std::string_view key_of_secret_object(std::string_view entry);
// True for an entry of a Secret by its full name whose key or value says that it is one: a word, a number, an address
// without a password, an object of these are none. What stands below `data` is looked at behind its base64.
bool is_secret_of_object(const Secrets& secrets, std::string_view entry, std::string_view value);

}  // namespace tfcheck
