#include "pages/rule_page.h"

#include <catch2/catch.hpp>

using namespace tfcheck;

namespace {

const std::string head = "# Title\nSummary.\n## Why it matters\nBecause.\n## What to do\nThis.\n";

Result<Rule> parse(const std::string& block, const std::string& rest = "") {
  Vocabulary vocabulary;
  REQUIRE(vocabulary.add("v.toml",
                         "[std-stream]\nvalues = [\"-\"]\n[table.edition]\ncolumns = [\"name\", \"date\"]\n"
                         "[[edition]]\nname = \"2026.1\"\n[[edition]]\nname = \"2026.2\"\n"));
  return parse_rule_page("logs/x", "logs/x.md", head + "```toml rule\n" + block + "```\n" + rest, vocabulary);
}

}  // namespace

TEST_CASE("a page becomes a rule") {
  Result<Rule> rule = parse(
      "severity = \"error\"\nmessage = \"m\"\n[[match]]\ncall = [\"acme.b\", \"acme.c.*\"]\nargument = { position = 0, "
      "not = "
      "\"@std-stream\" }\n");
  REQUIRE(rule);
  CHECK(rule->id == "logs/x");
  CHECK(rule->factor == "logs");
  CHECK(rule->title == "Title");
  CHECK(rule->why == "Because.");
  CHECK(rule->severity == Severity::Error);
  REQUIRE(rule->matches.size() == 1);
  CHECK(rule->matches[0].test.name.size() == 2);
  CHECK(rule->matches[0].test.name[1].glob);
  REQUIRE(rule->matches[0].test.arguments.size() == 1);
  CHECK(rule->matches[0].test.arguments[0].test.is_not[0].set != nullptr);
}

TEST_CASE("the text of a page has its examples marked and no rule block") {
  PageText text = page_text(
      "# T\n```toml rule\nmessage = \"m\"\n```\n## Examples\n```python bad=2 file=a.py\nx\ny\n```\n```py\nz\n```\n");
  REQUIRE(text.examples.size() == 1);
  CHECK(text.examples[0].file == "a.py");
  CHECK(text.examples[0].lines == std::vector<uint32_t>{2});
  CHECK(text.markdown == "# T\n## Examples\n*Wrong, line 2*, `a.py`:\n```python\nx\ny\n```\n```py\nz\n```\n\n");
}

TEST_CASE("an example of a practice is marked as one") {
  PageText text =
      page_text("# T\n```python seen=a,b\nx\n```\n```python unseen=a\ny\n```\n```python bad unseen=a\nz\n```\n");
  REQUIRE(text.examples.size() == 3);
  CHECK(text.examples[0].seen == std::vector<std::string>{"a", "b"});
  CHECK(text.examples[1].unseen == std::vector<std::string>{"a"});
  CHECK(text.markdown ==
        "# T\n*Right*, `app.py`:\n```python\nx\n```\n*Not seen as right*, `app.py`:\n```python\ny\n```\n"
        "*Wrong*, `app.py`:\n```python\nz\n```\n\n");
}

