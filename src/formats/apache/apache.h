// Apache's configuration and .htaccess: directives in <blocks>. Names mean the same in any case and are written in
// lower case: "virtualhost.wsgiscriptalias".
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& apache_adapter();

// A file called .conf whose first directives are Apache's.
bool looks_like_apache(std::string_view text);

}  // namespace tfcheck
