#include "model/secrets/key_rings.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr uint64_t largest_key = uint64_t{16} * 1024;  // bytes of a file that is one, with what may follow it
constexpr uint32_t most_before = 64;                   // bytes in front of it

}  // namespace

KeyRings::KeyRings(const ProjectView& view)
    : view_(view), keys_(view.set("key-file")), certificates_(view.set("certificate-file")) {}

bool KeyRings::is_key(const ProjectFile& file) const {
  if (file.adapter || file.size > largest_key) return false;
  return std::any_of(file.hits.begin(), file.hits.end(), [&](const TextHit& hit) {
    return view_.text_patterns()[hit.pattern].id.starts_with("private-key") && hit.span.begin <= most_before;
  });
}

void KeyRings::count() {
  for (const ProjectFile& file : view_.project.files) {
    std::string_view name = base_name(file.path), folder = dir_name(file.path);
    bool material = keys_.contains(name) || certificates_.contains(name) || is_key(file);
    if (!material) ++folders_[folder].others;
    for (;; folder = dir_name(folder)) {
      Folder& above = folders_[folder];
      ++above.files;
      above.material += material;
      if (folder.empty()) break;
    }
  }
}

std::string KeyRings::ring_of(std::string_view path) {
  constexpr size_t most_others = 3;
  if (folders_.empty()) count();
  std::string_view ring = path;
  for (std::string_view folder = dir_name(path); !folder.empty(); folder = dir_name(folder)) {
    const Folder& found = folders_[folder];
    if (found.others > most_others || found.material * 2 < found.files) break;
    ring = folder;
  }
  return std::string(ring);
}

}  // namespace tfcheck
