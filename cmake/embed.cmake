# embed.cmake: writes the rule pages, the vocabularies and the table of native rules as one C++ file.
# ROOT: the rules folder; LIST: a file with one path a line (.md and .toml relative to ROOT, .cpp absolute); OUT.
file(STRINGS "${LIST}" entries)
set(files "")
set(declarations "")
set(natives "")
foreach(entry IN LISTS entries)
  if(entry MATCHES "\\.cpp$")
    file(RELATIVE_PATH id "${ROOT}" "${entry}")
    string(REGEX REPLACE "\\.cpp$" "" id "${id}")
    string(MAKE_C_IDENTIFIER "${id}" symbol)
    # A native rule defines `void rule_<factor>_<rule>(NativeContext&)`; a file without one is shared code.
    file(STRINGS "${entry}" defines REGEX "^void rule_${symbol}\\(")
    if(defines)
      string(APPEND declarations "void rule_${symbol}(NativeContext& context);\n")
      string(APPEND natives "    {\"${id}\", rule_${symbol}},\n")
    endif()
  elseif(entry)
    file(READ "${ROOT}/${entry}" text HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" text "${text}")
    # String literals are bounded, so long pages become several that the compiler joins.
    string(REGEX REPLACE "((\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f]))" "\\1\"\n        \"" text "${text}")
    file(SIZE "${ROOT}/${entry}" size)
    string(APPEND files "    {\"${entry}\", {\n        \"${text}\", ${size}}},\n")
  endif()
endforeach()
file(WRITE "${OUT}" "// Generated from rules/ by cmake/embed.cmake.
#include \"pages/embedded.h\"
namespace tfcheck {
${declarations}
namespace {
const EmbeddedFile files[] = {
${files}};
const NativeRule natives[] = {
${natives}    {{}, nullptr},
};
}  // namespace
std::span<const EmbeddedFile> embedded_files() { return files; }
std::span<const NativeRule> native_rules() { return {natives, std::size(natives) - 1}; }
}  // namespace tfcheck
")
