// redis.conf and its like: `directive argument …`, one a line.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Adds an Entry per line: the directive in lower case, the arguments as one value.
void read_redis(const SourceFile& file, FileFacts& facts);

}  // namespace tfcheck
