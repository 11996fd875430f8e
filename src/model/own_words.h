// Whom a file says it is for: its comment at the top, the text at the top of a class of settings, and what the README
// of a folder says of what lies there. Only words about the file itself count: a sentence that names another file, a
// licence, and comments further down do not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/adapter.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

class OwnWords {
 public:
  // Throws std::logic_error when a set is missing. The vocabulary must outlive it.
  explicit OwnWords(const Vocabulary& vocabulary);

  // Bits of scope:: by the comment at the top. Of source only settings are asked, and only as what they call
  // themselves. A file that is named for production is no developer's, and one that the app loads wherever it runs is
  // what it is, whatever they say. Looks at the first kilobytes.
  uint32_t of_file(std::string_view path, std::string_view text, const Adapter* adapter) const;
  // Bits of scope:: that a README gives the folder that it lies in, by what stands above its second heading.
  uint32_t of_readme(std::string_view text) const;
  // … that the README of the repository gives all that it deploys: it says of the whole that it is for development, and
  // for nothing else.
  uint32_t of_root_readme(std::string_view text) const;
  static bool is_readme(std::string_view path);

 private:
  // What is said, in sentences; the title is the first line that says something.
  struct Head {
    std::string title;
    std::vector<std::string> sentences;
    size_t first = 0;  // sentences of the first paragraph
  };
  // A comment of lines that stands right above the first statement may be about that alone.
  enum class Attached : uint8_t { No, Counts };
  Head head_of(std::string_view text, Attached attached) const;
  Head settings_head_of(std::string_view text) const;
  // How much of a README is read.
  struct Extent {
    size_t lines, headings;
    bool sections = false;  // also what stands below headings, but for those about development
  };
  Head intro_of(std::string_view readme, const Extent& extent) const;
  void take_paragraph(const std::vector<std::string_view>& lines, Head& head) const;
  uint32_t of_sentence(std::string_view sentence) const;
  bool is_sample(std::string_view sentence) const;
  bool is_settings(std::string_view path) const;
  bool refuses_production(std::string_view sentence) const;
  bool names_another(std::string_view sentence, std::string_view own_name) const;
  bool is_named_for_production(std::string_view name) const;

  const WordSet &development_marks_, &only_development_marks_, &development_titles_, &deploying_words_, &test_marks_,
      &trial_marks_, &exercise_marks_, &sample_marks_, &folder_subjects_, &folder_sample_marks_;
  const WordSet &negations_, &uses_, &production_, &file_words_, &values_, &licences_, &endings_, &settings_,
      &environment_folders_, &task_notes_, &always_loaded_;
};

}  // namespace tfcheck
