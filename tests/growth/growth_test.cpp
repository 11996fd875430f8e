// Twice the input is twice the work: whole audits of small trees that grow in one way only, and the counters of what
// they cost. No clock is asked, so that a busy machine changes nothing.
#include <catch2/catch.hpp>

#include "growth/shapes.h"
#include "report/emit.h"
#include "session/load.h"
#include "session/session.h"
#include "support/memory_audit.h"

using namespace tfcheck;

namespace {

// What one doubling may multiply a counter by, and what does not count: work that has nothing to do with the size.
constexpr double most_growth = 2.3;
constexpr uint64_t slack = 3'000;
constexpr int smallest = 100;

const Session& session() {
  static const Session one = [] {
    Result<RuleSet> loaded = load_rules({});
    REQUIRE(loaded);
    return Session(std::move(*loaded));
  }();
  return one;
}

struct Cost {
  Work work;
  uint64_t findings = 0;
  uint64_t output = 0;  // bytes of both reports
};

Cost cost_of(const test::Shape& shape, int count) {
  Report report = session().report(file_set(test::files_of(shape, count)));
  return {report.statistics.work, report.findings.size(), emit_json(report, {}).size() + emit_text(report, {}).size()};
}

void check_growth(const char* what, uint64_t small, uint64_t large) {
  INFO(what << " grew from " << small << " to " << large);
  CHECK(static_cast<double>(large) <= most_growth * static_cast<double>(small) + slack);
}

void check_growth(const Cost& small, const Cost& large) {
  check_growth("parse units", small.work.parse_units, large.work.parse_units);
  check_growth("steps", small.work.steps, large.work.steps);
  check_growth("bytes kept", small.work.kept, large.work.kept);
  check_growth("facts and files visited", small.work.visited, large.work.visited);
  check_growth("comparisons", small.work.comparisons, large.work.comparisons);
  check_growth("findings", small.findings, large.findings);
  check_growth("bytes of reports", small.output, large.output);
}

}  // namespace

TEST_CASE("twice the input is twice the work") {
  for (const test::Shape& shape : test::shapes()) {
    INFO(shape.name);
    Cost one = cost_of(shape, smallest), two = cost_of(shape, 2 * smallest), four = cost_of(shape, 4 * smallest);
    check_growth(one, two);
    check_growth(two, four);
    CHECK(two.work.kept + two.output > 0);
  }
}

TEST_CASE("the counters are the same in every run and with any number of threads") {
  test::Shape shape = {"", "d{i}/Procfile", "web: python app.py\n",        "",
                       "", "d{i}/app.py",   "import os\nos.environ['A']\n"};
  auto work = [&](unsigned threads) {
    AuditResult result = audit(test::files_of(shape, 50), session().rules(), session().prefilter(), threads);
    Work sum = result.project.work();
    sum += result.judgement.work;
    return sum;
  };
  Work alone = work(1), together = work(8);
  CHECK(alone.visited == together.visited);
  CHECK(alone.comparisons == together.comparisons);
  CHECK(alone.kept == together.kept);
  CHECK(alone.steps == together.steps);
  CHECK(alone.parse_units == together.parse_units);
}

TEST_CASE("what repeats a long text has an end") {
  for (const test::Shape& shape : test::product_shapes()) {
    INFO(shape.name);
    Cost cost = cost_of(shape, 4'000);
    CHECK(cost.work.kept <= most_kept + most_facts * sizeof(Fact));
    CHECK(cost.work.steps <= 4'000'000);
  }
}

TEST_CASE("a file that says too much is cut, and says so") {
  std::string text;
  for (size_t i = 0; i < most_facts + 10; ++i) text += "A=1\n";
  AuditResult result = session().audit(file_set({{".env", text}}));
  const FileFacts& facts = *result.project.files.at(0).facts;
  CHECK(facts.facts().size() == most_facts);
  CHECK(facts.unread() == Unread::TooManyFacts);
  REQUIRE(result.project.notices.size() == 1);
  CHECK(result.project.notices[0].message.find("200,000 facts") != std::string::npos);
}
