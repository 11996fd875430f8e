#include "config/config.h"

#include <catch2/catch.hpp>

using namespace tfcheck;

TEST_CASE("a whole configuration") {
  Result<Config> config =
      parse_config("/x/.tfcheck.toml",
                   "select = [\"logs\"]\npacks = [\"rules\"]\n[gate]\nfail-on = \"error\"\nmin-score = "
                   "80\n[scope]\nexclude = [\"legacy/\"]\n"
                   "[rules.\"logs/log-file\"]\nseverity = \"note\"\n[components.\"web\"]\nkind = \"library\"\n"
                   "[[exception]]\nrule = \"logs/*\"\npath = \"a.json\"\nreason = \"r\"\n");
  REQUIRE(config);
  CHECK(config->packs == std::vector<std::string>{"/x/rules"});
  CHECK(config->fail_on == Severity::Error);
  CHECK(config->min_score == 80.0);
  CHECK(config->components.at("web") == ComponentKind::Library);
  CHECK(config->rules.at("logs/log-file").severity == Severity::Note);
  CHECK(rule_enabled(*config, "logs/log-file"));
  CHECK_FALSE(rule_enabled(*config, "config/hardcoded-secret"));
}

TEST_CASE("mistakes name file, line and nearest spelling") {
  struct Row {
    const char* text;
    uint32_t line;
    const char* hint;
  };
  for (Row row :
       {Row{"selct = [\"logs\"]\n", 1, "did you mean 'select'?"},
        Row{"[gate]\nfail-on = \"eror\"\n", 2, "did you mean 'error'?"},
        Row{"[factors.log]\nenabled = true\n", 1, "did you mean 'logs'?"}, Row{"[gate]\nfail-on = 3\n", 2, ""},
        Row{"[rules.\"logs/log-file\"]\nenabled = false\n", 1, "add reason = \"…\""}}) {
    CAPTURE(row.text);
    Result<Config> config = parse_config("c.toml", row.text);
    REQUIRE_FALSE(config);
    CHECK(config.error().line == row.line);
    CHECK(config.error().hint == row.hint);
  }
}

TEST_CASE("rule globs") {
  CHECK(rule_glob_match("logs", "logs/log-file"));
  CHECK(rule_glob_match("log-*", "logs/log-file"));
  CHECK(rule_glob_match("logs/*", "logs/log-file"));
  CHECK(rule_glob_match("*/hardcoded-*", "config/hardcoded-secret"));
  CHECK_FALSE(rule_glob_match("processes", "logs/log-file"));
}
