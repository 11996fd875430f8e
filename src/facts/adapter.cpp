#include "facts/adapter.h"

#include <algorithm>
#include <cassert>

namespace tfcheck {

const Format* find_format(const Adapter& adapter, std::string_view name) {
  auto found = std::find_if(adapter.formats.begin(), adapter.formats.end(),
                            [&](const Format& known) { return known.name == name; });
  return found == adapter.formats.end() ? nullptr : &*found;
}

FileFacts extract_facts(const Adapter& adapter, const SourceFile& file) {
  FileFacts facts(file.text.size());
  facts.parsing().limit = parse_limit(file.text.size());
  adapter.extract(file, facts);
  facts.seal();
  assert(facts.format().empty() || find_format(adapter, facts.format()));
  return facts;
}

}  // namespace tfcheck
