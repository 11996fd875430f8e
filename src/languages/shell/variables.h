// What a text's own variables are worth, so that `PORT=3000; app --port $PORT` is a literal, `PORT=${PORT:-3000}` an
// environment read and a loop variable neither.
#pragma once

#include <string_view>
#include <unordered_map>

#include "facts/fact.h"
#include "syntax/tree.h"

namespace tfcheck::shell {

class Variables {
 public:
  // Counts the assignments of the whole text first: a function may use what is assigned below it.
  Variables(Node root, std::string_view text);

  enum class Origin { Environment, Known, Local };
  // Where a read of `name` here gets its value from. Known: value() says it.
  Origin read(std::string_view name);
  const Value& value(std::string_view name) const;

  // Tells of an assignment when the walk meets it. `value` is what it gives; a conditional one leaves open what was.
  void assign(std::string_view name, const Value& value, uint32_t flags);
  // True when `name` was read from the environment before (then a conditional assignment is its default).
  bool was_read(std::string_view name) const;

 private:
  struct Variable {
    uint32_t assignments = 0;  // in the whole text; those of unknown value count twice
    uint32_t met = 0;
    bool read = false;
    bool known = false;
    Value value;
  };
  void declare(std::string_view name, uint32_t count) { variables_[name].assignments += count; }
  void count_command(Node command, std::string_view text);

  std::unordered_map<std::string_view, Variable> variables_;
};

}  // namespace tfcheck::shell
