#include "report/score.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <set>

#include "report/score_weights.h"

using namespace tfcheck;

namespace {

ScoreComponent component(const std::string& kind) {
  return {kind, kind, {}, {}};
}

ScoreFinding finding(const std::string& rule, Severity severity, Confidence confidence = Confidence::High,
                     uint32_t index = 0) {
  return {rule, severity, confidence, {index}, false};
}

double most(const std::string& factor) {
  return factor_weight(factor_index(factor)).most;
}

// Of the factor of the first finding in the one app.
double points_of(const std::vector<ScoreFinding>& findings) {
  std::vector<ScoreComponent> components = {component("app")};
  return compute_score(components, findings).score.factors[factor_index(findings[0].rule)].points;
}

std::vector<ScoreComponent> mixed_components() {
  std::vector<ScoreComponent> components = {component("app"), component("app"), component("library")};
  components[0].factors[3] = {Assessment::NotAssessed, "nothing to look at"};
  components[1].factors[6] = {Assessment::NotApplicable, "no port"};
  for (FactorStatus& factor : components[2].factors) factor = {Assessment::NotApplicable, "a library"};
  components[2].factors[1] = {};
  components[0].factors[2].only_findings = true;
  components[1].factors[10].only_findings = true;
  return components;
}

std::vector<ScoreFinding> random_findings(std::mt19937& random, size_t count) {
  const char* rules[] = {"logs/a",         "logs/b",
                         "config/a",       "config/b",
                         "port-binding/a", "backing-services/a",
                         "dependencies/a", "tfcheck/unused-suppression"};
  std::vector<ScoreFinding> findings;
  for (size_t i = 0; i < count; ++i) {
    uint32_t where = random() % 4;
    findings.push_back({rules[random() % 8], static_cast<Severity>(random() % 3), static_cast<Confidence>(random() % 3),
                        where == 3 ? std::vector<uint32_t>{} : std::vector<uint32_t>{where}, random() % 7 == 0});
  }
  return findings;
}

// Every number of a score in one list.
std::vector<double> numbers(const Score& score) {
  std::vector<double> out = {score.overall.value_or(-1)};
  for (const FactorScore& factor : score.factors) out.push_back(factor.points);
  for (const ComponentScore& own : score.components) {
    out.push_back(own.overall.value_or(-1));
    for (const FactorScore& factor : own.factors) out.push_back(factor.points);
  }
  return out;
}

}  // namespace

TEST_CASE("points of a factor by its findings") {
  struct Row {
    std::vector<ScoreFinding> findings;
    double load;
  };
  using enum Severity;
  using enum Confidence;
  ScoreFinding image = finding("dependencies/unpinned-version", Warning);
  image.fact = "image";
  for (const Row& row : {
           Row{{finding("logs/a", Error)}, 1},
           Row{{finding("logs/a", Warning)}, 0.5},
           Row{{finding("logs/a", Note, Low)}, 0.055},
           Row{{finding("logs/a", Error), finding("logs/b", Error)}, 2},
           Row{{finding("logs/a", Error), finding("logs/a", Error)}, 1.25},
           Row{{finding("logs/a", Note), finding("logs/a", Error)}, 1.025},
           Row{{finding("logs/a", Error), finding("config/a", Error), finding("tfcheck/x", Error)}, 1},
           // A rule that stands for its whole factor, one beside it, and images whatever else is open.
           Row{{finding("port-binding/injected-server", Warning)}, 1},
           Row{{finding("dev-prod-parity/version-drift", Warning)}, 0.25},
           Row{{finding("dependencies/unpinned-version", Warning), image, image}, 0.25 + 0.1 * 1.25},
           // One cause, told by two rules.
           Row{{finding("concurrency/daemonize", Error), finding("concurrency/pid-file", Error)}, 1.25},
           Row{{finding("config/secret-default", Warning), finding("config/baked-config", Error)}, 1.125},
       }) {
    CAPTURE(row.findings[0].rule, row.load);
    CHECK(points_of(row.findings) == Approx(most(row.findings[0].rule) * std::exp2(-row.load)));
  }
  std::vector<ScoreFinding> none = {{"logs/a", Error, High, {0}, true}};
  CHECK(points_of(none) == most("logs"));
}

