#include "engine/vocabulary.h"

#include <algorithm>

#include "engine/toml_reader.h"

namespace tfcheck {

void WordSet::index() {
  for (const std::string& pattern : patterns) {
    if (pattern.find_first_of("*?") == std::string::npos)
      plain_.insert(pattern);
    else
      globs_.push_back(pattern);
  }
}

bool WordSet::contains(std::string_view word) const {
  std::string folded;
  if (ignore_case) folded = lower(word), word = folded;
  return plain_.contains(word) || std::any_of(globs_.begin(), globs_.end(), [&](const std::string& pattern) {
           return glob_match(pattern, word, '\0');
         });
}

const WordSet* Vocabulary::find(std::string_view name) const {
  auto found = sets_.find(name);
  return found == sets_.end() ? nullptr : &found->second;
}

std::vector<std::string> Vocabulary::names() const {
  std::vector<std::string> out;
  for (const auto& [name, set] : sets_) out.push_back(name);
  return out;
}

Result<bool> Vocabulary::add(std::string_view file, std::string_view text) {
  std::optional<Error> error;
  toml::table document;
  try {
    document = toml::parse(text, file);
  } catch (const toml::parse_error& trouble) {
    return Error{std::string(trouble.description()), std::string(file),
                 static_cast<uint32_t>(trouble.source().begin.line), ""};
  }
  for (const auto& [key, node] : document) {
    std::string name(key.str());
    TomlReader top(document, file, 0, error);
    if (name == "text") {
      for (const toml::table* table : top.tables("text")) {
        TomlReader reader(*table, file, 0, error);
        TextPattern pattern{reader.text("id"), reader.text("title"), reader.text("keyword"), reader.text("regex"),
                            reader.number("entropy").value_or(0)};
        reader.finish("a text pattern");
        text_patterns_.push_back(std::move(pattern));
      }
      continue;
    }
    const toml::table* table = node.as_table();
    if (!table) {
      top.fail(node, "'" + name + "' must be a table");
      break;
    }
    TomlReader reader(*table, file, 0, error);
    WordSet set;
    set.name = name;
    set.ignore_case = reader.boolean("ignore-case").value_or(false);
    set.patterns = reader.texts("values");
    reader.finish("a word set");
    if (set.ignore_case) {
      for (std::string& pattern : set.patterns) pattern = lower(pattern);
    }
    set.index();
    if (!sets_.emplace(name, std::move(set)).second) top.fail(node, "the set '" + name + "' is defined twice");
  }
  if (error) return *error;
  return true;
}

}  // namespace tfcheck
