#include "engine/scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <numeric>
#include <thread>

#include "base/parallel.h"
#include "base/text.h"
#include "engine/adapters.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

// Larger files are data: they are not read. A file of one of our formats above the parse limit is not parsed.
constexpr size_t largest_read = 8u << 20;
constexpr size_t largest_parse = 1u << 20;
// Lines longer than this are minified or data, not source.
constexpr size_t longest_line = 20000;

constexpr std::string_view binary_extensions[] = {
    "png", "jpg", "jpeg",   "gif",   "ico",     "webp",  "bmp", "tiff", "woff", "woff2", "ttf",   "eot",
    "otf", "zip", "gz",     "tgz",   "bz2",     "xz",    "7z",  "jar",  "war",  "ear",   "class", "pyc",
    "so",  "dll", "exe",    "dylib", "a",       "o",     "pdf", "mp3",  "mp4",  "avi",   "mov",   "webm",
    "ogg", "wav", "sqlite", "db",    "mo",      "psd",   "ai",  "svg",  "map",  "lock",  "snap",  "po",
    "pot", "csv", "tsv",    "xlf",   "geojson", "ipynb", "css", "scss", "less", "sass",  "eps"};

bool is_binary_name(std::string_view path) {
  std::string extension = lower(after_last(base_name(path), '.'));
  return std::find(std::begin(binary_extensions), std::end(binary_extensions), extension) !=
         std::end(binary_extensions);
}

size_t longest_line_of(std::string_view text) {
  size_t longest = 0;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    longest = std::max(longest, end - begin);
    begin = end + 1;
  }
  return longest;
}

struct Worker {
  const FileSet& set;
  const Prefilter& prefilter;
  Project& project;
  const AdapterIndex& adapters;
  Prefilter::Scanner scanner;
  std::string bytes, text;
  ScanStatistics statistics;
  std::vector<std::pair<uint32_t, Notice>> notices;

  Worker(const FileSet& a_set, const Prefilter& a_prefilter, Project& a_project, const AdapterIndex& an_index)
      : set(a_set), prefilter(a_prefilter), project(a_project), adapters(an_index), scanner(a_prefilter) {}

  void skip(ProjectFile& file, std::string why) {
    file.skipped = std::move(why);
    ++statistics.skipped;
  }

  void notice(uint32_t index, std::string message, uint32_t line = 0) {
    notices.push_back({index, {project.files[index].path, std::move(message), line}});
  }

  void take(uint32_t index) {
    ProjectFile& file = project.files[index];
    if (file.kind != FileEntry::Kind::Regular)
      return skip(file, file.kind == FileEntry::Kind::Symlink ? "symbolic link" : "submodule");
    if (is_binary_name(file.path)) return skip(file, "no text of ours");
    if (file.scope & (scope::Vendored | scope::Minified)) return skip(file, scope_names(file.scope));
    if (file.size > largest_read) {
      if (file.adapter) notice(index, fmt::format("not looked at: {} MB is data, not source", file.size >> 20));
      return skip(file, "too large");
    }
    if (std::optional<ReadFailure> failure = set.read(index, largest_read, bytes)) {
      notice(index, "not read: " + failure->detail);
      return skip(file, "not readable");
    }
    if (!decode_text(bytes, text)) return skip(file, "binary");
    statistics.bytes_read += bytes.size();
    file.read = true;
    ++statistics.checked;
    if (!file.adapter) file.adapter = adapters.of_text(file.path, text);
    file.scope |= scope_of_text(file.path, text);
    PrefilterResult found = scanner.scan(text, file.adapter, file.path);
    file.hits = std::move(found.hits);
    file.has_directive = found.directive;
    extract(index, file, found.parse);
  }