TEST_CASE("severity goes before confidence, and both count") {
  double last = -1;
  for (Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
    for (Confidence confidence : {Confidence::High, Confidence::Medium, Confidence::Low}) {
      double points = points_of({finding("logs/a", severity, confidence)});
      CAPTURE(to_string(severity), to_string(confidence));
      CHECK(points > last);
      last = points;
    }
  }
}

TEST_CASE("the tables of weights give every reason") {
  for (const RuleWeight& row : rule_weights()) {
    CAPTURE(row.rule);
    CHECK_FALSE(row.reason.empty());
  }
  for (size_t factor = 0; factor < factor_ids.size(); ++factor) {
    CHECK(factor_weight(factor).most <= 95);
    CHECK_FALSE(factor_weight(factor).unseen.empty());
    CHECK_FALSE(factor_weight(factor).weight_reason.empty());
  }
}

TEST_CASE("repeats of one rule count less and less, and a thousand like 1.6") {
  std::vector<ScoreFinding> findings;
  double last = most("logs"), last_loss = 1000;
  for (int i = 0; i < 15; ++i) {
    findings.push_back(finding("logs/a", Severity::Error));
    double points = points_of(findings);
    CHECK(points < last);
    CHECK(last - points < last_loss);
    last_loss = last - points;
    last = points;
  }
  findings.resize(1000, finding("logs/a", Severity::Error));
  last = points_of(findings);
  CHECK(last == Approx(most("logs") * std::exp2(-1.6439)).margin(0.01));
  findings.push_back(finding("logs/a", Severity::Error));
  CHECK(points_of(findings) < last);
}

TEST_CASE("every number lies between nothing and what its factor is worth") {
  std::mt19937 random(3);
  std::vector<ScoreComponent> components = mixed_components();
  for (int round = 0; round < 40; ++round) {
    Score score = compute_score(components, random_findings(random, random() % 300)).score;
    for (double number : numbers(score)) REQUIRE((number == -1 || (number >= 0 && number <= 95)));
  }
}

TEST_CASE("adding an error lowers the score, whatever else there is") {
  std::mt19937 random(11);
  std::vector<ScoreComponent> components = mixed_components();
  for (int round = 0; round < 40; ++round) {
    std::vector<ScoreFinding> findings = random_findings(random, random() % 200);
    double before = *compute_score(components, findings).score.overall;
    for (const char* rule : {"config/hardcoded-secret", "logs/a", "backing-services/new", "codebase/b"}) {
      for (uint32_t where : {0u, 1u}) {
        if (components[where].factors[factor_index(rule)].assessment != Assessment::Assessed) continue;
        std::vector<ScoreFinding> more = findings;
        more.push_back(finding(rule, Severity::Error, Confidence::High, where));
        CAPTURE(rule, where);
        REQUIRE(*compute_score(components, more).score.overall < before);
      }
    }
  }
}

TEST_CASE("an error where nothing else was looked at lowers the score as well") {
  std::vector<ScoreComponent> components = {component("app"), component("app")};
  std::vector<ScoreFinding> findings;
  for (const char* rule : {"config/a", "config/b", "config/c", "dependencies/a", "dependencies/b", "logs/a"}) {
    findings.push_back(finding(rule, Severity::Error));
  }
  components[0].factors[5] = {Assessment::NotAssessed, "no source"};
  components[1].factors[5] = {Assessment::NotAssessed, "no source"};
  Score without = compute_score(components, findings).score;
  components[0].factors[5] = {Assessment::Assessed, "", false, true};
  findings.push_back(finding("processes/a", Severity::Note));
  ScoreResult with = compute_score(components, findings);
  CHECK(*with.score.components[0].overall < *without.components[0].overall);
  CHECK(*with.score.overall < *without.overall);
  CHECK(with.costs.back() == Approx(*without.overall - *with.score.overall));
  // Where another app was looked at its bar falls too.
  components[1].factors[5] = {};
  with = compute_score(components, findings);
  CHECK(with.score.factors[5].points < most("processes"));
  CHECK(with.score.factors[5].points > with.score.components[0].factors[5].points);
}

