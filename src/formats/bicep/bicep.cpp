#include "formats/bicep/bicep.h"

#include "formats/bicep/bicep_tree.h"
#include "formats/tree_entries/dialect.h"

namespace tfcheck {

const TreeDialect& bicep_dialect();

namespace {

void extract(const SourceFile& file, FileFacts& facts) {
  add_tree_facts(file, read_bicep(file.text, facts), {"bicep", 0, TreeReader::Tells::Path}, facts);
}

}  // namespace

const Adapter& bicep_adapter() {
  static constexpr std::string_view patterns[] = {"*.bicep", "*.bicepparam"};
  static const Format formats[] = {bicep_dialect().format};
  static const Adapter adapter{
      .name = "bicep", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
