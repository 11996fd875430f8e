#include "model/beside.h"

#include "base/text.h"
#include "formats/adapters.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

bool is_above(std::string_view folder, std::string_view below) {
  return folder.empty() || (below.starts_with(folder) && below.size() > folder.size() && below[folder.size()] == '/');
}

// Says how something is built, deployed or run; of JSON, which is mostly data, only what has a name for it.
bool tells_by_kind(const ProjectFile& file) {
  if (!file.adapter) return false;
  if (file.scope & (scope::Ci | scope::Editor)) return true;
  if (file.adapter->kind == AdapterKind::Code) return !file.adapter->scan_imports;
  return file.adapter->name != "json" || is_named_format(*file.adapter, file.path);
}

}  // namespace

BesideFiles::BesideFiles(const Listing& listing)
    : listing_(listing),
      start_files_(listing.words().vocabulary.set("start-file")),
      reaches_in_(listing.components.size()) {
  for (const ProjectFile& file : listing.files) {
    if (file.audited && file.component != no_index) reaches_in_[file.component] = true;
  }
}

bool BesideFiles::asks_for(const ProjectFile& file) const {
  if (file.kind != FileEntry::Kind::Regular || (file.scope & scope::Outside) || file.size > largest_beside)
    return false;
  if (is_above(dir_name(file.path), listing_.audited_folder) || tells_by_kind(file)) return true;
  return file.component != no_index && reaches_in_[file.component] && file.adapter &&
         start_files_.contains(base_name(file.path));
}

}  // namespace tfcheck