TEST_CASE("every mistake of a page has its line and the nearest spelling") {
  struct Row {
    const char* block;
    uint32_t line;
    const char* words;
  };
  for (Row row : {
           Row{"severty = \"error\"\nmessage = \"m\"\n[[match]]\ncall = \"acme\"\n", 8, "unknown key 'severty'"},
           Row{"severity = \"eror\"\nmessage = \"m\"\n[[match]]\ncall = \"acme\"\n", 8, "'eror' is not valid"},
           Row{"message = \"m\"\n[[match]]\ncall = \"acme\"\nargument = { position = 0, not = \"@std-strem\" }\n", 11,
               "@std-strem"},
           Row{"message = \"m\"\n[[match]]\ncall = \"acme\"\nentry = \"y\"\n", 11, "one match selects one kind"},
           Row{"message = \"m\"\n[[match]]\nvalue = \"y\"\n", 9, "a match needs"},
           Row{"[[match]]\ncall = \"acme\"\n", 8, "message"},
           Row{"message = \"m\"\n", 8, "no [[match]]"},
           Row{"message = \n", 8, ""},
           Row{"message = \"m\"\n[[match]]\ncall = \"acme\"\nexample = { rubby = \"x\" }\n", 11,
               "'rubby' is no language and no format"},
           Row{"message = \"m\"\n[[match]]\ncall = \"acme\"\nexample = { ruby = 1 }\n", 11, "must be a text"},
           Row{"message = \"m\"\n[[match]]\ncall = \"acme\"\nexample = \"x\"\n", 11, "is a table of texts"},
           Row{"message = \"m\"\n[[match]]\ncall = \"acme\"\nflags = [\"lop\"]\n", 11, "'lop' is not valid here"},
           Row{"message = \"m\"\nsince = \"2026.3\"\n[[match]]\ncall = \"acme\"\n", 9, "no edition '2026.3'"},
           Row{"message = \"m\"\nsince = 2026.2\n[[match]]\ncall = \"acme\"\n", 9, "must be a string"},
           Row{"message = \"m\"\n[[match]]\ncall = \"acme\"\nsince = \"2026,2\"\n", 11, "no edition '2026,2'"},
           Row{"since = \"2026.2\"\nmessage = \"m\"\n[[match]]\ncall = \"acme\"\nsince = \"2026.2\"\n", 12,
               "a later edition than its page's"},
           Row{"message = \"m\"\n[[match]]\ncall = \"acme\"\nsince = \"2026.1\"\n", 11, "a later edition"},
           Row{"message = \"m\"\n[[require]]\nwhen = { file = \"x\" }\none = \"y\"\nsince = \"x\"\n", 12,
               "no edition 'x'"},
       }) {
    CAPTURE(row.block);
    Result<Rule> rule = parse(row.block);
    REQUIRE_FALSE(rule);
    CHECK(rule.error().line == row.line);
    CHECK(rule.error().message.find(row.words) != std::string::npos);
  }
}

TEST_CASE("a page and its matches say which edition they came with") {
  Result<Rule> rule = parse(
      "since = \"2026.1\"\nmessage = \"m\"\n[[match]]\ncall = \"acme\"\n[[match]]\ncall = \"other\"\nsince = "
      "\"2026.2\"\n");
  REQUIRE(rule);
  CHECK(rule->since == 0);
  CHECK_FALSE(rule->matches[0].since);
  CHECK(rule->matches[1].since == 1);
}

TEST_CASE("what to do is one sentence and a list by language") {
  auto page = [](const std::string& list) {
    Vocabulary vocabulary;
    return parse_rule_page(
        "logs/x", "logs/x.md",
        "# Title\nSummary.\n## Why it matters\nBecause.\n## What to do\nThis.\n" + list +
            "```toml rule\nmessage = \"m\"\n[[match]]\ncall = \"acme\"\nfix = \"That.\"\nexample = { go = "
            "\"g\" }\n```\n",
        vocabulary);
  };
  Result<Rule> rule = page("- python, ruby: `a`\n- compose: a longer\n  one\n");
  REQUIRE(rule);
  CHECK(rule->fix == "This.");
  REQUIRE(rule->fix_examples.size() == 2);
  CHECK(rule->fix_examples[0].formats == std::vector<std::string>{"python", "ruby"});
  CHECK(rule->fix_examples[0].text == "`a`");
  CHECK(rule->fix_examples[1].text == "a longer one");
  CHECK(rule->matches[0].fix == "That.");
  CHECK(rule->matches[0].fix_examples[0].formats == std::vector<std::string>{"go"});
  struct Row {
    const char* list;
    uint32_t line;
    const char* words;
  };
  for (Row row :
       {Row{"- python: `a`\n- rubby: `b`\n", 8, "'rubby' is no language and no format"},
        Row{"- python: `a`\n- ruby, python: `b`\n", 8, "'python' has an item already"},
        Row{"\n- do this\n", 8, "says for which languages"}, Row{"- python:\n", 7, "says for which languages"}}) {
    CAPTURE(row.list);
    Result<Rule> wrong = page(row.list);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().line == row.line);
    CHECK(wrong.error().message.find(row.words) != std::string::npos);
  }
}

