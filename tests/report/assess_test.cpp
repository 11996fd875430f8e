// Gaps and what they do to the factors, on small trees; a file that is binary under a known name is the gap.
#include "report/assess.h"

#include <catch2/catch.hpp>

#include "pages/embedded.h"
#include "support/memory_audit.h"
#include "support/rule_files.h"

using namespace tfcheck;

namespace {

// Two rules: one of configuration for Python alone, one of logs for everything.
const RuleSet& rules() {
  static const RuleSet set = [] {
    const std::string head =
        "# T\nS.\n## Why it matters\nW.\n## What to do\nD.\n```toml rule\nmessage = \"m\"\n[[match]]\n";
    static const std::string python = head + "assign = \"SECRET\"\nformat = \"python\"\n```\n";
    static const std::string any = head + "call = \"lib.log\"\n```\n";
    static const std::string compose = head + "entry = \"services.*.image\"\nformat = \"compose\"\n```\n";
    static const std::vector<BuiltInFile> files =
        with_vocabulary({{"config/a.md", python}, {"logs/b.md", any}, {"processes/c.md", compose}});
    Result<RuleSet> loaded = RuleSet::load(files, {}, {});
    INFO((loaded ? std::string() : to_string(loaded.error())));
    REQUIRE(loaded);
    return std::move(*loaded);
  }();
  return set;
}

constexpr size_t config = 2, processes = 5, logs = 10;

struct Assessed {
  std::vector<Gap> gaps;
  std::vector<ScoreComponent> components;
};

Assessed assess(const TestFiles& files, std::vector<RuleSwitch> switches = {}) {
  AuditResult result = audit(files, rules());
  Assessed out;
  out.gaps = find_gaps(result.project, rules(), switches);
  out.components =
      assess_components({result.project, result.judgement.findings, RuleTable(rules()), switches, out.gaps, {}});
  return out;
}

// What a file of a known name is that cannot be decoded.
const std::string garbage = "\x7F\x45LF\x02\x01\x01\x06\xB0\xC1\x9E\xFF\x01\x02\x03\x04\xC0\xC0\xC0";

std::string shown(const FactorStatus& status) {
  static constexpr const char* words[] = {"assessed", "partly", "not applicable", "not assessed"};
  return std::string(words[static_cast<size_t>(status.assessment)]) + (status.incomplete ? "! " : " ") + status.reason;
}

}  // namespace

TEST_CASE("a gap counts for the factors whose rules would have looked at it") {
  const std::string binary = "binary, though its name is that of a text";
  struct Row {
    const char* gap;
    uint32_t factors;
    std::string config, logs, processes;
  };
  for (const Row& row : {
           Row{"b.py", 1u << config | 1u << logs, "partly! b.py: " + binary, "partly! b.py: " + binary, "assessed "},
           Row{"b.rb", 1u << logs, "assessed ", "partly! b.rb: " + binary, "assessed "},
           // What dialect a file is of shows only its content.
           Row{"b.yml", 1u << logs | 1u << processes, "assessed ", "partly! b.yml: " + binary,
               "not assessed! b.yml: " + binary},
           Row{"Dockerfile", 1u << logs, "assessed ", "partly! Dockerfile: " + binary, "assessed "},
           Row{"tests/b.py", 0, "assessed ", "assessed ", "assessed "},
           Row{"b.bin", 0, "assessed ", "assessed ", "assessed "},
       }) {
    CAPTURE(row.gap);
    Assessed out = assess({{"a.py", "x = 1\n"}, {row.gap, garbage}});
    CHECK(out.gaps.size() == (std::string(row.gap) == "b.bin" ? 0 : 1));
    for (const Gap& gap : out.gaps) CHECK((gap.factors == row.factors && gap.why == Unread::Binary));
    REQUIRE(out.components.size() == 1);
    CHECK(shown(out.components[0].factors[config]) == row.config);
    CHECK(shown(out.components[0].factors[logs]) == row.logs);
    CHECK(shown(out.components[0].factors[processes]) == row.processes);
  }
}

TEST_CASE("where nothing else of the kind was looked at nothing is assessed") {
  Assessed out = assess({{"settings.py", garbage}, {"notes.txt", "x\n"}});
  CHECK(shown(out.components[0].factors[config]) ==
        "not assessed! settings.py: binary, though its name is that of a text");
  out = assess({{"src/a.scala", "val x = 1\n"}, {"src/b.scala", "val y = 1\n"}});
  CHECK(out.gaps.size() == 2);
  CHECK(out.components[0].languages == std::vector<std::string>{"scala"});
  CHECK(out.components[0].kind == "app");
  CHECK(shown(out.components[0].factors[logs]) == "not assessed! scala is not read");
}

TEST_CASE("a gap belongs to its component") {
  Assessed out = assess({{"one/package.json", "{}"},
                         {"one/a.py", "x = 1\n"},
                         {"two/package.json", "{}"},
                         {"two/a.py", "x = 1\n"},
                         {"two/b.py", garbage}});
  for (const ScoreComponent& component : out.components) {
    CAPTURE(component.root);
    CHECK((component.factors[logs].assessment == Assessment::PartlyAssessed) == (component.root == "two"));
  }
}

TEST_CASE("many gaps are counted") {
  Assessed out = assess({{"a.py", "x\n"}, {"b.py", garbage}, {"c.py", garbage}, {"d.py", garbage}, {"e.py", garbage}});
  std::string reason = out.components[0].factors[logs].reason;
  CHECK(reason.starts_with("b.py: "));
  CHECK(reason.ends_with(" and 2 more"));
}

TEST_CASE("rules that did not run leave their factors unjudged, and nothing for a gap to miss") {
  using enum RuleSwitch;
  Assessed out = assess({{"a.py", "x = 1\n"}, {"b.py", garbage}}, {OffByConfiguration, OffByFlags, On});
  CHECK(shown(out.components[0].factors[config]) == "not assessed! its rules are switched off by the configuration");
  CHECK(shown(out.components[0].factors[logs]) == "not assessed! its rules are not selected");
  CHECK(shown(out.components[0].factors[processes]) == "assessed ");
  REQUIRE(out.gaps.size() == 1);
  CHECK(out.gaps[0].in_scope);
  CHECK(out.gaps[0].factors == 0);
}
