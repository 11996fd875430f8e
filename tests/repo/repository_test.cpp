#include <sys/stat.h>
#include <unistd.h>

#include "repo/file_set.h"
#include "repo/listing_text.h"
#include "repo/open_repository.h"
#include "repo/temp_repo.h"

using namespace tfcheck;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

// The file of a loose object in a repository: what a revision like "HEAD:a" names.
void truncate_object(const TempDirectory& place, const std::string& revision) {
  place.run("id=$(git rev-parse " + revision +
            ") && f=.git/objects/$(echo $id | cut -c1-2)/$(echo $id | cut -c3-) && " +
            "chmod u+w $f && head -c 9 $f >cut && cat cut >$f && rm cut");
}

}  // namespace

TEST_CASE("a worktree is a repository with an index of its own") {
  TempDirectory place;
  place.make_folder("main");
  place.run("cd main && git init -q -b main . && echo 1 >a && git add a && git commit -qm one");
  place.run("cd main && git worktree add -q -b side ../side && echo 2 >../side/b && cd ../side && git add b");
  FileSet files = open_files(place.at("side"));
  CHECK(listed(files) == Lines{"t a", "t b"});
  CHECK(files.repository().branch == "side");
  CHECK(files.repository().work_tree == place.at("side"));
  CHECK(listed(open_files(place.at("side"), from(FileSource::Index))) == Lines{"t a", "t b"});
  CHECK(listed(open_files(place.at("side"), from(FileSource::Commit, "side"))) == Lines{"t a"});
  CHECK(listed(open_files(place.at("main"), from(FileSource::Index))) == Lines{"t a"});
}

TEST_CASE("submodules are listed, never entered; opened as PATH they are repositories") {
  TempDirectory place;
  place.make_folder("lib");
  place.run("cd lib && git init -q -b main . && echo 1 >l.c && git add . && git commit -qm lib");
  place.make_folder("app");
  place.run(
      "cd app && git init -q -b main . && git submodule -q add ../lib sub && echo 1 >a && git add . && git commit -qm "
      "a");
  place.run("cd app && echo 2 >sub-x && git add . && git clone -q ../lib nested");
  FileSet app = open_files(place.at("app"));
  CHECK(listed(app) == Lines{"t .gitmodules", "t a", "t sub (submodule)", "t sub-x"});
  CHECK(noticed(app) == Lines{"nested: another git repository lies here; audit it on its own"});
  CHECK(listed(open_files(place.at("app"), from(FileSource::Commit, "HEAD"))) ==
        Lines{"t .gitmodules", "t a", "t sub (submodule)"});
  FileSet sub = open_files(place.at("app/sub"));
  CHECK(listed(sub) == Lines{"t l.c"});
  CHECK(sub.repository().work_tree == place.at("app/sub"));
  CHECK(sub.repository().prefix.empty());

  place.run("git clone -q app fresh");
  FileSet fresh = open_files(place.at("fresh"));
  CHECK(listed(fresh) == Lines{"t .gitmodules", "t a", "t sub (submodule)"});
  CHECK(noticed(fresh) == Lines{"sub: the submodule is not checked out: git submodule update --init"});
  FileSet empty = open_files(place.at("fresh/sub"));
  CHECK(listed(empty) == listed(fresh));
  CHECK(noticed(empty) == noticed(fresh));
}

TEST_CASE("a bare repository is audited by commit only") {
  TempDirectory place;
  place.make_folder("src");
  place.run("cd src && git init -q -b main . && mkdir d && echo 1 >d/a && git add . && git commit -qm one");
  place.run("git clone -q --bare src bare.git");
  std::string bare = place.at("bare.git");
  std::string refusal =
      bare + " is a bare repository, it has no files checked out; name a commit with --rev, as in --rev HEAD";
  CHECK(error_of(bare) == refusal);
  CHECK(error_of(bare, from(FileSource::Index)) == refusal);
  FileSet files = open_files(bare, from(FileSource::Commit, "main"));
  CHECK(listed(files) == Lines{"t d/a"});
  CHECK(content(files, "d/a") == "1\n");
  CHECK(files.repository().work_tree.empty());
  CHECK_THAT(error_of(place.at("src/.git")), Contains("inside git's own folder"));
  CHECK(listed(open_files(place.at("src/.git"), from(FileSource::Commit, "main"))) == Lines{"t d/a"});
}

