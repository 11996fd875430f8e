#include "repo/file_set.h"

#include <fcntl.h>

#include <algorithm>
#include <thread>

#include "repo/listing_text.h"
#include "repo/temp_repo.h"

using namespace tfcheck;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

// Files by name: a name that ends in '/' is an empty folder, " -> target" a symlink.
void make(const TempDirectory& place, const Lines& names) {
  for (const std::string& name : names) {
    size_t arrow = name.find(" -> ");
    if (arrow != std::string::npos) {
      place.link(name.substr(0, arrow), name.substr(arrow + 4));
    } else if (name.ends_with('/')) {
      place.make_folder(name);
    } else {
      place.write(name);
    }
  }
}

Lines sorted_paths(const FileSet& files) {
  Lines paths;
  for (const FileEntry& file : files.files()) paths.push_back(file.path);
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

TEST_CASE("a plain folder lists everything but the folders of version control") {
  struct Row {
    const char* what;
    Lines made;
    Lines exclude;
    Lines expected;
  };
  const Row rows[] = {
      {"empty", {}, {}, {}},
      {"only folders", {"a/", "b/c/"}, {}, {}},
      {"order is that of path bytes",
       {"a/z", "a-b", "a.c", "a/b/c", "B", "ab"},
       {},
       {"u B", "u a-b", "u a.c", "u a/b/c", "u a/z", "u ab"}},
      {"stores", {".hg/x", ".svn/x", "src/.svn/y", "src/a"}, {}, {"u src/a"}},
      {"ignore files are git's affair", {".gitignore", "x"}, {}, {"u .gitignore", "u x"}},
      {"symlinks are listed",
       {"a/b", "loop -> .", "a/up -> ../..", "gone -> nowhere", "same -> a/b"},
       {},
       {"u a/b", "u a/up -> ../..", "u gone -> nowhere", "u loop -> .", "u same -> a/b"}},
      {"names are bytes",
       {"new\nline", "bell\a", "caf\xE9", "\xFF\xFE", " "},
       {},
       {"u  ", "u bell\a", "u caf\xE9", "u new\nline", "u \xFF\xFE"}},
      {"exclude",
       {"a/b.log", "a/c", "docs/x/y", "docs/z", "vendor/q", "x/vendor/q", "x/docs/r"},
       {"*.log", "docs/", "/vendor"},
       {"u a/c", "u x/vendor/q"}},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    TempDirectory place;
    make(place, row.made);
    FileSetOptions options;
    options.exclude = row.exclude;
    FileSet files = open_files(place.path(), options);
    CHECK(listed(files) == row.expected);
    CHECK(noticed(files) == Lines{});
    CHECK_FALSE(files.repository().is_repository);
  }
}

TEST_CASE("a work tree lists what git tracks or does not ignore") {
  struct Row {
    const char* what;
    Lines committed;
    Lines untracked;
    const char* gitignore;
    Lines expected;
  };
  const Row rows[] = {
      {"no commit", {}, {"a"}, nullptr, {"u a"}},
      {"tracked and untracked", {"a", "b/c"}, {"b/d", "e/f"}, nullptr, {"t a", "t b/c", "u b/d", "u e/f"}},
      {"ignored folder", {"a"}, {"build/x/y", "sub/build/z"}, "build/\n", {"u .gitignore", "t a"}},
      {"tracked in an ignored folder", {"build/kept"}, {"build/lost"}, "build/\n", {"u .gitignore", "t build/kept"}},
      {"negation", {}, {"a.log", "keep.log", "d/b.log"}, "*.log\n!keep.log\n", {"u .gitignore", "u keep.log"}},
      {"a folder's files cannot be had back", {}, {"logs/keep"}, "logs/\n!logs/keep\n", {"u .gitignore"}},
      {"anchored", {}, {"top", "x/top"}, "/top\n", {"u .gitignore", "u x/top"}},
      {"everything but one folder",
       {},
       {"a", "app/b", "lib/c"},
       "/*\n!/app/\n!.gitignore\n",
       {"u .gitignore", "u app/b"}},
      {"other stores", {}, {".hg/x", "y"}, nullptr, {"u y"}},
      {"names that need care",
       {"[a]", "new\nline"},
       {"*", "!x", "#y", "caf\xE9"},
       nullptr,
       {"u !x", "u #y", "u *", "t [a]", "u caf\xE9", "t new\nline"}},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    TempDirectory place;
    place.init();
    make(place, row.committed);
    if (!row.committed.empty()) place.commit_all();
    make(place, row.untracked);
    if (row.gitignore) place.write(".gitignore", row.gitignore);
    FileSet files = open_files(place.path());
    CHECK(listed(files) == row.expected);
    CHECK(noticed(files) == Lines{});
    CHECK(files.repository().is_repository);
  }
}

TEST_CASE("nested ignore files and info/exclude count") {
  TempDirectory place;
  place.init();
  make(place, {"a/x.tmp", "a/keep.tmp", "a/b/keep.tmp", "b/x.tmp", "private"});
  place.write(".gitignore", "*.tmp\n");
  place.write("a/.gitignore", "!keep.t*\n");
  place.write("a/b/.gitignore", "keep.tmp\n");
  place.write(".git/info/exclude", "private\n");
  CHECK(listed(open_files(place.path())) ==
        Lines{"u .gitignore", "u a/.gitignore", "u a/b/.gitignore", "u a/keep.tmp"});
  CHECK(listed(open_files(place.at("a"))) ==
        Lines{"u .gitignore", "u a/.gitignore", "u a/b/.gitignore", "u a/keep.tmp"});
}

TEST_CASE("a deleted file is left out, a replaced one is what it is now") {
  TempDirectory place;
  place.init();
  make(place, {"gone", "d/gone", "file", "link -> file", "dir/x", "tool"});
  place.run("chmod +x tool");
  place.commit_all();
  place.remove("gone");
  place.remove("d");
  place.remove("file");
  place.make_folder("file");
  place.write("file/inside");
  place.remove("dir");
  place.link("dir", "tool");
  CHECK(listed(open_files(place.path())) == Lines{"u dir -> tool", "u file/inside", "t link -> file", "t tool *"});
}

TEST_CASE("of a folder in a repository all files are listed, and which folder is meant") {
  TempDirectory place;
  place.init();
  make(place, {"a/b/c", "a/b-c", "a/x", "ab/y", "z"});
  place.commit_all("one");
  place.write("a/new");
  place.git("add a/new");
  for (FileSource source : {FileSource::WorkTree, FileSource::Index, FileSource::Commit}) {
    FileSet files = open_files(place.at("a/"), from(source, "HEAD"));
    CHECK(listed(files) == (source == FileSource::Commit
                                ? Lines{"t a/b-c", "t a/b/c", "t a/x", "t ab/y", "t z"}
                                : Lines{"t a/b-c", "t a/b/c", "t a/new", "t a/x", "t ab/y", "t z"}));
    CHECK(content(files, "a/b/c") == "x\n");
    CHECK(files.folder() == "a");
    CHECK(files.repository().prefix.empty());
    CHECK(files.repository().work_tree == place.path());
    CHECK(files.repository().branch == "main");
    CHECK(files.repository().head.size() == 40);
    CHECK(files.repository().revision == (source == FileSource::Commit ? files.repository().head : ""));
  }
  CHECK(open_files(place.path()).folder().empty());
  place.make_folder("later");
  FileSet later = open_files(place.at("later"), from(FileSource::Commit, "HEAD"));
  CHECK(listed(later) == Lines{});
  CHECK(noticed(later) == Lines{": 'HEAD' has no folder later"});
}

TEST_CASE("outside of the audited folder only what lies beside tracked files is listed") {
  TempDirectory place;
  place.init();
  make(place, {"top", "app/deep/x", "other/t"});
  place.commit_all();
  make(place, {"untracked", "app/beside", "app/deep/more/y", "other/u", "other/big/n", "data/n"});
  place.make_folder("app/deep/.git");  // as git sees it, none
  CHECK(listed(open_files(place.at("app/deep"))) ==
        Lines{"u app/beside", "u app/deep/more/y", "t app/deep/x", "t other/t", "u other/u", "t top", "u untracked"});
  CHECK(listed(open_files(place.at("data"))) ==
        Lines{"u app/beside", "t app/deep/x", "u data/n", "t other/t", "u other/u", "t top", "u untracked"});
}

TEST_CASE("the tree is never larger than what lies round its .git") {
  TempDirectory place;
  make(place, {"outside", "repo/sub/a", "repo/top"});
  place.run("cd repo && git init -q -b main . && git config core.worktree ../..");
  FileSet files = open_files(place.at("repo/sub"));
  CHECK(listed(files) == Lines{"u a"});
  CHECK(files.folder().empty());
  CHECK(files.repository().prefix == "repo/sub");

  make(place, {"other/sub/b", "other/c"});
  place.run(
      "cd repo && git config --unset core.worktree && cd ../other && echo \"gitdir: $PWD/../repo/.git\" >sub/.git");
  CHECK(listed(open_files(place.at("other/sub"))) == Lines{"u b"});
  place.run("cd other && mv sub/.git . && git config core.worktree ../..");
  CHECK(listed(open_files(place.at("other/sub"))) == Lines{"u b"});
}

TEST_CASE("paths that the run writes are left out by where they are") {
  TempDirectory place;
  place.init();
  make(place, {"a/r.json", "r.json", "b"});
  FileSetOptions options;
  options.exclude_paths = {place.at("a/r.json"), "/r.json", place.path() + "x/b"};
  CHECK(listed(open_files(place.path(), options)) == Lines{"u b", "u r.json"});
  CHECK(listed(open_files(place.at("a"), options)) == Lines{"u b", "u r.json"});
}

TEST_CASE("exclude prunes tracked folders in every source") {
  TempDirectory place;
  place.init();
  make(place, {"a/b.log", "docs/x/y", "src/docs/z", "src/m"});
  place.commit_all();
  for (FileSource source : {FileSource::WorkTree, FileSource::Index, FileSource::Commit}) {
    FileSetOptions options = from(source, "HEAD");
    options.exclude = {"*.log", "docs/"};
    CHECK(listed(open_files(place.path(), options)) == Lines{"t src/m"});
  }
}

TEST_CASE("a folder that git ignores is audited as one outside of a repository") {
  TempDirectory place;
  place.init();
  make(place, {"build/out/a.js", "src/x"});
  place.write(".gitignore", "build/\n");
  FileSet files = open_files(place.at("build/out"));
  CHECK(listed(files) == Lines{"u a.js"});
  CHECK_FALSE(files.repository().is_repository);
  CHECK(noticed(files) == Lines{": git ignores this folder: it is audited as one outside of a repository"});
}

TEST_CASE("what cannot be read is a notice and loses only itself") {
  TempDirectory place;
  place.write("a");
  place.fifo("pipe");
  place.write("locked/x");
  place.write("secret");
  place.run("chmod 755 . && chmod 0 locked secret");
  {
    OrdinaryUser user;
    FileSet files = open_files(place.path());
    CHECK(listed(files) == Lines{"u a", "u secret"});
    CHECK(noticed(files) == Lines{"locked: the folder cannot be listed: Permission denied",
                                  "pipe: not a regular file (a socket, FIFO or device)"});
    CHECK(content(files, "secret") == "! Permission denied");
    CHECK(content(files, "a") == "x\n");
    CHECK(error_of(place.at("locked")) == "the folder " + place.at("locked") + " cannot be opened: Permission denied");
  }
  place.run("chmod 700 locked");
}

TEST_CASE("a .gitignore that is a FIFO does not stop the run") {
  TempDirectory place;
  place.init();
  place.write("sub/a");
  place.fifo("sub/.gitignore");
  FileSet files = open_files(place.path());
  CHECK(listed(files) == Lines{"u sub/a"});
  CHECK_THAT(noticed(files).at(0), Contains("ignore rules are not applied"));
}

TEST_CASE("reading stops at the limit and never follows or waits") {
  TempDirectory place;
  place.write("big", std::string(5000, 'b'));
  make(place, {"later", "later2", "later3", "empty", "link -> big"});
  place.write("empty", "");
  FileSet files = open_files(place.path());
  place.remove("later");
  place.fifo("later");
  place.remove("later2");
  place.link("later2", "big");
  place.remove("later3");
  CHECK(content(files, "big") == std::string(5000, 'b'));
  CHECK(content(files, "big", 10) == std::string(10, 'b'));
  CHECK(content(files, "empty").empty());
  CHECK(content(files, "link") == "! is a symbolic link");
  CHECK(content(files, "later") == "! is not a regular file");
  CHECK(content(files, "later2") == "! a symbolic link is not followed");
  CHECK(content(files, "later3") == "! has gone since it was listed");
}

TEST_CASE("folders nested beyond what a path can name are a notice") {
  TempDirectory place;
  place.write("a");
  int at = ::open(place.path().c_str(), O_RDONLY | O_DIRECTORY);
  for (int i = 0; i < 2100; ++i) {
    REQUIRE(::mkdirat(at, "d", 0700) == 0);
    int below = ::openat(at, "d", O_RDONLY | O_DIRECTORY);
    ::close(at);
    at = below;
  }
  ::close(at);
  FileSet files = open_files(place.path());
  CHECK(listed(files) == Lines{"u a"});
  REQUIRE(files.notices().size() == 1);
  CHECK_THAT(files.notices()[0].message, Contains("File name too long"));
  place.run("rm -rf d");
}

TEST_CASE("a wrong path is a user's error in plain words") {
  TempDirectory place;
  place.write("file");
  CHECK(error_of(place.at("nowhere")) == "there is no folder " + place.at("nowhere"));
  CHECK(error_of(place.at("file")) == place.at("file") + " is not a folder (name the folder that holds it)");
  CHECK(error_of(place.path(), from(FileSource::Index)) ==
        place.path() + " is not in a git repository, which --staged needs");
  CHECK(error_of(place.path(), from(FileSource::Commit, "HEAD")) ==
        place.path() + " is not in a git repository, which --rev needs");
}

TEST_CASE("many threads read one file set") {
  TempDirectory place;
  place.init();
  for (int i = 0; i < 200; ++i) place.write("f" + std::to_string(i), std::string(static_cast<size_t>(i) * 50, 'a'));
  place.commit_all();
  place.git("gc -q");
  for (FileSource source : {FileSource::WorkTree, FileSource::Index, FileSource::Commit}) {
    FileSet files = open_files(place.path(), from(source, "HEAD"));
    std::vector<size_t> wrong(4);
    std::vector<std::thread> threads;
    for (size_t t = 0; t < wrong.size(); ++t) {
      threads.emplace_back([&, t] {
        std::string buffer;
        for (size_t i = 0; i < files.files().size(); ++i) {
          size_t size = static_cast<size_t>(std::stoi(files.files()[i].path.substr(1))) * 50;
          wrong[t] += files.read(i, 1 << 20, buffer) || buffer.size() != size || files.files()[i].size != size;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(files.files().size() == 200);
    CHECK(wrong == std::vector<size_t>(4));
    CHECK(std::is_sorted(files.files().begin(), files.files().end(),
                         [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; }));
    CHECK(sorted_paths(files).size() == 200);
  }
}

TEST_CASE("files in memory are a file set like any other") {
  FileSet files = FileSet::of({{"b/x", "1234"}, {"a", "first"}, {"a", "second"}, {"b-c", ""}});
  CHECK(listed(files) == Lines{"u a", "u b-c", "u b/x"});
  CHECK(content(files, "a") == "first");
  CHECK(content(files, "b/x", 2) == "12");
  CHECK(content(files, "b-c") == "");
  CHECK(files.files()[2].size == 4);
  CHECK(files.notices().empty());
  RepositoryInfo repository;
  repository.is_repository = true;
  CHECK(listed(FileSet::of({{"a", ""}}, repository)) == Lines{"t a"});
}
