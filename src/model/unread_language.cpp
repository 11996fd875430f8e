#include "model/unread_language.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

bool is_below(std::string_view path, const WordSet& folders) {
  std::string_view folder = dir_name(path);
  std::vector<std::string_view> parts = split(folder, '/');
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return folders.contains(lower(part)); });
}

}  // namespace

UnreadLanguages::UnreadLanguages(const Vocabulary& vocabulary)
    : rows_(vocabulary.table("unread-language")),
      files_(vocabulary.table("unread-file")),
      name_(rows_.column("name")),
      role_(rows_.column("role")),
      file_name_(files_.column("name")),
      file_role_(files_.column("role")),
      tool_folders_(vocabulary.set("tool-folder")),
      tool_scripts_(vocabulary.set("tool-script")),
      contributed_folders_(vocabulary.set("contributed-folder")),
      data_folders_(vocabulary.set("data-folder")) {}

UnreadLanguages::Found UnreadLanguages::find(std::string_view path) const {
  std::string_view name = base_name(path);
  // Gradle's builds are written in Kotlin and are no source of the app.
  if (name.ends_with(".gradle.kts")) return {};
  const WordTable::Row* row = files_.find(name);
  if (!row) row = files_.find(path);
  if (row) return {row->one(file_name_), row->one(file_role_)};
  row = rows_.find(lower(after_last(name, '.')));
  return row ? Found{row->one(name_), row->one(role_)} : Found{};
}

std::string_view UnreadLanguages::of(std::string_view path) const {
  return find(path).name;
}

UnreadRole UnreadLanguages::role_of(std::string_view path) const {
  std::string_view role = find(path).role;
  return role == "template"  ? UnreadRole::Template
         : role == "build"   ? UnreadRole::Build
         : role == "process" ? UnreadRole::Process
                             : UnreadRole::Source;
}

bool UnreadLanguages::is_tool(std::string_view path) const {
  bool is_hidden = path.starts_with('.') || path.find("/.") != std::string_view::npos;
  return is_hidden || is_below(path, tool_folders_) || tool_scripts_.contains(lower(base_name(path)));
}

bool UnreadLanguages::is_contributed(std::string_view path) const {
  return is_below(path, contributed_folders_);
}

bool UnreadLanguages::is_data(std::string_view path) const {
  return is_below(path, data_folders_);
}

}  // namespace tfcheck
