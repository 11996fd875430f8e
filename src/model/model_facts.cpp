#include "model/model_facts.h"

namespace tfcheck {

namespace {

uint64_t key_of(FactRef ref) {
  return uint64_t{ref.file} << 32 | ref.fact;
}

}  // namespace

void ModelFacts::add_related(FactRef row, Related related) {
  related_.emplace(key_of(row), related);
}

const ModelFacts::Related* ModelFacts::related_of(FactRef row) const {
  auto found = related_.find(key_of(row));
  return found == related_.end() ? nullptr : &found->second;
}

void ModelFacts::add_entry(FactRef process, uint32_t file) {
  processes_[file].push_back(process);
  entries_.emplace(key_of(process), file);
}

std::span<const FactRef> ModelFacts::processes_of(uint32_t file) const {
  auto found = processes_.find(file);
  return found == processes_.end() ? std::span<const FactRef>{} : found->second;
}

uint32_t ModelFacts::entry_of(FactRef process, uint32_t otherwise) const {
  auto found = entries_.find(key_of(process));
  return found == entries_.end() ? otherwise : found->second;
}

}  // namespace tfcheck
