// Which adapter a file belongs to: by name, by place, and for files without a telling name by their `#!` line.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/path_glob.h"
#include "facts/adapter.h"

namespace tfcheck {

// All adapters, code first, in a fixed order.
std::span<const Adapter* const> all_adapters();

// What a file of a language, a format or a dialect ("python", "py", "compose") is called when nothing else is said:
// "app.py", "docker-compose.yml"; "" for a name that no adapter has.
std::string example_path(std::string_view name);

// True when the path alone makes a file the configuration of something ("docker-compose.yml").
bool is_named_format(const Adapter& adapter, std::string_view path);

class AdapterIndex {
 public:
  AdapterIndex();
  // Null when no adapter claims the path.
  const Adapter* of_path(std::string_view path) const;
  // For files without an extension: by the interpreter of the first line.
  const Adapter* of_text(std::string_view path, std::string_view text) const;

 private:
  struct Rule {
    std::string_view pattern;
    const Adapter* adapter;
    bool of_path;  // of the whole path, not of the file's name
    PathGlob glob;
  };
  std::vector<std::pair<std::string_view, const Adapter*>> exact_;       // sorted by name
  std::vector<std::pair<std::string_view, const Adapter*>> extensions_;  // "*.py" → "py", sorted
  std::vector<Rule> globs_;                                              // the rest, longest first
};

}  // namespace tfcheck
