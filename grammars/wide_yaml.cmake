# wide_yaml(SCANNER OUT): writes OUT, tree-sitter-yaml's scanner with rows and columns of 32 bits. It counts them in 16:
# a list or map that reaches across line 32,768 of a file would be an error.

# widen(ANCHOR): widens the numbers in the one place of `text` that holds the anchor. An anchor that a new version lacks,
# or has twice, stops the build.
function(widen anchor)
  string(FIND "${text}" "${anchor}" first)
  string(FIND "${text}" "${anchor}" last REVERSE)
  if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR "tree-sitter-yaml's scanner does not hold this just once, see grammars/wide_yaml.cmake:\n${anchor}")
  endif()
  string(REPLACE "int16_t" "int32_t" wide "${anchor}")
  string(REPLACE "${anchor}" "${wide}" text "${text}")
  set(text "${text}" PARENT_SCOPE)
endfunction()

function(wide_yaml scanner out)
  file(READ "${scanner}" text)
  widen("    int16_t row;\n    int16_t col;\n    int16_t blk_imp_row;\n    int16_t blk_imp_col;\n")
  widen("    int16_t end_row;\n    int16_t end_col;\n    int16_t cur_row;\n    int16_t cur_col;\n")
  widen("    int16_t bgn_row = scanner->cur_row;\n    int16_t bgn_col = scanner->cur_col;\n")
  foreach(name row col blk_imp_row blk_imp_col)
    widen("*(int16_t *)&buffer[size] = scanner->${name};\n    size += sizeof(int16_t);")
    widen("scanner->${name} = *(int16_t *)&buffer[size];\n        size += sizeof(int16_t);")
  endforeach()
  file(CONFIGURE OUTPUT "${out}" CONTENT "${text}" @ONLY)
endfunction()
