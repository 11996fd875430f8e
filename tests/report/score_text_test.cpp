// The arithmetic of a score as it is printed.
#include "report/score_text.h"

#include <catch2/catch.hpp>

#include "report/sample.h"
#include "report/score.h"

using namespace tfcheck;

namespace {

Score example_score() {
  ScoreComponent api{"api", "app", {}, {}}, web{"web", "app", {}, {}}, library{"lib", "library", {}, {}};
  api.factors[1].looked_at = "manifests, source";
  api.factors[6] = {Assessment::NotAssessed, "nothing serves and nothing is started"};
  api.factors[10] = {Assessment::PartlyAssessed, "a.py: binary", true};
  web.factors[5] = {Assessment::Assessed, "", false, true};
  std::vector<ScoreComponent> components = {api, web, library};
  std::vector<ScoreFinding> findings = {
      {"dependencies/missing-lockfile", Severity::Warning, Confidence::High, {0}},
      {"dependencies/unpinned-version", Severity::Warning, Confidence::High, {0}, false, "image"},
      {"dependencies/unpinned-version", Severity::Warning, Confidence::Medium, {0}, false, "image"},
      {"processes/local-session", Severity::Error, Confidence::High, {1}},
  };
  return compute_score(components, findings).score;
}

}  // namespace

TEST_CASE("the arithmetic of a score, from the bars to the overall number") {
  std::string text = score_text(example_score());
  for (const char* line : {
           "score: ≤ 91.1 of 100\nthe mean over 2 apps, the lowest first:\n  ≤ 91.0 api\n",
           "1 component is not in it: only apps are deployed\n",
           "\napi (app): ≤ 91.0\n",
           "  dependencies        61.9 of 95   weight 1.5; looked at: manifests, source\n",
           "−26.8 dependencies/missing-lockfile: 1 warning, load 0.50\n",
           "−6.4 dependencies/unpinned-version (image): 1 warning, 1 warning of medium confidence, load 0.12\n",
           "  port-binding      not assessed: nothing serves and nothing is started\n",
           "  logs              ≤ 95.0 of 95   weight 1.0\n                    partly assessed: a.py: binary\n",
           "  processes           35.0 of 70   weight 1.5\n          −35.0 processes/local-session: 1 error, load "
           "1.00\n"
           "                    only findings show that it was looked at",
           "w      = severity (error 1, warning 0.5, note 0.1) × confidence (high 1, medium 0.75, low 0.55)",
           "  ×0.2  dependencies/unpinned-version (image): ",
           "  processes         70: not looked at: collections in memory that handlers fill, locks and pipes of the "
           "machine\n",
       }) {
    CAPTURE(line);
    CHECK(text.find(line) != std::string::npos);
  }
  CHECK(text.find("lib (library)") == std::string::npos);
}

TEST_CASE("where there is no number the arithmetic says why") {
  std::vector<ScoreComponent> components = {{".", "library", {}, {}}};
  CHECK(score_text(compute_score(components, {}).score).starts_with("score: no number, no part of it is an app\n"));
}
