// Values that are not what a deploy runs with: the app sets another one from its environment, or refuses to start with
// them. Looked up over the whole project when first asked.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "model/project_view.h"
#include "model/secrets/refused_tables.h"
#include "model/secrets/secrets.h"

namespace tfcheck {

class ReplacedValues {
 public:
  ReplacedValues(const ProjectView& view, const Secrets& secrets);

  // Some code asks whether a secret still has this value, and stops or warns.
  bool is_refused(std::string_view value) const;
  // Some code gives what is called so a value of the environment.
  bool is_overridden(std::string_view name) const;

 private:
  struct Found {
    std::set<std::string, std::less<>> refused, overridden;
    std::map<std::string, std::string_view, std::less<>> defaults;  // "default_signing_key" → its literal
    std::set<const char*> listed;  // texts of tables that a program compares with and refuses, by where they are kept
    std::set<std::string, std::less<>>
        asked;  // names of defaults, and of functions that know them, that conditions ask
  };
  const Found& found() const;
  static void take_names(std::span<const Fact> facts, Found& into);
  void look_at(std::span<const Fact> facts, Found& into) const;
  std::string_view refused_value(const Value& condition) const;
  bool refuses(std::span<const Fact> after) const;
  bool replaces(std::span<const Fact> after) const;
  void note_default(const Fact& fact, Found& into) const;
  void note_asked(const Value& condition, Found& into, int depth) const;
  static void refuse_asked(Found& found);

  const ProjectView& view_;
  const Secrets& secrets_;
  const WordSet& refusing_;
  RefusedTables tables_;
  mutable std::optional<Found> found_;
};

// True when a value is, or holds near its top, a read of the environment.
bool reads_environment(const Value& value, int depth = 0);

}  // namespace tfcheck
