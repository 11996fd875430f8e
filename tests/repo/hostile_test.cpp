// Repositories that nobody would make by hand: what a few objects or special files could cost.
#include <algorithm>

#include "repo/listing_text.h"
#include "repo/repository_check.h"
#include "repo/temp_repo.h"

using namespace tfcheck;
using Catch::Matchers::Contains;

namespace {

// A commit of a tree that is `levels` deep, each folder of it with ten equal ones below.
void make_tower(const TempDirectory& place, const char* lowest, int levels) {
  place.init();
  place.run(
      std::string("b=$(echo x | git hash-object -w --stdin); t=$(printf '") + lowest +
      "' $b | git mktree); for i in $(seq " + std::to_string(levels) +
      "); do t=$(for j in 0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %s\\t%s\\n' $t $j; done | git mktree); done; "
      "git update-ref HEAD $(git commit-tree -m x $t)");
}

bool has_unread(const FileSet& files, Unread why) {
  return std::any_of(files.notices().begin(), files.notices().end(), [&](const Notice& n) { return n.unread == why; });
}

}  // namespace

TEST_CASE("a few objects that stand for a tree without end are cut, and the notice says so", "[.large]") {
  for (const char* lowest : {"", "100644 blob %s\\tapp.py\\n"}) {
    INFO(lowest);
    TempDirectory place;
    make_tower(place, lowest, 12);
    FileSet files = open_files(place.path(), from(FileSource::Commit, "HEAD"));
    CHECK(files.files().size() <= 100'000);
    REQUIRE(files.notices().size() == 1);
    CHECK_THAT(noticed(files)[0],
               Contains("more than 100000 entries in folders that repeat others; what comes after '0/0/"));
    CHECK(has_unread(files, Unread::TooLarge));
  }
}

TEST_CASE("a tree whose folders repeat a little is whole") {
  TempDirectory place;
  make_tower(place, "100644 blob %s\\tapp.py\\n", 3);
  FileSet files = open_files(place.path(), from(FileSource::Commit, "HEAD"));
  CHECK(files.files().size() == 1000);
  CHECK(noticed(files) == Lines{});
}

TEST_CASE("one large file at many places is read a bounded number of times") {
  TempDirectory place;
  place.init();
  place.run(
      "b=$(head -c 1000000 /dev/zero | git hash-object -w --stdin); t=$(for i in $(seq 1000); do "
      "printf '100644 blob %s\\t%s\\n' $b $i; done | git mktree); git update-ref HEAD $(git commit-tree -m x $t)");
  FileSet files = open_files(place.path(), from(FileSource::Commit, "HEAD"));
  CHECK(files.files().size() == 269);
  CHECK(noticed(files) ==
        Lines{": files with the same content as others take more than 256 MB; 731 files are left out"});
  CHECK(has_unread(files, Unread::TooLarge));
}

TEST_CASE("what is no file inside of .git makes no repository, and nothing waits for it") {
  struct Row {
    const char* what;
    const char* make;
    const char* trouble;
  };
  for (const Row& row :
       {Row{"config", "rm .git/config && mkfifo .git/config", ".git/config is not a regular file"},
        Row{"HEAD", "rm .git/HEAD && mkfifo .git/HEAD", ".git/HEAD is not a regular file"},
        Row{"packed-refs", "mkfifo .git/packed-refs", ".git/packed-refs is not a regular file"},
        Row{"a link to a device", "ln -s /dev/zero .git/packed-refs", ".git/packed-refs is not a regular file"},
        Row{"the branch", "rm .git/refs/heads/main && mkfifo .git/refs/heads/main",
            "refs/heads/main is not a regular file"},
        Row{"another branch", "mkdir .git/refs/heads/x && mkfifo .git/refs/heads/x/y",
            "refs/heads/x/y is not a regular file"},
        Row{"beyond a link", "mkdir .git/z && mkfifo .git/z/y && ln -s ../../z .git/refs/heads/x",
            "refs/heads/x is a symbolic link to a folder"},
        Row{"HEAD points elsewhere", "mkfifo .git/hooks/y && echo 'ref: hooks/y' >.git/HEAD",
            "HEAD points to something that is no reference"},
        Row{"a branch points elsewhere", "mkfifo .git/hooks/y && echo 'ref: hooks/y' >.git/refs/heads/main",
            "main points to something that is no reference"},
        Row{"an included configuration", "mkfifo p && git config include.path ../p", "p is not a regular file"},
        Row{"included by an included one",
            "mkfifo p && printf '[INCLUDEIF \"gitdir:/\"] Path = \"p\"\\n' >q && git config include.path ../q",
            "p is not a regular file"},
        Row{"a huge configuration", "truncate -s 3G .git/config", ".git/config is larger than 4096 kB"},
        Row{"a huge HEAD", "truncate -s 3G .git/HEAD", ".git/HEAD is larger than"},
        Row{"huge packed references", "truncate -s 3G .git/packed-refs", ".git/packed-refs is larger than"},
        Row{"a worktree's",
            "git worktree add -q w && mkfifo .git/worktrees/w/gitdir2 && rm .git/worktrees/w/HEAD && mkfifo "
            ".git/worktrees/w/HEAD && mv w/.git g && rm -rf .git/x && mv .git ../$(basename $PWD).d && sed "
            "\"s|$PWD/.git|$PWD.d|\" g >.git && rm -r w g",
            "is not a regular file"}}) {
    INFO(row.what);
    TempDirectory place;
    place.init();
    place.write("a", "a\n");
    place.commit_all();
    place.run(row.make);
    FileSet files = open_files(place.path());
    Lines lines = noticed(files);
    CHECK(std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
            return line.find("the repository cannot be opened (") != std::string::npos &&
                   line.find(row.trouble) != std::string::npos;
          }) == 1);
    CHECK(content(files, "a") == "a\n");
    CHECK_THAT(error_of(place.path(), from(FileSource::Commit, "HEAD")), Contains(row.trouble));
    std::filesystem::remove_all(place.path() + ".d");
  }
}

