#include "formats/tree_entries/dialect.h"
#include "base/text.h"

namespace tfcheck {

namespace {

constexpr std::string_view developers[] = {"development", "test"};

bool recognises(const ParsedFile& file) {
  if (base_name(dir_name(file.path)) != "config" || file.path.find(".json") != std::string_view::npos) return false;
  auto has = [&](std::string_view key) { return file.tree.find(file.top, key) != no_node; };
  return has("development") || has("production") || has("test");
}

}  // namespace

const TreeDialect& rails_dialect() {
  static constexpr TreeDialect dialect{
      .format = {.name = "rails", .example = "config/database.yml"},
      .recognises = recognises,
      .certainty = 4,
      .development = developers,
  };
  return dialect;
}

}  // namespace tfcheck
