#include "formats/json/json.h"

#include "formats/json/json_tree.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

constexpr std::string_view patterns[] = {"*.json",        "*.jsonc",    "*.json.example", "*.json.dist",
                                         "*.json.sample", "*.json.erb", "*.json.j2",      "*.json.template",
                                         ".babelrc",      ".eslintrc",  ".bowerrc",       "composer.lock",
                                         "Pipfile.lock",  "bun.lock",   "deno.lock"};

void extract(const SourceFile& file, FileFacts& facts) {
  if (is_lock_file(file.path)) return facts.set_format("lock");
  add_tree_facts(file, read_json(file.text, facts), {"json"}, facts);
}

}  // namespace

const Adapter& json_adapter() {
  static const std::vector<Format> formats = with_dialects({.name = "json", .example = "config.json"});
  static const Adapter adapter{
      .name = "json", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
