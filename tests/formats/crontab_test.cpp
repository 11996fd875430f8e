#include "formats/crontab/crontab.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace tfcheck;

namespace {

std::vector<std::string> facts_of(std::string_view text, std::string_view path = "crontab") {
  FileFacts facts;
  crontab_adapter().extract({path, text}, facts);
  std::vector<std::string> out;
  for (const Fact& fact : facts.facts()) out.push_back(to_string(fact));
  return out;
}

}  // namespace

TEST_CASE("crontab lines: schedules, users, percent signs, environment") {
  using Lines = std::vector<std::string>;
  CHECK(facts_of("# */5 * * * * no\nPATH=/bin:/usr/bin\nMAILTO = \"\"\n*/5 0-3 * jan mon cd /x && run >> l 2>&1\r\n") ==
        Lines{"entry ENV.PATH = \"/bin:/usr/bin\"", "entry ENV.MAILTO = \"\"",
              "entry schedule.0 = \"*/5 0-3 * jan mon\"",
              "entry cron.0 = \"cd /x && run >> l 2>&1\" (schedule=\"*/5 0-3 * jan mon\")", "command cd (\"/x\")",
              "command run (>>=\"l\", 2>&1=\"&1\")"});
  CHECK(facts_of("* * * * * root cd /x && sh job.sh") ==
        Lines{"entry schedule.0 = \"* * * * *\"",
              "entry cron.0 = \"cd /x && sh job.sh\" (schedule=\"* * * * *\", user=\"root\")", "command cd (\"/x\")",
              "command sh (\"job.sh\")"});
  CHECK(facts_of("@daily date +\\%F % input") == Lines{"entry schedule.0 = \"@daily\"",
                                                       "entry cron.0 = \"date +\\%F\" (schedule=\"@daily\")",
                                                       "command date (\"+%F\")"});
  CHECK(facts_of("1 2 * * * svc x", "etc/cron.d/app")[1] ==
        "entry cron.0 = \"x\" (schedule=\"1 2 * * *\", user=\"svc\")");
  CHECK(facts_of("1 2 * * * svc x")[1] == "entry cron.0 = \"svc x\" (schedule=\"1 2 * * *\")");
  CHECK(facts_of("plain words in a file of some six words\n* * * * *\n@daily\n").empty());
}

TEST_CASE("a crontab's spans stand in the file") {
  std::string text = "\n0 1 * * *  root  run it\n";
  FileFacts facts;
  crontab_adapter().extract({"crontab", text}, facts);
  REQUIRE(facts.facts().size() == 3);
  CHECK(text.substr(facts.facts()[2].span.begin, facts.facts()[2].span.end - facts.facts()[2].span.begin) == "run it");
  CHECK(facts.facts()[2].context.scope == "cron");
}
