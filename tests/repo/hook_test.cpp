#include <unistd.h>

#include <array>
#include <fstream>

#include "repo/file_set.h"
#include "repo/listing_text.h"
#include "repo/temp_repo.h"

using namespace tfcheck;

namespace {

std::string this_program() {
  std::array<char, 4096> path = {};
  ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size());
  REQUIRE(length > 0);
  return std::string(path.data(), static_cast<size_t>(length));
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// A repository with two committed files whose pre-commit hook is this program, running the hidden case below.
void make_hooked(const TempDirectory& place) {
  place.make_folder("repo");
  place.run(
      "cd repo && git init -q -b main . && mkdir sub && echo old >a && echo old >sub/b && git add . && git commit -qm "
      "one");
  place.run("mkdir other && cd other && git init -q -b main . && echo other >o && git add . && git commit -qm one");
  place.write("repo/.git/hooks/pre-commit", "#!/bin/sh\nexec '" + this_program() + "' '[.hook]'\n");
  place.run("chmod +x repo/.git/hooks/pre-commit");
}

}  // namespace

// Runs as a hook: what is staged at each of the places in TFCHECK_HOOK_PATHS, written to TFCHECK_HOOK_OUT.
TEST_CASE("what a pre-commit hook sees", "[.hook]") {
  std::ofstream out(std::getenv("TFCHECK_HOOK_OUT"));
  std::istringstream paths(std::getenv("TFCHECK_HOOK_PATHS"));
  for (std::string path; paths >> path;) {
    Result<FileSet> files = FileSet::open(path, from(FileSource::Index));
    if (!files) out << to_string(files.error()) << "\n";
    for (size_t i = 0; files && i < files->files().size(); ++i) {
      out << files->files()[i].path << "=" << content(*files, files->files()[i].path);
    }
  }
}

TEST_CASE("in a hook the index is the one that is about to be committed") {
  struct Row {
    const char* what;
    const char* folder;   // where git commit runs
    const char* command;  // after a, sub/b were changed and c made
    const char* paths;    // what the hook audits
    const char* seen;
  };
  const Row rows[] = {
      {"plain", "repo", "git add a && git commit -qm x", ".", "a=new\nsub/b=old\n"},
      {"all", "repo", "git commit -qam x", ".", "a=new\nsub/b=new\n"},
      {"by path", "repo", "git add c && git commit -qm x sub/b", ".", "a=old\nsub/b=new\n"},
      {"by path from below", "repo/sub", "git commit -qm x b", ".", "a=old\nsub/b=new\n"},
      {"a folder of it", "repo", "git commit -qam x", "sub", "a=new\nsub/b=new\n"},
      {"another repository", "repo", "git commit -qam x", "../other .", "o=other\na=new\nsub/b=new\n"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    TempDirectory place;
    make_hooked(place);
    place.run("cd repo && echo new >a && echo new >sub/b && echo new >c");
    ScopedVariable out("TFCHECK_HOOK_OUT", place.at("out"));
    ScopedVariable paths("TFCHECK_HOOK_PATHS", row.paths);
    place.run(std::string("cd ") + row.folder + " && " + row.command);
    CHECK(text_of(place.at("out")) == row.seen);
  }
}

TEST_CASE("in a worktree's hook the index is the worktree's") {
  struct Row {
    const char* command;
    const char* seen;
  };
  for (Row row : {Row{"git add a && git commit -qm x", "a=new\nsub/b=old\no=other\n"},
                  Row{"git commit -qam x", "a=new\nsub/b=new\no=other\n"},
                  Row{"git commit -qm x sub/b", "a=old\nsub/b=new\no=other\n"}}) {
    INFO(row.command);
    TempDirectory place;
    make_hooked(place);
    place.run("cd repo && git worktree add -q ../side && cd ../side && echo new >a && echo new >sub/b");
    ScopedVariable out("TFCHECK_HOOK_OUT", place.at("out"));
    ScopedVariable paths("TFCHECK_HOOK_PATHS", ". ../other");
    place.run(std::string("cd side && ") + row.command);
    CHECK(text_of(place.at("out")) == row.seen);
  }
}
