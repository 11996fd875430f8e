// The vocabulary as bytes.
#include "vocabulary/vocabulary.h"

namespace tfcheck {

auto fields(TextPattern& pattern) {
  auto& [id, title, keywords, regex, shape, file, entropy, named, in_object, is_public, check, severity] = pattern;
  return std::tie(id, title, keywords, regex, shape, file, entropy, named, in_object, is_public, check, severity);
}

auto fields(WordTable::Row& row) {
  auto& [cells, line] = row;
  return std::tie(cells, line);
}

void Vocabulary::write(ArchiveWriter& archive) const {
  archive.put(static_cast<uint32_t>(sets_.size()));
  for (const auto& [name, set] : sets_) {
    archive.put(name);
    archive.put(set.file());
    archive.put(set.ignore_case());
    archive.put(set.patterns());
    archive.share(&set);
  }
  archive.put(static_cast<uint32_t>(tables_.size()));
  for (const auto& [name, table] : tables_) {
    archive.put(name);
    archive.put(table.file());
    archive.put(table.ignore_case());
    archive.put(table.columns());
    archive.put(table.rows());
  }
  archive.put(text_patterns_);
}

std::unique_ptr<Vocabulary> Vocabulary::read(ArchiveReader& archive) {
  auto read = std::make_unique<Vocabulary>();
  for (auto count = archive.next<uint32_t>(); count > 0; --count) {
    auto name = archive.next<std::string>();
    auto file = archive.next<std::string>();
    bool ignore_case = archive.next<bool>();
    WordSet set(name, std::move(file), archive.next<std::vector<std::string>>(), ignore_case);
    archive.share(&read->sets_.emplace_hint(read->sets_.end(), std::move(name), std::move(set))->second);
  }
  for (auto count = archive.next<uint32_t>(); count > 0; --count) {
    auto name = archive.next<std::string>();
    auto file = archive.next<std::string>();
    bool ignore_case = archive.next<bool>();
    WordTable table(name, std::move(file), archive.next<std::vector<std::string>>(), ignore_case);
    for (WordTable::Row& row : archive.next<std::vector<WordTable::Row>>()) table.add(std::move(row));
    read->tables_.emplace_hint(read->tables_.end(), std::move(name), std::move(table));
  }
  archive.get(read->text_patterns_);
  return read;
}

}  // namespace tfcheck
