// Languages that no adapter reads yet. Their files are listed, make components and are searched for what secrets look
// like anywhere; what else they say is not known, and reports say so by the language's name.
#pragma once

#include <cstdint>
#include <string_view>

#include "vocabulary/vocabulary.h"

namespace tfcheck {

// What a file of an unread language is to a project.
enum class UnreadRole : uint8_t {
  Source,    // program code
  Template,  // pages: of what stands in them only secrets matter
  Build,     // commands that build, and sometimes start
  Process,   // what an init system starts
};

// The rows of the vocabulary's tables "unread-language" and "unread-file".
class UnreadLanguages {
 public:
  // Throws std::logic_error when there is no such table.
  explicit UnreadLanguages(const Vocabulary& vocabulary);
  // The language of a path by its extension or name ("kotlin", "c++", "make"); "" when it is none of these.
  std::string_view of(std::string_view path) const;
  UnreadRole role_of(std::string_view path) const;
  // Below a folder of tools ("scripts/", "build/"), or a build's own script at the top: no part of what runs.
  bool is_tool(std::string_view path) const;
  // Below a folder of what others contributed: no part of the project's own work.
  bool is_contributed(std::string_view path) const;
  // Below a folder of data: translations, storage, assets.
  bool is_data(std::string_view path) const;

 private:
  struct Found {
    std::string_view name;
    std::string_view role;
  };
  Found find(std::string_view path) const;

  const WordTable& rows_;
  const WordTable& files_;
  size_t name_, role_, file_name_, file_role_;
  const WordSet &tool_folders_, &tool_scripts_, &contributed_folders_, &data_folders_;
};

}  // namespace tfcheck
