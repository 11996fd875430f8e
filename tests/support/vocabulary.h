// The built-in vocabulary for tests, read from the source tree. What the program looks for in every text (tokens, words
// of secrets) is left out: small rule sets of tests have no words but their own.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "model/words.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

// Names ("vocabulary/roles.toml") and texts, by name.
inline const std::vector<std::pair<std::string, std::string>>& vocabulary_files() {
  static const std::vector<std::pair<std::string, std::string>> files = [] {
    std::vector<std::pair<std::string, std::string>> found;
    const char* source = std::getenv("TFCHECK_SOURCE");
    if (!source) throw std::runtime_error("TFCHECK_SOURCE names the source tree");
    for (const auto& entry : std::filesystem::directory_iterator(std::string(source) + "/rules/vocabulary")) {
      std::string name = entry.path().filename().string();
      if (entry.path().extension() != ".toml" || name.starts_with("tokens")) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      found.emplace_back("vocabulary/" + name, std::string(std::istreambuf_iterator<char>(in), {}));
    }
    std::sort(found.begin(), found.end());
    return found;
  }();
  return files;
}

inline const Vocabulary& built_in_vocabulary() {
  static const Vocabulary vocabulary = [] {
    Vocabulary made;
    for (const auto& [name, text] : vocabulary_files()) {
      if (Result<bool> added = made.add(name, text); !added) throw std::runtime_error(to_string(added.error()));
    }
    return made;
  }();
  return vocabulary;
}

inline const ModelWords& model_words() {
  static const ModelWords words(built_in_vocabulary());
  return words;
}

}  // namespace tfcheck
