#include "facts/adapter.h"

namespace tfcheck {

FileFacts extract_facts(const Adapter& adapter, const SourceFile& file) {
  FileFacts facts(file.text.size());
  facts.parsing().limit = parse_limit(file.text.size());
  adapter.extract(file, facts);
  facts.seal();
  return facts;
}

}  // namespace tfcheck
