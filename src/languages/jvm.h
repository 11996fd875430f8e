// What the libraries of the Java platform mean in every language that calls them.
#pragma once

#include "languages/code_walker.h"

namespace tfcheck {

// Adds the reads of an annotation that takes a setting: @Value("${DB_URL:…}"), @ConfigProperty(name = "DB_URL").
void read_jvm_annotation(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args);

// The variable that an annotation such as @Value("${X}") among these modifiers has just been found to read.
Value annotated_read(CodeWalker& walker, Node modifiers);

// Environment.getProperty("DATABASE_URL", "d"), for Spring also answers from variables; Absent for other calls.
Value spring_property(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args);

}  // namespace tfcheck
