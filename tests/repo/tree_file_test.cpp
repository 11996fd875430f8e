#include "repo/tree_file.h"

#include <fcntl.h>

#include "repo/descriptor.h"
#include "repo/listing_text.h"
#include "repo/temp_repo.h"

using namespace tfcheck;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

constexpr size_t limit = 100;

// "path: text" of the file that was found, "none", or "! " and the error.
std::string found(const std::string& folder, const FileSetOptions& options = {}, std::string_view name = "conf") {
  Result<std::optional<TreeFile>> file = find_tree_file(folder, options, name, limit);
  if (!file) return "! " + to_string(file.error());
  return *file ? (*file)->path + ": " + (*file)->text : "none";
}

std::string joined(const std::string& folder, std::string_view path, const FileSetOptions& options = {},
                   size_t most_files = 10, size_t most_bytes = 20) {
  Result<std::vector<TreeFile>> files = read_tree_folder(folder, options, path, most_files, most_bytes);
  if (!files) return "! " + to_string(files.error());
  std::string text;
  for (const TreeFile& file : *files) text += file.path + "=" + file.text + " ";
  return text;
}

}  // namespace

TEST_CASE("the nearest file of a name is found, up to the repository's root and from the audit's source") {
  TempDirectory place;
  place.write("conf", "outside");
  place.make_folder("r");
  place.run(
      "cd r && git init -q -b main . && mkdir -p a/b/c && printf top >conf && printf old >a/conf && touch a/b/c/x");
  place.run("cd r && git add . && git commit -qm 1 && printf staged >a/conf && git add a/conf && printf disk >a/conf");
  place.run("cd r && printf late >a/b/conf && mkdir plain");
  struct Row {
    const char* folder;
    const char* work_tree;
    const char* index;
    const char* commit;
  };
  for (const Row& row :
       {Row{"r", "conf: top", "conf: top", "conf: top"}, Row{"r/a", "a/conf: disk", "a/conf: staged", "a/conf: old"},
        Row{"r/a/b/c", "a/b/conf: late", "a/conf: staged", "a/conf: old"},
        Row{"r/plain", "conf: top", "conf: top", "conf: top"}}) {
    INFO(row.folder);
    CHECK(found(place.at(row.folder)) == row.work_tree);
    CHECK(found(place.at(row.folder), from(FileSource::Index)) == row.index);
    CHECK(found(place.at(row.folder), from(FileSource::Commit, "HEAD")) == row.commit);
  }
  CHECK(found(place.at("r"), {}, "nothing") == "none");
  place.make_folder("loose/sub");
  CHECK(found(place.at("loose/sub")) == "none");
  CHECK(found(place.path()) == "conf: outside");
  CHECK_THAT(found(place.at("loose"), from(FileSource::Index)), Contains("is not in a git repository"));
  CHECK_THAT(found(place.at("r"), from(FileSource::Commit, "mian")), Contains("did you mean main?"));
  Result<std::optional<TreeFile>> shown =
      find_tree_file(place.at("r/a"), from(FileSource::Commit, "main"), "conf", limit);
  REQUIRE(shown);
  CHECK((*shown)->shown == "main:a/conf");
}

TEST_CASE("what is no file of a fair size is refused, never overlooked") {
  struct Row {
    const char* make;
    const char* why;
  };
  for (const Row& row :
       {Row{"ln -s ../secret conf", "it is a symbolic link, which is not followed"},
        Row{"ln -s nowhere conf", "it is a symbolic link, which is not followed"},
        Row{"mkdir conf && touch conf/x", "it is a folder"}, Row{"mkfifo conf", "it is not a regular file"},
        Row{"head -c 101 /dev/zero >conf", "is larger than"}}) {
    INFO(row.make);
    TempDirectory place;
    place.write("secret", "secret");
    place.run(std::string("mkdir r && cd r && git init -q -b main . && touch x && git add . && git commit -qm 0 && ") +
              row.make);
    CHECK_THAT(found(place.at("r")), StartsWith("! ") && Contains(row.why));
    if (std::string_view(row.make).starts_with("mkfifo")) continue;
    place.run("cd r && git add . && git commit -qm 1");
    CHECK_THAT(found(place.at("r"), from(FileSource::Index)), StartsWith("! ") && Contains(row.why));
    CHECK_THAT(found(place.at("r"), from(FileSource::Commit, "HEAD")), StartsWith("! ") && Contains(row.why));
  }
}

