// HAProxy: directives in sections without braces: "backend.shop.cookie".
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& haproxy_adapter();

// A file called .cfg whose first lines open sections of HAProxy's.
bool looks_like_haproxy(std::string_view text);

}  // namespace tfcheck