TEST_CASE("a shallow clone works and explains what it does not have") {
  TempDirectory place;
  place.make_folder("src");
  place.run(
      "cd src && git init -q -b main . && echo 1 >a && git add . && git commit -qm 1 && echo 2 >a && git commit -qam "
      "2");
  place.run("git clone -q --depth 1 \"file://$PWD/src\" shallow");
  FileSet files = open_files(place.at("shallow"));
  CHECK(files.repository().is_shallow);
  CHECK(listed(files) == Lines{"t a"});
  CHECK(
      error_of(place.at("shallow"), from(FileSource::Commit, "HEAD~1")) ==
      "'HEAD~1' names no commit of this repository (the clone is shallow: git fetch --unshallow brings older commits)");
  CHECK_FALSE(open_files(place.at("src")).repository().is_shallow);
}

TEST_CASE("a commit is read whatever the disk says") {
  TempDirectory place;
  place.init();
  place.write("a", "old\n");
  place.write("bin/run", "#!/bin/sh\n");
  place.link("l", "bin/run");
  place.run("chmod +x bin/run");
  place.commit_all("one");
  place.git("tag -a v1 -m first");
  place.write("a", "new\n");
  place.remove("bin");
  place.commit_all("two");
  for (const char* revision : {"HEAD~1", "v1", "HEAD^", "main~1", "v1^{commit}", "v1^{tree}"}) {
    INFO(revision);
    FileSet files = open_files(place.path(), from(FileSource::Commit, revision));
    CHECK(listed(files) == Lines{"t a", "t bin/run *", "t l -> bin/run"});
    CHECK(content(files, "a") == "old\n");
    CHECK(content(files, "a", 2) == "ol");
    CHECK(files.files()[0].size == 4);
    CHECK(to_hex(files.files()[0].blob_id) == "3367afdbbf91e638efe983616377c60477cc6612");
  }
  struct Row {
    const char* revision;
    const char* error;
  };
  for (Row row :
       {Row{"nope", "'nope' names no commit of this repository"},
        Row{"mian", "'mian' names no commit of this repository (did you mean main?)"},
        Row{"HEAD~9", "'HEAD~9' names no commit of this repository"}, Row{"", "'' names no commit of this repository"},
        Row{"v1..main", "'v1..main' names no commit of this repository"},
        Row{"HEAD:a", "'HEAD:a' names no commit of this repository"},
        Row{"-x\n", "'-x\\n' names no commit of this repository"}}) {
    INFO(row.revision);
    CHECK_THAT(error_of(place.path(), from(FileSource::Commit, row.revision)), StartsWith(row.error));
  }
  TempDirectory fresh;
  fresh.init();
  CHECK(error_of(fresh.path(), from(FileSource::Commit, "HEAD")) ==
        "'HEAD' names no commit of this repository (the repository has no commits yet)");
  CHECK(open_files(fresh.path()).repository().branch == "main");
}

TEST_CASE("the index is read as staged, not as on disk") {
  TempDirectory place;
  place.init();
  place.write("a", "one\n");
  place.write("gone", "g\n");
  place.commit_all();
  place.write("a", "staged\n");
  place.write("pointer", "version https://git-lfs.github.com/spec/v1\n");
  place.git("add a pointer");
  place.write("a", "on disk\n");
  place.write("promised");
  place.git("add -N promised");
  place.remove("gone");
  place.write("untracked");
  FileSet files = open_files(place.path(), from(FileSource::Index));
  CHECK(listed(files) == Lines{"t a", "t gone", "t pointer"});
  CHECK(content(files, "a") == "staged\n");
  CHECK(content(files, "pointer") == "version https://git-lfs.github.com/spec/v1\n");
  CHECK(files.files()[0].size == 7);
  CHECK(listed(open_files(place.path())) == Lines{"t a", "t pointer", "t promised", "u untracked"});
}

TEST_CASE("of a conflict our side is read") {
  TempDirectory place;
  place.init();
  place.write("a", "base\n");
  place.commit_all("base");
  place.run("git checkout -qb other && echo theirs >a && git commit -qam theirs");
  place.run("git checkout -q main && echo ours >a && git commit -qam ours && ! git merge other");
  FileSet files = open_files(place.path(), from(FileSource::Index));
  CHECK(listed(files) == Lines{"t a"});
  CHECK(content(files, "a") == "ours\n");
  CHECK(noticed(files) == Lines{"a: unmerged: our side of the conflict is read"});
  CHECK(listed(open_files(place.path())) == Lines{"t a"});
}

TEST_CASE("a work tree's blob ids are known only while the files are untouched") {
  TempDirectory place;
  place.init();
  place.write("a", "old\n");
  place.write("b", "old\n");
  place.run("touch -d 2001-01-01 a b");
  place.commit_all();
  place.run("sleep 0.05 && git update-index --really-refresh");
  place.write("b", "new\n");
  FileSet files = open_files(place.path());
  CHECK(to_hex(files.files()[0].blob_id) == "3367afdbbf91e638efe983616377c60477cc6612");
  CHECK_FALSE(files.files()[1].blob_id);
}

