// Pages of tests/facts: what an adapter must say, as Markdown. A fence of source is followed by a ```facts fence with
// its facts as `tfcheck facts` prints them (without their places; in configuration the format that it shows stands in
// the fence) and, where the scan by lines is tested, by an
// ```imports fence. The word behind ``` is a name of a format or its alias, a word behind that the file's path.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "facts/adapter.h"

namespace tfcheck {

// What facts of a format are good for; bits of a mask.
namespace kinds {
enum : uint32_t {
  Key = 1u << 0,          // entries
  Value = 1u << 1,        // … with a literal value
  Environment = 1u << 2,  // reads of the environment, also in values and words
  Command = 1u << 3,
  Image = 1u << 4,
  Dependency = 1u << 5,
};
}  // namespace kinds

// Checks every fence of tests/facts/PAGE.md; with TFCHECK_UPDATE_FACTS in the environment it writes them instead. Gives
// the kinds of facts of each format that the page shows.
std::map<std::string, uint32_t> check_fact_page(std::string_view page, std::span<const Adapter* const> adapters);
// The facts of a text, one a line, and a last line "errors" where it does not parse as a whole.
std::string fact_lines(const Adapter& adapter, const SourceFile& file);
std::string import_lines(const Adapter& adapter, const SourceFile& file);

}  // namespace tfcheck
