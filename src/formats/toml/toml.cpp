#include "formats/toml/toml.h"

#include <array>
#include <vector>

#include "base/text.h"
#include "formats/toml/toml_tree.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

void extract(const SourceFile& file, FileFacts& facts) {
  if (is_lock_file(file.path)) return facts.set_format("lock");
  // Tables of an application's own may be called `server` or `services`.
  add_tree_facts(file, read_toml(file.text, facts), {"toml", 0, TreeReader::Tells::Path}, facts);
}

}  // namespace

const Adapter& toml_adapter() {
  static constexpr std::array<std::string_view, 7> patterns = {"*.toml",     "Pipfile",  "uv.lock",       "poetry.lock",
                                                               "Cargo.lock", "pdm.lock", "*.toml.example"};
  static const std::vector<Format> formats = with_dialects({.name = "toml", .example = "config.toml"});
  static const Adapter adapter{
      .name = "toml", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
