// Files that the user names on the command line: configuration and packs. His own word, so links are followed and any
// kind of file is read; but within limits, for he may have meant another file.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "pages/rule_set.h"

namespace tfcheck {

// A configuration has no more bytes than this, wherever it is from.
inline constexpr size_t most_config_bytes = size_t{1} << 20;

// The text of a file of at most `most` bytes.
Result<std::string> read_user_file(const std::string& path, size_t most);

// The pages and vocabularies of a folder, or a single page.
Result<RulePack> read_user_pack(const std::string& path);

// The folder of built-in rules that a page or a folder of pages belongs to in a checkout of this project; "" for
// others.
std::string checkout_of(const std::string& path);

}  // namespace tfcheck
