// Settings in braces: JAAS, Logstash and what else is called .conf, `name { key = value }`, and Hjson and JSON5,
// `name: { key: value }`; one a line.
#pragma once

#include <cstdint>

#include "facts/adapter.h"

namespace tfcheck {

enum class ConfSyntax : uint8_t { Equals, Colons };

// Adds an Entry for each line that gives a value to a key, named by the braces that it stands in; other lines say
// nothing.
void read_conf(const SourceFile& file, FileFacts& facts, ConfSyntax syntax = ConfSyntax::Equals);

}  // namespace tfcheck
