// Whether what a match asks for beside a fact is there, and where: in the same fact, function, file, unit, component or
// repository, or from a process in the file that it runs and back. Every question about a file, a component or an entry
// is answered once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/companions.h"
#include "model/project.h"
#include "pages/rule.h"

namespace tfcheck {

class CompanionSearch {
 public:
  CompanionSearch(const Project& project, Work& work) : project_(project), work_(work) {}

  // Where the companion of a fact is; the fact itself where no other place can be named. Nothing when there is none.
  std::optional<FactRef> find(const Companion& companion, FactRef ref);
  // All of `with` and none of `unless`. Adds the places of `with`, in order, to `found`.
  bool hold(const std::vector<Companion>& with, const std::vector<Companion>& unless, FactRef ref,
            std::vector<FactRef>& found);
  // Some file or fact of the component (of the repository: no_index) is the companion.
  bool is_in(const Companion& companion, uint32_t component);
  // A fact of the file passes.
  std::optional<FactRef> first_in(const FactTest& test, uint32_t file);
  bool passes_test(const FactTest& test, FactRef ref);
  // What was found beside facts of earlier files is not asked again.
  void next_file() { beside_.clear(), units_.clear(); }

 private:
  using Key = std::pair<const Companion*, uint32_t>;

  std::optional<FactRef> find_one(const Companion& companion, FactRef ref);
  std::optional<FactRef> beside(const Companion& companion, FactRef ref);
  std::optional<FactRef> in_unit(const Companion& companion, FactRef ref);
  std::optional<FactRef> at_entry(const Companion& companion, FactRef ref);
  // Whether it is there, and the fact that is; a file by its path is none.
  struct InComponent {
    bool there = false;
    std::optional<FactRef> fact;
  };
  const InComponent& in_component(const Companion& companion, uint32_t component);
  InComponent is_companion(const Companion& companion, uint32_t file);

  const Project& project_;
  Work& work_;
  std::map<Key, InComponent> components_;
  std::map<Key, Companions> beside_;                                             // of the file that is matched
  std::map<Key, std::unordered_map<std::string, std::vector<uint32_t>>> units_;  // of that file: facts by unit
  std::map<std::pair<Key, bool>, std::optional<FactRef>> entries_;               // in a file that runs, or is loaded
};

}  // namespace tfcheck
