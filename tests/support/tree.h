// A small tree of files for tests that need a disk: written to a temporary folder, gone afterwards. Most tests need
// none: FileSet::of.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace tfcheck {

class TestTree {
 public:
  explicit TestTree(const std::vector<std::pair<std::string, std::string>>& files) {
    std::string pattern = (std::filesystem::temp_directory_path() / "tfcheck-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
    for (const auto& [name, text] : files) {
      std::filesystem::create_directories((path_ / name).parent_path());
      std::ofstream(path_ / name, std::ios::binary) << text;
    }
  }
  ~TestTree() { std::filesystem::remove_all(path_); }
  TestTree(const TestTree&) = delete;
  TestTree& operator=(const TestTree&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace tfcheck
