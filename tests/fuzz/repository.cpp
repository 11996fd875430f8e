// What git keeps: an index, a commit's tree, an object's compressed bytes, and ignore rules, each as a stranger may
// have written it.
#include <git2.h>
#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "fuzz/harness.h"
#include "repo/file_set.h"
#include "support/tree.h"

namespace tfcheck::fuzz {

namespace {

namespace fs = std::filesystem;

// A repository with one file, made once for a process and used by every input.
class Store {
 public:
  Store() : tree_(std::vector<std::pair<std::string, std::string>>{{"a.py", "x = 1\n"}}) {
    git_libgit2_init();
    expect(git_repository_init(&repository_, tree_.path().c_str(), 0) == 0, "a repository can be made");
    git_config* config = nullptr;
    git_repository_config(&config, repository_);
    git_config_free(config);
    git_repository_odb(&odb_, repository_);
  }
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store() {
    git_odb_free(odb_);
    git_repository_free(repository_);
    git_libgit2_shutdown();
  }

  std::string path() const { return tree_.path(); }

  void write(const std::string& name, std::string_view bytes) const {
    std::ofstream(path() + "/" + name, std::ios::binary) << bytes;
  }

  // Stores any bytes as an object and returns its id.
  std::string store(std::string_view bytes, git_object_t type) const {
    git_oid id;
    expect(git_odb_write(&id, odb_, bytes.data(), bytes.size(), type) == 0, "an object can be stored");
    std::array<char, GIT_OID_HEXSZ + 1> hex = {};
    git_oid_tostr(hex.data(), hex.size(), &id);
    return hex.data();
  }

  void forget_objects() const {
    for (const auto& entry : fs::directory_iterator(path() + "/.git/objects")) {
      if (entry.path().filename().string().size() == 2) fs::remove_all(entry.path());
    }
  }

 private:
  TestTree tree_;
  git_repository* repository_ = nullptr;
  git_odb* odb_ = nullptr;
};

const Store& store() {
  static const Store one;
  return one;
}

void read_all(const FileSetOptions& options) {
  Result<FileSet> set = FileSet::open(store().path(), options);
  if (!set) return;
  std::string buffer;
  for (size_t i = 0; i < set->files().size() && i < 20; ++i) set->read(i, 1 << 16, buffer);
}

FileSetOptions source(FileSource source, std::string revision = "") {
  FileSetOptions options;
  options.source = source;
  options.revision = std::move(revision);
  return options;
}

void run_index(std::string_view bytes) {
  store().write(".git/index", bytes);
  read_all(source(FileSource::Index));
  read_all(source(FileSource::WorkTree));
  fs::remove(store().path() + "/.git/index");
}

void run_tree(std::string_view bytes) {
  std::string tree = store().store(bytes, GIT_OBJECT_TREE);
  std::string commit =
      store().store("tree " + tree + "\nauthor a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\n\nm\n", GIT_OBJECT_COMMIT);
  read_all(source(FileSource::Commit, commit));
  store().forget_objects();
}

// The compressed file of a commit.
void run_object(std::string_view bytes) {
  std::string id(40, 'a');
  fs::create_directories(store().path() + "/.git/objects/aa");
  store().write(".git/objects/aa/" + id.substr(2), bytes);
  read_all(source(FileSource::Commit, id));
  store().forget_objects();
}

void run_ignore(std::string_view bytes) {
  store().write(".gitignore", bytes);
  read_all(source(FileSource::WorkTree));
  fs::remove(store().path() + "/.gitignore");
}

}  // namespace

std::vector<Harness> repository_harnesses() {
  return {{"git-index", run_index}, {"git-tree", run_tree}, {"git-object", run_object}, {"gitignore", run_ignore}};
}

}  // namespace tfcheck::fuzz
