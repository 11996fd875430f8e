#include "model/project.h"

#include <utility>

#include "model/component_kinds.h"
#include "model/derive.h"
#include "model/roles.h"

namespace tfcheck {

bool ProjectFile::tells(uint32_t what) const {
  const Format* row = adapter ? find_format(*adapter, format()) : nullptr;
  return row && (row->tells & what);
}

Project::Project(Listing scanned) : Listing(std::move(scanned)) {
  mark_told_retired(*this);
  mark_by_texts(*this);
  mark_by_facts(*this);
  mark_validated_stacks(*this);
  mark_packaging_images(*this);
  mark_released_images(*this);
  mark_by_names(*this);
  mark_by_deploys(*this);
  places_.build(*this);
  commands_ = follow_start_commands(*this);
  derived_ = derive_running(*this, added_);
  decide_kinds(*this, components);
  derived_ += derive_facts(*this, added_);
  note_owners();
}

CommandInfo Project::command(FactRef ref) const {
  auto found = commands_.known.find(uint64_t{ref.file} << 32 | ref.fact);
  return found == commands_.known.end() ? CommandInfo{} : found->second;
}

Work Project::work() const {
  Work work;
  for (const ProjectFile& file : files) {
    if (file.facts) work += file.facts->work();
  }
  work.visited += files.size() + commands_.visited + places_.visited();
  work += derived_;
  return work;
}

}  // namespace tfcheck
