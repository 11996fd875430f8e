// When code runs: as the app boots, only when somebody asks for it, or nobody can tell. Functions are followed back to
// those who call them, by name, a few hops far.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

enum class RunsWhen : uint8_t { Unknown, Boot, AskedFor };

// A function of a file by its qualified name, "Store.migrate"; "" is what runs when the file is loaded.
struct CodeFunction {
  uint32_t file = no_index;
  std::string_view scope;
  friend auto operator<=>(const CodeFunction&, const CodeFunction&) = default;
};

class BootCode {
 public:
  // Files in `asked_for` run only when somebody asks for them; it outlives this.
  BootCode(const ProjectView& view, const std::vector<bool>& asked_for);

  // Finds who calls these functions, and who calls those: one walk over all calls for each hop.
  void follow(std::vector<CodeFunction> functions);
  // Of functions that were followed, and their callers.
  RunsWhen when(const CodeFunction& function);
  RunsWhen when(FactRef fact);
  // What stands above it or its class says that it runs as the app boots.
  bool is_marked(const CodeFunction& function) { return by_annotations(function) == RunsWhen::Boot; }
  // The calls of a followed function, in the order of files.
  const std::vector<FactRef>& calls_of(const CodeFunction& function) const;
  // The function in which a fact stands.
  CodeFunction function_of(FactRef fact) const;

 private:
  using Names = std::map<std::string_view, std::vector<CodeFunction>>;  // by the last part
  void look_for(const Names& names, std::vector<CodeFunction>& next);
  bool may_call(FactRef call, const CodeFunction& function) const;
  bool is_of_crate(std::string_view part, uint32_t root) const;
  RunsWhen work_out(const CodeFunction& function);
  RunsWhen by_annotations(const CodeFunction& function);
  RunsWhen by_callers(const CodeFunction& function);

  using Annotations = std::map<std::string_view, std::vector<std::string_view>>;  // by what they stand above
  const Annotations& annotations_of(uint32_t file);

  const ProjectView& view_;
  const Project& project_;
  const std::vector<bool>& asked_for_;
  const WordSet &boot_, &schema_, &boot_marks_, &asked_marks_, &routes_;
  std::map<CodeFunction, std::vector<FactRef>> calls_;
  std::map<CodeFunction, RunsWhen> known_;
  std::map<uint32_t, Annotations> annotations_;
};

// "migrate" of "shop/store.Store.migrate", and of "./migrate" its file: "default".
std::string_view called_name(std::string_view call);
// "migrate" of "Store.migrate".
std::string_view last_name(std::string_view scope);
// The parts of a call's name before the last one that could say whose it is, nearest first; at most three.
std::vector<std::string_view> qualifiers(std::string_view call);

}  // namespace tfcheck