TEST_CASE("the same code twice scores nearly the same") {
  std::mt19937 random(5);
  std::vector<ScoreComponent> components = mixed_components();
  for (int round = 0; round < 40; ++round) {
    std::vector<ScoreFinding> findings = random_findings(random, random() % 100);
    double once = *compute_score(components, findings).score.overall;
    std::vector<ScoreFinding> twice = findings;
    twice.insert(twice.end(), findings.begin(), findings.end());
    REQUIRE(once - *compute_score(components, twice).score.overall < 8);
  }
}

TEST_CASE("what each rule takes off a factor adds up to what it lost") {
  std::vector<ScoreComponent> components = {component("app")};
  std::vector<ScoreFinding> findings = {
      finding("logs/log-rotation", Severity::Warning), finding("logs/log-file", Severity::Error),
      finding("logs/log-file", Severity::Error), finding("logs/other", Severity::Note)};
  FactorScore logs = compute_score(components, findings).score.components[0].factors[10];
  REQUIRE(logs.losses.size() == 3);
  CHECK(logs.losses[0].rule == "logs/log-file");
  CHECK(logs.losses[0].load == Approx(2.5));
  CHECK(logs.losses[0].findings[2][2] == 2);
  CHECK(logs.losses[1].rule == "logs/other");
  CHECK(logs.losses[2].load == Approx(0.5 / 9));
  CHECK(logs.losses[2].cause == logs.losses[0].cause);
  double lost = 0;
  for (const RuleLoss& loss : logs.losses) lost += loss.points;
  CHECK(lost == Approx(most("logs") - logs.points));
}

TEST_CASE("removing a finding lowers no number, its cost is what that wins, order never matters") {
  std::mt19937 random(7);
  std::vector<ScoreComponent> components = mixed_components();
  for (int round = 0; round < 40; ++round) {
    std::vector<ScoreFinding> findings = random_findings(random, 1 + random() % 60);
    ScoreResult all = compute_score(components, findings);
    std::vector<double> before = numbers(all.score);
    for (size_t i = 0; i < findings.size(); ++i) {
      std::vector<ScoreFinding> fewer = findings;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      Score after = compute_score(components, fewer).score;
      std::vector<double> numbers_after = numbers(after);
      for (size_t k = 0; k < before.size(); ++k) REQUIRE(numbers_after[k] >= before[k]);
      REQUIRE(all.costs[i] >= 0);
      REQUIRE(all.costs[i] == Approx(*after.overall - *all.score.overall).margin(1e-9));
    }
    std::shuffle(findings.begin(), findings.end(), random);
    REQUIRE(numbers(compute_score(components, findings).score) == before);
  }
}

TEST_CASE("what a rule wins back is what removing all of its findings wins, the dearest first") {
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    std::vector<ScoreComponent> components = mixed_components();
    std::vector<ScoreFinding> findings = random_findings(random, 1 + random() % 60);
    Score score = compute_score(components, findings).score;
    REQUIRE(score.overall);
    std::set<std::string> told;
    double last = 100;
    for (const RuleGain& gain : score.gains) {
      std::vector<ScoreFinding> left = findings;
      std::erase_if(left, [&](const ScoreFinding& one) { return one.rule == gain.rule; });
      CHECK(*compute_score(components, left).score.overall - *score.overall == Approx(gain.points).margin(1e-9));
      CHECK(gain.points <= last);
      last = gain.points;
      told.insert(gain.rule);
    }
    for (const ScoreFinding& one : findings) {
      std::vector<ScoreFinding> left = findings;
      std::erase_if(left, [&](const ScoreFinding& other) { return other.rule == one.rule; });
      bool costs = *compute_score(components, left).score.overall > *score.overall + 1e-9;
      CHECK((!costs || told.contains(one.rule)));
    }
  }
}

