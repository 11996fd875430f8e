// What a program writes only where whoever runs it asks for that: by a setting or an option of its command line that is
// delivered empty or off.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/opt_in.h"
#include "model/path_settings.h"
#include "model/project_view.h"

namespace tfcheck {

class AskedFor {
 public:
  // `view` outlives this.
  explicit AskedFor(const ProjectView& view);

  // Only such a setting leads to the fact: it stands in a branch that one switches on, the path that it uses is one
  // that nothing gives a value (or a stream otherwise), a key beside it switches the channel off, or so it is with
  // every call of its function.
  bool holds(FactRef fact) { return holds(fact, 0); }

 private:
  bool holds(FactRef fact, int hops);
  bool is_switched_off_beside(FactRef fact) const;
  bool is_off(const Value& value, int depth) const;
  bool is_empty_path(FactRef fact, const Value& path, int depth);
  bool is_asked_whether_there(FactRef fact, const Value& path) const;
  bool asks_whether_there(const Value& condition, const Value& path, int depth) const;
  const Fact* branch_before(FactRef fact) const;
  bool is_given(const Value& condition, int depth);
  bool is_behind_path(FactRef fact, const Value& condition);
  bool asks_for_path(FactRef fact, const Value& condition, int depth);
  bool is_open_field(FactRef fact, const Value& path) const;
  bool is_stream_otherwise(const Value& choice) const;
  bool by_callers(FactRef fact, int hops);
  bool gets_literal(FactRef fact);
  const std::vector<FactRef>& calls_of(std::string_view function);

  const ProjectView& view_;
  OptIns opt_ins_;
  PathSettings settings_;
  const WordSet &off_, &streams_, &switches_, &opposites_, &presence_;
  std::optional<std::unordered_map<std::string_view, std::vector<FactRef>>> calls_;  // by the last part
};

}  // namespace tfcheck
