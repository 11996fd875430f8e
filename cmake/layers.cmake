# tf_layer(NAME LINK … PRIVATE …): one static library of everything below src/NAME. A folder of source files needs no
# list of them: adding a file, a language or a format is adding it to its folder.
function(tf_flags target)
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/src")
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE -Wno-restrict)  # false alarms on std::string + (GCC PR 105329)
  endif()
  if(TFCHECK_SANITIZE)
    target_link_options(${target} PRIVATE ${TFCHECK_SANITIZERS})
  endif()
endfunction()

# The program's own code: with sanitizers where they are asked for. Tests go without, they take three times as long to
# compile with them and nothing of them runs at a user's.
function(tf_product_flags target)
  tf_flags(${target})
  if(TFCHECK_SANITIZE)
    target_compile_options(${target} PRIVATE ${TFCHECK_SANITIZERS} -fno-omit-frame-pointer)
  endif()
  tf_precompile(${target} product)
endfunction()

# What most files include is parsed once for all targets of a kind (product, tests), which are compiled alike; the first
# of them keeps it. Only where a build from scratch is to be fast: other builds show which file lacks an include.
option(TFCHECK_PRECOMPILE "precompile the standard headers" OFF)
set(TFCHECK_COMMON_HEADERS <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string>
  <string_view> <unordered_map> <utility> <vector> <fmt/format.h>)
if(TFCHECK_PRECOMPILE)
  add_compile_options(-pthread)  # some libraries ask for it, and it must be the same for all
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)  # ccache wants it
  endif()
endif()
function(tf_precompile target kind)
  if(NOT TFCHECK_PRECOMPILE)
    return()
  endif()
  get_property(keeper GLOBAL PROPERTY precompiled_${kind})
  if(keeper)
    target_precompile_headers(${target} REUSE_FROM ${keeper})
  else()
    target_precompile_headers(${target} PRIVATE ${TFCHECK_COMMON_HEADERS} ${ARGN})
    set_property(GLOBAL PROPERTY precompiled_${kind} ${target})
  endif()
endfunction()

function(tf_layer name)
  cmake_parse_arguments(ARG "" "" "LINK;PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${name}/*.cpp" "${CMAKE_SOURCE_DIR}/src/${name}/*.h")
  add_library(${name} STATIC ${sources})
  set_target_properties(${name} PROPERTIES OUTPUT_NAME tf_${name} LINKER_LANGUAGE CXX)
  target_link_libraries(${name} PUBLIC ${ARG_LINK} PRIVATE ${ARG_PRIVATE})
  tf_product_flags(${name})
endfunction()

# tf_rules(): the pages and vocabularies below rules/, checked and compiled by rulec, and the native rules beside them.
# The folder is the registry: nothing else lists a rule.
function(tf_rules)
  file(GLOB_RECURSE pages CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}/rules" "${CMAKE_SOURCE_DIR}/rules/*.md" "${CMAKE_SOURCE_DIR}/rules/*.toml")
  file(GLOB_RECURSE natives CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/rules/*.cpp")
  set(embedded "${CMAKE_BINARY_DIR}/rules_embedded.cpp")
  set(inputs ${pages})
  list(TRANSFORM inputs PREPEND "${CMAKE_SOURCE_DIR}/rules/")
  string(REPLACE ";" "\n" listing "${pages};${natives}")
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/rules.list" CONTENT "${listing}\n")
  add_executable(rulec "${CMAKE_SOURCE_DIR}/src/rulec/main.cpp")
  target_link_libraries(rulec PRIVATE scan)
  tf_product_flags(rulec)
  add_custom_command(OUTPUT "${embedded}"
    COMMAND rulec "${CMAKE_SOURCE_DIR}/rules" "${CMAKE_BINARY_DIR}/rules.list" "${embedded}"
    DEPENDS rulec ${inputs} ${natives} "${CMAKE_BINARY_DIR}/rules.list" VERBATIM)
  add_library(rules STATIC ${natives} "${embedded}")
  set_target_properties(rules PROPERTIES OUTPUT_NAME tf_rules)
  target_link_libraries(rules PUBLIC engine PRIVATE re2)
  tf_product_flags(rules)
endfunction()
