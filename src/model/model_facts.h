// The facts that the model adds, by the file that they stand in, and which processes run which file. Filled once, by
// model/derive.cpp; read-only behind a Project.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/file_facts.h"

namespace tfcheck {

// A fact of the project: those that its file says, and behind them those that the model adds.
struct FactRef {
  uint32_t file = 0;
  uint32_t fact = 0;
  friend bool operator==(const FactRef&, const FactRef&) = default;
  friend auto operator<=>(const FactRef&, const FactRef&) = default;
};

class ModelFacts {
 public:
  // What is added to one file. Its facts point into it.
  struct OfFile {
    FileFacts facts{256};
    std::vector<uint32_t> anchors;  // by fact: that of the file which it stands at
  };

  // Null when the model adds nothing to a file.
  const OfFile* of(uint32_t file) const {
    auto found = files_.find(file);
    return found == files_.end() ? nullptr : &found->second;
  }
  OfFile& at(uint32_t file) { return files_[file]; }

  // Another place that tells of a row, and what it is to it. The label outlives this.
  struct Related {
    FactRef place;
    std::string_view label;
  };
  void add_related(FactRef row, Related related);
  const Related* related_of(FactRef row) const;

  // `process` runs `file`; both sides are known then.
  void add_entry(FactRef process, uint32_t file);
  std::span<const FactRef> processes_of(uint32_t file) const;
  uint32_t entry_of(FactRef process, uint32_t otherwise) const;

 private:
  std::unordered_map<uint32_t, OfFile> files_;
  std::unordered_map<uint32_t, std::vector<FactRef>> processes_;  // by the file that they run
  std::unordered_map<uint64_t, uint32_t> entries_;                // process → file
  std::unordered_map<uint64_t, Related> related_;                 // by row
};

}  // namespace tfcheck
