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

TEST_CASE("an edition is one that there is") {
  const std::vector<Edition> editions = {{"2026.1", ""}, {"2026.2", ""}};
  auto checked = [&](const std::string& text, ConfigFlags flags = {}) {
    Result<Config> file = parse_config("c.toml", text, ConfigOrigin::Tree);
    REQUIRE(file);
    Result<Config> config = with_flags(*file, std::move(flags));
    REQUIRE(config);
    std::optional<Error> wrong = check_edition(*config, editions);
    return wrong ? to_string(*wrong) : std::to_string(edition_in_force(*config, editions));
  };
  ConfigFlags first, none, empty;
  first.edition = "2026.1";
  none.edition = "2025.1";
  empty.edition = "";
  CHECK(checked("") == "1");
  CHECK(checked("\nedition = \"2026.1\"\n") == "0");
  CHECK(checked("\nedition = \"2026.7\"\n") ==
        "c.toml:2: there is no edition '2026.7' (the newest that this tfcheck knows is '2026.2')");
  CHECK(checked("edition = \"2026,1\"\n") == "c.toml:1: there is no edition '2026,1' (did you mean '2026.1'?)");
  CHECK(checked("edition = \"2026.2\"\n", first) == "0");
  CHECK(checked("edition = \"nonsense\"\n", first) == "0");
  CHECK(checked("edition = \"2026.2\"\n", none) == "--edition: there is no edition '2025.1' (did you mean '2026.1'?)");
  CHECK(checked("", empty) == "--edition: there is no edition '' (the newest is '2026.2')");
  for (const char* text : {"2026.2", "[\"2026.2\"]", "{ pin = \"2026.2\" }", "true", "\"\""}) {
    CAPTURE(text);
    Result<Config> config = parse_config("c.toml", "edition = " + std::string(text) + "\n");
    REQUIRE_FALSE(config);
    CHECK(config.error().line == 1);
  }
  CHECK_FALSE(parse_config("c.toml", "edition = \"" + std::string(201, '2') + "\"\n"));
}

TEST_CASE("a configuration of the audited tree names packs below its own folder only") {
  for (const char* pack : {"rules", "ci/rules", "./rules", "a..b"}) {
    CAPTURE(pack);
    Result<Config> config =
        parse_config("app/.tfcheck.toml", "packs = [\"" + std::string(pack) + "\"]\n", ConfigOrigin::Tree);
    REQUIRE(config);
    CHECK(config->origin == ConfigOrigin::Tree);
    CHECK(config->packs == std::vector<std::string>{pack});
  }
  for (const char* pack : {"", "/", "/rules", "..", "../rules", "a/../../b", "a/.."}) {
    CAPTURE(pack);
    std::string text = "\npacks = [\"ok\", \"" + std::string(pack) + "\"]\n";
    Result<Config> config = parse_config("app/.tfcheck.toml", text, ConfigOrigin::Tree);
    REQUIRE_FALSE(config);
    CHECK(config.error().line == 2);
    CHECK(parse_config("app/.tfcheck.toml", text, ConfigOrigin::User));
  }
}

TEST_CASE("limits of a configuration") {
  auto list = [](size_t count, size_t length) {
    std::string text = "[";
    for (size_t i = 0; i < count; ++i) text += "\"" + std::string(length, 'x') + "\",";
    return text + "]\n";
  };
  CHECK(parse_config("c", "ignore = " + list(200, 200)));
  CHECK_FALSE(parse_config("c", "ignore = " + list(201, 1)));
  CHECK_FALSE(parse_config("c", "select = " + list(1, 201)));
  CHECK_FALSE(parse_config("c", "[scope]\nexclude = " + list(201, 1)));
  CHECK_FALSE(parse_config("c", "packs = " + list(21, 1)));
  std::string exception = "[[exception]]\nrule = \"a\"\npath = \"b\"\nreason = \"c\"\n", many;
  for (int i = 0; i < 1000; ++i) many += exception;
  CHECK(parse_config("c", many));
  CHECK_FALSE(parse_config("c", many + exception));
}

TEST_CASE("dots outside of strings and comments are bounded by the line") {
  const std::string deep(40, '.');
  const std::string three = "\"\"\"";
  for (const std::string& harmless :
       {"# " + deep + "\n", "ignore = [\"" + deep + "\"]\n", "ignore = ['" + deep + "']\n",
        "ignore = ['''\n" + deep + "''', \"\\\"" + deep + "\"]\n",
        "ignore = [" + three + "\n\"" + deep + three + "]\n"}) {
    CAPTURE(harmless);
    Result<Config> config = parse_config("c", harmless);
    CHECK((config || config.error().message.find("dots") == std::string::npos));
  }
  Result<Config> config = parse_config("c", "ignore = ['''\n\n''']\n\"a\"" + deep + "b = 1\n");
  REQUIRE_FALSE(config);
  CHECK(config.error().line == 4);
  CHECK(config.error().message.find("dots") != std::string::npos);
}

TEST_CASE("letters beyond ASCII are no blanks, wherever they stand") {
  for (const char* text : {"é = 1\n", "[gate]\xef\xbb\xbbil-on = 1\n", "[gate] あ\n", "select = [é]\n", "é", "[é]\n"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_config("c.toml", text));
  }
}

TEST_CASE("what toml++ asserts against is an error with its line") {
  struct Row {
    const char* text;
    uint32_t line;
  };
  for (Row row : {Row{"[", 1}, Row{"[\n", 1}, Row{"# x\n[gate]\n\n[!]\n[?]\n", 4}, Row{"[[ ^ ]]\nselect = []\n", 1},
                  Row{"select = [\"logs\"]\n[gate.\xff]", 2}}) {
    CAPTURE(row.text);
    Result<Config> config = parse_config("c.toml", row.text);
    REQUIRE_FALSE(config);
    CHECK(config.error().line == row.line);
    CHECK_FALSE(config.error().message.empty());
  }
}

TEST_CASE("rule globs") {
  CHECK(rule_glob_match("logs", "logs/log-file"));
  CHECK(rule_glob_match("log-*", "logs/log-file"));
  CHECK(rule_glob_match("logs/*", "logs/log-file"));
  CHECK(rule_glob_match("*/hardcoded-*", "config/hardcoded-secret"));
  CHECK_FALSE(rule_glob_match("processes", "logs/log-file"));
}

TEST_CASE("flags stand over the file") {
  Result<Config> file = parse_config("c.toml", "select = [\"logs\"]\nignore = [\"a\"]\n[gate]\nfail-on = \"error\"\n");
  REQUIRE(file);
  Result<Config> both = with_flags(*file, {{"config"}, {"b"}, {"x/**"}, "note", 50.0});
  REQUIRE(both);
  CHECK(both->select == std::vector<std::string>{"config"});
  CHECK(both->ignore == std::vector<std::string>{"a", "b"});
  CHECK(both->exclude == std::vector<std::string>{"x/**"});
  CHECK(both->fail_on == Severity::Note);
  CHECK(both->min_score == 50.0);
  CHECK(both->flags.ignore == std::vector<std::string>{"b"});
  CHECK(with_flags(*file, {})->fail_on == Severity::Error);
  CHECK(with_flags({}, {})->fail_on == Severity::Warning);
  CHECK_FALSE(with_flags({}, {{}, {}, {}, "never", {}})->fail_on.has_value());
  CHECK(with_flags({}, {{}, {}, {}, "eror", {}}).error().hint == "did you mean 'error'?");
}
