// The nginx adapter: directives as entries whose paths are the blocks they stand in ("http.upstream.backend.ip_hash",
// "server.location.proxy_pass"). Context.index numbers the blocks of a file, so that directives of one block are known
// as siblings. Templates of Jinja, ERB and envsubst are read as they are.
#pragma once

#include <string_view>

#include "facts/adapter.h"

namespace tfcheck {

// The adapter claims "*.conf" too: a file that does not look like nginx gets no facts and the format "conf".
const Adapter& nginx_adapter();

// True when text has a block that only nginx has (`server {`, `upstream NAME {`, `location PATH {`, `events {`).
bool looks_like_nginx(std::string_view text);

}  // namespace tfcheck
