// replay CORPUS: runs every file of CORPUS/<harness>/ through its harness. A crash is a failure, and so is a folder
// without a harness or a harness that is never seen.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "fuzz/harness.h"

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  if (argc != 2) return 2;
  size_t inputs = 0, folders = 0;
  for (const tfcheck::fuzz::Harness& harness : tfcheck::fuzz::all_harnesses()) {
    fs::path folder = fs::path(argv[1]) / harness.name;
    harness.run("");
    if (!fs::is_directory(folder)) continue;
    ++folders;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      std::ifstream file(entry.path(), std::ios::binary);
      std::stringstream bytes;
      bytes << file.rdbuf();
      std::fprintf(stderr, "%s\n", entry.path().c_str());
      harness.run(bytes.str());
      ++inputs;
    }
  }
  size_t known = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(argv[1])) known += entry.is_directory();
  std::printf("%zu inputs of %zu harnesses\n", inputs, folders);
  return inputs > 0 && folders == known ? 0 : 1;
}
