#include <sys/stat.h>

#include <algorithm>

#include "base/text.h"
#include "repo/file_set.h"
#include "repo/listing_text.h"
#include "repo/temp_repo.h"
#include "repo/wildcard.h"

using namespace tfcheck;
using Catch::Matchers::Contains;

namespace {

std::string repeated(std::string_view text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

// The untracked files that git itself does not ignore.
Lines seen_by_git(const TempDirectory& place) {
  place.run("git ls-files -z -o --exclude-standard | tr '\\n\\0' '?\\n' | LC_ALL=C sort >.git/seen");
  std::ifstream file(place.at(".git/seen"));
  Lines lines;
  for (std::string line; std::getline(file, line);) lines.push_back("u " + line);
  return lines;
}

}  // namespace

TEST_CASE("wildcards match as git's do") {
  struct Row {
    std::string pattern;
    std::string name;
    bool matches;
  };
  for (const Row& row : {Row{"*.log", "a.log", true},
                         Row{"*.log", "a.logs", false},
                         Row{"a*c", "abbc", true},
                         Row{"a?c", "a/c", false},
                         Row{"*", "a/b", false},
                         Row{"**", "a/b", true},
                         Row{"**/b", "b", true},
                         Row{"**/b", "x/y/b", true},
                         Row{"**/b", "xb", false},
                         Row{"a/**/b", "a/b", true},
                         Row{"a/**/b", "a/x/y/b", true},
                         Row{"a/**", "a/x/y", true},
                         Row{"a**b", "ab", true},
                         Row{"a**b", "a/b", false},
                         Row{"[a-c]x", "bx", true},
                         Row{"[!a-c]x", "bx", false},
                         Row{"[]-]", "]", true},
                         Row{"[[:digit:]]", "7", true},
                         Row{"[[:up:]]", "u", false},
                         Row{"[a", "[a", false},
                         Row{"\\*", "*", true},
                         Row{"\\*", "a", false},
                         Row{"a\\", "a", false},
                         Row{"[!x]", "/", false},
                         Row{"", "", true},
                         Row{"*", "", true},
                         Row{repeated("*a", 40) + "*b", repeated("a", 4000), false},
                         Row{repeated("**/a/", 100) + "b", repeated("a/", 1000) + "c", false},
                         Row{repeated("**/a/", 100) + "b", repeated("a/", 1000) + "b", true},
                         Row{repeated("?", 1025), repeated("x", 1025), false}}) {
    INFO(row.pattern.substr(0, 40) << " " << row.name.substr(0, 40));
    CHECK(Wildcard(row.pattern).match(row.name).matches == row.matches);
  }
}

TEST_CASE("every pattern ignores what git ignores by it") {
  TempDirectory place;
  place.init();
  for (const char* name : {"a",         "b",         "ab",          "a.c",      "b.c",   "Z",      "a b",   "x-y",
                           "[a]",       "a\\b",      ".h",          "aab",      "d/a",   "d/ab",   "d/a.c", "d/d/a",
                           "d/d/b.c",   "d/e/f/a",   "d/e/f/Z",     "e/d/a",    "e/a b", "e/.h/a", "f/é",   "build/x",
                           "e/build/y", "foo/bar/a", "foo/x/bar/a", "foobar/a", "a*b",   "#a",     "!a"}) {
    place.write(name);
  }
  for (const char* pattern : {"a",
                              "/a",
                              "a/",
                              "d/",
                              "/d/a",
                              "d/a",
                              "**/a",
                              "**/d/a",
                              "d/**",
                              "d/**/a",
                              "d/**/",
                              "/**/a",
                              "*",
                              "**",
                              "/*",
                              "*/a",
                              "*.c",
                              "/*.c",
                              "d/*.c",
                              "d/*",
                              "d/*/a",
                              "?",
                              "??",
                              "a?",
                              "[ab]",
                              "[!a]",
                              "[^a]",
                              "[a-c]",
                              "[]-]",
                              "[[]a]",
                              "[[:alpha:]]",
                              "[[:upper:]]",
                              "[[:up:]]",
                              "[[:space:]]",
                              "a[[:space:]]b",
                              "\\a",
                              "\\[a\\]",
                              "[a]",
                              "a\\\\b",
                              "a\\b",
                              "a b",
                              "a\\ b",
                              "a b  ",
                              "b\\ ",
                              "#a",
                              "\\#a",
                              "!a",
                              "\\!a",
                              "\\!*",
                              "",
                              "/",
                              "//",
                              "a//",
                              "!",
                              "*\n!a",
                              "*\n!*/\n!a.c",
                              "*\n!d\n!d/a",
                              "/*\n!/d",
                              "build/",
                              "build",
                              "foo/**/bar",
                              "foo/**bar",
                              "foo**/bar",
                              "foo**bar/a",
                              "**foo/a",
                              "a*b",
                              "a\\*b",
                              "a**b",
                              "****/a",
                              "d/**/**/a",
                              "*\\",
                              "a\\",
                              "[a",
                              "[",
                              "[!",
                              "d/[a",
                              "é",
                              "f/?",
                              "f/??",
                              "\xEF\xBB\xBF"
                              "a",
                              "a\r",
                              "a\t",
                              "Z\nz",
                              "d/e/\n!d/e/f",
                              "d/e/*\n!d/e/f",
                              "d/*/\n!d/e/"}) {
    INFO(pattern);
    place.write(".gitignore", std::string(pattern) + "\n");
    for (bool fold : {false, true}) {
      place.git(std::string("config core.ignorecase ") + (fold ? "true" : "false"));
      CHECK(listed(open_files(place.path())) == seen_by_git(place));
    }
  }
}

TEST_CASE("the nearest ignore file decides, then info/exclude, then the user's") {
  TempDirectory place;
  place.init();
  for (const char* name : {"a.x", "a.y", "a.z", "d/a.x", "d/a.y", "d/a.z"}) place.write(name);
  place.write(".git/users", "*.x\n*.y\n*.z\n");
  place.write(".git/info/exclude", "!*.y\n");
  place.write("d/.gitignore", "!*.z\n");
  place.git("config core.excludesFile \"$PWD/.git/users\"");
  CHECK(listed(open_files(place.path())) == Lines{"u a.y", "u d/.gitignore", "u d/a.y", "u d/a.z"});
  CHECK(listed(open_files(place.path())) == seen_by_git(place));
  CHECK(listed(open_files(place.at("d"))) == Lines{"u a.y", "u d/.gitignore", "u d/a.y", "u d/a.z"});
}

TEST_CASE("patterns that libgit2 takes for ever over") {
  struct Row {
    const char* what;
    std::string pattern;
    std::string file;
    bool ignored;
  };
  for (const Row& row : {Row{"stars in a name", repeated("a*", 16) + "b", repeated("a", 200), false},
                         Row{"stars in a name, matching", repeated("a*", 16) + "b", repeated("a", 200) + "b", true},
                         Row{"folders", repeated("**/a/", 30) + "b", repeated("a/", 100) + "c", false},
                         Row{"folders, matching", repeated("**/a/", 30) + "b", repeated("a/", 100) + "b", true}}) {
    INFO(row.what);
    TempDirectory place;
    place.init();
    place.write(row.file);
    place.write(".gitignore", row.pattern + "\n");
    CHECK(listed(open_files(place.path())) ==
          (row.ignored ? Lines{"u .gitignore"} : Lines{"u .gitignore", "u " + row.file}));
  }
}

TEST_CASE("an ignore file that is not a fair one ignores nothing and says so") {
  struct Row {
    const char* what;
    std::string make;
    const char* notice;
  };
  for (const Row& row :
       {Row{"a link", "echo x >rules && ln -s rules .gitignore",
            ".gitignore: git's ignore rules are not applied: a symbolic link"},
        Row{"a FIFO", "mkfifo .gitignore", ".gitignore: git's ignore rules are not applied: is not a regular file"},
        Row{"a folder", "mkdir .gitignore && touch .gitignore/x",
            ".gitignore: git's ignore rules are not applied: is not a regular file"},
        Row{"a huge one", "yes x | head -c 600000 >.gitignore",
            ".gitignore: git's ignore rules are not applied: it is larger than 512 kB"},
        Row{"a long pattern", "(echo y; printf '?%.0s' $(seq 2000)) >.gitignore",
            ".gitignore: the pattern is longer than 1024 bytes, so it ignores nothing"},
        Row{"info/exclude", "rm .git/info/exclude && mkfifo .git/info/exclude",
            "info/exclude are not applied: is not a regular file"},
        Row{"core.excludesFile", "mkfifo zf && git config core.excludesFile $PWD/zf",
            "/zf are not applied: is not a regular file"}}) {
    INFO(row.what);
    TempDirectory place;
    place.init();
    place.write("x");
    place.write("y");
    place.run(row.make);
    FileSet files = open_files(place.path());
    Lines lines = listed(files);
    CHECK(std::find(lines.begin(), lines.end(), "u x") != lines.end());
    REQUIRE(!files.notices().empty());
    CHECK_THAT(noticed(files).at(0), Contains(row.notice));
    // The other patterns of the file keep working.
    bool is_pattern = std::string_view(row.what) == "a long pattern";
    CHECK((std::find(lines.begin(), lines.end(), "u y") == lines.end()) == is_pattern);
    if (is_pattern) CHECK(files.notices()[0].line == 2);
  }
}

TEST_CASE("many patterns and many files end in time that is linear in both", "[.large]") {
  TempDirectory place;
  place.init();
  place.run("i=0; while [ $i -lt 40 ]; do mkdir d$i; (cd d$i; seq -f file%g 50 | xargs touch); i=$((i+1)); done");
  place.run("seq -f 'name%g' 40000 >.gitignore");
  CHECK(open_files(place.path()).files().size() == 2001);
  CHECK(noticed(open_files(place.path())) == Lines{});
  place.run("seq -f '*f*i*x%g' 40000 >.gitignore");
  FileSet files = open_files(place.path());
  CHECK(files.files().size() == 2001);
  CHECK(noticed(files) ==
        Lines{": git's ignore rules are too much work for this tree: from some folder on they are not applied"});
}
