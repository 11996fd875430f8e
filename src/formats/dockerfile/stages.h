// The build stages of a Dockerfile, which of them the image is made of, and which CMD and ENTRYPOINT take effect.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/dockerfile/reader.h"

namespace tfcheck::dockerfile {

struct Stage {
  std::string name;    // of `AS name`, "" for none
  std::string base;    // behind FROM, with the defaults of ARGs put in
  uint32_t flags = 0;  // FinalStage, Development
  uint32_t start = 0;  // Development: only developers start it, whoever else takes files of it
};

struct Stages {
  std::vector<Stage> stages;
  // By instruction: a CMD or ENTRYPOINT that a later one of the same stage, or of a stage built on it, replaces.
  std::vector<bool> replaced;
  std::vector<bool> overridden;

  std::unordered_map<std::string, uint32_t> by_name;  // lower case → the first stage of that name
  // True when one of the first `count` stages has this name.
  bool named_before(std::string_view name, uint32_t count) const;
};

Stages find_stages(const std::vector<Instruction>& instructions);

// A file name such as Dockerfile.dev or test.Dockerfile.
bool is_development_file(std::string_view path);

}  // namespace tfcheck::dockerfile
