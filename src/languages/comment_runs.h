// Long runs of comments. The scanners of some grammars walk over all comments that follow, for each of them: a licence
// or a table of data in comments would cost the square of its length.
#pragma once

#include <string_view>

#include "base/work.h"
#include "languages/code_walker.h"
#include "syntax/tree.h"

namespace tfcheck {

// The tree of a source file, as Tree reads it. In a language with a `comment_line` long runs of comments are read as
// blank lines, which changes no fact.
Tree parse_code(const CompiledLanguage& language, std::string_view source, ParseWork& work);

}  // namespace tfcheck
