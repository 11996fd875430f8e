// Files that are a private key as a whole, and folders of keys that were made together: a certificate authority's, the
// users' of a network.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "model/project_view.h"

namespace tfcheck {

class KeyRings {
 public:
  // Throws std::logic_error when a set is missing.
  explicit KeyRings(const ProjectView& view);

  // The file holds a private key and nothing in front of it, whatever it is called.
  bool is_key(const ProjectFile& file) const;
  // The outermost folder that the file lies in and that holds hardly anything but keys and certificates; the file's own
  // path where its folder holds more.
  std::string ring_of(std::string_view path);

 private:
  struct Folder {
    size_t material = 0, files = 0;  // in it and below
    size_t others = 0;               // in it: no keys and no certificates
  };
  void count();

  const ProjectView& view_;
  const WordSet &keys_, &certificates_;
  std::unordered_map<std::string_view, Folder> folders_;  // once asked for
};

}  // namespace tfcheck
