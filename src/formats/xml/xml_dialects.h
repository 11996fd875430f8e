// What the elements of known XML dialects mean: dependencies, and pairs of name and value as entries of their own.
#pragma once

#include <span>
#include <string_view>

#include "facts/file_facts.h"
#include "formats/xml/xml_properties.h"
#include "formats/xml/xml_reader.h"

namespace tfcheck {

// Dependency facts of a POM, ecosystem "maven": "group:artifact", args "group" ("management", "parent", "plugin") and
// "scope". A version that the same file manages counts.
void add_maven_dependencies(const XmlDocument& document, FileFacts& facts);
// PackageReference, PackageVersion (group "central") and packages.config's package, ecosystem "nuget".
void add_nuget_dependencies(const XmlDocument& document, FileFacts& facts);
// The normalised entries that xml.h lists; `paths` are the elements' own.
void add_pairs(const XmlDocument& document, std::span<const std::string_view> paths, FileFacts& facts);
// What a logging configuration defines for its own references.
XmlProperties logging_properties(const XmlDocument& document);

}  // namespace tfcheck
