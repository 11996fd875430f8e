# What src/formats/ holds, as lists of C++: a folder <f> with <f>.h is a reader (const Adapter& <f>_adapter()), one with
# dialect.cpp a dialect of YAML, JSON or TOML (const TreeDialect& <f>_dialect()); the others are what these share. Adding
# a format is adding its folder.
function(tf_formats)
  file(GLOB folders CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}/src/formats" "${CMAKE_SOURCE_DIR}/src/formats/*")
  # A new file in a folder that is there already is seen by these.
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/formats/*/*.h" "${CMAKE_SOURCE_DIR}/src/formats/*/dialect.cpp")
  foreach(folder IN LISTS folders)
    if(EXISTS "${CMAKE_SOURCE_DIR}/src/formats/${folder}/${folder}.h")
      string(APPEND includes "#include \"formats/${folder}/${folder}.h\"\n")
      string(APPEND adapters "      &${folder}_adapter(),\n")
    endif()
    if(EXISTS "${CMAKE_SOURCE_DIR}/src/formats/${folder}/dialect.cpp")
      string(APPEND declarations "const TreeDialect& ${folder}_dialect();\n")
      string(APPEND dialects "      &${folder}_dialect(),\n")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/formats_registry.cpp" @ONLY CONTENT [=[
// Made by cmake/formats.cmake.
#include "formats/registry.h"

#include "formats/tree_entries/dialect.h"
@includes@
namespace tfcheck {

@declarations@
std::span<const Adapter* const> format_adapters() {
  static const Adapter* const adapters[] = {
@adapters@  };
  return adapters;
}

std::span<const TreeDialect* const> tree_dialects() {
  static const TreeDialect* const dialects[] = {
@dialects@  };
  return dialects;
}

}  // namespace tfcheck
]=])
  target_sources(formats PRIVATE "${CMAKE_BINARY_DIR}/formats_registry.cpp")
endfunction()
