#include "facts/adapter.h"

#include <algorithm>
#include <cassert>

namespace tfcheck {

bool names_format(const Adapter& adapter, std::string_view format) {
  return std::any_of(adapter.formats.begin(), adapter.formats.end(),
                     [&](const FormatName& known) { return known.name == format; });
}

FileFacts extract_facts(const Adapter& adapter, const SourceFile& file) {
  FileFacts facts(file.text.size());
  facts.parsing().limit = parse_limit(file.text.size());
  adapter.extract(file, facts);
  facts.seal();
  assert(facts.format().empty() || names_format(adapter, facts.format()));
  return facts;
}

}  // namespace tfcheck
