// The variables of the environment: what reads each, what gives it to a process, what tells of it, and how the three
// differ. `tfcheck env` lists them, the facts of the model and the rules are made of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

enum class VariableReader : uint8_t {
  Code,
  Settings,  // a configuration file of the app, as `${X}`
  Script,
  Start,   // a command that starts a process
  Deploy,  // a deploy file, which passes it on
};
std::string_view to_string(VariableReader reader);

struct VariableRead {
  uint32_t file = 0;
  uint32_t fact = 0;  // that says so
  Span span;
  VariableReader by = VariableReader::Code;
  Value fallback;            // Absent: none
  bool required = false;     // the program fails without it
  bool conditional = false;  // only where a condition holds
  bool development = false;
};

enum class VariableSource : uint8_t {
  Deploy,    // a file that says what runs: compose, Kubernetes, Terraform, systemd …
  Image,     // ENV of a Dockerfile
  Argument,  // ARG of a Dockerfile
  File,      // a file of variables that is no example
  Script,    // export in a script, or words in front of a command
  Ci,
  Example,  // an example of such a file, app.json: gives nothing, says what there is
  Document,
};
std::string_view to_string(VariableSource source);
// Does it only tell of variables?
bool only_tells(VariableSource source);

struct VariablePlace {
  uint32_t file = 0;
  uint32_t fact = 0;  // that says so, no_index in a document
  Span span;
  VariableSource source = VariableSource::Deploy;
  Value value;  // what it is given: a literal, a reference; Absent where only the name stands
  bool development = false;
  bool foreign = false;  // of a container that runs somebody else's image
};

struct Variable {
  std::string name;                   // "*_HOST" where a part of it is computed
  std::vector<VariableRead> reads;    // in order of files
  std::vector<VariablePlace> places;  // likewise
  bool secret = false;                // its name says so
  bool platform = false;              // the system, the language, a framework or the platform gives or reads it
  bool library = false;               // a library reads it by itself
  std::string like;                   // the name that is meant, where this one looks misspelt

  bool is_read() const { return !reads.empty(); }
  bool is_computed() const { return name.find('*') != std::string::npos; }
  // Something other than development reads it.
  bool is_read_by_app() const;
  // No read of the app goes on with nothing: each has a value that stands in.
  bool has_default() const;
  // A read of the app fails without it.
  bool is_required() const;
  // What stands in where it is not set, of the read that says it most plainly; Absent for none.
  const Value* fallback() const;
  bool is_given() const;  // by something other than CI and a build's argument
  bool is_documented() const;
  // The places of deploys that give it other values than another deploy file does; none for most.
  std::vector<const VariablePlace*> differing() const;
};

struct VariableGaps {
  // Names, in their order.
  std::vector<const Variable*> unprovided;   // read without a default, and nothing gives or documents it
  std::vector<const Variable*> unread;       // given to the app's processes, and nothing reads it
  std::vector<const Variable*> told_unread;  // an example has it, and nothing reads it
  std::vector<const Variable*> misspelt;     // with `like`
  std::vector<const Variable*> differing;    // between deploy files
};

// All of them in order of their names. Variables that only a shell sets for itself are none.
std::vector<Variable> collect_variables(const ProjectView& view);
VariableGaps variable_gaps(const std::vector<Variable>& variables, const ProjectView& view);

// A name that a process can have in its environment, as people write them: capitals, or with two underscores as .NET
// has them.
bool is_variable_name(std::string_view name);

}  // namespace tfcheck
