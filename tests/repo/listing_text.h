// A file set as text, so that a test compares lines: "TRACKED KIND path" per file, "! path: message" per notice.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "repo/file_set.h"

namespace tfcheck {

using Lines = std::vector<std::string>;

inline FileSetOptions from(FileSource source, std::string revision = "") {
  FileSetOptions options;
  options.source = source;
  options.revision = std::move(revision);
  return options;
}

inline FileSet open_files(const std::string& path, const FileSetOptions& options = {}) {
  Result<FileSet> files = FileSet::open(path, options);
  INFO((files ? "" : to_string(files.error())));
  REQUIRE(files);
  return std::move(*files);
}

// "t path" of a tracked file, "u path" of an untracked one; " -> target" of a symlink, " (submodule)", " *" when it is
// executable.
inline Lines listed(const FileSet& files) {
  Lines lines;
  for (const FileEntry& file : files.files()) {
    std::string line = (file.tracked ? "t " : "u ") + file.path;
    if (file.kind == FileEntry::Kind::Symlink) line += " -> " + file.link_target;
    if (file.kind == FileEntry::Kind::Submodule) line += " (submodule)";
    lines.push_back(line + (file.executable ? " *" : ""));
  }
  return lines;
}

inline Lines noticed(const FileSet& files) {
  Lines lines;
  for (const Notice& notice : files.notices()) lines.push_back(notice.path + ": " + notice.message);
  return lines;
}

// The bytes of a file, or "! why" when it cannot be read, or "? " when it is not listed.
inline std::string content(const FileSet& files, std::string_view path, size_t limit = 1 << 20) {
  for (size_t i = 0; i < files.files().size(); ++i) {
    if (files.files()[i].path != path) continue;
    std::string buffer;
    std::optional<ReadFailure> failure = files.read(i, limit, buffer);
    return failure ? "! " + failure->detail : buffer;
  }
  return "?";
}

inline std::string error_of(const std::string& path, const FileSetOptions& options = {}) {
  Result<FileSet> files = FileSet::open(path, options);
  return files ? "no error" : to_string(files.error());
}

}  // namespace tfcheck
