// XML configuration. Elements and attributes become entries by path, without namespace prefixes:
// "configuration.appender.file" is an element's text, "configuration.appender.class" an attribute. Every element has
// one entry, of kind Map when it has no text; siblings of one name have the same path. One whose only attribute is
// `value`
// (`<file value="app.log"/>`) has that as its value.
//
// Context.index is the running number of the parent element (1 is the root, 0 its parent): entries with one index stand
// in the same element, so an appender's class attribute and its <file> child do. It is a number per file.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Formats: "maven", "msbuild", "nuget", "dotnet-config", "nlog", "log4net", "web-xml", "persistence", "hibernate",
// "spring-beans", "logback", "log4j", "server-xml", "xml"; "xml-data" has no facts (Android resources, resx, SVG, XLIFF
// …). Normalised entries come behind those of the elements: "appSettings.KEY", "connectionStrings.NAME",
// "environmentVariables.NAME", "applicationSettings.NAME", "persistence.property.NAME", "hibernate.property.NAME",
// "bean.CLASS.PROPERTY", and log4j's <param> as a key of its parent. Properties that a logging configuration or a POM
// defines are resolved within the file.
const Adapter& xml_adapter();

}  // namespace tfcheck