TEST_CASE("damage never stops a work tree's audit") {
  struct Row {
    const char* what;
    const char* damage;
    Lines expected;
    const char* notice;
    bool is_repository;
  };
  const Row rows[] = {
      {"garbage index", "echo garbage >.git/index", {"u .gitignore", "u a"}, "git's index cannot be read", true},
      {"truncated index",
       "head -c 50 .git/index >x && mv x .git/index",
       {"u .gitignore", "u a"},
       "git's index cannot be read",
       true},
      {"no index", "rm .git/index", {"u .gitignore", "u a"}, "", true},
      {"garbage HEAD", "echo garbage >.git/HEAD", {"t .gitignore", "t a"}, "HEAD cannot be read", true},
      {"no HEAD", "rm .git/HEAD", {"u .gitignore", "u a", "u x.log"}, "the repository cannot be opened", true},
      {"garbage configuration",
       "echo '[[[' >.git/config",
       {"u .gitignore", "u a", "u x.log"},
       "the repository cannot be opened",
       true},
      {"unknown extension",
       "git config core.repositoryformatversion 1 && git config extensions.futuristic true",
       {"u .gitignore", "u a", "u x.log"},
       "the repository cannot be opened",
       true},
      {"sparse checkout's extension",
       "git config core.repositoryformatversion 1 && git config extensions.worktreeConfig true",
       {"t .gitignore", "t a"},
       "",
       true},
      {".git leads nowhere",
       "rm -rf .git && echo 'gitdir: ../nowhere' >.git",
       {"u .gitignore", "u a", "u x.log"},
       "the repository cannot be opened",
       true},
      {".git is garbage",
       "rm -rf .git && echo garbage >.git",
       {"u .gitignore", "u a", "u x.log"},
       "the repository cannot be opened",
       true},
      {".git is empty", "rm -rf .git && mkdir .git", {"u .gitignore", "u a", "u x.log"}, "", false},
      {"no objects", "rm -rf .git/objects/*", {"t .gitignore", "t a"}, "", true},
      {"the tip is gone",
       "echo 0123456789012345678901234567890123456789 >.git/refs/heads/main",
       {"t .gitignore", "t a"},
       "",
       true},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    TempDirectory place;
    place.init();
    place.write("a");
    place.write(".gitignore", "*.log\n");
    place.commit_all();
    place.write("x.log");
    place.run(row.damage);
    FileSet files = open_files(place.path());
    CHECK(listed(files) == row.expected);
    CHECK(files.repository().is_repository == row.is_repository);
    Lines notices = noticed(files);
    CHECK(notices.size() == (*row.notice ? 1u : 0u));
    if (!notices.empty()) CHECK_THAT(notices[0], Contains(row.notice));
  }
}

// libgit2's own reader spins on these; each cut of an object must come back with a reason.
TEST_CASE("an object cut anywhere is refused, in the repository and in its alternates") {
  for (int keep : {0, 1, 2, 9, 16, 30, 100, 5000}) {
    TempDirectory place;
    place.init();
    place.run("seq 1 5000 >a && echo fine >b && git add . && git commit -qm one && git clone -q -s . shared");
    place.run(
        "id=$(git rev-parse HEAD:a) && f=.git/objects/$(echo $id | cut -c1-2)/$(echo $id | cut -c3-) && chmod u+w $f "
        "&& "
        "head -c " +
        std::to_string(keep) + " $f >cut && cat cut >$f");
    for (const std::string& path : {place.path(), place.at("shared")}) {
      INFO(path << " " << keep);
      FileSet files = open_files(path, from(FileSource::Commit, open_files(path).repository().head.substr(0, 8)));
      CHECK(listed(files) == Lines{"t a", "t b"});
      CHECK_THAT(content(files, "a"), StartsWith("! "));
      CHECK(content(files, "b") == "fine\n");
    }
  }
}

TEST_CASE("a truncated object loses only its file") {
  TempDirectory place;
  place.init();
  place.write("a", "fine\n");
  place.write("b", "broken\n");
  place.write("d/c", "lost\n");
  place.commit_all();
  truncate_object(place, "HEAD:b");
  for (FileSource source : {FileSource::Index, FileSource::Commit}) {
    FileSet files = open_files(place.path(), from(source, "HEAD"));
    CHECK(listed(files) == Lines{"t a", "t b", "t d/c"});
    CHECK(content(files, "a") == "fine\n");
    CHECK_THAT(content(files, "b"), StartsWith("! "));
    CHECK(content(files, "b").size() > 4);
  }
  truncate_object(place, "HEAD:d");
  FileSet files = open_files(place.path(), from(FileSource::Commit, "HEAD"));
  CHECK(listed(files) == Lines{"t a", "t b"});
  CHECK_THAT(noticed(files).at(0), StartsWith("d: the folder cannot be read from git: "));
  truncate_object(place, "HEAD");
  CHECK_THAT(error_of(place.path(), from(FileSource::Commit, "HEAD")), Contains("cannot be read"));
  place.run("echo garbage >.git/index");
  CHECK_THAT(error_of(place.path(), from(FileSource::Index)), StartsWith("git's index cannot be read"));
}

