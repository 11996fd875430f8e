#include "repo/index_format.h"

#include <fstream>
#include <sstream>

#include "repo/listing_text.h"
#include "repo/temp_repo.h"

using namespace tfcheck;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::string hash_of(std::string_view text) {
  return to_hex(sha1(text));
}

// A committed a, d/b and d/e/c.
void make(const TempDirectory& place) {
  place.init();
  place.write("a", "a\n");
  place.write("d/b", "b\n");
  place.write("d/e/c", "c\n");
  place.commit_all();
}

}  // namespace

TEST_CASE("SHA-1 is the one of its standard") {
  CHECK(hash_of("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  CHECK(hash_of("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
  CHECK(hash_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
  CHECK(hash_of(std::string(1000000, 'a')) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

TEST_CASE("an index of every kind is read") {
  struct Row {
    const char* what;
    const char* make;
  };
  for (const Row& row :
       {Row{"version 2", "git update-index --index-version 2"},
        Row{"version 3", "git update-index --skip-worktree d/b"},
        Row{"version 4", "git update-index --index-version 4"}, Row{"split", "git update-index --split-index"},
        Row{"split, version 4", "git update-index --index-version 4 && git update-index --split-index"},
        Row{"no checksum", "git config index.skipHash true && git update-index --force-write-index"},
        Row{"untracked cache", "git update-index --force-untracked-cache"},
        Row{"many extensions", "git read-tree HEAD && git status >/dev/null && git update-index --fsmonitor"}}) {
    INFO(row.what);
    TempDirectory place;
    make(place);
    place.run(row.make);
    CHECK(listed(open_files(place.path())) == Lines{"t a", "t d/b", "t d/e/c"});
    FileSet staged = open_files(place.path(), from(FileSource::Index));
    CHECK(listed(staged) == Lines{"t a", "t d/b", "t d/e/c"});
    CHECK(content(staged, "d/b") == "b\n");
    CHECK(noticed(staged) == Lines{});
  }
}

TEST_CASE("both halves of a split index count") {
  struct Row {
    const char* what;
    const char* change;
    Lines staged;
    const char* content_of_b;
  };
  for (const Row& row :
       {Row{"added", "echo n >n && git add n", {"t a", "t d/b", "t d/e/c", "t n"}, "b\n"},
        Row{"replaced", "echo new >d/b && git add d/b", {"t a", "t d/b", "t d/e/c"}, "new\n"},
        Row{"deleted", "git rm -q --cached a", {"t d/b", "t d/e/c"}, "b\n"},
        Row{"all at once",
            "echo n >d/a && git add d/a && git rm -q --cached a && echo new >d/b && git add d/b",
            {"t d/a", "t d/b", "t d/e/c"},
            "new\n"},
        Row{"a folder for a file",
            "git rm -q --cached a && rm a && mkdir a && echo x >a/x && git add a",
            {"t a/x", "t d/b", "t d/e/c"},
            "b\n"},
        Row{"many",
            "for i in $(seq 200); do echo $i >d/e/$i; done; git add . && git update-index --split-index && "
            "git rm -q --cached 'd/e/1*' && echo new >d/b && git add d/b && git rm -q --cached 'd/e/[2-9]*'",
            {"t a", "t d/b", "t d/e/c"},
            "new\n"}}) {
    INFO(row.what);
    TempDirectory place;
    make(place);
    place.git("config splitIndex.maxPercentChange 100");
    place.git("update-index --split-index");
    place.run(row.change);
    place.run("ls .git/sharedindex.*");
    FileSet staged = open_files(place.path(), from(FileSource::Index));
    CHECK(listed(staged) == row.staged);
    CHECK(content(staged, "d/b") == row.content_of_b);
  }
}

TEST_CASE("the folders of a sparse index are read from their trees") {
  TempDirectory place;
  make(place);
  place.write("f/g", "g\n");
  place.write("f/h/i", "i\n");
  place.commit_all();
  place.run("git sparse-checkout init --cone --sparse-index && git sparse-checkout set d/e");
  place.run("git ls-files --sparse | grep -x f/");
  FileSet staged = open_files(place.path(), from(FileSource::Index));
  CHECK(listed(staged) == Lines{"t a", "t d/b", "t d/e/c", "t f/g", "t f/h/i"});
  CHECK(content(staged, "f/h/i") == "i\n");
  CHECK(noticed(staged) == Lines{});
  CHECK(listed(open_files(place.path())) == Lines{"t a", "t d/b", "t d/e/c"});
  place.write("f/g", "mine\n");
  place.write("f/new", "new\n");
  CHECK(listed(open_files(place.path())) == Lines{"t a", "t d/b", "t d/e/c", "t f/g", "u f/new"});
  CHECK(listed(open_files(place.at("f"), from(FileSource::Index))) == listed(staged));
}

TEST_CASE("an index that cannot be read says why, and what helps does") {
  struct Row {
    const char* what;
    const char* damage;
    const char* why;
  };
  for (const Row& row :
       {Row{"garbage", "echo garbage >.git/index", "it does not begin as an index does"},
        Row{"cut", "head -c 100 .git/index >x && mv x .git/index", "truncated"},
        Row{"one bit", "printf x | dd of=.git/index bs=1 seek=70 conv=notrunc 2>/dev/null", "its checksum is wrong"},
        Row{"version 9", "printf '\\011' | dd of=.git/index bs=1 seek=7 conv=notrunc 2>/dev/null",
            "its version 9 is not known"},
        Row{"a lost half", "git update-index --split-index && rm .git/sharedindex.*", "is not there"},
        Row{"a FIFO", "rm .git/index && mkfifo .git/index", "is not a regular file"},
        Row{"a folder", "rm .git/index && mkdir .git/index", "is not a regular file"},
        Row{"a device", "rm .git/index && ln -s /dev/zero .git/index", "is not a regular file"},
        Row{"a huge one", "truncate -s 3G .git/index", "it is larger than 512 MB"}}) {
    INFO(row.what);
    TempDirectory place;
    make(place);
    place.run(row.damage);
    std::string error = error_of(place.path(), from(FileSource::Index));
    CHECK_THAT(error, StartsWith("git's index cannot be read: ") && Contains(row.why));
    FileSet files = open_files(place.path());
    REQUIRE(files.notices().size() == 1);
    CHECK_THAT(noticed(files)[0], Contains(row.why));
    if (error.find("`rm .git/index && git reset`") == std::string::npos) continue;
    place.run("rm .git/index && git reset -q");
    CHECK(listed(open_files(place.path(), from(FileSource::Index))) == Lines{"t a", "t d/b", "t d/e/c"});
  }
}

TEST_CASE("paths that no tree can hold are left out") {
  TempDirectory place;
  make(place);
  std::string bytes = bytes_of(place.at(".git/index"));
  for (std::string_view path : {"../b", "d//b", "./bb", ".git"}) {
    INFO(path);
    std::string own = bytes.substr(0, bytes.size() - 20);
    size_t at = own.find(path.size() == 4 && path != ".git" ? "d/b" : "d/b");
    REQUIRE(at != std::string::npos);
    own.replace(at, path.size(), path);
    own[at - 1] = static_cast<char>(path.size());
    ObjectId checksum = sha1(own);
    own.append(reinterpret_cast<const char*>(checksum.bytes.data()), ObjectId::size);
    std::ofstream(place.at(".git/index"), std::ios::binary) << own;
    FileSet staged = open_files(place.path(), from(FileSource::Index));
    CHECK(listed(staged) == Lines{"t a", "t d/e/c"});
    CHECK_THAT(noticed(staged).at(0), Contains("not a valid path in git's index"));
  }
}

// Every cut and every changed byte of the three kinds, without the checksum that would find it first.
TEST_CASE("damage of an index is an error or another index, never more") {
  for (const char* kind : {"--index-version 2", "--index-version 4", "--split-index"}) {
    TempDirectory place;
    make(place);
    place.git("config splitIndex.maxPercentChange 100");
    place.git(std::string("update-index ") + kind);
    place.run("echo new >d/b && git add d/b && git rm -q --cached a");
    std::string bytes = bytes_of(place.at(".git/index"));
    size_t content = bytes.size() - 20;
    bytes.replace(content, 20, std::string(20, '\0'));
    REQUIRE(parse_index(bytes));
    size_t read = 0;
    for (size_t i = 0; i < bytes.size(); ++i) {
      static_cast<void>(parse_index(bytes.substr(0, i)));
      for (char value : {'\0', '\1', '\x7f', '\xff'}) {
        std::string changed = bytes;
        changed[i] = value;
        Result<IndexData> index = parse_index(changed);
        if (index) read += index->entries.size();
      }
    }
    CHECK(read > 0);
  }
}
