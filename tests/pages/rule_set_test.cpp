#include "pages/rule_set.h"

#include <catch2/catch.hpp>

#include "pages/embedded.h"
#include "support/rule_files.h"

using namespace tfcheck;

namespace {

const std::string page =
    "# T\nS.\n## Why it matters\nW.\n## What to do\nD.\n```toml rule\nmessage = \"m\"\n[[match]]\ncall = "
    "\"acme.f\"\n```\n";
const std::string sets =
    "[known]\nvalues = [\"a\"]\n[[text]]\nid = \"key\"\ntitle = \"t\"\nkeyword = \"KEY\"\nregex = \"KEY\"\n";

Result<RuleSet> load(const std::vector<RulePack>& packs) {
  static const std::vector<BuiltInFile> built_in =
      with_vocabulary({{"logs/ours.md", page}, {"vocabulary/v.toml", sets}});
  return RuleSet::load(built_in, {}, packs);
}

RulePack pack_of(const std::string& path, const std::string& text) {
  return {{{path, "shown/" + path, text}}};
}

std::string text_pattern(const std::string& id, const std::string& keyword, const std::string& regex) {
  return "[[text]]\nid = \"" + id + "\"\ntitle = \"t\"\nkeyword = \"" + keyword + "\"\nregex = '" + regex + "'\n";
}

}  // namespace

TEST_CASE("packs add pages and sets") {
  Result<RuleSet> rules =
      load({pack_of("a/b/logs/theirs.md", page), pack_of("vocabulary/w.toml", "[new]\nvalues = []\n"),
            pack_of("logs/README.md", "no page"), pack_of("logs/notes.txt", "no page"),
            pack_of("other/w.toml", "no vocabulary")});
  REQUIRE(rules);
  CHECK(rules->ids() == std::vector<std::string>{"logs/ours", "logs/theirs"});
  CHECK(rules->vocabulary().find("new"));
  CHECK(rules->find("theirs")->file == "shown/a/b/logs/theirs.md");
}

TEST_CASE("packs replace nothing: an error names both") {
  struct Row {
    const char* path;
    std::string text;
    const char* message;
  };
  for (const Row& row : {
           Row{"logs/ours.md", page, "the rule 'logs/ours' is defined already, in logs/ours.md"},
           Row{"vocabulary/w.toml", "[known]\nvalues = []\n",
               "the set 'known' is defined already, in vocabulary/v.toml"},
           Row{"vocabulary/w.toml", text_pattern("key", "OTHER", "x"),
               "the text pattern 'key' is defined already, in vocabulary/v.toml"},
           Row{"tfcheck/unused-suppression.md", page,
               "a rule page lies in a folder that is named after its factor, and 'tfcheck' is none"},
           Row{"page.md", page, "a rule page lies in a folder that is named after its factor"},
       }) {
    CAPTURE(row.path, row.text);
    Result<RuleSet> rules = load({pack_of(row.path, row.text)});
    REQUIRE_FALSE(rules);
    CHECK(rules.error().message == row.message);
    CHECK(rules.error().file == "shown/" + std::string(row.path));
  }
  CHECK_FALSE(load({pack_of("logs/a.md", page), pack_of("logs/a.md", page)}));
}

TEST_CASE("what cannot be looked for is an error of its line") {
  struct Row {
    std::string text;
    uint32_t line;
  };
  for (const Row& row : {
           Row{text_pattern("a", "", "x"), 4},
           Row{text_pattern("a", "ab", "x"), 4},
           Row{text_pattern("a", std::string(101, 'k'), "x"), 4},
           Row{text_pattern("a", "abc", "("), 5},
           Row{text_pattern("a", "abc", "((a{99}){99}){99}"), 5},
           Row{text_pattern("a", "abc", std::string(501, 'x')), 5},
           Row{text_pattern("a", "abc", ""), 5},
           Row{"[[text]]\nid = \"a\"\n", 1},
           Row{"[s]\nvalues = [\"" + std::string(501, 'x') + "\"]\n", 2},
       }) {
    CAPTURE(row.text);
    Result<RuleSet> rules = load({pack_of("vocabulary/w.toml", row.text)});
    REQUIRE_FALSE(rules);
    CHECK(rules.error().line == row.line);
  }
  CHECK(load({pack_of("vocabulary/w.toml", text_pattern("a", "abc", "x(a)"))}));
}

TEST_CASE("without what the program cannot do without, loading is an error that names it") {
  struct Row {
    const char* from;  // of the built-in vocabulary, all of them changed
    const char* to;
    const char* message;
  };
  for (const Row& row : {
           Row{"[source-folder]", "[source-folders]",
               "the program needs the set 'source-folder', which no vocabulary defines"},
           Row{"manifest", "manifesto", "the program needs the set 'manifest.file', which no vocabulary defines"},
           Row{"script-runner", "scripter", "the program needs the table 'script-runner', which no vocabulary defines"},
           Row{"value-option", "option", "the table 'script-runner' has no column 'value-option'"},
           Row{"name = \"minified\"", "name = \"minifed\"", "there is no role 'minifed'"},
           Row{"start = \"perhaps\"", "start = \"perhap\"", "'start' cannot be 'perhap'"},
       }) {
    CAPTURE(row.from);
    std::vector<std::pair<std::string, std::string>> changed = vocabulary_files();
    std::vector<BuiltInFile> files;
    for (auto& [name, text] : changed) {
      for (size_t at = text.find(row.from); at != std::string::npos; at = text.find(row.from, at))
        text.replace(at, std::string_view(row.from).size(), row.to), at += std::string_view(row.to).size();
      files.push_back({name, text});
    }
    Result<RuleSet> rules = RuleSet::load(files, {}, {});
    REQUIRE_FALSE(rules);
    CHECK_THAT(rules.error().message, Catch::Matchers::Contains(row.message));
  }
}

TEST_CASE("packs have limits") {
  std::string many;
  for (int i = 0; i < 11; ++i) many += text_pattern("id" + std::to_string(i), "same", "x");
  CHECK_FALSE(load({pack_of("vocabulary/w.toml", many)}));
  RulePack small = pack_of("logs/a.md", page);
  small.most_patterns = 2;
  CHECK(load({small}));
  small.most_patterns = 1;
  CHECK_FALSE(load({small}));
}
