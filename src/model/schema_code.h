// What code changes a database's schema: calls of [[schema-call]] of the vocabulary, and SQL that makes tables.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"
#include "model/runtime_words.h"

namespace tfcheck {

struct SchemaCode {
  FactRef place;
  std::string_view what;  // migrations or tables
  std::string table;      // that its SQL makes
  bool weak = false;      // SQL that is run once, unless it stands where the app boots
  bool named = false;     // a function of the project does it, as only its name says
  bool files = false;     // its function looks for the scripts that it runs
  bool body = false;      // stands in a migration, a command or a tool: whoever calls it counts
};

class SchemaCalls {
 public:
  explicit SchemaCalls(const ProjectView& view);
  // What a file of code does, in the order of its text.
  std::vector<SchemaCode> of(uint32_t file) const;
  // Runs only when somebody asks for it, as its path says.
  bool is_asked_for(std::string_view path) const;

 private:
  bool is_needed(const WordTable::Row& row, const Fact& call) const;
  bool is_imported(const WordTable::Row& row) const;
  std::string_view sql_of(const Fact& fact) const;
  bool runs_sql(std::span<const Fact> facts) const;
  void drop_of_tests(std::vector<SchemaCode>& found, std::span<const Fact> facts) const;

  const ProjectView& view_;
  const WordTable& table_;
  RuntimeWords calls_;
  size_t what_, needs_, package_;
  mutable std::map<size_t, bool> imported_;  // by a row's line
  const WordSet &sql_, &again_, &once_, &paths_, &boot_paths_, &functions_, &named_, &hooks_, &embedded_;
};

// "orders" of "CREATE TABLE IF NOT EXISTS orders (…"; "" when the text does not say.
std::string table_of(std::string_view sql);

}  // namespace tfcheck