TEST_CASE("the includes of a configuration are found however they are written") {
  struct Row {
    const char* text;
    Lines paths;
  };
  for (const Row& row :
       {Row{"", {}}, Row{"[core]\n\tpath = x\n", {}}, Row{"[include]\n\tpath = x\n", {"x"}},
        Row{"[include] path=x", {"x"}}, Row{"[Include]\nPATH = x # y\n[core]\npath = z", {"x"}},
        Row{"[includeIf \"gitdir:/a]\\\"b\"]\n path = \"a b\" \n", {"a b"}},
        Row{"[include]\n;path = x\n#path = y\n path = z", {"z"}},
        Row{"[include]\n\tpath = a\\\nb\n path\n other = c\n path = d\n", {"ab", "d"}},
        Row{"[include]\n\tpath = \"a;b\\\"c\\\\d\"e  ;f\n", {"a;b\"c\\de"}}, Row{"[include.x]\npath = y", {}},
        Row{"[include \"x\"]\npath = y", {"y"}}, Row{"\xEF\xBB\xBF[include]\npath = x", {"x"}}}) {
    INFO(row.text);
    CHECK(included_paths(row.text) == row.paths);
  }
}

TEST_CASE("what a partial clone has not fetched is told from what is lost") {
  TempDirectory place;
  place.make_folder("src");
  place.run(
      "cd src && git init -q -b main . && git config uploadpack.allowFilter true && mkdir d && echo 1 >a && echo 2 "
      ">d/b && "
      "git add . && git commit -qm one && echo 11 >a && git commit -qam two");
  place.run("git clone -q --filter=blob:none \"file://$PWD/src\" partial && git clone -q src whole");
  place.run(
      "cd whole && git repack -qad && f=$(git rev-parse HEAD~1:a) && git unpack-objects -q <$(ls "
      ".git/objects/pack/*.pack) || true");
  FileSet partial = open_files(place.at("partial"), from(FileSource::Commit, "HEAD~1"));
  CHECK(listed(partial) == Lines{"t a", "t d/b"});
  CHECK(content(partial, "d/b") == "2\n");
  CHECK_THAT(content(partial, "a"), Contains("this is a partial clone, and git fetch --refetch --no-filter brings"));
  std::string buffer;
  std::optional<ReadFailure> failure = partial.read(0, 100, buffer);
  REQUIRE(failure);
  CHECK(failure->why == Unread::MissingObject);
  place.run("cd partial && git fetch -q --refetch --no-filter");
  CHECK(content(open_files(place.at("partial"), from(FileSource::Commit, "HEAD~1")), "a") == "1\n");
}

TEST_CASE("a commit that is damaged or gone is not one that was misspelt") {
  struct Row {
    const char* what;
    const char* damage;
    const char* error;
  };
  for (const Row& row :
       {Row{"a cut pack",
            "git gc -q && p=$(ls .git/objects/pack/*.pack) && chmod u+w $p && head -c 40 $p >x && cat x >$p",
            "'HEAD' cannot be read: "},
        Row{"no pack", "git gc -q && rm -f .git/objects/pack/*.pack", "'HEAD' cannot be read: "},
        Row{"no objects", "rm -rf .git/objects/??", "'HEAD' cannot be read: "},
        Row{"a tip that is gone", "echo 0123456789012345678901234567890123456789 >.git/refs/heads/main",
            "'HEAD' cannot be read: its object is not in this repository"},
        Row{"no such branch", "echo 'ref: refs/heads/none' >.git/HEAD", "'HEAD' names no commit of this repository"}}) {
    INFO(row.what);
    TempDirectory place;
    place.init();
    place.write("a", "a\n");
    place.commit_all();
    place.run(row.damage);
    CHECK_THAT(error_of(place.path(), from(FileSource::Commit, "HEAD")), Contains(row.error));
  }
}

TEST_CASE("each notice of something that was not looked at says why") {
  TempDirectory plain;
  plain.write("a");
  plain.fifo("pipe");
  plain.run("mkdir closed && touch closed/x && chmod 000 closed && chmod 755 .");
  {
    OrdinaryUser user;
    FileSet files = open_files(plain.path());
    CHECK(has_unread(files, Unread::NotAFile));
    CHECK(has_unread(files, Unread::Permission));
  }
  plain.run("chmod 700 closed");
  TempDirectory place;
  place.init();
  place.run("echo 1 >a && git add a && git init -q nested && touch nested/x");
  CHECK(has_unread(open_files(place.path()), Unread::Submodule));
}
