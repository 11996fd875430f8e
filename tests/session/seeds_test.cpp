// docs/seeds.md: every row that a rule answers has a wrong and a right example there, and they hold.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "pages/rule_page.h"
#include "support/built_in_session.h"

using namespace tfcheck;

namespace {

struct Section {
  std::string rule;
  std::vector<Example> examples;
};

std::string document() {
  std::ifstream file(std::string(std::getenv("TFCHECK_SOURCE")) + "/docs/seeds.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// By the row that a section is about: "III.4".
std::map<std::string, Section> sections_of(const std::string& text) {
  constexpr std::string_view heading = "\n### ", rule = "Rule: `";
  std::map<std::string, Section> sections;
  for (size_t at = text.find(heading), next; at != std::string::npos; at = next) {
    next = text.find(heading, at + 1);
    std::string section = text.substr(at + heading.size(), next - at - heading.size());
    size_t named = section.find(rule) + rule.size();
    sections[section.substr(0, section.find('\n'))] = {section.substr(named, section.find('`', named) - named),
                                                       page_text(section).examples};
  }
  return sections;
}

// The lines of the table about rows with examples.
std::map<std::string, std::string> answered_rows(const std::string& text) {
  std::map<std::string, std::string> rows;
  for (std::string_view line : split(text, '\n')) {
    if (!line.starts_with("| [")) continue;
    std::vector<std::string_view> cells = split(line, '|');
    std::string_view row = cells[1].substr(2, cells[1].find(']') - 2);
    rows[std::string(row)] = line;
  }
  return rows;
}

// The examples of a section as repositories: those with one `case` are files of the same.
std::vector<std::vector<const Example*>> repositories_of(const Section& section) {
  std::vector<std::vector<const Example*>> all;
  std::map<std::string, size_t> named;
  for (const Example& example : section.examples) {
    auto [known, is_new] = named.emplace(example.group, all.size());
    if (example.group.empty() || is_new) all.emplace_back();
    all[example.group.empty() ? all.size() - 1 : known->second].push_back(&example);
  }
  return all;
}

std::string told(const std::string& rule, const std::vector<const Example*>& repository) {
  std::vector<MemoryFile> files;
  RepositoryInfo info;
  info.is_repository = true;
  for (const Example* example : repository) {
    files.push_back({example->file, example->text});
    if (example->unversioned) info.is_repository = false;
  }
  Report report = built_in_session().report(FileSet::of(std::move(files), std::move(info)));
  std::string out;
  for (const ReportFinding& finding : report.findings)
    if (finding.rule == rule)
      out += finding.primary.region.path + ":" + std::to_string(finding.primary.region.start.line) + "\n";
  return out;
}

std::string expected(const std::vector<const Example*>& repository) {
  std::string out;
  for (const Example* example : repository)
    for (uint32_t line : example->lines) out += example->file + ":" + std::to_string(line) + "\n";
  return out;
}

}  // namespace

TEST_CASE("what the seeds ask for is told where it is broken, and not where it is kept") {
  for (const auto& [row, section] : sections_of(document())) {
    bool bad = false, good = false;
    for (const std::vector<const Example*>& repository : repositories_of(section)) {
      CAPTURE(row, section.rule, repository[0]->line);
      std::string lines = expected(repository);
      (lines.empty() ? good : bad) = true;
      CHECK(told(section.rule, repository) == lines);
    }
    CAPTURE(row);
    CHECK((bad && good));
  }
}

TEST_CASE("every row of the seeds with a rule has its examples, and no rule is named that is not there") {
  std::string text = document();
  std::map<std::string, Section> sections = sections_of(text);
  std::set<std::string> ids;
  for (const Rule& rule : built_in_session().rules().rules()) ids.insert(rule.id);
  std::map<std::string, std::string> rows = answered_rows(text);
  CHECK(rows.size() >= 50);
  CHECK(rows.size() == sections.size());
  for (const auto& [row, cell] : rows) {
    CAPTURE(row, cell);
    REQUIRE(sections.contains(row));
    CHECK(ids.contains(sections[row].rule));
    CHECK(cell.find(sections[row].rule) != std::string::npos);
  }
  for (std::string_view line : split(text, '\n')) {
    size_t open = line.find("`, not built yet");
    if (open == std::string_view::npos) continue;
    std::string id(line.substr(line.rfind('`', open - 1) + 1));
    id.resize(id.find('`'));
    CAPTURE(id);
    CHECK(!ids.contains(id));
  }
}
