// What becomes of each file of a tree: its state, and why it was not looked at.
#include "scan/scan.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/audit.h"
#include "pages/embedded.h"
#include "scan/own_report.h"
#include "support/memory_audit.h"
#include "support/rule_files.h"

using namespace tfcheck;

namespace {

const RuleSet& rules() {
  static const RuleSet set = [] {
    static const std::vector<BuiltInFile> files = with_vocabulary(
        {{"logs/t.md",
          "# T\nS.\n## Why it matters\nW.\n## What to do\nD.\n```toml rule\nmessage = \"m\"\n[[match]]\ncall = "
          "\"lib.run_it\"\n```\n"},
         {"vocabulary/t.toml",
          "[[text]]\nid = \"token\"\ntitle = \"a token\"\nkeyword = \"tok_\"\nregex = \"(tok_[0-9]{8})\"\n"}});
    Result<RuleSet> loaded = RuleSet::load(files, {}, {});
    INFO((loaded ? std::string() : to_string(loaded.error())));
    REQUIRE(loaded);
    return std::move(*loaded);
  }();
  return set;
}

Project scanned(const TestFiles& files) {
  return audit(files, rules()).project;
}

const std::string wanted = "lib.run_it(1)\n";

std::string lines_of(size_t count, size_t length) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += "# " + std::string(length, 'x') + "\n";
  return text;
}

}  // namespace

TEST_CASE("each file has one state, and a reason when it was not looked at") {
  using namespace std::string_literals;
  constexpr auto Parsed = FileState::Parsed, Text = FileState::Text, OutOfScope = FileState::OutOfScope;
  struct Row {
    std::string path, text;
    FileState state;
    Unread unread;
  };
  const std::string garbage = "\x01\x02\x03\x04\xFF\xFE\xFD\xFC"s;
  for (const Row& row :
       {Row{"a.py", wanted, Parsed, Unread::None},
        Row{"a.py", "x = 1\n", Text, Unread::None},
        Row{"notes.txt", "x\n", Text, Unread::None},
        Row{"tests/a.py", wanted, Text, Unread::None},
        Row{"vendor/a.py", wanted, OutOfScope, Unread::None},
        Row{"a.png", "x", OutOfScope, Unread::None},
        Row{"a.bin", "a\0b"s, OutOfScope, Unread::None},
        Row{"a.py", "\0"s + wanted, Parsed, Unread::None},
        Row{"a.py", garbage, FileState::Unread, Unread::Binary},
        Row{"poetry.lock", "[[package]]\n", Text, Unread::None},
        Row{"composer.lock", "{}\n", Text, Unread::None},
        Row{"study.ipynb", "{}\n", Text, Unread::None},
        Row{"a.js", std::string(5000, 'x'), OutOfScope, Unread::None},
        Row{"a.py", wanted + lines_of(1100, 1000), Text, Unread::TooLarge},
        Row{"a.py", "x = 1\n" + lines_of(1100, 1000), Text, Unread::None},
        Row{"a.py", wanted + lines_of(1, 20'100), Parsed, Unread::None},
        Row{"a.py", wanted + lines_of(10, 20'100), Text, Unread::LongLines},
        Row{"a.yml", "a: 1\n" + lines_of(10, 20'100), Text, Unread::LongLines},
        Row{"a.txt", std::string(largest_read + 1, 'x'), FileState::Unread, Unread::TooLarge},
        Row{"a.txt", std::string(largest_read + 1, '\0'), OutOfScope, Unread::None},
        Row{"a.scala", "val x = 1\n", Text, Unread::UnreadLanguage},
        Row{"tests/a.scala", "val x = 1\n", Text, Unread::None},
        Row{"build.gradle.kts", "x\n", Parsed, Unread::None},
        Row{"a.py", "version https://git-lfs.github.com/spec/v1\n", FileState::Unread, Unread::LfsPointer},
        Row{"a.model", "version https://git-lfs.github.com/spec/v1\n", OutOfScope, Unread::None},
        Row{".env", "\0GITCRYPT\0xyz"s, FileState::Unread, Unread::GitCrypt},
        Row{"r.json", "{\n  \"schema\": \"tfcheck-report/1\",\n", OutOfScope, Unread::None}}) {
    Project project = scanned({{row.path, row.text}});
    CAPTURE(row.path, row.text.substr(0, 40));
    REQUIRE(project.files.size() == 1);
    const ProjectFile& file = project.files[0];
    CHECK(static_cast<int>(file.state) == static_cast<int>(row.state));
    CHECK(static_cast<int>(file.unread) == static_cast<int>(row.unread));
    bool told = std::any_of(project.notices.begin(), project.notices.end(), [&](const Notice& notice) {
      return notice.path == row.path && notice.unread == row.unread;
    });
    CHECK(told == (row.unread != Unread::None));
  }
}

TEST_CASE("a token behind thousands of names of secrets is found; one behind too many tokens is told") {
  std::string names, tokens;
  for (int i = 0; i < 5000; ++i) names += "password secret\n";
  for (int i = 0; i < 21'000; ++i) tokens += "tok_ ";
  CHECK(scanned({{"a.txt", names + "tok_12345678\n"}}).files[0].hits.size() == 1);
  Project project = scanned({{"a.txt", tokens + "tok_12345678\n"}});
  CHECK(project.files[0].hits.empty());
  CHECK(project.files[0].unread == Unread::TooManyFacts);
}

TEST_CASE("own reports are known by how they begin") {
  CHECK(is_own_report("{\"schema\":\"tfcheck-report/1\",\"tool\":{}}"));
  CHECK(is_own_report("{\"schema\": \"tfcheck-baseline/1\", \"findings\": [\n"));
  CHECK(
      is_own_report("{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n"
                    "  \"runs\": [\n {\"tool\": {\n \"driver\": {\n \"name\": \"tfcheck\",\n"));
  CHECK_FALSE(is_own_report("{\"password\":\"x\",\"schema\":\"tfcheck-report/1\"}"));
  CHECK_FALSE(is_own_report("{\"$schema\": \"x\", \"driver\": {\"name\": \"other\"}}"));
  CHECK_FALSE(is_own_report("schema: tfcheck-report/1"));
}
