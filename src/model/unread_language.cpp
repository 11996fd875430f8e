#include "model/unread_language.h"

#include "base/text.h"

namespace tfcheck {

UnreadLanguages::UnreadLanguages(const Vocabulary& vocabulary)
    : rows_(vocabulary.table("unread-language")), name_(rows_.column("name")) {}

std::string_view UnreadLanguages::of(std::string_view path) const {
  std::string_view name = base_name(path);
  // Gradle's builds are written in Kotlin and are no source of the app.
  if (name.ends_with(".gradle.kts")) return {};
  const WordTable::Row* row = rows_.find(lower(after_last(name, '.')));
  return row ? row->one(name_) : std::string_view{};
}

}  // namespace tfcheck
