#include "formats/hcl/hcl.h"

#include <vector>

#include "formats/hcl/hcl_tree.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

namespace {

void extract(const SourceFile& file, FileFacts& facts) {
  if (is_lock_file(file.path)) return facts.set_format("lock");
  add_tree_facts(file, read_hcl(file.text, facts), {"hcl", 0}, facts);
}

}  // namespace

const Adapter& hcl_adapter() {
  static constexpr std::string_view patterns[] = {"*.tf",  "*.tofu",  "*.tfvars",
                                                  "*.hcl", "*.nomad", ".terraform.lock.hcl"};
  static const std::vector<Format> formats = with_dialects({.name = "hcl", .example = "config.hcl"});
  static const Adapter adapter{
      .name = "hcl", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
