// Settings and options that name the path of a log, a PID file and their like: whether the repository leaves them empty
// or gives them a value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/project_view.h"

namespace tfcheck {

class PathSettings {
 public:
  // `view` outlives this.
  explicit PathSettings(const ProjectView& view);

  // An option, or a variable of the environment, has an empty default, and nothing gives a value to what is so called.
  bool is_empty(std::string_view name);
  // By its name it could be such a setting.
  bool is_path_name(std::string_view name) const;
  // Something in code or settings gives a value to what is so called, whatever its notation.
  bool is_given(std::string_view name);

 private:
  struct Known {
    bool empty = false;
    bool given = false;
  };

  const Known* find(std::string_view name);
  void read();
  void note(const Fact& fact);
  void note_value(std::string_view name, const Value& value, bool option);
  void note_option(const Fact& call);
  bool is_path(const Value& value) const;

  const ProjectView& view_;
  const WordSet &off_, &streams_, &words_, &joiners_, &declares_;
  std::optional<std::unordered_map<std::string, Known>> known_;  // by the letters of names, once asked for
};

}  // namespace tfcheck