TEST_CASE("suppressed findings cost nothing, known ones are the caller's to pass as they are") {
  std::vector<ScoreComponent> components = {component("app")};
  std::vector<ScoreFinding> findings = {finding("logs/a", Severity::Error), finding("config/a", Severity::Error)};
  findings[1].suppressed = true;
  ScoreResult result = compute_score(components, findings);
  CHECK(result.score.factors[2].points == most("config"));
  CHECK(result.costs[0] > 0);
  CHECK(result.costs[1] == 0);
}

TEST_CASE("what was not assessed takes no part") {
  std::vector<ScoreComponent> components = {component("app")};
  for (size_t i = 0; i < 12; ++i) components[0].factors[i] = {Assessment::NotAssessed, "nothing there"};
  CHECK_FALSE(compute_score(components, {}).score.overall.has_value());
  CHECK_FALSE(compute_score({}, {}).score.overall.has_value());
  CHECK(compute_score({}, {}).score.factors[0].assessment == Assessment::NotAssessed);
  for (size_t i = 5; i < 11; ++i) components[0].factors[i] = {};
  std::vector<ScoreFinding> findings = {finding("logs/a", Severity::Error), finding("config/a", Severity::Error)};
  ScoreResult result = compute_score(components, findings);
  double worth = 0;
  for (size_t i = 5; i < 11; ++i) worth += factor_weight(i).weight * factor_weight(i).most;
  CHECK(result.costs[0] == Approx(clean_score * most("logs") / 2 / worth));
  CHECK(*result.score.overall == Approx(clean_score - result.costs[0]));
  CHECK(result.costs[1] == 0);
  CHECK(result.score.factors[2].assessment == Assessment::NotAssessed);
  CHECK(result.score.factors[2].reason == "nothing there");
}

TEST_CASE("what was looked at in part counts, and marks every score that it is part of") {
  std::vector<ScoreComponent> components = {component("app"), component("app"), component("library")};
  CHECK_FALSE(compute_score(components, {}).score.incomplete);
  components[1].factors[10] = {Assessment::PartlyAssessed, "a.py: binary", true};
  std::vector<ScoreFinding> findings = {finding("logs/a", Severity::Error, Confidence::High, 1)};
  Score score = compute_score(components, findings).score;
  CHECK(score.incomplete);
  CHECK_FALSE(score.components[0].incomplete);
  CHECK(score.components[1].incomplete);
  CHECK(score.factors[10].assessment == Assessment::PartlyAssessed);
  CHECK(score.factors[10].reason == "a.py: binary");
  CHECK(score.factors[10].points == Approx(most("logs") * 0.75));
  // Not assessed for what was not looked at: the others' points are no whole answer.
  components[1].factors[10] = {Assessment::NotAssessed, "scala is not read", true};
  score = compute_score(components, {}).score;
  CHECK(score.factors[10].assessment == Assessment::PartlyAssessed);
  CHECK(score.factors[10].points == most("logs"));
  components[0].factors[10] = {Assessment::NotAssessed, "rust is not read", true};
  score = compute_score(components, {}).score;
  CHECK(score.factors[10].assessment == Assessment::NotAssessed);
  CHECK(score.factors[10].reason == "rust is not read; the like in 1 more component");
  // What a library misses is not the apps' loss.
  components = {component("app"), component("library")};
  components[1].factors[2] = {Assessment::PartlyAssessed, "a.py: binary", true};
  score = compute_score(components, {}).score;
  CHECK_FALSE(score.incomplete);
  CHECK(score.components[1].incomplete);
}