  void extract(uint32_t index, ProjectFile& file, bool wanted) {
    if (!file.adapter || (file.scope & scope::Outside)) return;
    bool code = file.adapter->kind == AdapterKind::Code;
    bool imports = code && file.adapter->scan_imports && (!wanted || text.size() > largest_parse);
    if (code && !wanted && !imports) return;
    if (text.size() > largest_parse) {
      notice(index, fmt::format("not parsed: {} kB is data, not source", text.size() >> 10));
      return;
    }
    if (longest_line_of(text) > longest_line && (code || text.size() > 200000)) {
      notice(index, "not parsed: it has lines of more than 20,000 bytes");
      return;
    }
    if (code && !wanted) return scan_imports(file);
    auto begin = std::chrono::steady_clock::now();
    file.facts = std::make_unique<FileFacts>(extract_facts(*file.adapter, {file.path, text}));
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    statistics.slowest.emplace_back(file.path, seconds);
    ++statistics.parsed;
    statistics.bytes_parsed += text.size();
    statistics.facts += file.facts->facts().size();
    for (const Notice& said : file.facts->notices()) notice(index, said.message, said.line);
  }

  // Only a component without a manifest needs the imports of files that nothing else sends to the parser.
  void scan_imports(ProjectFile& file) {
    const Component* component = file.component == no_index ? nullptr : &project.components[file.component];
    if (!component || !component->manifests.empty()) return;
    file.facts = std::make_unique<FileFacts>();
    file.adapter->scan_imports({file.path, text}, *file.facts);
    file.facts->set_format(file.adapter->name);
    file.facts->seal();
    statistics.facts += file.facts->facts().size();
  }
};

void merge(ScanStatistics& into, ScanStatistics&& from) {
  into.checked += from.checked;
  into.skipped += from.skipped;
  into.parsed += from.parsed;
  into.facts += from.facts;
  into.bytes_read += from.bytes_read;
  into.bytes_parsed += from.bytes_parsed;
  into.slowest.insert(into.slowest.end(), from.slowest.begin(), from.slowest.end());
}

}  // namespace

void list_files(const FileSet& set, unsigned threads, Project& project) {
  constexpr size_t chunk = 1024;
  AdapterIndex adapters;
  const std::vector<FileEntry>& entries = set.files();
  project.repository = set.repository();
  project.files.resize(entries.size());
  run_parallel(threads, (entries.size() + chunk - 1) / chunk, [&](size_t part) {
    std::string_view folder = "/";  // of the file before: files come in path order
    uint32_t folder_scope = 0;
    for (size_t i = part * chunk; i < std::min(entries.size(), (part + 1) * chunk); ++i) {
      const FileEntry& entry = entries[i];
      if (dir_name(entry.path) != folder) folder = dir_name(entry.path), folder_scope = scope_of_folder(folder);
      ProjectFile& file = project.files[i];
      file.path = entry.path;
      file.size = entry.size;
      file.kind = entry.kind;
      file.tracked = entry.tracked;
      file.executable = entry.executable;
      file.link_target = entry.link_target;
      file.scope = folder_scope | scope_of_name(folder, base_name(entry.path));
      if (entry.kind == FileEntry::Kind::Regular) file.adapter = adapters.of_path(entry.path);
    }
  });
}

ScanStatistics scan_files(const FileSet& set, const Prefilter& prefilter, unsigned threads, Project& project) {
  AdapterIndex adapters;
  std::vector<uint32_t> order(project.files.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return project.files[a].size > project.files[b].size; });
  std::atomic<size_t> next{0};
  ScanStatistics total;
  std::vector<std::pair<uint32_t, Notice>> notices;
  std::mutex merging;
  auto work = [&] {
    Worker worker(set, prefilter, project, adapters);
    for (size_t i = next++; i < order.size(); i = next++) worker.take(order[i]);
    std::lock_guard lock(merging);
    merge(total, std::move(worker.statistics));
    notices.insert(notices.end(), worker.notices.begin(), worker.notices.end());
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  std::sort(notices.begin(), notices.end());
  for (auto& [file, notice] : notices) project.notices.push_back(std::move(notice));
  std::sort(total.slowest.begin(), total.slowest.end(),
            [](const auto& a, const auto& b) { return a.second > b.second; });
  if (total.slowest.size() > 10) total.slowest.resize(10);
  return total;
}

std::string text_of(const FileSet& set, uint32_t file) {
  std::string bytes, text;
  if (set.read(file, largest_read, bytes) || !decode_text(bytes, text)) return {};
  return text;
}

}  // namespace tfcheck
