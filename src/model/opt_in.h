// Switches that are delivered off: code behind one runs only where a deploy asks for it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "model/project_view.h"

namespace tfcheck {

class OptIns {
 public:
  // `view` outlives this.
  explicit OptIns(const ProjectView& view);

  // The fact stands in a branch that a setting switches on, and the repository delivers it off: an environment variable
  // that nothing sets, a key that the settings have as false. The condition next before it in its function decides.
  bool holds(FactRef fact);
  // A value that a setting decides, `Settings.sync`, `env === "true"`, `config.get("db.sync")`, and a deploy turns on.
  bool is_on(const Value& value);

 private:
  enum class Delivered : uint8_t { Unknown, Off, On };
  bool is_off(const Value& condition, int depth);
  bool is_off_setting(const Value& setting);
  bool is_off_unless_given(const Value& call);
  Delivered delivered(std::string_view name);
  void read_settings();

  const ProjectView& view_;
  const WordSet &off_, &on_, &opposites_, &zero_, &fallback_;
  // By the last part of their name, as `snake_case` has it; On where any file of a deploy says so.
  std::optional<std::map<std::string, Delivered, std::less<>>> settings_;
};

}  // namespace tfcheck
