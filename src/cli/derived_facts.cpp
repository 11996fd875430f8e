// `tfcheck facts --derived PATH`: what the model adds to the files of a project, one fact a line: place, fact, scope.
#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/project_listing.h"
#include "facts/file_facts.h"

namespace tfcheck {

int run_derived_facts(const Options& options) {
  if (options.arguments.size() != 1) return fail({"facts --derived takes one directory", "", 0, ""});
  Options of_path = options;
  of_path.setup.path = options.arguments[0];
  return list_project(of_path, [](const ListedProject& listed) {
    const Project& project = listed.project;
    std::string shown;
    for (uint32_t file = 0; file < project.files.size(); ++file) {
      uint32_t own = project.own_facts(file);
      if (project.fact_count(file) == own) continue;
      std::string text = listed.sources.text(file);
      LineIndex lines(text);
      std::string path = printable(listed.masker.path(project.files[file].path));
      for (uint32_t i = own; i < project.fact_count(file); ++i) {
        const Fact& fact = project.fact({file, i});
        Place place = lines.place(fact.span.begin);
        shown +=
            fmt::format("{}:{}:{}: {}\n", path, place.line, place.column, listed.masker.words(to_string(fact), file));
      }
    }
    return shown;
  });
}

}  // namespace tfcheck
