// What an audit did not look at although it should have: files, folders and parts of files, each with the factors whose
// rules would have looked. Tells "clean" from "not looked at".
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "formats/adapters.h"
#include "pages/rule_set.h"

namespace tfcheck {

// Whether a rule ran, and who says that it did not.
enum class RuleSwitch : uint8_t { On, OffByConfiguration, OffByFlags };

struct Gap {
  std::string path;  // "" for the audit as a whole
  Unread why = Unread::None;
  std::string detail;             // one short clause
  uint32_t component = no_index;  // that it belongs to; no_index: to every one
  bool in_scope = false;          // neither its role nor its kind leaves it out
  bool partly = false;            // a part of the file was looked at
  bool is_source = false;         // program code, or what could be
  uint32_t factors = 0;           // bits of the factors with a rule of this run that would have looked at it
};

// All gaps: those that the machine or the repository refused first, then in path order.
std::vector<Gap> find_gaps(const Project& project, const RuleSet& rules, std::span<const RuleSwitch> switches);

// Which factors have a rule that looks at such a file; remembers what it was asked.
class RuleReach {
 public:
  // By rule index; a rule that is off looks at nothing. Both are kept.
  RuleReach(const RuleSet& rules, std::span<const RuleSwitch> switches) : rules_(rules), switches_(switches) {}

  // What is known of a file without reading it.
  struct Subject {
    std::string_view path;
    const Adapter* adapter = nullptr;
    bool is_unread_language = false;
    bool is_anything = false;  // of no known kind: it could be of every kind
    bool hides_names = false;  // a folder: not even names are known
    uint32_t scope = 0;
    const Component* component = nullptr;
  };
  // Bits, one per factor.
  uint32_t factors(const Subject& subject);

 private:
  using Key = std::tuple<const Adapter*, bool, bool, bool, uint32_t, int>;
  struct Reached {
    uint32_t factors = 0;
    std::vector<std::pair<size_t, const Patterns*>> by_path;  // factor, and the paths that its rule looks at
  };
  Reached look(const Subject& subject) const;

  const RuleSet& rules_;
  std::span<const RuleSwitch> switches_;
  std::map<Key, Reached> known_;
};

// What is known of a listed file without reading it.
RuleReach::Subject subject_of(const Project& project, const AdapterIndex& adapters, uint32_t file);

}  // namespace tfcheck