TEST_CASE("the overall score is the weighted mean of the factors") {
  std::vector<ScoreComponent> components = {component("app")};
  double total = 0;
  for (size_t i = 0; i < 12; ++i) total += factor_weight(i).weight * factor_weight(i).most;
  CHECK(*compute_score(components, {}).score.overall == Approx(clean_score));
  for (size_t i = 0; i < 12; ++i) {
    std::vector<ScoreFinding> findings = {finding(std::string(factor_ids[i]) + "/a", Severity::Error)};
    CHECK(*compute_score(components, findings).score.overall ==
          Approx(clean_score * (1 - factor_weight(i).most / 2 * factor_weight(i).weight / total)));
  }
}

TEST_CASE("the repository is the mean of its apps, and without an app it has no number") {
  std::vector<ScoreFinding> findings = {finding("logs/a", Severity::Error, Confidence::High, 0),
                                        finding("logs/a", Severity::Error, Confidence::High, 1)};
  auto factor_of = [&](const char* first, const char* second) {
    std::vector<ScoreComponent> components = {component(first), component(second)};
    findings[1].severity = Severity::Warning;
    return compute_score(components, findings);
  };
  ScoreResult both = factor_of("app", "app");
  CHECK(both.score.factors[10].points == Approx(most("logs") * (0.5 + std::exp2(-0.5)) / 2));
  CHECK(*both.score.overall == Approx((*both.score.components[0].overall + *both.score.components[1].overall) / 2));
  ScoreResult one = factor_of("app", "library");
  CHECK(one.score.factors[10].points == Approx(most("logs") / 2));
  CHECK(one.costs[1] == 0);
  ScoreResult none = factor_of("library", "tool");
  CHECK_FALSE(none.score.overall);
  CHECK(none.score.no_overall == "no part of it is an app");
  CHECK(none.score.factors[10].points == both.score.factors[10].points);
}

TEST_CASE("under six assessed factors there is no number") {
  std::vector<ScoreComponent> components = {component("app")};
  for (size_t i = 0; i < 6; ++i) components[0].factors[i] = {Assessment::NotAssessed, "nothing to look at"};
  CHECK(compute_score(components, {}).score.overall);
  components[0].factors[6] = components[0].factors[0];
  Score score = compute_score(components, {}).score;
  CHECK_FALSE(score.overall);
  CHECK(score.no_overall == "5 of 12 factors could be assessed, 6 are needed");
  CHECK(score.factors[11].points == most("admin-processes"));
}

TEST_CASE("a factor that no component assesses says why") {
  std::vector<ScoreComponent> components = {component("app"), component("app")};
  components[0].factors[6] = {Assessment::NotApplicable, "a worker"};
  components[1].factors[6] = {Assessment::NotAssessed, "no start command"};
  Score score = compute_score(components, {}).score;
  CHECK(score.factors[6].assessment == Assessment::NotAssessed);
  CHECK(score.factors[6].reason == "no start command");
  components[1].factors[6] = components[0].factors[6];
  CHECK(compute_score(components, {}).score.factors[6].assessment == Assessment::NotApplicable);
  CHECK(compute_score(components, {}).score.factors[6].reason == "a worker");
}

TEST_CASE("shown points are rounded down: 100 means that nothing was lost") {
  CHECK(shown_points(100) == 100);
  CHECK(shown_points(99.99) == 99);
  CHECK(shown_points(67.9999999999) == 68);
  CHECK(shown_points(0.4) == 0);
}

TEST_CASE("factors by id") {
  CHECK(factor_index("codebase/not-versioned") == 0);
  CHECK(factor_index("admin-processes") == 11);
  CHECK(factor_index("tfcheck/unused-suppression") == 12);
}
