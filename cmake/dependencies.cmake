# What the build takes from the system and from npm, as targets with short names.
find_package(fmt REQUIRED)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(git2 REQUIRED IMPORTED_TARGET GLOBAL libgit2)
pkg_check_modules(hs REQUIRED IMPORTED_TARGET GLOBAL libhs)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET GLOBAL re2)
foreach(name git2 hs re2)
  add_library(${name} INTERFACE IMPORTED GLOBAL)
  target_link_libraries(${name} INTERFACE PkgConfig::${name})
endforeach()
# Start-up is a promise (`tfcheck version` in 5 ms) and most of it is the dynamic loader: release binaries take these
# libraries from their archives where the system has them. libgit2 stays shared: its own dependencies have no archives.
add_library(fmt_text INTERFACE IMPORTED GLOBAL)
target_link_libraries(fmt_text INTERFACE fmt::fmt)
if(TFCHECK_STATIC)
  set_target_properties(fmt_text PROPERTIES INTERFACE_LINK_LIBRARIES fmt::fmt-header-only)  # Debian ships no archive of it
  foreach(name hs re2)
    find_library(${name}_ARCHIVE lib${name}.a)
    if(${name}_ARCHIVE)
      set_target_properties(${name} PROPERTIES INTERFACE_LINK_LIBRARIES "${${name}_ARCHIVE};Threads::Threads"
                            INTERFACE_INCLUDE_DIRECTORIES "${${name}_INCLUDE_DIRS}")
    endif()
  endforeach()
  add_link_options(-static-libstdc++ -static-libgcc)
endif()
find_package(nlohmann_json REQUIRED)
if(NOT TARGET nlohmann_json)
  add_library(nlohmann_json INTERFACE IMPORTED GLOBAL)
  target_link_libraries(nlohmann_json INTERFACE nlohmann_json::nlohmann_json)
endif()
# Header-only uses: no link needed, only the headers' presence.
find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h REQUIRED)
find_path(CLI11_INCLUDE CLI/CLI.hpp REQUIRED)
add_library(tomlplusplus INTERFACE IMPORTED GLOBAL)
target_include_directories(tomlplusplus SYSTEM INTERFACE "${TOMLPLUSPLUS_INCLUDE}")
add_library(cli11 INTERFACE IMPORTED GLOBAL)
target_include_directories(cli11 SYSTEM INTERFACE "${CLI11_INCLUDE}")

# The grammars: another CMake project, built once for plain presets and once for those with sanitizers.
set(NODE_MODULES "${CMAKE_SOURCE_DIR}/node_modules" CACHE PATH "where npm put the grammars")
if(NOT EXISTS "${NODE_MODULES}/tree-sitter/vendor/tree-sitter/lib/src/lib.c")
  message(FATAL_ERROR "The grammars are missing from ${NODE_MODULES}: run ./dev build, or npm ci --ignore-scripts --omit=dev.")
endif()
include(ExternalProject)
set(grammar_flags "-O2 ${TFCHECK_HARDENING}")
if(TFCHECK_SANITIZE)
  # -O1: with -O2 the sanitizers make three minutes out of one.
  string(JOIN " " grammar_flags "-O1 -g1 -fno-pie" ${TFCHECK_SANITIZERS})
  if(TFCHECK_FUZZ)
    string(APPEND TFCHECK_GRAMMARS_BUILD "-fuzz")
  else()
    string(APPEND TFCHECK_GRAMMARS_BUILD "-sanitized")
  endif()
endif()
set(grammar_library "${TFCHECK_GRAMMARS_BUILD}/libtfgrammars.a")
ExternalProject_Add(grammars
  SOURCE_DIR "${CMAKE_SOURCE_DIR}/grammars"
  BINARY_DIR "${TFCHECK_GRAMMARS_BUILD}"
  CMAKE_GENERATOR "${CMAKE_GENERATOR}"
  CMAKE_ARGS -DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY -DCMAKE_BUILD_TYPE= "-DCMAKE_C_FLAGS=${grammar_flags}" -DCMAKE_C_COMPILER=${CMAKE_C_COMPILER}
             -DCMAKE_C_COMPILER_LAUNCHER=${CMAKE_C_COMPILER_LAUNCHER} -DNODE_MODULES=${NODE_MODULES}
  BUILD_ALWAYS ON
  BUILD_BYPRODUCTS "${grammar_library}"
  INSTALL_COMMAND "")
add_library(tfgrammars STATIC IMPORTED GLOBAL)
set_target_properties(tfgrammars PROPERTIES IMPORTED_LOCATION "${grammar_library}")
target_include_directories(tfgrammars SYSTEM INTERFACE
  "${NODE_MODULES}/tree-sitter/vendor/tree-sitter/lib/include" "${NODE_MODULES}/tree-sitter/vendor/tree-sitter/lib"
  "${CMAKE_SOURCE_DIR}/grammars")
add_dependencies(tfgrammars grammars)
