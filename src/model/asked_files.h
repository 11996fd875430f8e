// Files whose use is told by who names them: scripts, settings, statements and keys that no reader follows. Every text
// that is read names them by their ending; the literal pass finds that, and the name is read backwards from there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/project.h"

namespace tfcheck {

class AskedFiles {
 public:
  // By the paths of the listing alone: the same numbers before and after its files are read. The listing must outlive
  // it.
  explicit AskedFiles(const Listing& listing);

  // What a text names, by where the endings of names stop in it: numbers of names, sorted, each once.
  std::vector<uint32_t> named_in(std::string_view path, std::string_view text, std::span<const uint32_t> ends) const;

  // The files of a name: those that are called so, or those of one ending in folders that are.
  std::span<const uint32_t> files_of(uint32_t name) const { return files_[name]; }
  size_t names() const { return files_.size(); }
  bool empty() const { return files_.empty(); }
  // The names of a file, null for one that is not asked about.
  struct Names {
    uint32_t own, of_folder;
  };
  const Names* names_of(uint32_t file) const;

 private:
  uint32_t number_of(std::string name, uint32_t file);
  uint32_t find(const std::string& name) const;

  const WordSet &endings_, &not_using_;
  std::unordered_map<std::string, uint32_t> numbers_;  // "fill.sql", "sql/*.sql"
  std::vector<std::vector<uint32_t>> files_;           // by number
  std::unordered_map<uint32_t, Names> names_;          // by file
};

}  // namespace tfcheck
