// Which files of the project an import loads: `./queue`, `shop.worker`, `require_relative "x"`, a folder of a Go
// module. Languages whose classes load one another by themselves (Java, C#, most of PHP and Rails) have none.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

class ImportedFiles {
 public:
  explicit ImportedFiles(const ProjectView& view);
  // The files that an import of a file names, of a package of Go the first; none when it is a library's, or one that is
  // not found.
  std::vector<uint32_t> of(uint32_t file, std::string_view import) const;
  // The files that make one package with a file of Go, itself included; none in other languages.
  std::span<const uint32_t> package_of(uint32_t file) const;

 private:
  uint32_t go_file(std::string_view import) const;
  void add(std::string_view base, std::string_view name, std::string_view runtime, std::vector<uint32_t>& out) const;

  const ProjectView& view_;
  const Project& project_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> go_folders_;  // source of Go by its folder
  std::map<std::string_view, std::string_view> modules_;                    // name of a Go module → its folder
};

}  // namespace tfcheck
