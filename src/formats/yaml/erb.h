// The Ruby between `<%` and `%>` that prints nothing: what it reads of the environment goes into values further down.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Adds the reads of `<% user = ENV["DB_USER"] || "shop" %>`; what `<%= … %>` reads is part of its value.
void add_erb_reads(const SourceFile& file, FileFacts& facts);

}  // namespace tfcheck