TEST_CASE("a practice has a name, a match, and its words in the page's list") {
  const std::string match = "message = \"m\"\n[[match]]\ncall = \"acme\"\n";
  const std::string practice = "[[practice]]\nname = \"lock-file\"\nfile = \"*.lock\"\n";
  const std::string list = "## What is seen as right\n- lock-file: every version\n  is locked\n";
  Result<Rule> rule = parse(match + practice + "[[practice]]\nname = \"lock-file\"\nscopes = \"ci\"\nentry = \"a.b\"\n",
                            list + "```text file=a.lock seen=lock-file\nx\n```\n");
  REQUIRE(rule);
  REQUIRE(rule->practices.size() == 2);
  CHECK(rule->practices[0].name == "lock-file");
  CHECK(rule->practices[0].message == "every version is locked");
  CHECK(rule->practices[0].match.files.size() == 1);
  CHECK_FALSE(rule->practices[0].in_ci);
  CHECK(rule->practices[1].message == "every version is locked");
  CHECK(rule->practices[1].match.test.kind == FactKind::Entry);
  CHECK(rule->practices[1].in_ci);
  CHECK(rule->matches.size() == 1);
  struct Row {
    std::string block, rest;
    uint32_t line;
    const char* words;
    const char* hint;
  };
  for (const Row& row : {
           Row{practice, "", 11, "has no item for the practice 'lock-file'", "- lock-file: what it is"},
           Row{practice, "## What is seen as right\n- lok-file: x\n", 16, "no [[practice]] 'lok-file'", "'lock-file'"},
           Row{practice, list + "- lock-file: y\n", 18, "'lock-file' has an item already", ""},
           Row{practice, "## What is seen as right\n- lock-file\n", 16, "is `- lock-file: every version is locked`",
               ""},
           Row{practice, list + "```text file=a seen=lock-fil\n```\n", 18, "no [[practice]] 'lock-fil'", "'lock-file'"},
           Row{practice, list + "```text file=a unseen=lock\n```\n", 18, "no [[practice]] 'lock'", ""},
           Row{practice, list + "```text file=a seen\n```\n", 18, "seen=… takes names of practices", ""},
           Row{"[[practice]]\nname = \"Lock file\"\nfile = \"a\"\n", "", 11, "lower-case words with hyphens", ""},
           Row{"[[practice]]\nfile = \"a\"\n", "", 11, "lower-case words with hyphens", ""},
           Row{"[[practice]]\nname = \"a\"\n", "", 11, "a practice needs a fact or a file", ""},
           Row{"[[practice]]\nname = \"a\"\nfile = \"a\"\nseverity = \"note\"\n", "", 14, "unknown key 'severity'", ""},
           Row{"[[practice]]\nname = \"a\"\nfile = \"a\"\nscopes = \"test\"\n", "", 14, "'test' is not valid", ""},
           Row{"[[practice]]\nname = \"a\"\nfiles = \"a\"\n", "", 13, "unknown key 'files'", "'file'"},
       }) {
    CAPTURE(row.block, row.rest);
    Result<Rule> wrong = parse(match + row.block, row.rest);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().message.find(row.words) != std::string::npos);
    CHECK(wrong.error().line == row.line);
    CHECK(wrong.error().hint.find(row.hint) != std::string::npos);
  }
}

TEST_CASE("a page says where its rule looks and why not elsewhere") {
  const std::string match = "message = \"m\"\n[[match]]\ncall = \"acme\"\n";
  auto coverage = [&](const std::string& items) {
    PageText text = page_text(head + "```toml rule\n" + match + "```\n## Coverage\n" + items);
    return text.coverage;
  };
  PageCoverage said =
      coverage("- claims: nginx, compose\n- go, rust: they have none,\n  whatever is imported\n- languages: x\n");
  CHECK(said.claims == std::vector<std::string>{"nginx", "compose"});
  CHECK(said.line > 0);
  REQUIRE(said.reasons.size() == 2);
  CHECK(said.reasons[0].formats == std::vector<std::string>{"go", "rust"});
  CHECK(said.reasons[0].text == "they have none, whatever is imported");
  CHECK(said.reasons[1].formats == std::vector<std::string>{std::string(every_other_language)});
  CHECK(page_text(head + "```toml rule\n" + match + "```\n").coverage.line == 0);
  struct Row {
    const char* items;
    uint32_t line;
    const char* words;
    const char* hint;
  };
  for (Row row : {
           Row{"- claims: nginx\n- rubby: x\n", 14, "'rubby' is no language and no format", "'ruby'"},
           Row{"- claims: nginks\n", 13, "'nginks' is no language and no format", "'nginx'"},
           Row{"- claims: languages\n", 13, "'languages' is no language", ""},
           Row{"- go:\n", 13, "an item of \"Coverage\" is", ""},
           Row{"- go: x\n- rust, go: y\n", 14, "'go' has an item already", ""},
       }) {
    CAPTURE(row.items);
    Result<Rule> rule = parse(match, std::string("## Coverage\n") + row.items);
    REQUIRE_FALSE(rule);
    CHECK(rule.error().line == row.line);
    CHECK(rule.error().message.find(row.words) != std::string::npos);
    CHECK(rule.error().hint.find(row.hint) != std::string::npos);
  }
}
