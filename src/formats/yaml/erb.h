// The Ruby between `<%` and `%>` that prints nothing: what it reads of the environment goes into values further down,
// and what it decides leaves parts of the file out.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Adds the reads of `<% user = ENV["DB_USER"] || "shop" %>`; what `<%= … %>` reads is part of its value.
void add_erb_reads(const SourceFile& file, FileFacts& facts);

// Flags the facts of an arm of `<% if ENV["ADAPTER"] == "x" %> … <% else %> … <% end %>` that is not the one in force
// while nothing is set, where the arms say the same keys: they are alternatives, and no parts of one file.
void flag_other_arms(const SourceFile& file, FileFacts& facts);

}  // namespace tfcheck