TEST_CASE("a folder of files is read whole, or refused") {
  TempDirectory place;
  place.init();
  for (const char* name : {"p/b", "p/a/x", "p/a.y", "q/1", "q/2", "q/3"}) place.write(name, "1");
  place.commit_all();
  place.write("p/b", "2");
  place.link("link", "p");
  place.write("l/x");
  place.link("l/y", "x");
  place.write("f/x");
  place.fifo("f/y");
  for (auto [options, b] : {std::pair(FileSetOptions{}, "2"), std::pair(from(FileSource::Index), "1"),
                            std::pair(from(FileSource::Commit, "HEAD"), "1")}) {
    std::string all = std::string("p/a.y=1 p/a/x=1 p/b=") + b + " ";
    CHECK(joined(place.path(), "p", options) == all);
    CHECK(joined(place.at("q"), "./p//", options) == all);
    CHECK(joined(place.path(), "p/a.y", options) == "p/a.y=1 ");
    CHECK_THAT(joined(place.path(), "none", options), Contains("there is no such file or folder"));
    CHECK_THAT(joined(place.path(), "q", options, 2), Contains("more than 2 files"));
    CHECK_THAT(joined(place.path(), "q", options, 3, 2), Contains("kB"));
    for (const char* path : {"/etc", "../x", "p/../q", ".git/hooks", ""}) {
      INFO(path);
      CHECK_THAT(joined(place.path(), path, options), Contains("only folders of the audited tree"));
    }
  }
  CHECK_THAT(joined(place.path(), "link"), Contains("symbolic link"));
  CHECK_THAT(joined(place.path(), "link/a"), Contains("symbolic link"));
  CHECK_THAT(joined(place.path(), "l"), Contains("l/y is not read: it is a symbolic link"));
  CHECK_THAT(joined(place.path(), "f"), Contains("f/y is not read: it is not a regular file"));
}

// 12 objects that stand for 10^11 folders.
TEST_CASE("a folder of a commit that is larger than its bound ends at once") {
  TempDirectory place;
  place.init();
  place.run(
      "t=$(git mktree </dev/null); for i in $(seq 11); do t=$(for j in $(seq 0 9); do printf '040000 tree %s\\t%s\\n' "
      "$t "
      "$j; done | git mktree); done; git commit-tree -m x $t >id && git update-ref HEAD $(cat id)");
  CHECK_THAT(joined(place.path(), ".", from(FileSource::Commit, "HEAD")), Contains("more than 10 files and folders"));
}

TEST_CASE("opening beneath a folder follows no link and leaves nowhere") {
  TempDirectory place;
  place.write("root/a/b/file", "x");
  place.write("outside", "x");
  place.link("root/up", "..");
  place.link("root/a/l", "b");
  place.link("root/a/b/l", "file");
  struct Row {
    const char* path;
    int error;  // 0 when it opens
  };
  int root = ::open(place.at("root").c_str(), O_RDONLY | O_DIRECTORY);
  for (const Row& row :
       {Row{"", 0}, Row{"a", 0}, Row{"a/b/file", 0}, Row{"a//b/file", 0}, Row{"up", ELOOP}, Row{"up/outside", ELOOP},
        Row{"a/l", ELOOP}, Row{"a/l/file", ELOOP}, Row{"a/b/l", ELOOP}, Row{"../outside", EXDEV}, Row{"/etc", EXDEV},
        Row{"a/none", ENOENT}, Row{"none/x", ENOENT}, Row{"a/b/file/x", ENOTDIR}}) {
    for (auto* open : {open_beneath, open_by_component}) {
      INFO(row.path << (open == open_beneath ? "" : " by component"));
      errno = 0;
      Descriptor got = open(root, row.path, O_RDONLY);
      CHECK((got.get() < 0 ? errno : 0) == row.error);
    }
  }
  ::close(root);
}
