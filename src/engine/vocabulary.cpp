#include "engine/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/text_regex.h"
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

namespace {

TextPattern read_text_pattern(TomlReader& reader, std::string_view file, TextOrigin origin) {
  TextPattern pattern;
  pattern.id = reader.text("id");
  pattern.title = reader.text("title");
  pattern.keyword = reader.text("keyword");
  pattern.regex = reader.text("regex");
  pattern.file = file;
  pattern.entropy = reader.number("entropy").value_or(0);
  reader.finish("a text pattern");
  auto fail = [&](std::string_view key, std::string message) {
    const toml::node* node = reader.node(key);
    reader.fail_at(node ? static_cast<uint32_t>(node->source().begin.line) : reader.line(), std::move(message));
  };
  for (std::string_view key : {"id", "title", "keyword", "regex"}) {
    if (reader.text(key).empty()) fail(key, fmt::format("a text pattern needs '{}'", key));
  }
  if (pattern.keyword.size() < shortest_word || pattern.keyword.size() > longest_word) {
    fail("keyword", fmt::format("the keyword of '{}' has {} bytes; it must have {} to {}", pattern.id,
                                pattern.keyword.size(), shortest_word, longest_word));
  }
  std::string trouble = origin == TextOrigin::Pack ? text_regex_trouble(pattern.regex) : "";
  if (!trouble.empty()) fail("regex", fmt::format("the regex of '{}' does not compile: {}", pattern.id, trouble));
  return pattern;
}

WordSet read_word_set(TomlReader& reader, const std::string& name, std::string_view file) {
  WordSet set;
  set.name = name;
  set.file = file;
  set.ignore_case = reader.boolean("ignore-case").value_or(false);
  set.patterns = reader.texts("values");
  reader.finish("a word set");
  for (std::string& pattern : set.patterns) {
    if (pattern.size() > longest_pattern)
      reader.fail(*reader.node("values"), fmt::format("a value of '{}' has more than {} bytes", name, longest_pattern));
    if (set.ignore_case) pattern = lower(pattern);
  }
  set.index();
  return set;
}

}  // namespace

Result<bool> Vocabulary::add(std::string_view file, std::string_view text, TextOrigin origin) {
  std::optional<Error> error;
  Result<toml::table> document = parse_toml(file, text, 0);
  if (!document) return document.error();
  for (const auto& [key, node] : *document) {
    std::string name(key.str());
    TomlReader top(*document, file, 0, error);
    if (name == "text") {
      for (const toml::table* table : top.tables("text")) {
        TomlReader reader(*table, file, 0, error);
        TextPattern pattern = read_text_pattern(reader, file, origin);
        if (const TextPattern* known = text_pattern(pattern.id))
          reader.fail_at(reader.line(), "the text pattern '" + pattern.id + "' is defined already, in " + known->file);
        if (text_patterns_.size() >= most_text_patterns)
          reader.fail_at(reader.line(), fmt::format("there are more than {} text patterns", most_text_patterns));
        auto of_keyword = [&](const TextPattern& other) { return other.keyword == pattern.keyword; };
        if (std::count_if(text_patterns_.begin(), text_patterns_.end(), of_keyword) >= most_of_a_keyword)
          reader.fail_at(reader.line(), fmt::format("more than {} text patterns have the keyword '{}'",
                                                    most_of_a_keyword, pattern.keyword));
        if (error) return *error;
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
    WordSet set = read_word_set(reader, name, file);
    if (const WordSet* known = find(name))
      top.fail(node, "the set '" + name + "' is defined already, in " + known->file);
    sets_.emplace(name, std::move(set));
  }
  if (error) return *error;
  return true;
}

const TextPattern* Vocabulary::text_pattern(std::string_view id) const {
  auto found = std::find_if(text_patterns_.begin(), text_patterns_.end(),
                            [&](const TextPattern& pattern) { return pattern.id == id; });
  return found == text_patterns_.end() ? nullptr : &*found;
}

}  // namespace tfcheck
