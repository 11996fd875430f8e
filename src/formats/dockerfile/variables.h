// ARG and ENV of a Dockerfile and what words make of them: an ARG is a read of the build's environment with a default,
// an ENV a constant of the image.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "facts/file_facts.h"

namespace tfcheck::dockerfile {

class Variables {
 public:
  // The value of a word: quotes removed, $X and ${X:-default} resolved as far as the file says.
  Value value(FileFacts& facts, std::string_view word, Span span) const;
  // As above with the defaults of ARGs put in: what FROM gets when nobody passes --build-arg.
  Value with_defaults(FileFacts& facts, std::string_view word, Span span) const;

  void set_argument(std::string_view name, const Value& fallback) { values_[std::string(name)] = {fallback, true}; }
  void set_constant(std::string_view name, const Value& value) { values_[std::string(name)] = {value, false}; }

 private:
  struct Variable {
    Value value;
    bool argument = false;
  };
  enum class Arguments { Reads, Defaults };
  Value resolve(FileFacts& facts, std::string_view word, Span span, Arguments arguments) const;
  Value reference(FileFacts& facts, std::string_view body, Span span, Arguments arguments) const;

  std::unordered_map<std::string, Variable> values_;
};

}  // namespace tfcheck::dockerfile
