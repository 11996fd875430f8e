// PHP's names and imports: `use` statements and included files, from the tree and from a scan of the lines.
#pragma once

#include <string>
#include <string_view>

#include "facts/adapter.h"
#include "languages/code_walker.h"

namespace tfcheck {

// "$x" → "x", "\A\B" and "A\B" → "A.B", "A::b" → "A.b".
std::string php_name(std::string_view spelled);
// The relative path ("./x.php", "../x.php") of an included file, "" when it is not known.
std::string php_included_file(const Value& path);
// Import facts and names of a `use` declaration; true.
bool import_uses(CodeWalker& walker, Node node);
// The imports of a file without a parse: `use` at the top of a line, include and require of literals anywhere.
void scan_php_imports(const SourceFile& file, FileFacts& facts);

}  // namespace tfcheck
