// Which file of the repository a command runs: `python app.py`, `node src/server.js`, `-m shop.worker`, `gunicorn
// shop.wsgi:app`, `ruby bin/worker`, `php artisan`. What programs take for a file is [[runner]] of the vocabulary.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

struct EntryFile {
  uint32_t file = no_index;
  bool direct = false;  // runs the file itself; otherwise a server loads it
};

class EntryFiles {
 public:
  explicit EntryFiles(const ProjectView& view);
  // `file` is no_index when the command names no file of the repository, or one that several files could be.
  EntryFile of(FactRef command) const;

 private:
  struct Named {
    std::string path;  // as the command's words say: "src/app.py", "/code/app.py"
    bool direct = false;
  };
  std::vector<Named> named_by(const Fact& command) const;
  void add_module(std::string_view module, bool direct, std::vector<Named>& out) const;
  uint32_t find(FactRef command, std::string_view path) const;
  uint32_t only_file(uint32_t component, std::string_view path) const;
  uint32_t below(FactRef command, std::string_view path) const;

  const ProjectView& view_;
  const Project& project_;
  const WordTable& runners_;
  size_t ending_, module_, takes_, hands_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> by_name_;  // files in scope by their base name
};

}  // namespace tfcheck
