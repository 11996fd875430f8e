// Recipes of task files, Makefiles and justfiles: shell text under a name, in which references of the file's own kind
// stand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "facts/file_facts.h"

namespace tfcheck {

// The variables of a task file, by their names, and the commands of its recipes with them filled in.
class Recipes {
 public:
  // How a reference begins and ends: `$(X)` of make, `{{x}}` of just.
  enum class Form : uint8_t { Make, Just };

  Recipes(std::string_view source, Form form, FileFacts& facts);

  // A variable whose text is known. `outside`: the environment may replace it.
  void define(std::string_view name, std::string_view text, bool outside);
  // The commands of a piece of the source, in the scope "scripts.NAME", as those of a package.json's scripts.
  void add(std::string_view recipe, std::string_view task);

 private:
  struct Variable {
    std::string text;
    bool outside = false;
  };
  std::string filled(std::string_view text);
  size_t reference(std::string_view text, size_t at, std::string& out);
  void put(std::string_view name, std::string& out);

  std::string_view source_;
  Form form_;
  FileFacts& facts_;
  std::unordered_map<std::string, Variable> variables_;
  size_t room_;  // bytes that variables may still put into recipes
  uint32_t index_ = 0;
};

}  // namespace tfcheck
