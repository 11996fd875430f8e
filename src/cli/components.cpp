// `tfcheck components`: the parts of a repository, what each is and why, and what starts it.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/project_listing.h"

namespace tfcheck {

namespace {

constexpr size_t most_lines = 8;  // of one kind of evidence; the rest is counted

std::string evidence_line(std::string_view what, std::string_view path, uint32_t line) {
  return line == 0 ? fmt::format("  {} {}\n", what, path) : fmt::format("  {} {}:{}\n", what, path, line);
}

// A release command is declared as a process; of the others those count that stay.
bool is_listed(const Fact& process) {
  return process.name == "release" || process.name == "clock" || !argument(process.args(), "passing");
}

// What deploys it: the declarations of its processes, and those that run its files from elsewhere.
std::string shown_processes(const ListedProject& listed, const Component& component) {
  const Project& project = listed.project;
  std::vector<FactRef> processes;
  for (uint32_t file : component.files) {
    for (uint32_t i = project.own_facts(file); i < project.fact_count(file); ++i) {
      const Fact& fact = project.fact({file, i});
      if (fact.kind == FactKind::Process && fact.name != "health" && is_listed(fact)) processes.push_back({file, i});
    }
    for (FactRef process : project.processes_of(file)) {
      if (is_listed(project.fact(process))) processes.push_back(process);
    }
  }
  std::sort(processes.begin(), processes.end());
  processes.erase(std::unique(processes.begin(), processes.end()), processes.end());
  std::string shown;
  for (size_t i = 0; i < std::min(processes.size(), most_lines); ++i) {
    const Fact& process = project.fact(processes[i]);
    std::string text = listed.sources.text(processes[i].file);
    std::string what = fmt::format("{} process, {}:", process.name,
                                   listed.masker.words(argument(process.args(), "program").text, processes[i].file));
    shown += evidence_line(what, printable(listed.masker.path(project.files[processes[i].file].path)),
                           LineIndex(text).line(process.span.begin));
  }
  if (processes.size() > most_lines) shown += fmt::format("  and {} more processes\n", processes.size() - most_lines);
  return shown;
}

std::string shown_component(const ListedProject& listed, const Component& component) {
  std::string shown =
      fmt::format("{}\t{}\t{}\t{} files\n", shown_root(&component, listed.masker), to_string(component.kind),
                  component.languages.empty() ? "-" : fmt::format("{}", fmt::join(component.languages, ", ")),
                  component.files.size());
  shown += fmt::format("  {}\n", listed.masker.words(component.why));
  for (size_t i = 0; i < std::min(component.manifests.size(), most_lines); ++i)
    shown +=
        evidence_line("manifest", printable(listed.masker.path(listed.project.files[component.manifests[i]].path)), 0);
  return shown + shown_processes(listed, component);
}

}  // namespace

int run_components(const Options& options) {
  return list_project(options, [](const ListedProject& listed) {
    std::string shown;
    for (const Component& component : listed.project.components) {
      if (listed.project.is_audited(component)) shown += shown_component(listed, component);
    }
    return shown;
  });
}

}  // namespace tfcheck
