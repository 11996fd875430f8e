// What a file is for: the role of its path in the repository, by the rows of rules/vocabulary/roles.toml. Rules look at
// app source and deploy configuration; tests, documentation, examples, generated, vendored and minified files are out
// of scope unless a rule asks for them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/name_index.h"
#include "vocabulary/vocabulary.h"

namespace tfcheck {

// Bits; a file can have several. None of them: ordinary source or configuration.
namespace scope {
inline constexpr uint32_t Test = 1u << 0;
inline constexpr uint32_t Documentation = 1u << 1;
inline constexpr uint32_t Example = 1u << 2;
inline constexpr uint32_t Generated = 1u << 3;
inline constexpr uint32_t Vendored = 1u << 4;
inline constexpr uint32_t Minified = 1u << 5;
inline constexpr uint32_t Development = 1u << 6;   // only used on a developer's machine
inline constexpr uint32_t Ci = 1u << 7;            // continuous integration
inline constexpr uint32_t Editor = 1u << 8;        // an editor's container and settings
inline constexpr uint32_t Translation = 1u << 9;   // texts for people
inline constexpr uint32_t Seed = 1u << 10;         // made-up or first records of a database
inline constexpr uint32_t OnlyExample = 1u << 11;  // an example, and the only thing that says how the app is deployed
inline constexpr uint32_t Trial = 1u << 12;        // a deploy that its own head calls one for trying things out
inline constexpr uint32_t Packing = 1u << 14;      // an image in which the app is packed for a system, not run
inline constexpr uint32_t Retired = 1u << 13;      // kept to be looked up: nobody builds or runs it any more
inline constexpr uint32_t Aside = 1u << 15;        // a sample to copy, or named by nobody: told as notes
// What rules do not look at by default.
inline constexpr uint32_t Outside =
    Test | Documentation | Example | Generated | Vendored | Minified | Translation | Retired;
// … unless a page asks for it.
inline constexpr uint32_t OnRequest = Outside | Ci | Editor;
}  // namespace scope

// The rows of the vocabulary's table "role", made ready to be asked of every path.
class PathRoles {
 public:
  // Throws std::logic_error when a set or the table is missing, or a row is of no role.
  explicit PathRoles(const Vocabulary& vocabulary);

  // The scope that a path shows by itself.
  uint32_t of_path(std::string_view path) const;
  // The two halves of it, for callers that go through a folder's files: what the folders say, and what the name says.
  uint32_t of_folder(std::string_view folder) const;
  uint32_t of_name(std::string_view folder, std::string_view name) const;
  // What whole words say in the names of files that deploy, set up or fill something, and of their folders: "dev" of
  // docker/dev-compose.yml, "example" of config_example.yml. Source is called what it likes.
  uint32_t of_words(std::string_view folder, std::string_view name) const;
  // Translation, for a file whose folders and name say that it holds texts for people; `is_data`: it is no program.
  uint32_t of_translation(std::string_view folder, std::string_view name, bool is_data) const;
  // What only the text shows: a "generated" header, minified lines, the description of an interface, a README that
  // calls its folder retired. Looks at the first kilobytes, and for the kinds of what Kubernetes takes at all lines.
  // (What the comment at the top says: model/own_words.h.)
  uint32_t of_text(std::string_view path, std::string_view text) const;

 private:
  NameIndex folders_, files_, stems_;
  std::unordered_map<std::string, uint32_t> folder_pairs_;  // "static/lib"
  struct WordRow {
    uint32_t bits;
    WordSet words, folder_words;
  };
  std::vector<WordRow> word_rows_;
  NameIndex worded_files_;  // one bit a row of them

  void read_words(const WordTable& rows);
  bool names_language(std::string_view name) const;
  bool is_retirement(std::string_view path, std::string_view text) const;
  bool is_description(std::string_view path, std::string_view text) const;

  const WordSet &environment_folders_, &package_roots_, &package_root_parents_, &generated_marks_, &not_tests_;
  const WordSet &description_keys_, &description_openings_, &description_kinds_;
  const WordSet &translation_marks_, &translation_folders_, &language_folders_, &translation_stems_, &language_codes_;
  const WordSet &readmes_, &retired_marks_, &retired_folders_, &retired_folder_marks_;
};

// "test, vendored"; "" for ordinary files.
std::string scope_names(uint32_t scope);
// The bit of a scope's name, 0 when there is no such scope.
uint32_t scope_bit(std::string_view name);

}  // namespace tfcheck