TEST_CASE("a repository of another user is refused with the command that trusts it") {
  if (::geteuid() != 0) return;  // only root can make a folder of another user's
  TempDirectory place;
  place.init();
  place.write("sub/a");
  place.commit_all();
  place.run("chmod 755 .");
  OrdinaryUser user;
  for (FileSource source : {FileSource::WorkTree, FileSource::Index, FileSource::Commit}) {
    CHECK(error_of(place.at("sub"), from(source, "HEAD")) ==
          place.path() + " belongs to another user, so git does not trust it; to trust it run: " +
              "git config --global --add safe.directory " + place.path());
  }
}

TEST_CASE("safe.directory trusts one folder, or all") {
  if (::geteuid() != 0) return;
  TempDirectory place;
  place.init();
  place.write("a");
  place.commit_all();
  place.run("chmod 755 .");
  struct Row {
    std::string value;
    bool trusted;
  };
  for (const Row& row : {Row{place.path(), true}, Row{"*", true}, Row{"/elsewhere", false}}) {
    INFO(row.value);
    std::string file = std::string(TempDirectory::home()) + "/.gitconfig";
    std::ofstream(file) << "[safe]\n\tdirectory = " << row.value << "\n";
    {
      OrdinaryUser user;
      CHECK((error_of(place.path()) == "no error") == row.trusted);
    }
    std::filesystem::remove(file);
  }
}

TEST_CASE("GIT_DIR does not redirect an audit to another repository") {
  TempDirectory place;
  place.run(
      "for r in one two; do mkdir $r && cd $r && git init -q -b $r . && echo $r >$r.txt && git add . && git commit -qm "
      "$r && cd ..; done");
  place.run("mkdir plain && echo 1 >plain/p");
  ScopedVariable directory("GIT_DIR", place.at("two/.git"));
  CHECK(listed(open_files(place.at("one"))) == Lines{"t one.txt"});
  CHECK(open_files(place.at("one")).repository().branch == "one");
  CHECK_FALSE(open_files(place.at("plain")).repository().is_repository);
  {
    ScopedVariable index("GIT_INDEX_FILE", place.at("two/.git/index"));
    CHECK(listed(open_files(place.at("one"), from(FileSource::Index))) == Lines{"t one.txt"});
  }
  ScopedVariable work_tree("GIT_WORK_TREE", place.at("plain"));
  CHECK(listed(open_files(place.at("one"))) == Lines{"t one.txt"});
  FileSet plain = open_files(place.at("plain"));
  CHECK(plain.repository().is_repository);
  CHECK(plain.repository().branch == "two");
}

TEST_CASE("a work tree that lies elsewhere leaves a plain folder") {
  TempDirectory place;
  place.run("mkdir here there && cd here && git init -q . && git config core.worktree ../../there && echo 1 >a");
  FileSet files = open_files(place.at("here"));
  CHECK(listed(files) == Lines{"u a"});
  CHECK(noticed(files) == Lines{": the repository's work tree lies elsewhere; audited as a plain folder"});
}

TEST_CASE("a remote's URL is shown without credentials") {
  struct Row {
    const char* url;
    const char* shown;
  };
  for (Row row :
       {Row{"https://github.com/o/r.git", "https://github.com/o/r.git"},
        Row{"https://user:secret@host/r", "https://host/r"}, Row{"https://token@host:8443/r", "https://host:8443/r"},
        Row{"https://user:se/cr@et@host/r", "https://host/r"}, Row{"https://host/r?private_token=x", "https://host/r"},
        Row{"https://host/@scope/r", "https://host/@scope/r"}, Row{"http://[::1]:80/r", "http://[::1]:80/r"},
        Row{"git@github.com:o/r.git", "git@github.com:o/r.git"}, Row{"oauth2:tok@host:o/r", "host:o/r"},
        Row{"ssh://git@host:22/r", "ssh://git@host:22/r"}, Row{"ssh://git:pw@host/r", "ssh://git@host/r"},
        Row{"/srv/r@1.git", "/srv/r@1.git"}, Row{"../r", "../r"}, Row{"file:///srv/r", "file:///srv/r"}, Row{"", ""}}) {
    CAPTURE(row.url);
    CHECK(without_credentials(row.url) == row.shown);
  }
  TempDirectory place;
  place.init();
  place.git("remote add origin https://user:secret@host/r");
  CHECK(open_files(place.path()).repository().remote_url == "https://host/r");
}
