#include "model/runtime_words.h"

namespace tfcheck {

RuntimeWords::RuntimeWords(const WordTable& table) {
  size_t runtime = table.column("runtime");
  for (const WordTable::Row& row : table.rows()) {
    for (const std::string& name : row.all(runtime)) {
      auto [place, fresh] = by_runtime_.try_emplace(name, table.name(), table.file(), table.columns(), false);
      place->second.add(row);
    }
  }
}

const WordTable::Row* RuntimeWords::find(std::string_view runtime, std::string_view name) const {
  auto found = by_runtime_.find(runtime);
  return found == by_runtime_.end() ? nullptr : found->second.find(name);
}

}  // namespace tfcheck
