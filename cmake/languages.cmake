# What src/languages/ holds, as a list of C++: a folder <l> with <l>.cpp is a language, which has const Adapter&
# <l>_adapter(). Adding a language is adding its folder.
function(tf_languages)
  file(GLOB folders CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}/src/languages" "${CMAKE_SOURCE_DIR}/src/languages/*")
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/languages/*/*.cpp")  # a new file in an old folder
  foreach(folder IN LISTS folders)
    if(EXISTS "${CMAKE_SOURCE_DIR}/src/languages/${folder}/${folder}.cpp")
      string(APPEND declarations "const Adapter& ${folder}_adapter();\n")
      string(APPEND adapters "      &${folder}_adapter(),\n")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/languages_registry.cpp" @ONLY CONTENT [=[
// Made by cmake/languages.cmake.
#include "languages/registry.h"

namespace tfcheck {

@declarations@
std::span<const Adapter* const> code_adapters() {
  static const Adapter* const adapters[] = {
@adapters@  };
  return adapters;
}

}  // namespace tfcheck
]=])
  target_sources(languages PRIVATE "${CMAKE_BINARY_DIR}/languages_registry.cpp")
endfunction()
