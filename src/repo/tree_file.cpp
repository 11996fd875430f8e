#include "repo/tree_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "base/text.h"
#include "repo/tree_source.h"

namespace tfcheck {

namespace {

namespace fs = std::filesystem;
using Kind = TreeSource::Kind;

// How a user would name a file of the work tree from the folder that he is in, when that is the tree or lies above it.
std::string typed(const fs::path& top, const std::string& path) {
  std::error_code error;
  fs::path file = top / path;
  fs::path here = fs::current_path(error);
  if (error) return file.string();
  bool is_near = is_below(here.string(), file.string()) || is_below(top.string(), here.string());
  return is_near ? file.lexically_relative(here).string() : file.string();
}

std::string shown(const AuditRoot& root, const FileSetOptions& options, const std::string& path) {
  if (options.source == FileSource::Commit) return options.revision + ":" + path;
  if (options.source == FileSource::Index) return path;
  const RepositoryInfo& info = root.repository.info;
  return typed(info.prefix.empty() ? root.path : info.work_tree, path);
}

// Why something that is there is no file to be read, "" when it is one.
std::string_view no_file(Kind kind) {
  switch (kind) {
    case Kind::Nothing:
      return "there is no such file or folder";
    case Kind::File:
      return "";
    case Kind::Folder:
      return "it is a folder";
    case Kind::Link:
      return "it is a symbolic link, which is not followed";
    case Kind::Submodule:
      return "it is a submodule";
    case Kind::Other:
      return "it is not a regular file";
  }
  return "";
}

Error refused(const std::string& path, std::string_view why) {
  return Error{fmt::format("{} is not read: {}", printable(path), why), "", 0, ""};
}

// "./a//b/" → "a/b"; an Error for a path that could leave the tree.
Result<std::string> inside(std::string_view path) {
  std::string clean;
  bool is_outside = path.empty() || path[0] == '/' || path.find('\0') != std::string_view::npos;
  for (std::string_view name : split(path, '/')) {
    if (name == ".." || name == ".git") is_outside = true;
    if (name.empty() || name == ".") continue;
    if (!clean.empty()) clean += '/';
    clean += name;
  }
  if (is_outside) return refused(std::string(path), "only folders of the audited tree can be named here");
  return clean;
}

Result<std::vector<TreeSource::Item>> files_at(TreeSource& source, const std::string& path, size_t most) {
  Result<Kind> kind = source.look(path);
  if (!kind) return kind.error();
  if (*kind == Kind::File) return std::vector<TreeSource::Item>{{path, Kind::File}};
  if (*kind != Kind::Folder) return refused(path, no_file(*kind));
  return source.below(path, most);
}

}  // namespace

Result<std::optional<TreeFile>> find_tree_file(const std::string& folder, const FileSetOptions& options,
                                               std::string_view name, size_t limit) {
  Result<AuditRoot> root = open_audit_root(folder, options.source);
  if (!root) return root.error();
  Result<std::unique_ptr<TreeSource>> source = open_tree_source(*root, options);
  if (!source) return source.error();
  std::string at = root->below.empty() ? root->repository.info.prefix : root->below;
  for (bool is_top = false; !is_top; at = dir_name(at)) {
    is_top = at.empty();
    std::string path = (at.empty() ? "" : at + "/") + std::string(name);
    Result<Kind> kind = (*source)->look(path);
    if (!kind) return kind.error();
    if (*kind == Kind::Nothing) continue;
    std::string as_shown = shown(*root, options, path);
    if (*kind != Kind::File) return refused(as_shown, no_file(*kind));
    Result<std::string> text = (*source)->read(path, limit);
    if (!text) return text.error();
    bool is_of_tree = root->repository.info.prefix.empty();
    return std::optional<TreeFile>({std::move(path), std::move(as_shown), std::move(*text), is_of_tree});
  }
  return std::optional<TreeFile>();
}

Result<std::vector<TreeFile>> read_tree_folder(const std::string& folder, const FileSetOptions& options,
                                               std::string_view path, size_t most_files, size_t most_bytes) {
  Result<std::string> start = inside(path);
  if (!start) return start.error();
  Result<AuditRoot> root = open_audit_root(folder, options.source);
  if (!root) return root.error();
  Result<std::unique_ptr<TreeSource>> source = open_tree_source(*root, options);
  if (!source) return source.error();
  Result<std::vector<TreeSource::Item>> items = files_at(**source, *start, most_files);
  if (!items) return items.error();
  std::vector<TreeFile> files;
  size_t bytes = 0;
  for (TreeSource::Item& item : *items) {
    std::string as_shown = shown(*root, options, item.path);
    if (item.kind != Kind::File) return refused(as_shown, no_file(item.kind));
    Result<std::string> text = (*source)->read(item.path, most_bytes);
    if (!text) return text.error();
    bytes += text->size();
    if (bytes > most_bytes) {
      return refused(start->empty() ? "." : *start, fmt::format("its files have more than {} kB", most_bytes >> 10));
    }
    files.push_back({std::move(item.path), std::move(as_shown), std::move(*text), true});
  }
  return files;
}

}  // namespace tfcheck
