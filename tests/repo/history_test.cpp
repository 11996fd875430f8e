#include <algorithm>

#include "repo/audit_root.h"
#include "repo/history_log.h"
#include "repo/history_walk.h"
#include "repo/id_table.h"
#include "repo/temp_repo.h"

using namespace tfcheck;

namespace {

AuditRoot opened(const std::string& path) {
  Result<AuditRoot> root = open_audit_root(path, FileSource::History);
  REQUIRE(root);
  return std::move(*root);
}

// A repository with its history read, and walked.
struct Walked {
  explicit Walked(const std::string& path, HistoryScope scope = {"", {}, [](std::string_view) { return true; }})
      : root(opened(path)),
        store(root.repository),
        log(read_history(root.repository, store)),
        walk(store, log, std::move(scope)) {
    for (std::vector<HistoryBlob> some = walk.next(3); !some.empty(); some = walk.next(3))
      blobs.insert(blobs.end(), some.begin(), some.end());
  }

  // "path@commit's number", in the order in which they come.
  std::string seen() const {
    std::string out;
    for (const HistoryBlob& blob : blobs)
      out += blob.path + "@" + std::to_string(blob.commit) + (blob.in_head ? "+ " : " ");
    return out;
  }
  std::string gaps() const {
    std::string out;
    for (const HistoryGaps* list : {&log.gaps, &walk.gaps()}) {
      for (const HistoryGap& gap : list->kept()) out += gap.path + ": " + gap.detail + "\n";
    }
    return out;
  }

  AuditRoot root;
  ObjectStore store;
  HistoryLog log;
  HistoryWalk walk;
  std::vector<HistoryBlob> blobs;
};

void commit(const TempDirectory& repo, const std::string& day) {
  repo.run("export GIT_COMMITTER_DATE=2024-03-" + day + "T10:00:00Z; git add -A && git commit -q -m " + day);
}

}  // namespace

TEST_CASE("parents come before their children, whatever their clocks say, and else the earlier commit") {
  TempDirectory repo;
  repo.init();
  repo.write("a", "1");
  commit(repo, "10");
  repo.git("checkout -q -b side");
  repo.write("b", "2");
  commit(repo, "02");  // its clock is wrong
  repo.git("checkout -q main");
  repo.write("c", "3");
  commit(repo, "11");
  Walked walked(repo.path());
  REQUIRE(walked.log.commits.size() == 3);
  CHECK(walked.log.references == 3);  // HEAD, main, side
  CHECK(walked.seen() == "a@0+ b@1 c@2+ ");
  CHECK(walked.log.commits[1].time == 1709373600);
}

TEST_CASE("a content is met once, where it first is in scope") {
  TempDirectory repo;
  repo.init();
  repo.write("tests/a", "same");
  repo.write("x/b", "other");
  commit(repo, "01");
  repo.git("mv tests src && git mv x y");
  commit(repo, "02");
  repo.git("rm -q -r y");
  commit(repo, "03");
  Walked walked(repo.path(), {"", {}, [](std::string_view path) { return !path.starts_with("tests/"); }});
  CHECK(walked.seen() == "x/b@0 src/a@1+ ");
  CHECK(walked.walk.counts().blobs == 2);
  CHECK(walked.walk.counts().taken == 2);
  // Three trees of the root, and tests, x, src and y.
  CHECK(walked.walk.counts().folders == 7);
}

TEST_CASE("a folder, and what is excluded") {
  TempDirectory repo;
  repo.init();
  for (const char* path : {"a/b/one", "a/c/two", "ab/three", "four"}) repo.write(path, path);
  commit(repo, "01");
  auto all = [](std::string_view) { return true; };
  CHECK(Walked(repo.at("a"), {"a", {}, all}).seen() == "a/b/one@0+ a/c/two@0+ ");
  CHECK(Walked(repo.path(), {"a/b", {}, all}).seen() == "a/b/one@0+ ");
  CHECK(Walked(repo.path(), {"", {"a/", "four"}, all}).seen() == "ab/three@0+ ");
}

TEST_CASE("tags of trees and files, and all of the stash") {
  TempDirectory repo;
  repo.init();
  repo.write("a", "1");
  commit(repo, "01");
  repo.run("git tag file.py $(echo 2 | git hash-object -w --stdin)");
  repo.run("git tag tree $(printf '100644 blob %s\\tin.py\\n' $(echo 3 | git hash-object -w --stdin) | git mktree)");
  repo.run("git tag -a -m of tagged tree");
  for (const char* text : {"4", "5"}) {
    repo.write("a", text);
    repo.git("stash -q");
  }
  Walked walked(repo.path());
  std::string seen = walked.seen();
  for (const char* path : {"file.py@", "in.py@"}) CHECK(seen.find(path) != std::string::npos);
  CHECK(std::count(seen.begin(), seen.end(), 'a') == 3);  // and both stashed ones
  CHECK(walked.gaps().empty());
}

TEST_CASE("what is missing loses only itself") {
  TempDirectory repo;
  repo.init();
  for (int day = 1; day <= 3; ++day) {
    repo.write("f" + std::to_string(day) + "/x", std::to_string(day));
    commit(repo, "0" + std::to_string(day));
  }
  SECTION("a commit") {
    repo.run("id=$(git rev-parse main~1) && rm -f .git/objects/$(echo $id | cut -c1-2)/$(echo $id | cut -c3-)");
    Walked walked(repo.path());
    CHECK(walked.seen() == "f1/x@0+ f2/x@0+ f3/x@0+ ");
    CHECK(walked.gaps().find("and what lies before it: its object is not in this repository") != std::string::npos);
  }
  SECTION("a folder") {
    repo.run("id=$(git rev-parse main:f2) && rm -f .git/objects/$(echo $id | cut -c1-2)/$(echo $id | cut -c3-)");
    Walked walked(repo.path());
    CHECK(walked.seen() == "f1/x@0+ f3/x@2+ ");
    CHECK(walked.gaps() == "f2: the folder cannot be read: its object is not in this repository\n");
    CHECK(walked.walk.gaps().has_refused());
  }
  SECTION("the rest of a shallow clone") {
    TempDirectory other;
    other.git("clone -q --depth 1 file://" + repo.path() + " .");
    Walked walked(other.path());
    CHECK(walked.seen() == "f1/x@0+ f2/x@0+ f3/x@0+ ");
    CHECK(walked.gaps().find("the clone is shallow") != std::string::npos);
  }
}

TEST_CASE("a table of ids grows to its limit and no further") {
  IdTable table(5000);
  for (uint32_t i = 0; i < 5000; ++i) {
    auto [number, is_new] = table.insert(sha1(std::to_string(i)), i);
    REQUIRE((is_new && *number == i));
  }
  CHECK(table.is_full());
  CHECK(table.insert(sha1("one more"), 1).first == nullptr);
  for (uint32_t i = 0; i < 5000; ++i) {
    auto [number, is_new] = table.insert(sha1(std::to_string(i)), 0);
    REQUIRE((!is_new && *number == i));
  }
  CHECK(table.find(sha1("one more")) == nullptr);
}
